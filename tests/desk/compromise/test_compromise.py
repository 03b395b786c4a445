"""Compromises at the desk: plans proposed, accepted, kept, broken and taken back; offers that fulfil themselves; ways
out compared.
"""

from __future__ import annotations

import hashlib
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arterm.desk import undo
from arterm.desk.accounts import customers, invoices
from arterm.desk.accounts.board import Board, Query
from arterm.desk.business import settings
from arterm.desk.claims import claims, terms
from arterm.desk.compromise import offers, plans
from arterm.desk.compromise.agreements import breach_draft
from arterm.desk.compromise.quote import PlanDraft, quote
from arterm.desk.dunning import pauses
from arterm.desk.dunning.run import plan_run
from arterm.desk.letters import notices
from arterm.desk.letters.letters import letter_of, write_letter
from arterm.desk.partners.options import assume, compare
from arterm.desk.payments import payments
from arterm.desk.payments.payments import CreditDraft, book_credit
from arterm.desk.session import Desk
from arterm.desk.undo import history
from arterm.desk.worklist.worklist import worklist
from arterm.rules.errors import ArtermError
from arterm.rules.money import Money
from arterm.store.cases import find_inconsistencies
from arterm.store.verify import complaints
from tests.conftest import TODAY, customer, invoice

ONE = timedelta(days=1)
FIRST = date(2026, 12, 1)


def eur(minor: int) -> Money:
    return Money(minor, "EUR")


def pay(desk: Desk, who: int, minor: int, *rows: int, on: date | None = None) -> int:
    return book_credit(desk, CreditDraft(who, eur(minor), on or desk.today, rows)).id


def status(desk: Desk, row: int) -> str:
    return invoices.view(desk, row).status


def whole(desk: Desk) -> None:
    assert find_inconsistencies(desk.book) == []
    assert list(complaints(desk.book)) == []


@pytest.fixture
def debt(desk: Desk) -> tuple[Desk, int, int]:
    who = customer(desk, kind="business", country="BE")
    return desk, who, invoice(desk, who, total=30000)


def draft(who: int, *rows: int, **more: Any) -> PlanDraft:
    return PlanDraft(who, **dict[str, Any]({"first": FIRST, "invoices": rows, "parts": 3} | more))


def running(desk: Desk, who: int, *rows: int, **more: Any) -> int:
    plan = plans.propose(desk, draft(who, *rows, **more)).id
    plans.accept(desk, plan)
    return plan


def test_a_plan_is_over_the_balance_and_over_several_invoices(debt: tuple[Desk, int, int]) -> None:
    desk, who, row = debt
    other = invoice(desk, who, "2026-2", 20000)
    pay(desk, who, 12500, row)
    made = quote(desk, draft(who))
    assert made.total == eur(37500)
    assert {one.id: amount for one, amount in made.lines} == {row: 17500, other: 20000}
    assert [amount for _, amount in made.instalments] == [12500, 12500, 12500]
    assert [day for day, _ in made.instalments] == [
        FIRST,
        date(2027, 1, 4),
        date(2027, 2, 1),
    ]  # New Year's Day and a weekend


def test_days_off_are_those_of_the_customers_country(desk: Desk) -> None:
    for country, day in (("BE", date(2026, 12, 28)), ("GB", date(2026, 12, 29)), ("US", date(2026, 12, 28))):
        who = customer(desk, f"Of {country}", country=country)
        invoice(desk, who, f"R-{country}")
        first = quote(desk, draft(who, first=date(2026, 12, 25), parts=1)).instalments[0][0]
        assert first == day, country


def test_charges_are_taken_in_as_the_owner_wishes_and_owed_from_acceptance(debt: tuple[Desk, int, int]) -> None:
    desk, who, row = debt
    terms.accept(desk, who, "2026", date(2026, 1, 1), "10", True)
    claim = claims.claim_of(desk, row)
    assert claim.interest.minor > 0
    none, every = quote(desk, draft(who, row, charges="none")), quote(desk, draft(who, row, charges="all"))
    assert none.total == eur(30000)
    assert every.total == claim.total
    plan = plans.propose(desk, draft(who, row, charges="all")).id
    assert invoices.view(desk, row).charges == eur(0)
    plans.accept(desk, plan)
    assert invoices.view(desk, row).charges == eur(claim.total.minor - 30000)
    assert plans.view(desk, plan).total == claim.total
    whole(desk)
    undo.undo(desk)
    assert invoices.view(desk, row).charges == eur(0)
    assert plans.view(desk, plan).state == "proposed"
    whole(desk)


def test_what_a_plan_took_in_is_not_asked_a_second_time(debt: tuple[Desk, int, int]) -> None:
    desk, who, row = debt
    terms.accept(desk, who, "2026", date(2026, 1, 1), "10", True)
    plan = running(desk, who, row, charges="all")
    again = {one.kind for one in quote_planned(desk, row)}
    assert again == set()
    desk.set_today(TODAY + 20 * ONE)
    plans.cancel(desk, plan, "they went back on it")
    assert {one.kind for one in quote_planned(desk, row)} == {"interest"}  # for the days since


def quote_planned(desk: Desk, row: int) -> Any:
    from arterm.desk.claims.charges import plan

    return plan(desk, row)[0]


