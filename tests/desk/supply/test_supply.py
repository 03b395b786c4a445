"""May we supply? Grades with their working, limits, checks, stops that nobody forgets, and terms that are only
suggested.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arterm.desk import undo
from arterm.desk.accounts import customers
from arterm.desk.accounts.board import Board, Query
from arterm.desk.accounts.registers import register_of
from arterm.desk.accounts.warnings import flags
from arterm.desk.business import settings
from arterm.desk.claims import terms
from arterm.desk.dunning import schedules
from arterm.desk.dunning.run import due_notices
from arterm.desk.letters import notices
from arterm.desk.payments import payments
from arterm.desk.session import Desk
from arterm.desk.supply import credit_standing, holds
from arterm.desk.supply.text import standing_lines
from arterm.desk.worklist.dossier import dossier
from arterm.desk.worklist.worklist import worklist
from arterm.rules.errors import ArtermError, Stale
from arterm.rules.ladder import Ladder, Step
from arterm.rules.messages import message
from arterm.rules.money import Money
from arterm.rules.standing import GRADES, Position, Record, grade, may_supply
from tests.conftest import TODAY, Ran, customer, invoice

Arterm = Callable[..., Ran]
DAY = timedelta(days=1)


def eur(minor: int) -> Money:
    return Money(minor, "EUR")


def pay(desk: Desk, who: int, minor: int, on: date = TODAY, about: tuple[int, ...] = ()) -> None:
    payments.book_credit(desk, payments.CreditDraft(who, eur(minor), on, about))


@pytest.mark.parametrize(
    ("record", "letter", "points"),
    [
        (Record(5, 0, 0, 0, 0, 0, 0, 0, 0), "A", 100),
        (Record(5, 20, 0, 0, 0, 0, 0, 0, 0), "B", 80),
        (Record(5, 20, 30, 2, 1, 1, 0, 0, 0), "C", 55),
        (Record(5, 90, 40, 4, 0, 0, 2, 3, 200), "E", 0),
        (Record(0, None, None, 0, 0, 0, 0, 0, 0), "-", 100),
        (Record(0, None, None, 0, 0, 0, 0, 0, 80), "B", 80),
    ],
)
def test_a_record_is_graded_and_its_working_adds_up(record: Record, letter: str, points: int) -> None:
    found = grade(record)
    assert (found.letter, found.points) == (letter, points)
    assert max(0, sum(part for part, _ in found.working)) == points


@given(st.builds(Record, *([st.integers(0, 300)] * 3), *([st.integers(0, 9)] * 5), st.integers(0, 900)))
def test_a_worse_record_never_has_a_better_grade(record: Record) -> None:
    from dataclasses import replace

    letters = [letter for _, letter in GRADES]
    before = grade(record)
    for worse in (
        replace(record, late=(record.late or 0) + 30),
        replace(record, bounces=record.bounces + 1),
        replace(record, oldest_overdue=record.oldest_overdue + 60),
    ):
        after = grade(worse)
        assert after.points <= before.points
        if before.letter != "-":
            assert letters.index(after.letter) >= letters.index(before.letter)


@pytest.mark.parametrize(
    ("position", "may", "condition", "words"),
    [
        (Position(0, 0, 0), True, "", "nothing speaks against it"),
        (Position(900, 0, 0, 200, 1000), False, "prepayment", "over the credit limit"),
        (Position(800, 0, 0, 200, 1000), True, "", "within the credit limit"),
        (Position(0, 0, 0, prepay=100), False, "prepayment", "prepayment is agreed"),
        (Position(0, 0, 0, prepay=30), False, "deposit", "30 % beforehand"),
        (Position(0, 0, 0, checked="bad"), False, "prepayment", "credit check was bad"),
        (Position(0, 0, 0, checked="bad", expired=True), True, "", "has expired"),
        (Position(5, 5, 9), True, "", "overdue, the oldest by 9 days"),
        (Position(0, 0, 0, stopped="never pays"), False, "", "supply is stopped: never pays"),
        (Position(0, 0, 0, stopped="x", carve_outs="prepaid orders"), False, "prepayment", "but for: prepaid orders"),
        (
            Position(0, 0, 0, stopped="x", carve_outs="project Zuid, Vooruitbetaling"),
            False,
            "prepayment",
            "but for: project Zuid",
        ),
        (Position(0, 0, 0, stopped="x", carve_outs="nothing, not even prepaid"), False, "", "but for: nothing"),
        (Position(0, 0, 0, blocks=("your line is 30",)), False, "prepayment", "your line is 30"),
    ],
)
def test_the_answer_at_the_counter(position: Position, may: bool, condition: str, words: str) -> None:
    found = may_supply(position, "9.00 of 10.00")
    assert (found.may_supply, found.condition) == (may, condition)
    assert any(words in why for why in found.why), found.why


def test_limit_check_and_record_come_together_for_one_customer(desk: Desk, tmp_path: Path) -> None:
    who = customer(desk, vat_no="BE0403170701", country="BE")
    invoice(desk, who, "A", 40000)
    paper = tmp_path / "report.pdf"
    paper.write_bytes(b"%PDF report")
    made = credit_standing.CheckDraft(
        "Register", TODAY, "caution", "52/100", "small capital", TODAY + 30 * DAY, TODAY + 20 * DAY, str(paper)
    )
    credit_standing.add_check(desk, who, made)
    credit_standing.set_terms(desk, who, eur(50000), 14, 0)
    yes, no = credit_standing.supply(desk, who, eur(10000)), credit_standing.supply(desk, who, eur(10001))
    assert (yes.may_supply, no.may_supply, no.condition) == (True, False, "prepayment")
    assert (yes.balance, yes.overdue, yes.limit) == (eur(40000), eur(40000), eur(50000))
    page = credit_standing.standing(desk, who)
    (check,) = page.checks
    assert (check.state, check.document, len(check.sha256)) == ("valid", "report.pdf", 64)
    assert page.register.valid is True
    assert "0403170701" in page.register.link
    desk.set_today(TODAY + 20 * DAY)
    assert [task.action for task in worklist(desk).tasks if task.customer_id == who and task.group == "decisions"] == [
        "check credit again"
    ]
    desk.set_today(TODAY + 31 * DAY)
    assert credit_standing.checks_of(desk, who)[0].state == "expired"
    assert credit_standing.days_to_pay(desk, who) == 14
    assert undo.undo(desk).words.startswith("Taken back: changed the terms of supply")


def test_a_stop_needs_a_reason_is_told_to_the_second_hand_and_chasing_goes_on(desk: Desk) -> None:
    who = customer(desk)
    owed = invoice(desk, who, "A", 40000)
    with pytest.raises(ArtermError, match="needs a reason"):
        holds.freeze(desk, who, "  ")
    holds.freeze(desk, who, "three reminders", "The boss", "prepaid orders")
    with pytest.raises(ArtermError, match=r"is stopped already since 2026-11-22 by .*three reminders"):
        holds.freeze(desk, who, "again")
    found = credit_standing.supply(desk, who)
    assert (found.may_supply, found.condition) == (False, "prepayment")
    from arterm.desk.dunning.run import due_notices

    assert len(due_notices(desk)) == 1
    with pytest.raises(ArtermError, match="Only The boss may lift this"):
        holds.release(desk, who)
    holds.release(desk, who, "they called", "the BOSS")
    with pytest.raises(ArtermError, match=r"is not stopped\. .* lifted it on 2026-11-22"):
        holds.release(desk, who)
    assert undo.undo(desk).words.startswith("Taken back: supplied")
    assert holds.stop_of(desk, who) is not None
    assert owed


def test_whoever_has_paid_is_not_left_stopped_unnoticed(desk: Desk) -> None:
    who = customer(desk)
    owed = invoice(desk, who, "A", 40000)
    holds.freeze(desk, who, "late", "The boss")
    assert holds.to_release(desk) == ()
    pay(desk, who, 40000, TODAY, (owed,))
    assert [one.customer_id for one in holds.settled_but_stopped(desk, (who,))] == [who]
    assert [task.action for task in worklist(desk).tasks] == ["supply again?"]
    assert "is supplied again" in holds.release(desk, who).words
    assert worklist(desk).tasks == ()


def test_the_owners_lines_propose_and_the_counter_asks_for_money_first(desk: Desk) -> None:
    who = customer(desk)
    invoice(desk, who, "A", 40000)
    assert holds.to_stop(desk) == ()
    settings.change_settings(desk, {"freeze_amount": "400", "freeze_days": "0"})
    assert [(name, owed) for _, name, owed, _ in holds.to_stop(desk)] == [("Van Damme NV", eur(40000))]
    assert credit_standing.supply(desk, who).condition == "prepayment"
    settings.change_settings(desk, {"freeze_amount": "401"})
    assert holds.to_stop(desk) == ()
    settings.change_settings(desk, {"freeze_days": "52"})
    assert [days for *_, days in holds.to_stop(desk)] == [52]
    assert holds.stop_of(desk, who) is None


def test_a_bad_number_is_told_and_the_register_named() -> None:
    assert register_of("BE", "BE0403170702", "X").valid is False
    assert register_of("BE", "", "X").valid is None
    assert "company-information" in register_of("GB", "", "A & B").link
    assert register_of("ZZ", "123", "X").valid is None


def test_two_at_one_customer_the_second_is_told(desk: Desk) -> None:
    who = customer(desk)
    credit_standing.set_terms(desk, who, eur(1000), None, 0)
    with pytest.raises(Stale):
        credit_standing.set_terms(desk, who, eur(2000), None, 0, version=7)
    with pytest.raises(ArtermError, match="per cent from 0 to 100"):
        credit_standing.set_terms(desk, who, None, None, 101)
    with pytest.raises(ArtermError, match="Who said so"):
        credit_standing.add_check(desk, who, credit_standing.CheckDraft(" ", TODAY, "good"))
    with pytest.raises(ArtermError, match="has not come yet"):
        credit_standing.add_check(desk, who, credit_standing.CheckDraft("X", TODAY + DAY, "good"))


def test_at_the_counter_by_command(arterm: Arterm) -> None:
    arterm("setup", "--name", "Bakkerij", "--country", "BE", "--language", "en")
    arterm("customer", "add", "Zuid", "--kind", "business")
    arterm(
        "invoice", "add", "R1", "--customer", "Zuid", "--amount", "100", "--issued", "2026-09-01", "--due", "2026-10-01"
    )
    arterm("standing", "terms", "Zuid", "--limit", "150", "--days", "10")
    yes = arterm("check", "Zuid", "--amount", "50", "--json")
    assert (yes.code, yes.json["may_supply"], yes.json["limit"]) == (0, True, "150.00")
    no = arterm("check", "Zuid", "--amount", "50.01", "--json")
    assert (no.code, no.json["condition"], no.json["balance"], no.json["overdue"]) == (
        3,
        "prepayment",
        "100.00",
        "100.00",
    )
    assert arterm("hold", "Zuid").code == 1
    assert arterm("hold", "Zuid", "--why", "=late").code == 0
    assert arterm("check", "Zuid", "--amount", "5").out.splitlines()[0] == "Zuid: no to 5.00 EUR more"
    assert "less than nothing" in arterm("check", "Zuid", "--amount", "-5").err
    listed = arterm("hold", "--list", "--format", "csv").out.splitlines()
    assert listed[0].startswith("customer_no,customer_id,customer,since,why")
    assert "'=late" in listed[1]
    assert listed[0].endswith("overdue,currency")  # and no trace of how lines end
    assert arterm("hold", "--list", "--format", "json").json["stopped"][0]["customer"] == "Zuid"
    paid = arterm("pay", "R1", "--amount", "100")
    assert 'still stopped: arterm release "Zuid"' in paid.err
    assert arterm("release", "Zuid").code == 0
    assert arterm("hold", "--list").out == "Nobody is stopped.\n"
    arterm("invoice", "add", "R2", "--customer", "Zuid", "--amount", "10")
    assert arterm("show", "R2", "--json").json["invoice"]["due"] == "2026-12-02"


def test_what_is_to_be_known_stands_on_the_board_the_dossier_and_the_call_sheet(desk: Desk) -> None:
    who, other = customer(desk), customer(desk, "Harmless")
    invoice(desk, who, "A", 40000)
    invoice(desk, other, "B", 40000)
    assert flags(desk) == {}
    credit_standing.add_check(
        desk, who, credit_standing.CheckDraft("Graydon", TODAY - DAY, "bad", expires=TODAY + 10 * DAY)
    )
    credit_standing.add_check(desk, who, credit_standing.CheckDraft("a brother", TODAY, "unknown"))
    credit_standing.set_terms(desk, who, Money(100, "EUR"), None, 100)
    holds.freeze(desk, who, "late")
    known = ("supply stopped", "bad credit check", "over the limit", "prepayment")
    assert flags(desk) == {who: known}
    assert [row.flags for row in Board(desk, Query()).rows() if row.customer_id == who] == [known]
    assert dossier(desk, who).flags == known
    holds.release(desk, who)
    assert credit_standing.supply(desk, who).condition == "prepayment"  # who knows nothing takes nothing back
    assert "the last credit check was bad" in credit_standing.supply(desk, who).why
    desk.set_today(TODAY + 11 * DAY)
    assert "bad credit check" not in flags(desk)[who]


def test_the_counter_hears_of_what_is_owed_in_another_currency(desk: Desk) -> None:
    who = customer(desk)
    invoice(desk, who, "A", 40000, currency="GBP")
    found = credit_standing.supply(desk, who)
    assert (found.currency, found.balance, found.overdue) == ("GBP", Money(40000, "GBP"), Money(40000, "GBP"))
    assert any("overdue, the oldest by 52 days" in why for why in found.why)
    settings.change_settings(desk, {"freeze_days": "30"})
    assert credit_standing.supply(desk, who).condition == "prepayment"
    assert [one[0] for one in holds.to_stop(desk)] == [who]


def test_a_merge_takes_terms_and_stops_along(desk: Desk) -> None:
    who, other = customer(desk), customer(desk, "Emma")
    credit_standing.set_terms(desk, other, Money(1000, "EUR"), 7, 100)
    holds.freeze(desk, who, "one")
    holds.freeze(desk, other, "two")
    customers.merge(desk, other, who)
    assert credit_standing.terms_of_supply(desk, who).days == 7
    holds.release(desk, who)
    assert holds.stop_list(desk) == ()


def test_after_a_merge_only_the_newest_check_is_looked_at_again(desk: Desk) -> None:
    who, other = customer(desk), customer(desk, "Emma")
    old = credit_standing.CheckDraft("Registry", TODAY - DAY, "good", again=TODAY)
    credit_standing.add_check(desk, who, old)
    credit_standing.add_check(desk, other, replace(old, source="Agency"))
    customers.merge(desk, other, who)
    again = [task for task in worklist(desk).tasks if task.action == "check credit again"]
    assert [(task.customer_id, task.why) for task in again] == [(who, ("Agency: its time has come",))]
    credit_standing.add_check(desk, who, replace(old, again=TODAY + DAY))
    assert worklist(desk).tasks == ()


def test_after_a_merge_it_is_still_known_who_lifted_a_stop(desk: Desk) -> None:
    who, other = customer(desk), customer(desk, "Emma")
    holds.freeze(desk, other, "late")
    holds.release(desk, other)
    customers.merge(desk, other, who)
    with pytest.raises(ArtermError, match="lifted it on"):
        holds.release(desk, who)


def test_terms_that_somebody_changed_meanwhile_are_not_overwritten(desk: Desk) -> None:
    who = customer(desk)
    seen = credit_standing.terms_of_supply(desk, who)
    credit_standing.set_terms(desk, who, None, 5, 0, version=seen.version)
    with pytest.raises(ArtermError, match="was changed elsewhere"):
        credit_standing.set_terms(desk, who, None, 50, 0, version=seen.version)
    seen = credit_standing.terms_of_supply(desk, who)
    credit_standing.set_terms(desk, who, None, 6, 0, version=seen.version)
    with pytest.raises(ArtermError, match="was changed elsewhere"):
        credit_standing.set_terms(desk, who, None, 50, 0, version=seen.version)
    assert credit_standing.terms_of_supply(desk, who).days == 6


def test_who_owes_nothing_is_stopped_for_another_reason_and_not_asked_back_at_once(desk: Desk) -> None:
    who = customer(desk)
    holds.freeze(desk, who, "rude to the staff", "Anna")
    assert holds.settled_but_stopped(desk, (who,)) == ()
    with pytest.raises(ArtermError, match="Only Anna may lift this"):
        holds.release(desk, who)
    with pytest.raises(ArtermError, match="is stopped already since 2026-11-22"):
        holds.freeze(Desk(desk.book, TODAY - 5 * DAY), who, "earlier")


def test_the_text_of_accepted_terms_is_kept_with_its_hash(desk: Desk, tmp_path: Path) -> None:
    who = customer(desk)
    paper = tmp_path / "terms.pdf"
    paper.write_bytes(b"general terms")
    terms.accept(desk, who, "2026-01", TODAY, document=str(paper))
    (held,) = terms.terms_of(desk, who)
    assert (held.document, held.sha256) == ("terms.pdf", hashlib.sha256(b"general terms").hexdigest())
    assert any(held.sha256 in line for line in standing_lines(desk, who))
    with pytest.raises(ArtermError):
        terms.accept(desk, who, "2026-02", TODAY, document=str(tmp_path / "missing.pdf"))
    assert len(terms.terms_of(desk, who)) == 1


def test_a_letter_that_cannot_be_written_leaves_the_stop_and_says_so(
    arterm: Callable[..., Ran], tmp_path: Path
) -> None:
    arterm("setup", "--name", "Bakkerij", "--country", "BE")
    arterm("customer", "add", "Zuid", "--kind", "business")
    ran = arterm("hold", "Zuid", "--why", "late", "--out", str(tmp_path / "letters"))
    assert ran.code == 3
    assert "the letter was not written" in ran.err
    assert arterm("check", "Zuid").code == 3


@pytest.mark.parametrize(
    ("country", "number", "valid", "words"),
    [
        ("GB", "12345678", None, "the form of a company number"),
        ("DE", "Aachen HRA 11223", True, "a company number"),
        ("FR", "552 008 443", True, "a company number"),
        ("BE", "BE 0403.170.701", True, "a VAT number"),
        ("BE", "BE 0403.170.702", False, "check digits are wrong"),
        ("XX", "1", None, "not known here"),
    ],
)
def test_numbers_are_judged_by_country(country: str, number: str, valid: bool | None, words: str) -> None:
    found = register_of(country, number, "Zuid")
    assert found.valid is valid
    assert words in found.words


def test_a_step_of_the_ladder_stops_supply_by_itself_where_it_asks_nobody(desk: Desk) -> None:
    steps = (Step(0, "1st reminder", 1), Step(0, "stop", 2, "previous", 0, "act", "formal", act="freeze"))
    schedules.save(
        desk, Ladder("strict", "Strict", 3, steps), message("receipts.dunning.ladder_added", key="strict", like="")
    )
    asking = (steps[0], replace(steps[1], approval=True))
    schedules.save(
        desk, Ladder("asking", "Asking", 3, asking), message("receipts.dunning.ladder_added", key="asking", like="")
    )
    who, other = customer(desk), customer(desk, "Asked first")
    for whose, ladder in ((who, "strict"), (other, "asking")):
        one = invoice(desk, whose, f"A{whose}", 40000, due=TODAY - 3 * DAY)
        schedules.choose(desk, ladder, whose)
        notices.issue(desk, [row.id for row in notices.write(desk, due_notices(desk, whose))])
        assert one
    assert holds.freeze_due(desk) == ()
    ahead = Desk(desk.book, TODAY + 20 * DAY)
    holds.freeze(ahead, who, "from another day on")  # a stop that is dated ahead trips no run
    desk.set_today(TODAY + 10 * DAY)
    assert holds.freeze_due(desk) == ()
    undo.undo(ahead)
    (done,) = holds.freeze_due(desk)
    assert done.customers == (who,)
    assert [(stop.customer_id, stop.why) for stop in holds.stop_list(desk)] == [(who, f"stop: invoice A{who}")]
    assert holds.freeze_due(desk) == ()
    assert [task.customer_id for task in worklist(desk).tasks if "stop" in task.action] == [other]
    undo.undo(desk)
    assert holds.stop_list(desk) == ()


@pytest.mark.parametrize(
    ("terms_", "words"),
    [
        ((None, None, 0), ""),
        ((None, None, 100), "we supply you against payment in advance"),
        ((None, None, 30), "a deposit of 30 % in advance"),
        ((None, 7, 0), "New invoices are payable within 7 days"),
        ((None, 60, 0), ""),  # more time than usual is nothing to be warned of
        ((Money(50000, "EUR"), None, 0), ""),
        ((Money(30000, "EUR"), None, 0), "On account we supply you up to EUR 300.00 in all"),
    ],
)
def test_stricter_terms_stand_on_every_letter(
    desk: Desk, terms_: tuple[Money | None, int | None, int], words: str
) -> None:
    from arterm.desk.dunning.run import due_notices
    from arterm.desk.letters.notices import letter_for
    from arterm.letters.plain import as_text

    who = customer(desk)
    invoice(desk, who, "A", 40000)
    credit_standing.set_terms(desk, who, *terms_)
    told = " ".join(as_text(letter_for(desk, due_notices(desk)[0])[0]))
    if words:
        assert words in " ".join(told.split())
    else:
        assert "supply" not in told
        assert "payable within" not in told
