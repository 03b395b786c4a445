"""Letters at the desk: which kind goes out, what it rests on, and that a letter which is no reminder moves nothing."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arterm.desk import undo
from arterm.desk.accounts import customers
from arterm.desk.accounts.account_statement import movements
from arterm.desk.accounts.board import Board, Query
from arterm.desk.business import settings
from arterm.desk.claims import terms
from arterm.desk.contacts.log import ContactDraft, log_contact
from arterm.desk.dunning import schedules
from arterm.desk.dunning.run import due_notices, plan_run
from arterm.desk.letters import notices, printing, texts
from arterm.desk.letters.kinds import LetterDraft
from arterm.desk.letters.letters import letter_of, write_letter
from arterm.desk.letters.preview import preview_due, preview_written
from arterm.desk.payments import credit_views, payments
from arterm.desk.session import Desk
from arterm.letters.content import Ways, content
from arterm.letters.plain import as_text
from arterm.rules.errors import ArtermError
from arterm.rules.ladder import Step
from arterm.rules.letter_kinds import BY_HAND
from arterm.rules.money import Money
from tests.conftest import TODAY, customer, invoice

DAY = timedelta(days=1)


def sent(desk: Desk, who: int, times: int) -> Desk:
    """The customer has had that many letters, two weeks apart; returns the desk on a day when the next is due."""
    for _ in range(times):
        due = plan_run(desk, who, by_hand=True).letters
        notices.issue(desk, [one.id for one in notices.write(desk, due)])
        desk = Desk(desk.book, desk.today + timedelta(days=15))
    return desk


def kind_of(desk: Desk, who: int) -> str:
    (due,) = plan_run(desk, who, by_hand=True).letters
    return notices.letter_for(desk, due)[0].kind


@pytest.mark.parametrize(
    ("country", "kind", "wanted"),
    [
        ("BE", "business", ["friendly", "second", "costs", "demand"]),
        ("DE", "business", ["friendly", "second", "mahnung", "demand"]),
        ("GB", "business", ["friendly", "second", "costs", "before-action"]),
        ("BE", "consumer", ["be-first", "second", "costs", "demand"]),
        ("NL", "consumer", ["friendly", "nl-14", "costs", "demand"]),
        ("FR", "business", ["friendly", "second", "costs", "demand"]),
    ],
)
def test_each_step_has_the_letter_of_its_country(desk: Desk, country: str, kind: str, wanted: list[str]) -> None:
    schedules.add(desk, "Letters only")
    for step in (7, 5, 3):
        schedules.drop_step(desk, "letters-only", step)
    who = customer(desk, country=country, kind=kind)
    schedules.choose(desk, "letters-only", who)
    invoice(desk, who, due=date(2026, 9, 1))
    found = []
    for _ in wanted:
        found.append(kind_of(desk, who))
        desk = sent(desk, who, 1)
    assert found == wanted


def test_a_step_may_name_its_letter(desk: Desk) -> None:
    who = customer(desk, kind="business", country="BE")
    invoice(desk, who, due=date(2026, 9, 1))
    desk = sent(desk, who, 1)
    schedules.change_step(desk, "standard", 2, {"template": "demand"})
    assert kind_of(desk, who) == "demand"


def test_nobody_is_told_of_earlier_letters_who_had_none(desk: Desk) -> None:
    who = customer(desk, kind="business", country="BE")
    invoice(desk, who, due=date(2026, 9, 1))
    schedules.change_step(desk, "standard", 1, {"tone": "formal"})
    assert kind_of(desk, who) == "friendly"


def test_a_letter_of_the_law_gives_all_the_time_that_it_names(desk: Desk) -> None:
    settings.change_settings(desk, {"deadline_days": "3"})
    for country, start in (("BE", 0), ("NL", 1)):
        who = customer(desk, f"Person {country}", country=country, kind="consumer")
        invoice(desk, who, f"P-{country}", due=date(2026, 9, 1))
        at = sent(desk, who, start)
        (due,) = plan_run(at, who, by_hand=True).letters
        letter, legal = notices.letter_for(at, due)
        assert legal
        assert letter.deadline >= at.today + timedelta(days=15)


def test_a_british_consumer_has_thirty_days(desk: Desk) -> None:
    schedules.add(desk, "Two")
    for step in (7, 5, 4, 3, 2):
        schedules.drop_step(desk, "two", step)
    who = customer(desk, country="GB", kind="consumer")
    schedules.choose(desk, "two", who)
    invoice(desk, who, due=date(2026, 9, 1))
    at = sent(desk, who, 1)
    (due,) = plan_run(at, who, by_hand=True).letters
    letter, _ = notices.letter_for(at, due)
    assert (letter.kind, letter.consumer) == ("before-action", True)
    assert letter.deadline >= at.today + timedelta(days=30)
    assert letter.charges == ()


def test_costs_name_the_version_of_the_terms_and_what_was_sent(desk: Desk) -> None:
    who = customer(desk, kind="business", country="BE")
    terms.accept(desk, who, "2025-03", date(2025, 3, 1))
    invoice(desk, who, due=date(2026, 9, 1))
    at = sent(desk, who, 2)
    (due,) = plan_run(at, who, by_hand=True).letters
    letter, _ = notices.letter_for(at, due)
    told = " ".join(as_text(letter))
    assert "(2025-03)" in told
    assert "payment reminder (22 November 2026); second reminder (7 December 2026)" in told
    assert (
        sum(one.interest for one in letter.stretches)
        == sum(one.amount for one in letter.charges if one.kind == "interest")
        > 0
    )


def test_a_preview_shows_the_claim_and_what_may_not_be_asked(desk: Desk) -> None:
    who = customer(desk, kind="consumer", country="BE")
    invoice(desk, who, due=date(2026, 9, 1))
    (due,) = due_notices(desk, who)
    seen = preview_due(desk, due)
    assert seen.kind == "be-first"
    assert {one.what for one in seen.claims[0].not_allowed} >= {"interest"}
    (written,) = notices.write(desk, [due])
    assert "First reminder, free of charge" in preview_written(desk, written).lines


@pytest.fixture
def owed(desk: Desk) -> tuple[Desk, int]:
    """A customer with two invoices, one overdue and half paid."""
    who = customer(desk, kind="business", country="BE", street="Zuidlaan 4", postcode="9000", city="Gent")
    first = invoice(desk, who, "A-1", 20000)
    invoice(desk, who, "A-2", 10000, date(2026, 12, 10))
    payments.book_credit(
        desk, payments.CreditDraft(who, Money(5000, "EUR"), date(2026, 11, 2), (first,), "receipt", "bank 7", "")
    )
    return desk, who


DETAILS = {
    "promise": {},
    "agreement": {"parts": 3, "first": date(2026, 12, 31), "deposit": Money(4000, "EUR")},
    "settlement": {"amount": Money(20000, "EUR"), "until": date(2026, 12, 5)},
    "more-time": {"until": date(2027, 1, 15)},
    "breach": {"amount": Money(8000, "EUR"), "until": date(2026, 11, 10), "since": date(2026, 10, 10)},
    "suspended": {},
    "reinstated": {},
    "handover": {"partner": "Incasso BV"},
    "statement": {"since": date(2026, 9, 1)},
    "receipt": {},
    "copies": {},
    "courtesy": {},
    "instalment": {"amount": Money(8000, "EUR"), "until": date(2026, 12, 10)},
}
SAYS = {
    "promise": ["You pay EUR 150.00 by 1 December 2026.", "A-1"],
    "agreement": ["EUR 250.00 and acknowledges", "31/12/2026", "01/02/2027", "01/03/2027", "40.00", "70.00"],
    "settlement": ["If EUR 200.00 reaches us by 5 December 2026", "remaining EUR 50.00"],
    "more-time": ["The new date for payment is 15 January 2027.", "no interest"],
    "breach": ["The instalment of EUR 80.00, due on 10 November 2026", "whole remaining debt of EUR 250.00"],
    "suspended": ["From 22 November 2026", "EUR 150.00"],
    "reinstated": ["From 22 November 2026 we supply you again"],
    "handover": ["hand the matter over to Incasso BV", "EUR 150.00"],
    "statement": [
        "Invoice A-1, due",
        "Payment bank 7",
        "Balance on 22 November 2026",
        "EUR 250.00",
        "EUR 150.00 is past its due date",
    ],
    "receipt": ["We received EUR 50.00 from you on 2 November 2026", "EUR 150.00 remains open"],
    "copies": ["copies of the invoices below", "A-2"],
    "courtesy": ["the invoice below comes due on 10 December 2026", "EUR 100.00", "A-2"],
    "instalment": ["Please pay EUR 80.00 so that it reaches us by 10 December 2026"],
}


@pytest.mark.parametrize("kind", BY_HAND)
def test_every_other_letter_says_what_was_agreed_and_moves_no_ladder(owed: tuple[Desk, int], kind: str) -> None:
    desk, who = owed
    if kind == "promise":
        promised = ContactDraft(who, "call", "promise", promised=Money(15000, "EUR"), promised_for=date(2026, 12, 1))
        log_contact(desk, promised)
    elif kind == "handover":
        desk = sent(desk, who, 1)
    elif kind == "reinstated":
        payments.book_credit(desk, payments.CreditDraft(who, Money(15000, "EUR"), TODAY))
    before = [
        (row.invoice, row.step, row.next_on, row.balance, row.charges)
        for row in Board(desk, Query(everything=True)).rows()
    ]
    draft = LetterDraft(kind, who, **DETAILS[kind])  # type: ignore[arg-type]
    letter, _ = letter_of(desk, draft)
    told = " ".join(" ".join(as_text(letter)).split())
    for words in SAYS[kind]:
        assert words in told, words
    assert notices.waiting(desk) == ()
    written = write_letter(desk, draft)
    assert (written.kind, written.state, written.step, written.tone) == (kind, "written", 0, "")
    notices.issue(desk, [written.id])
    after = Board(desk, Query(everything=True)).rows()
    if kind in ("more-time", "settlement", "agreement"):  # what they grant holds chasing back
        assert {row.status for row in after} == {"hold"}
        assert {(row.invoice, row.step, row.balance, row.charges) for row in after} == {
            (*row[:2], *row[3:]) for row in before
        }
    else:
        assert [(row.invoice, row.step, row.next_on, row.balance, row.charges) for row in after] == before
    assert undo.undo(desk).words.startswith("Taken back: sent out letters")


@pytest.mark.parametrize(
    ("kind", "details", "code"),
    [
        ("friendly", {}, "no_kind"),
        ("agreement", {}, "missing"),
        ("agreement", {"first": date(2026, 11, 1)}, "past_day"),
        ("settlement", {"until": TODAY}, "missing"),
        ("settlement", {"until": TODAY, "amount": Money(25000, "EUR")}, "bad_amount"),
        ("settlement", {"until": TODAY - DAY, "amount": Money(100, "EUR")}, "past_day"),
        ("settlement", {"until": TODAY, "amount": Money(100, "GBP"), "currency": "EUR"}, "mixed"),
        ("more-time", {"until": TODAY}, "past_day"),
        ("handover", {}, "missing"),
        ("breach", {"until": TODAY, "since": TODAY - DAY, "amount": Money(100, "EUR")}, "future_day"),
        ("breach", {"until": TODAY - DAY, "since": TODAY - DAY, "amount": Money(10**7, "EUR")}, "bad_amount"),
        ("reinstated", {}, "still_overdue"),
        ("handover", {"partner": "P"}, "not_reminded"),
        ("more-time", {"until": date(2026, 12, 1)}, "past_day"),
        ("agreement", {"first": TODAY, "grace": -5}, "bad_number"),
        ("statement", {"since": TODAY + DAY}, "future_day"),
        ("agreement", {"first": TODAY, "parts": 500}, "bad_plan"),
        ("copies", {"currency": "GBP"}, "nothing_open"),
    ],
)
def test_what_makes_no_sense_is_refused_and_nothing_is_written(
    owed: tuple[Desk, int], kind: str, details: dict[str, object], code: str
) -> None:
    desk, who = owed
    with pytest.raises(ArtermError) as refused:
        write_letter(desk, LetterDraft(kind, who, **details))  # type: ignore[arg-type]
    assert refused.value.code == code
    assert notices.waiting(desk) == ()


def test_what_is_not_there_is_not_confirmed(desk: Desk) -> None:
    who = customer(desk)
    invoice(desk, who)
    for kind, code in (("promise", "no_promise"), ("receipt", "no_payment")):
        with pytest.raises(ArtermError) as refused:
            letter_of(desk, LetterDraft(kind, who))
        assert refused.value.code == code


def test_an_agreement_asks_for_its_first_instalment(owed: tuple[Desk, int]) -> None:
    desk, who = owed
    letter, _ = letter_of(desk, LetterDraft("agreement", who, parts=4, first=date(2026, 12, 1)))
    (ways,) = (part for part in content(letter).parts if isinstance(part, Ways))
    assert "EUR62.50" in ways.code.split("\n")
    assert [one.amount for one in letter.schedule] == [6250] * 4
    assert letter.schedule[-1].left == 0


@given(st.lists(st.tuples(st.integers(1, 50_000), st.integers(0, 60_000)), min_size=1, max_size=6), st.integers(0, 90))
def test_the_last_balance_of_a_statement_is_what_the_board_says(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[int, int]], back: int
) -> None:
    desk = Desk.create(tmp_path_factory.mktemp("s") / "b.arterm", TODAY, anywhere=True)
    who = customer(desk)
    for n, (total, paid) in enumerate(rows):
        invoice(desk, who, f"N-{n}", total, date(2026, 10, 1) + timedelta(days=n))
        if paid:
            payments.book_credit(desk, payments.CreditDraft(who, Money(paid, "EUR"), TODAY - timedelta(days=n)))
    board = Board(desk, Query(everything=True))
    expected = sum(row.balance.minor for row in board.rows()) - sum(
        one.free.minor for one in credit_views.credits_of(desk, who)
    )
    whole = movements(desk, who, "EUR")
    assert whole[-1].balance == expected == sum(one.amount for one in whole)
    part = movements(desk, who, "EUR", TODAY - timedelta(days=back))
    assert part[-1].balance == expected
    assert part[0].kind == "before"
    desk.close()


@pytest.mark.parametrize(("style", "shown"), [("ogm", "+++"), ("rf", "RF"), ("numbers", "A-1")])
def test_payers_quote_what_the_owner_chose_and_the_letter_remembers_it(
    owed: tuple[Desk, int], style: str, shown: str
) -> None:
    desk, who = owed
    settings.change_settings(desk, {"reference": style})
    written = write_letter(desk, LetterDraft("copies", who))
    assert written.reference.startswith(shown)
    assert any(written.reference in line for line in preview_written(desk, written).lines)


def test_the_reference_an_invoice_carries_already_is_asked_for_again(desk: Desk) -> None:
    from arterm.desk.accounts.invoices import InvoiceDraft, add_invoice

    who = customer(desk)
    add_invoice(
        desk,
        InvoiceDraft(
            who, "7", Money(100, "EUR"), date(2026, 9, 1), date(2026, 10, 1), reference="+++090/9337/55493+++"
        ),
    )
    letter, _ = letter_of(desk, LetterDraft("copies", who))
    assert (letter.reference, letter.coded) == ("+++090/9337/55493+++", "090933755493")


def test_a_payment_link_is_filled_for_each_letter(owed: tuple[Desk, int]) -> None:
    desk, who = owed
    settings.change_settings(desk, {"pay_link": "https://pay.example/{reference}?a={amount}&c={currency}"})
    letter, _ = letter_of(desk, LetterDraft("copies", who))
    assert letter.sender.link == "https://pay.example/A-1%2C%20A-2?a=250.00&c=EUR"
    for bad in (
        "http://pay.example",
        "https://pay.example/{iban}",
        "javascript:alert(1)",
        "https://a b.example",
        "https://{amount}",
        "https://x.example/<b>",
    ):
        with pytest.raises(ArtermError) as refused:
            settings.change_settings(desk, {"pay_link": bad})
        assert (refused.value.code, refused.value.where) == ("bad_link", "pay_link")


def test_a_swiss_owner_has_a_slip_with_every_letter(desk: Desk) -> None:
    settings.change_settings(
        desk,
        {
            "country": "CH",
            "currency": "CHF",
            "iban": "CH4431999123000889012",
            "street": "Bahnhofstrasse 1",
            "postcode": "8001",
            "city": "Zürich",
        },
    )
    who = customer(desk, country="CH", street="Seestrasse 4", postcode="8002", city="Zürich")
    invoice(desk, who, currency="CHF")
    letter, _ = letter_of(desk, LetterDraft("copies", who))
    slip = content(letter).slip
    assert slip is not None
    assert "QRR" in slip.said
    assert slip.debtor is not None


MINE = (
    "subject: Pay, {customer}\n\n{greeting}\n\nMy own words.\n\n{table}\n\n! {total} by"
    " {deadline}.\n\n{ways}\n\n{closing}\n"
)


def test_the_owners_text_is_used_until_it_is_given_up(desk: Desk) -> None:
    invoice(desk, customer(desk))
    (due,) = due_notices(desk)
    texts.use_text(desk, "friendly", "en", MINE, "mine.txt")
    assert "My own words." in as_text(notices.letter_for(desk, due)[0])
    assert [one.kind for one in texts.letter_texts(desk) if one.yours] == ["friendly"]
    assert texts.text_of(desk, "friendly") == MINE
    assert "My own words." in texts.sample_text(desk, "friendly")
    undo.undo(desk)
    assert "My own words." not in as_text(notices.letter_for(desk, due)[0])
    texts.use_text(desk, "friendly", "en", MINE, "mine.txt")
    texts.reset_text(desk, "friendly", "en")
    assert texts.text_of(desk, "friendly") != MINE
    texts.use_text(desk, "friendly", "en", MINE, "mine.txt")
    assert texts.text_of(desk, "friendly") == MINE


@pytest.mark.parametrize(
    ("change", "where"),
    [
        (("{greeting}", "{greting}"), "mine.txt:3"),
        (("{table}", ""), "mine.txt"),
        (("My own", "{if total}"), "mine.txt:5"),
        (("My own", "{terms}"), "mine.txt:5"),
        (("My own", "{charges}"), "mine.txt:5"),
    ],
)
def test_a_text_that_could_fail_on_some_letter_is_refused_before_it_is_used(
    desk: Desk, change: tuple[str, str], where: str
) -> None:
    act = desk.newest_act()
    with pytest.raises(ArtermError) as refused:
        texts.use_text(desk, "friendly", "en", MINE.replace(*change), "mine.txt")
    assert (refused.value.code, refused.value.where) == ("bad_template", where)
    assert desk.newest_act() == act


def test_a_letter_is_printed_again_byte_for_byte(desk: Desk, tmp_path: Path) -> None:
    who = customer(desk)
    invoice(desk, who)
    (written,) = notices.write(desk, due_notices(desk))
    notices.issue(desk, [written.id])
    customers.edit_customer(desk, who, {"name": "Renamed"})
    texts.use_text(desk, "friendly", "en", MINE, "mine.txt")
    first = printing.save(desk, [written], tmp_path / "one")
    again = printing.save(desk, notices.views(desk, [written.id]), tmp_path / "two")
    assert (
        Path(first[0].file).read_bytes() == Path(again[0].file).read_bytes() == notices.document(desk, written.document)
    )
    assert printing.save(desk, [written], tmp_path / "one")[0].file == first[0].file
    Path(first[0].file).write_bytes(b"other")
    with pytest.raises(ArtermError, match="file of that name"):
        printing.save(desk, [written], tmp_path / "one")


def test_a_printer_that_refuses_or_sleeps_is_told_of_with_what_went_through(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(3):
        invoice(desk, customer(desk, f"C{n}"), f"I{n}")
    written = notices.write(desk, due_notices(desk))
    tray = tmp_path / "tray"
    lp = tmp_path / "bin" / "lp"
    lp.parent.mkdir()
    lp.write_text(
        f'#!/bin/sh\nn=$(ls {tmp_path} | grep -c page)\ncat > {tmp_path}/page$n\n[ $n -lt 2 ] || {{ echo "out of paper"'
        " >&2; exit 1; }\n"
    )
    lp.chmod(0o755)
    monkeypatch.setenv("PATH", f"{lp.parent}:/usr/bin:/bin")
    with pytest.raises(ArtermError, match=r"out of paper.*2 letters had gone through"):
        printing.print_out(desk, written)
    assert (tmp_path / "page0").read_bytes() == notices.document(desk, written[0].document)
    assert not tray.exists()
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    with pytest.raises(ArtermError, match="no printing command"):
        printing.print_out(desk, written)
    with pytest.raises(ArtermError, match="no program to show"):
        printing.view_page(b"%PDF")


def test_a_book_of_the_version_before_keeps_its_letters(demo: Path) -> None:
    desk = Desk.open(demo, TODAY, anywhere=True)
    for one in notices.notices_of(desk, desk.book.one("SELECT customer FROM notice LIMIT 1")[0]):
        assert one.kind in ("friendly", "second", "costs", "be-first", "nl-14")
        assert replace(one, file="x").file == "x"
    desk.close()


def test_steps_keep_their_letter_when_they_are_written_down() -> None:
    from arterm.rules.ladder import from_text, to_text

    step = Step(1, "a", 3, template="demand")
    assert from_text(to_text([step])) == (step,)


def lines_of(desk: Desk, who: int) -> dict[str, tuple[int, int, int]]:
    (due,) = plan_run(desk, who, by_hand=True).letters
    letter, _ = notices.letter_for(desk, due)
    return {line.number: (line.paid, line.open, line.disputed) for line in letter.lines}


def test_a_disputed_part_is_not_asked_for_and_not_called_paid(owed: tuple[Desk, int]) -> None:
    from arterm.desk.dunning.pauses import DisputeDraft, dispute

    desk, who = owed
    first = desk.book.one("SELECT id FROM invoice WHERE number = 'A-1'")[0]
    dispute(desk, DisputeDraft(first, "quality", Money(4000, "EUR")))
    assert lines_of(desk, who) == {"A-1": (5000, 11000, 4000)}
    (due,) = plan_run(desk, who, by_hand=True).letters
    assert "of which 40.00 is disputed and not asked for here" in " ".join(as_text(notices.letter_for(desk, due)[0]))
    letter, _ = letter_of(desk, LetterDraft("suspended", who))
    assert letter.total == 11000


def test_money_not_yet_matched_is_taken_off_every_letter(desk: Desk) -> None:
    who = customer(desk, country="BE", kind="business")
    payments.book_credit(desk, payments.CreditDraft(who, Money(3000, "EUR"), TODAY))
    invoice(desk, who, "A-1", 10000)
    for kind, details in (
        ("settlement", {"amount": Money(5000, "EUR"), "until": date(2026, 12, 5)}),
        ("agreement", {"first": date(2026, 12, 5)}),
        ("copies", {}),
        ("suspended", {}),
    ):
        letter, _ = letter_of(desk, LetterDraft(kind, who, **details))
        assert (letter.total, letter.lines[0].paid) == (7000, 3000), kind


def test_a_receipt_does_not_call_settled_what_is_not(desk: Desk) -> None:
    who = customer(desk)
    payments.book_credit(desk, payments.CreditDraft(who, Money(3000, "EUR"), TODAY))
    told = " ".join(as_text(letter_of(desk, LetterDraft("receipt", who))[0]))
    assert "We received EUR 30.00" in told
    assert "settled" not in told
    with pytest.raises(ArtermError, match="no payment"):
        letter_of(Desk(desk.book, TODAY - DAY), LetterDraft("receipt", who))


def test_a_first_letter_of_the_law_goes_out_alone_and_free(desk: Desk) -> None:
    who = customer(desk, country="BE", kind="consumer")
    terms.accept(desk, who, "1", date(2026, 1, 1), "8", True)
    invoice(desk, who, "C-1", 50000, due=date(2026, 9, 1))
    at = sent(desk, who, 3)
    invoice(at, who, "C-3", 5000, due=at.today - 10 * DAY)
    (due,) = plan_run(at, who, by_hand=True).letters
    letter, legal = notices.letter_for(at, due)
    assert (legal, [line.number for line in letter.lines], letter.charges, letter.total) == (
        "BE-first",
        ["C-3"],
        (),
        5000,
    )
    assert any(
        "goes out for other invoices alone" in why
        for one in plan_run(at, who, by_hand=True).held
        for why in one.why_not
    )


def test_dutch_costs_are_what_the_fourteen_day_letter_named(desk: Desk) -> None:
    who = customer(desk, country="NL", kind="consumer")
    for number, total in (("C-1", 10000), ("C-2", 20000)):
        invoice(desk, who, number, total, due=date(2026, 9, 1))
    at = sent(desk, who, 1)
    (due,) = plan_run(at, who, by_hand=True).letters
    assert "EUR 45.00" in " ".join(as_text(notices.letter_for(at, due)[0])).replace("45,00", "45.00")
    at = sent(at, who, 1)
    (due,) = plan_run(Desk(at.book, at.today + 15 * DAY), who, by_hand=True).letters
    assert sum(one.amount for line in due.lines for one in line.charges if one.kind == "costs") == 4500


def test_a_softer_letter_asks_for_no_charges(desk: Desk) -> None:
    who = customer(desk, country="BE", kind="business")
    invoice(desk, who, "C-1", 50000, due=date(2026, 9, 1))
    at = sent(desk, who, 2)
    due = plan_run(at, who, by_hand=True).letters
    assert notices.letter_for(at, due[0])[0].charges
    (written,) = notices.write(at, due, tone="firm")
    assert (written.kind, written.charges.minor) == ("second", 0)
    assert at.book.one("SELECT count(*) FROM charge")[0] == 0


def test_charges_of_earlier_letters_are_seen_wherever_the_total_has_them(desk: Desk) -> None:
    who = customer(desk, country="BE", kind="business")
    invoice(desk, who, "C-1", 50000, due=date(2026, 9, 1))
    at = sent(desk, who, 3)
    letter, _ = letter_of(at, LetterDraft("suspended", who))
    told = "\n".join(as_text(letter))
    assert letter.total > 50000
    assert "Charges of earlier letters, still open" in told


def test_in_scotland_there_is_no_letter_of_the_english_protocol(desk: Desk) -> None:
    schedules.add(desk, "Two")
    for step in (7, 5, 4, 3, 2):
        schedules.drop_step(desk, "two", step)
    for postcode, wanted in (
        ("EH1 1AA", "demand"),
        ("SW1A 1AA", "before-action"),
        ("BT1 5GS", "demand"),
        ("", "before-action"),
    ):
        who = customer(desk, f"Person {postcode}", country="GB", kind="consumer", postcode=postcode)
        schedules.choose(desk, "two", who)
        invoice(desk, who, f"I{postcode}", due=date(2026, 9, 1))
        at = sent(desk, who, 1)
        assert kind_of(at, who) == wanted


def test_the_owner_is_told_what_to_enclose(desk: Desk) -> None:
    from arterm.desk.letters.preview import preview_letter

    who = customer(desk)
    invoice(desk, who)
    assert "copies of the invoices" in preview_letter(letter_of(desk, LetterDraft("copies", who))[0]).enclose[0]


@pytest.mark.parametrize("template", ["be-first", "nl-14", "nonsense", "receipt"])
def test_a_step_cannot_name_a_letter_that_the_law_or_nobody_sends(desk: Desk, template: str) -> None:
    with pytest.raises(ArtermError, match="no letter of a step"):
        schedules.change_step(desk, "standard", 2, {"template": template})


def test_letters_in_one_file_are_never_taken_for_others(desk: Desk, tmp_path: Path) -> None:
    for n in range(3):
        invoice(desk, customer(desk, f"C{n}"), f"I{n}")
    a, b, c = notices.write(desk, due_notices(desk))
    one = printing.save(desk, [a, b], tmp_path, one_file=True)[0].file
    other = printing.save(desk, [a, c], tmp_path, one_file=True)[0].file
    assert one != other
    assert printing.save(desk, [a, b], tmp_path, one_file=True)[0].file == one
    notices.discard(desk, [c.id])
    with pytest.raises(ArtermError, match="were discarded"):
        printing.save(desk, notices.views(desk, [c.id]), tmp_path)


def test_a_letter_whose_folder_is_refused_is_not_kept(owed: tuple[Desk, int], tmp_path: Path) -> None:
    desk, who = owed
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(ArtermError, match="cannot be put here"):
        printing.write_letter_to(desk, LetterDraft("copies", who), tmp_path / "taken")
    assert notices.waiting(desk) == ()


def test_more_letters_than_one_question_can_name_are_read_all_the_same(desk: Desk) -> None:
    for n in range(12):
        invoice(desk, customer(desk, f"Customer {n}"), f"2026-{n}")
    made = [one.id for one in notices.write(desk, due_notices(desk))]
    desk.book.connection.setlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER, 999)  # what the oldest SQLite can
    many = made * 100
    found = notices.views(desk, many)
    assert [one.id for one in found] == many
    assert {len(one.invoices) for one in found} == {1}
    with pytest.raises(ArtermError, match="There is no letter #1000"):
        notices.views(desk, [*made, *range(1000, 3000)])