def test_from_proposal_to_the_last_instalment(debt: tuple[Desk, int, int]) -> None:
    desk, who, row = debt
    before = invoices.view(desk, row).step
    plan = plans.propose(desk, draft(who, row)).id
    held = plans.view(desk, plan)
    assert (held.state, held.lapses, status(desk, row)) == ("proposed", TODAY + 14 * ONE, "hold")
    assert plan_run(desk, who, by_hand=True).letters == ()
    plans.accept(desk, plan)
    held = plans.view(desk, plan)
    assert (held.state, held.accepted, status(desk, row)) == ("running", TODAY, "plan")
    assert "plan is running: instalment 1 of 3 comes on 01 Dec" in plan_run(desk).held[0].why_not[0]
    for n, one in enumerate(held.instalments, 1):
        desk.set_today(one.due)
        assert [task.action for task in worklist(desk).tasks if task.group == "instalments"] == [
            f"instalment {n} of 3: has it come?"
        ]
        pay(desk, who, one.amount.minor)
    held = plans.view(desk, plan)
    assert (held.state, held.since, held.paid) == ("kept", held.instalments[-1].due, eur(30000))
    assert invoices.view(desk, row).settled == held.since
    assert invoices.view(desk, row).step == before
    whole(desk)


def test_a_missed_instalment_breaks_it_and_the_invoice_returns_to_its_ladder(debt: tuple[Desk, int, int]) -> None:
    desk, who, row = debt
    written = notices.write(desk, plan_run(desk, who, by_hand=True).letters)
    notices.issue(desk, [written[0].id])
    desk.set_today(TODAY + ONE)
    plan = running(desk, who, row)
    desk.set_today(FIRST + ONE)
    assert [task.action for task in worklist(desk).tasks if task.group == "instalments"] == [
        "instalment 1 of 3 is late: call"
    ]
    assert plans.view(desk, plan).instalments[0].state == "late"
    desk.set_today(FIRST + 8 * ONE)
    held = plans.view(desk, plan)
    assert (held.state, held.since, status(desk, row)) == ("broken", FIRST + 8 * ONE, "overdue")
    (board_row,) = Board(desk, Query(customer=who)).rows()
    assert "plan broken 0 d ago" in board_row.why
    assert board_row.step == 1
    (letter,) = plan_run(desk, who, by_hand=True).letters
    assert (letter.total, letter.step) == (eur(30000), 2)  # the rest fell due at once; one step further, never lower
    (task,) = [task for task in worklist(desk).tasks if task.group == "instalments"]
    assert (task.action, task.watched) == ("the plan is broken: write so", "broken")
    breach, _ = letter_of(desk, breach_draft(held))
    assert (breach.sums["missed"], breach.days["missed_day"], breach.days["agreed_day"], breach.to_pay) == (
        10000,
        FIRST,
        TODAY + ONE,
        30000,
    )
    notices.issue(desk, [write_letter(desk, breach_draft(held)).id])
    assert [task for task in worklist(desk).tasks if task.group == "instalments"] == []


def test_money_within_the_days_of_grace_brings_it_back_even_when_booked_later(debt: tuple[Desk, int, int]) -> None:
    desk, who, row = debt
    plan = running(desk, who, row)
    desk.set_today(FIRST + 9 * ONE)
    assert plans.view(desk, plan).state == "broken"
    pay(desk, who, 10000, row, on=FIRST + 7 * ONE)
    assert (plans.view(desk, plan).state, status(desk, row)) == ("running", "plan")
    whole(desk)


def test_without_acceleration_only_what_is_due_is_chased(debt: tuple[Desk, int, int]) -> None:
    desk, who, row = debt
    plan = running(desk, who, row, accelerate=False)
    desk.set_today(FIRST + 8 * ONE)
    assert plans.view(desk, plan).state == "broken"
    (letter,) = plan_run(desk, who, by_hand=True).letters
    assert letter.total == eur(10000)
    pay(desk, who, 10000, row)
    assert plan_run(desk, who, by_hand=True).letters == ()
    assert "what is left of its plan is not due yet" in plan_run(desk).held[0].why_not


def test_a_proposal_lapses_by_itself_and_the_ladder_goes_on(debt: tuple[Desk, int, int]) -> None:
    desk, who, row = debt
    plan = plans.propose(desk, draft(who, row, lapses=TODAY + 3 * ONE)).id
    desk.set_today(TODAY + 2 * ONE)
    assert [task.action for task in worklist(desk).tasks if task.group == "instalments"] == [
        "ask whether they accept the plan"
    ]
    desk.set_today(TODAY + 4 * ONE)
    held = plans.view(desk, plan)
    assert (held.state, held.why, held.since, status(desk, row)) == ("cancelled", "lapsed", TODAY + 4 * ONE, "overdue")
    with pytest.raises(ArtermError, match="lapsed"):
        plans.accept(desk, plan)
    plans.propose(desk, draft(who, row))  # a new one may follow


def test_the_board_of_a_past_day_shows_the_plan_as_it_stood(debt: tuple[Desk, int, int]) -> None:
    desk, who, row = debt
    running(desk, who, row)
    desk.set_today(FIRST + 20 * ONE)
    assert status(desk, row) == "overdue"
    for day, wanted in (
        (TODAY - ONE, "overdue"),
        (TODAY, "plan"),
        (FIRST + 7 * ONE, "plan"),
        (FIRST + 8 * ONE, "overdue"),
    ):
        desk.today = day
        assert [one.status for one in Board(desk, Query(everything=True)).rows()] == [wanted], day


def test_the_signed_copy_is_kept_and_can_be_required(debt: tuple[Desk, int, int], tmp_path: Path) -> None:
    desk, who, row = debt
    plan = plans.propose(desk, draft(who, row, to_sign=True)).id
    with pytest.raises(ArtermError) as refused:
        plans.accept(desk, plan)
    assert (refused.value.code, refused.value.where) == ("unsigned", "signed")
    signed = tmp_path / "agreement.pdf"
    signed.write_bytes(b"%PDF- signed")
    plans.accept(desk, plan, signed=signed)
    kept = desk.book.one(
        "SELECT f.sha256, f.path, f.name FROM plan p JOIN attachment f ON f.id = p.signed WHERE p.id = ?", (plan,)
    )
    assert kept == (hashlib.sha256(b"%PDF- signed").hexdigest(), str(signed), "agreement.pdf")
    assert plans.view(desk, plan).signed == "agreement.pdf"
    whole(desk)


def test_the_agreement_says_what_the_plan_says_and_is_frozen(debt: tuple[Desk, int, int]) -> None:
    import io

    from pypdf import PdfReader

    desk, who, row = debt
    customers.edit_customer(desk, who, {"language": "nl"})
    plan = plans.propose(desk, draft(who, row, deposit=eur(5000), grace=3, charges="all"))
    held = plans.view(desk, plan.id)
    notice = notices.views(desk, [held.notice])[0]
    page = " ".join(one.extract_text() for one in PdfReader(io.BytesIO(notices.document(desk, notice.document))).pages)
    for one in held.instalments:
        assert (
            f"{one.due.day:02d}-{one.due.month:02d}-{one.due.year}" in page
            or f"{one.due.day:02d}/{one.due.month:02d}/{one.due.year}" in page
        )
    assert "3 dagen" in page
    assert (notice.kind, notice.state, notice.language) == ("agreement", "written", "nl")
    pay(desk, who, 100, row)
    plans.accept(desk, plan.id)
    again = notices.views(desk, [held.notice])[0]
    assert (again.state, again.sha256) == ("issued", notice.sha256)


def test_a_business_without_a_name_has_a_plan_without_a_letter(tmp_path: Path) -> None:
    desk = Desk.create(tmp_path / "bare.arterm", TODAY)
    who = customer(desk)
    row = invoice(desk, who)
    receipt = plans.propose(desk, draft(who, row))
    assert "No agreement was written" in receipt.words
    assert plans.view(desk, receipt.id).notice == 0
    desk.close()


def test_what_cannot_be_in_a_plan_is_refused_with_what_to_do(debt: tuple[Desk, int, int]) -> None:
    desk, who, row = debt
    other = customer(desk, "Somebody else")
    theirs, pounds, paid = (
        invoice(desk, other, "T-1"),
        invoice(desk, who, "G-1", currency="GBP"),
        invoice(desk, who, "P-1"),
    )
    pay(desk, who, 10000, paid)
    contested = invoice(desk, who, "D-1")
    pauses.dispute(desk, pauses.DisputeDraft(contested, "quality", eur(100)))
    planned = invoice(desk, who, "A-1")
    running(desk, who, planned)
    cases: list[tuple[str, str, dict[str, Any]]] = [
        ("other_customer", "invoice", {"invoices": (row, theirs)}),
        ("mixed", "invoice", {"invoices": (row, pounds)}),
        ("nothing_open", "invoice", {"invoices": (paid,)}),
        ("disputed", "invoice", {"invoices": (contested,)}),
        ("in_plan", "invoice", {"invoices": (row, planned)}),
        ("past_day", "first", {"first": TODAY - ONE}),
        ("missing", "first", {"first": None}),
        ("bad_plan", "parts", {"parts": 0}),
        ("bad_plan", "parts", {"parts": 121}),
        ("bad_plan", "deposit", {"deposit": eur(30000)}),
        ("mixed", "deposit", {"deposit": Money(1, "GBP")}),
        ("bad_plan", "each", {"parts": 0, "each": eur(0)}),
        ("bad_number", "grace", {"grace": 61}),
        ("bad_choice", "charges", {"charges": "some"}),
        ("past_day", "lapses", {"lapses": TODAY - ONE}),
        ("mixed", "currency", {"currency": "USD"}),
    ]
    acts = desk.newest_act()
    for code, where, more in cases:
        with pytest.raises(ArtermError) as refused:
            plans.propose(
                desk,
                PlanDraft(**dict[str, Any]({"customer": who, "first": FIRST, "invoices": (row,), "parts": 3} | more)),
            )
        assert (refused.value.code, refused.value.where) == (code, where), more
        assert refused.value.message
    tiny = invoice(desk, who, "TINY", 2)
    with pytest.raises(ArtermError, match="too little"):
        plans.propose(desk, draft(who, tiny))
    assert desk.newest_act() == acts + 1
    named = quote(desk, PlanDraft(who, FIRST, parts=1))
    assert {one.id for one, _ in named.lines} == {row, tiny}  # without names: all that can be in it


def test_a_dispute_after_the_proposal_stops_its_acceptance(debt: tuple[Desk, int, int]) -> None:
    desk, who, row = debt
    plan = plans.propose(desk, draft(who, row)).id
    pauses.dispute(desk, pauses.DisputeDraft(row, "quality", eur(100)))
    with pytest.raises(ArtermError) as refused:
        plans.accept(desk, plan)
    assert refused.value.code == "disputed"


def test_ending_a_plan_needs_a_reason_and_undo_brings_it_back(debt: tuple[Desk, int, int]) -> None:
    desk, who, row = debt
    plan = running(desk, who, row)
    with pytest.raises(ArtermError, match="reason"):
        plans.cancel(desk, plan)
    plans.cancel(desk, plan, "they sold the shop")
    held = plans.view(desk, plan)
    assert (held.state, held.why, status(desk, row)) == ("cancelled", "they sold the shop", "overdue")
    assert held.by
    undo.undo(desk)
    assert (plans.view(desk, plan).state, status(desk, row)) == ("running", "plan")
    undo.undo(desk)
    undo.undo(desk)
    with pytest.raises(ArtermError, match="no plan"):
        plans.view(desk, plan)
    assert "proposed a plan to Van Damme NV" in [act.words for act in history(desk, who)]
    whole(desk)


def test_a_bounced_instalment_is_open_again(debt: tuple[Desk, int, int]) -> None:
    desk, who, row = debt
    plan = running(desk, who, row)
    desk.set_today(FIRST)
    paid = pay(desk, who, 10000, row)
    desk.set_today(FIRST + 10 * ONE)
    payments.bounce(desk, paid, desk.today)
    held = plans.view(desk, plan)
    assert (held.paid, held.state) == (eur(0), "running")
    desk.set_today(FIRST + 18 * ONE)
    assert plans.view(desk, plan).state == "broken"


def test_a_payment_of_just_the_next_instalment_is_for_the_plan(debt: tuple[Desk, int, int]) -> None:
    desk, who, row = debt
    older = invoice(desk, who, "2026-0", 10000, date(2026, 8, 1))
    plan = running(desk, who, row)
    pay(desk, who, 10000)
    assert plans.view(desk, plan).paid == eur(10000)
    assert invoices.view(desk, older).balance == eur(10000)
    pay(desk, who, 9999)
    assert invoices.view(desk, older).balance == eur(1)


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(1, 15000), st.booleans()), max_size=6))
def test_whatever_is_paid_bounced_or_undone_paid_and_open_are_the_total(
    tmp_path_factory: Any, moves: list[tuple[int, int, bool]]
) -> None:
    desk = Desk.create(tmp_path_factory.mktemp("plan") / "p.arterm", TODAY)
    who = customer(desk)
    rows = [invoice(desk, who, f"R{n}", 10000 + n) for n in range(3)]
    plan = running(desk, who, *rows)
    total = plans.view(desk, plan).total.minor
    for ahead, amount, back in sorted(moves):
        desk.set_today(max(desk.today, TODAY + ahead * ONE))
        left = sum(invoices.view(desk, row).balance.minor for row in rows)
        if left:
            paid = pay(desk, who, min(amount, left), *rows)
            if back:
                payments.bounce(desk, paid, desk.today)
        held = plans.view(desk, plan)
        assert held.paid.minor + sum(invoices.view(desk, row).balance.minor for row in rows) == total
        assert sum(one.paid.minor for one in held.instalments) == held.paid.minor
    whole(desk)
    desk.close()


def offered(desk: Desk, who: int, *rows: int, **more: Any) -> int:
    facts: dict[str, Any] = {
        "kind": "discount",
        "customer": who,
        "invoices": rows,
        "amount": eur(24000),
        "until": TODAY + 10 * ONE,
    }
    return offers.make_offer(desk, offers.OfferDraft(**(facts | more))).id


def test_a_settlement_fulfils_itself_when_all_of_it_comes_in_time(debt: tuple[Desk, int, int]) -> None:
    desk, who, row = debt
    offer = offered(desk, who, row)
    assert (offers.view(desk, offer).state, status(desk, row)) == ("offered", "hold")
    offers.accept(desk, offer)
    pay(desk, who, 14000, row)
    assert invoices.view(desk, row).balance == eur(16000)
    desk.set_today(TODAY + 9 * ONE)
    receipt = book_credit(desk, CreditDraft(who, eur(10000), TODAY + 9 * ONE))
    assert "60.00 EUR written off" in receipt.words
    held = offers.view(desk, offer)
    assert (held.state, held.received, invoices.view(desk, row).balance) == ("kept", eur(24000), eur(0))
    kind, note = desk.book.one("SELECT kind, note FROM credit WHERE total = 6000")
    assert (kind, note) == ("write_off", "Offer #1: 240.00 EUR came by 02 Dec 2026 as agreed; the rest is waived.")
    whole(desk)
    undo.undo(desk)
    assert (offers.view(desk, offer).state, invoices.view(desk, row).balance) == ("accepted", eur(16000))
    whole(desk)


def test_a_settlement_that_comes_late_or_short_leaves_the_full_claim(debt: tuple[Desk, int, int]) -> None:
    desk, who, row = debt
    offer = offered(desk, who, row)
    pay(desk, who, 23999, row)
    desk.set_today(TODAY + 11 * ONE)
    assert (offers.view(desk, offer).state, status(desk, row)) == ("lapsed", "overdue")
    pay(desk, who, 1, row)
    assert invoices.view(desk, row).balance == eur(6000)
    (letter,) = plan_run(desk, who, by_hand=True).letters
    assert letter.total == eur(6000)


def test_money_booked_late_with_a_day_in_time_still_fulfils_it(debt: tuple[Desk, int, int]) -> None:
    desk, who, row = debt
    offer = offered(desk, who, row)
    desk.set_today(TODAY + 12 * ONE)
    pay(desk, who, 24000, row, on=TODAY + 10 * ONE)
    assert (offers.view(desk, offer).state, invoices.view(desk, row).balance) == ("kept", eur(0))


def test_a_settlement_whose_money_bounces_revives_the_claim(debt: tuple[Desk, int, int]) -> None:
    desk, who, row = debt
    offer = offered(desk, who, row)
    paid = pay(desk, who, 24000)
    assert invoices.view(desk, row).balance == eur(0)
    desk.set_today(TODAY + 3 * ONE)
    receipt = payments.bounce(desk, paid, desk.today)
    assert "60.00 EUR is owed again" in receipt.words
    assert (offers.view(desk, offer).state, invoices.view(desk, row).balance) == ("offered", eur(30000))
    whole(desk)


def test_more_time_holds_the_chase_keeps_the_due_date_and_stops_interest_only_if_paid(
    debt: tuple[Desk, int, int],
) -> None:
    desk, who, row = debt
    until = TODAY + 30 * ONE
    due = invoices.view(desk, row).due
    before = claims.claim_of(desk, row).interest
    offer = offered(desk, who, row, kind="extend", amount=None, until=until, agreed=True)
    assert (offers.view(desk, offer).state, status(desk, row), invoices.view(desk, row).due) == (
        "accepted",
        "hold",
        due,
    )
    assert before.minor > 0
    desk.set_today(TODAY + 10 * ONE)
    assert claims.claim_of(desk, row).interest == before  # what ran until then stays; no more is added
    assert claims.claim_of(desk, row, until + ONE).interest > before  # unpaid: the original day counts again
    pay(desk, who, 30000, row)
    assert (offers.view(desk, offer).state, claims.claim_of(desk, row, until + ONE).interest) == ("kept", before)


def test_more_time_with_interest_leaves_the_claim_as_it_is(debt: tuple[Desk, int, int]) -> None:
    desk, who, row = debt
    before = claims.claim_of(desk, row).interest
    offer = offered(desk, who, row, kind="extend", amount=None, interest=True, agreed=True)
    assert claims.claim_of(desk, row).interest == before
    offers.decline(desk, offer, "they want instalments instead")
    assert status(desk, row) == "overdue"


def test_goodwill_is_a_credit_when_accepted_or_only_noted_work(debt: tuple[Desk, int, int]) -> None:
    desk, who, row = debt
    work = offered(desk, who, row, kind="goodwill", amount=eur(5000), work=True, note="repaint the door", until=None)
    offers.accept(desk, work)
    assert invoices.view(desk, row).balance == eur(30000)
    gift = offered(desk, who, row, kind="goodwill", amount=eur(5000), note="for the trouble", until=None)
    assert invoices.view(desk, row).balance == eur(30000)
    offers.accept(desk, gift)
    assert invoices.view(desk, row).balance == eur(25000)
    with pytest.raises(ArtermError, match="already"):
        offers.decline(desk, gift)
    whole(desk)


@pytest.mark.parametrize(
    ("more", "code", "where"),
    [
        ({"amount": eur(30000)}, "bad_amount", "amount"),
        ({"amount": eur(0)}, "bad_amount", "amount"),
        ({"amount": None}, "missing", "amount"),
        ({"until": None}, "missing", "until"),
        ({"until": TODAY - ONE}, "past_day", "until"),
        ({"kind": "gift"}, "bad_choice", "kind"),
        ({"kind": "extend", "amount": None, "until": TODAY}, "past_day", "until"),
        ({"kind": "goodwill", "note": ""}, "missing", "note"),
        ({"kind": "goodwill", "note": "x", "amount": eur(30001)}, "bad_amount", "amount"),
        ({"amount": Money(1, "GBP")}, "mixed", "amount"),
    ],
)
def test_an_offer_that_cannot_be_is_refused_in_its_field(
    debt: tuple[Desk, int, int], more: dict[str, Any], code: str, where: str
) -> None:
    desk, who, row = debt
    acts = desk.newest_act()
    with pytest.raises(ArtermError) as refused:
        offered(desk, who, row, **more)
    assert (refused.value.code, refused.value.where) == (code, where)
    assert desk.newest_act() == acts


def test_letters_of_offers_need_no_second_pause(debt: tuple[Desk, int, int]) -> None:
    desk, who, row = debt
    offer = offered(desk, who, row)
    notice = offers.view(desk, offer).notice
    assert notices.views(desk, [notice])[0].kind == "settlement"
    notices.issue(desk, [notice])
    assert pauses.pauses(desk, who) == ()
    offers.decline(desk, offer)
    assert status(desk, row) == "overdue"


def test_ways_out_say_where_every_assumption_comes_from(debt: tuple[Desk, int, int]) -> None:
    desk, who, _row = debt
    found = compare(desk, who)
    assert found.debt == eur(30000)
    assert {one.way for one in found.ways} == {
        "wait",
        "call",
        "plan",
        "settle",
        "factor",
        "agency_share",
        "agency_flat",
        "court",
        "write_off",
    }
    assert {one.source for one in found.assumptions} == {"a start", "a start for 52 days late"}
    tried = {one.key: (one.value, one.source) for one in compare(desk, who, tried={"call_chance": "90"}).assumptions}
    assert tried["call_chance"] == (90, "tried")
    assume(desk, {"call_chance": "80", "money": "12"})
    assume(desk, {"call_chance": "70"}, who)
    held = {one.key: (one.value, one.source) for one in compare(desk, who).assumptions}
    assert (held["call_chance"], held["money"]) == ((70, "yours for this customer"), (12, "yours for all"))
    assume(desk, {"call_chance": ""}, who)
    assert {one.key: one.value for one in compare(desk, who).assumptions}["call_chance"] == 80
    with pytest.raises(ArtermError, match="not assumed anywhere"):
        assume(desk, {"nonsense": ""})
    whole(desk)


def test_ways_out_learn_from_the_customers_own_record(debt: tuple[Desk, int, int]) -> None:
    from arterm.desk.contacts.log import ContactDraft, log_contact

    desk, who, _ = debt
    settings.change_settings(desk, {"contacts_week": "9", "calls_day": "9"})
    for n in range(3):
        row = invoice(desk, who, f"OLD-{n}", 10000, date(2026, 3, 1))
        desk.set_today(date(2026, 6, 1 + n))
        log_contact(
            desk, ContactDraft(who, "call", "promise", invoices=(row,), promised=eur(10000), promised_for=desk.today)
        )
        if n:
            pay(desk, who, 10000, row)
        desk.set_today(TODAY)
        if not n:
            pay(desk, who, 10000, row)
    held = {one.key: (one.value, one.source) for one in compare(desk, who).assumptions}
    assert held["call_chance"] == (66, "their own: 2 of 3 promises kept")
    assert held["wait_days"][1].startswith("their own: usually ")


def test_a_word_before_each_instalment_is_asked_for_once(debt: tuple[Desk, int, int]) -> None:
    desk, who, row = debt
    plan = running(desk, who, row, remind=3)
    desk.set_today(FIRST - 4 * ONE)
    assert [task for task in worklist(desk).tasks if task.group == "instalments"] == []
    desk.set_today(FIRST - 3 * ONE)
    assert [task.action for task in worklist(desk).tasks if task.group == "instalments"] == [
        "remind of instalment 1 of 3"
    ]
    plans.mark_reminded(desk, plan, 1)
    assert [task for task in worklist(desk).tasks if task.group == "instalments"] == []


def test_a_settlement_waives_no_more_than_was_offered_and_takes_no_money_from_before(
    debt: tuple[Desk, int, int],
) -> None:
    desk, who, row = debt
    earlier = pay(desk, who, 15000, row)
    offer = offered(desk, who, row, amount=eur(12000))  # 30 of 150 would be waived
    payments.bounce(desk, earlier, TODAY)
    pay(desk, who, 12000, row, on=TODAY)
    assert offers.view(desk, offer).state == "kept"
    assert invoices.view(desk, row).balance == eur(15000)
    whole(desk)


def test_money_dated_before_an_offer_does_not_fulfil_it(debt: tuple[Desk, int, int]) -> None:
    desk, who, row = debt
    offer = offered(desk, who, row, amount=eur(20000))
    pay(desk, who, 20000, row, on=TODAY - 5 * ONE)
    assert (offers.view(desk, offer).state, invoices.view(desk, row).balance) == ("offered", eur(10000))


def test_an_invoice_is_in_one_settlement_or_plan_at_a_time(debt: tuple[Desk, int, int]) -> None:
    desk, who, row = debt
    offer = offered(desk, who, row, amount=eur(20000))
    for again in (lambda: plans.propose(desk, draft(who, row)), lambda: offered(desk, who, row, amount=eur(10000))):
        with pytest.raises(ArtermError) as refused:
            again()
        assert refused.value.code == "in_offer"
        assert f"offer decline {offer}" in str(refused.value)
    offers.decline(desk, offer)
    assert plans.propose(desk, draft(who, row)).id


@pytest.mark.parametrize("kind", ["credit_note", "write_off"])
def test_what_is_credited_shortens_a_plan_and_pays_no_instalment(debt: tuple[Desk, int, int], kind: str) -> None:
    desk, who, row = debt
    plan = running(desk, who, row)
    book_credit(desk, CreditDraft(who, eur(15000), TODAY, (row,), kind))
    held = plans.view(desk, plan)
    assert [(one.amount.minor, one.paid.minor) for one in held.instalments] == [(10000, 0), (5000, 0)]
    assert (held.total, held.paid, held.state) == (eur(15000), eur(0), "running")
    pay(desk, who, 15000)
    assert plans.view(desk, plan).state == "kept"


def test_a_plan_asks_for_nothing_that_is_not_owed_any_more(debt: tuple[Desk, int, int]) -> None:
    desk, who, row = debt
    plan = running(desk, who, row)
    invoices.edit_invoice(desk, row, total=eur(12000))
    assert plans.view(desk, plan).total == eur(12000)
    invoices.take_out(desk, row)
    held = plans.view(desk, plan)
    assert (held.state, held.why, held.next) == ("cancelled", "nothing is owed any more", None)
    desk.set_today(FIRST + 60 * ONE)
    assert [task for task in worklist(desk).tasks if task.group == "instalments"] == []


def test_terms_carry_interest_and_fixed_sums_only_from_each_instalments_own_day(debt: tuple[Desk, int, int]) -> None:
    desk, who, _ = debt
    due = TODAY + 5 * ONE
    row = invoice(desk, who, "2026-9", 90000, due)
    plans.agree_terms(desk, draft(who, row, first=due, any_day=True))
    desk.set_today(due)
    pay(desk, who, 30000, row, on=due)
    desk.set_today(due + 20 * ONE)
    assert claims.claim_of(desk, row).total == eur(0)  # nothing is late
    second = plans.plans_of(desk, who)[0].instalments[1].due
    found = claims.claim_of(desk, row, second + ONE)
    assert found.principal == eur(30000)
    assert [(one.from_, one.principal) for one in found.interest_periods] == [(second + ONE, eur(30000))]


def test_a_plan_without_interest_stops_it_from_acceptance_while_it_is_kept(debt: tuple[Desk, int, int]) -> None:
    desk, who, row = debt
    before = claims.claim_of(desk, row).interest
    running(desk, who, row, interest=False)
    desk.set_today(TODAY + 5 * ONE)
    assert before.minor > 0
    assert claims.claim_of(desk, row).interest == before
    desk.set_today(FIRST + 20 * ONE)  # broken
    assert claims.claim_of(desk, row).interest > before


def test_a_plan_that_goes_on_with_interest_leaves_the_claim_alone(debt: tuple[Desk, int, int]) -> None:
    desk, who, row = debt
    before = claims.claim_of(desk, row).interest
    running(desk, who, row, interest=True)
    desk.set_today(TODAY + 5 * ONE)
    assert claims.claim_of(desk, row).interest > before


def test_no_plan_breaks_before_it_was_accepted(debt: tuple[Desk, int, int]) -> None:
    desk, who, row = debt
    plan = plans.propose(desk, draft(who, row, first=TODAY + 2 * ONE, grace=3, any_day=True)).id
    desk.set_today(TODAY + 9 * ONE)
    plans.accept(desk, plan)
    assert plans.view(desk, plan).state == "running"
    desk.set_today(TODAY + 13 * ONE)
    assert (plans.view(desk, plan).state, plans.view(desk, plan).since) == ("broken", TODAY + 13 * ONE)


def test_an_acceptance_may_be_told_after_the_proposal_has_lapsed(debt: tuple[Desk, int, int]) -> None:
    desk, who, row = debt
    plan = plans.propose(desk, draft(who, row, lapses=TODAY + 3 * ONE)).id
    desk.set_today(TODAY + 5 * ONE)
    plans.accept(desk, plan, TODAY + 2 * ONE)
    assert plans.view(desk, plan).state == "running"


def test_a_new_plan_replaces_the_broken_one_and_the_desk_asks_for_its_own_letter(debt: tuple[Desk, int, int]) -> None:
    desk, who, row = debt
    old = running(desk, who, row, grace=0)
    desk.set_today(FIRST + 3 * ONE)
    new = running(desk, who, row, first=FIRST + 6 * ONE, grace=0, any_day=True)
    assert (plans.view(desk, old).state, plans.view(desk, old).why) == ("cancelled", f"replaced by plan #{new}")
    assert [task for task in worklist(desk).tasks if "broken" in task.action] == []
    desk.set_today(FIRST + 9 * ONE)
    assert [task.action for task in worklist(desk).tasks if "broken" in task.action] == ["the plan is broken: write so"]


def test_a_plan_broken_by_late_money_stays_broken_and_the_letter_names_that_instalment(
    debt: tuple[Desk, int, int],
) -> None:
    desk, who, row = debt
    plan = running(desk, who, row, grace=2)
    desk.set_today(FIRST + 5 * ONE)
    pay(desk, who, 10000, row)
    held = plans.view(desk, plan)
    assert held.state == "broken"
    letter, _ = letter_of(desk, breach_draft(held))
    assert (letter.sums["missed"], letter.days["missed_day"], letter.total) == (10000, FIRST, 20000)


def test_a_bounce_that_is_made_good_late_leaves_the_plan_broken(debt: tuple[Desk, int, int]) -> None:
    desk, who, row = debt
    plan = running(desk, who, row)
    desk.set_today(FIRST)
    credit = pay(desk, who, 10000, row)
    desk.set_today(FIRST + 9 * ONE)
    payments.bounce(desk, credit, desk.today)
    desk.set_today(FIRST + 20 * ONE)
    assert plans.view(desk, plan).state == "broken"
    pay(desk, who, 10000, row)
    assert plans.view(desk, plan).state == "broken"


def test_without_acceleration_letters_and_offers_are_about_all_that_is_owed(debt: tuple[Desk, int, int]) -> None:
    desk, who, row = debt
    plan = running(desk, who, row, grace=0, accelerate=False)
    desk.set_today(FIRST + 3 * ONE)
    letter, _ = letter_of(desk, breach_draft(plans.view(desk, plan)))
    assert (letter.sums["missed"], letter.total, letter.asked) == (10000, 30000, 10000)
    offer = offered(desk, who, row, amount=eur(25000), until=FIRST + 9 * ONE)
    pay(desk, who, 25000, row)
    assert (offers.view(desk, offer).state, invoices.view(desk, row).balance) == ("kept", eur(0))


def test_an_offer_as_of_a_past_day_is_what_it_was(debt: tuple[Desk, int, int]) -> None:
    desk, who, row = debt
    offer = offered(desk, who, row, amount=eur(20000))
    extend = offered(desk, who, invoice(desk, who, "2026-2", 5000), kind="extend", amount=None, agreed=True)
    desk.set_today(TODAY + 3 * ONE)
    pay(desk, who, 20000, row)
    pay(desk, who, 5000)
    assert [offers.view(desk, one).state for one in (offer, extend)] == ["kept", "kept"]
    desk.set_today(TODAY + 1 * ONE)
    assert [offers.view(desk, one).state for one in (offer, extend)] == ["offered", "accepted"]


def test_money_moved_away_was_never_theirs_and_neither_was_the_waiver(debt: tuple[Desk, int, int]) -> None:
    desk, who, row = debt
    other = customer(desk, "Other", country="BE")
    invoice(desk, other, "2026-7", 90000)
    offered(desk, who, row, amount=eur(20000))
    credit = pay(desk, who, 20000, row)
    desk.set_today(TODAY + 3 * ONE)
    payments.move(desk, credit, other)
    desk.set_today(TODAY + ONE)
    assert invoices.view(desk, row).balance == eur(30000)


def test_money_without_a_purpose_for_an_offer_that_has_less_room_goes_to_the_oldest(
    debt: tuple[Desk, int, int],
) -> None:
    desk, who, row = debt
    invoice(desk, who, "2026-2", 60000)
    offered(desk, who, row, amount=eur(20000))
    book_credit(desk, CreditDraft(who, eur(15000), TODAY, (row,), "credit_note"))
    assert pay(desk, who, 20000)
    whole(desk)


def test_money_without_a_purpose_goes_to_the_plan_that_runs_also_for_two_instalments(
    debt: tuple[Desk, int, int],
) -> None:
    desk, who, _ = debt
    row = invoice(desk, who, "2026-2", 60000)
    plan = running(desk, who, row)
    pay(desk, who, 40000)
    assert plans.view(desk, plan).paid == eur(40000)


def test_an_imported_payment_that_fulfils_an_offer_is_taken_back_with_one_undo(
    debt: tuple[Desk, int, int], tmp_path: Path
) -> None:
    from arterm.desk.importing.run import Wishes, commit, read

    desk, who, row = debt
    offer = offered(desk, who, row, amount=eur(20000))
    name, number = customers.view(desk, who).name, invoices.view(desk, row).number
    held = invoices.view(desk, row)
    file = tmp_path / "open.csv"
    file.write_text(
        f"number;customer;issued;due;total;paid;currency\n{number};{name};{held.issued};{held.due};300,00;200,00;EUR\n"
    )
    commit(desk, read(desk, [file], Wishes()))
    assert offers.view(desk, offer).state == "kept"
    undo.undo(desk)
    assert (offers.view(desk, offer).state, invoices.view(desk, row).balance) == ("offered", eur(30000))
    whole(desk)


def test_a_letter_that_asks_for_charges_is_settled_before_a_plan_takes_them_in(debt: tuple[Desk, int, int]) -> None:
    desk, who, row = debt
    row = invoice(desk, who, "C-1", 50000, due=date(2026, 9, 1))
    for _ in range(3):
        written = notices.write(desk, plan_run(desk, who, by_hand=True).letters)
        if desk.book.one("SELECT 1 FROM charge WHERE debit IS NULL"):
            break
        notices.issue(desk, [one.id for one in written])
        desk.set_today(desk.today + 15 * ONE)
    assert desk.book.one("SELECT 1 FROM charge WHERE debit IS NULL")
    with pytest.raises(ArtermError) as refused:
        plans.propose(desk, draft(who, row, first=desk.today + ONE, charges="all"))
    assert refused.value.code == "letter_waits"


def test_a_reminder_of_an_instalment_counts_when_its_letter_is_kept_and_not_when_it_is_discarded(
    debt: tuple[Desk, int, int],
) -> None:
    from arterm.desk.compromise.agreements import coming_draft
    from arterm.desk.letters.letters import write_letter

    desk, who, row = debt
    plan = running(desk, who, row, remind=3)
    desk.set_today(FIRST - 3 * ONE)

    def asked() -> bool:
        return any(task.group == "instalments" for task in worklist(desk).tasks)

    assert asked()
    letter = write_letter(desk, coming_draft(plans.view(desk, plan)))
    assert not asked()
    notices.discard(desk, [letter.id])
    assert asked()
