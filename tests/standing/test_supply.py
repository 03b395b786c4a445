"""May we supply? Grades with their working, limits, checks, stops that nobody forgets, and terms that are only suggested."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arterm.desk import business, freezing, money_in, standing, undo
from arterm.desk.desk import Desk
from arterm.desk.registers import register_of
from arterm.desk.today import worklist
from arterm.rules.errors import ArtermError, Stale
from arterm.rules.money import Money
from arterm.rules.standing import GRADES, Position, Record, grade, may_supply
from tests.conftest import TODAY, Ran, customer, invoice

Arterm = Callable[..., Ran]
DAY = timedelta(days=1)


def eur(minor: int) -> Money:
    return Money(minor, "EUR")


def pay(desk: Desk, who: int, minor: int, on: date = TODAY, about: tuple[int, ...] = ()) -> None:
    money_in.book_credit(desk, money_in.CreditDraft(who, eur(minor), on, about))


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
        (Position(0, 0, 0), True, "", "nothing speaks against it"), (Position(900, 0, 0, 200, 1000), False, "prepayment", "over the credit limit"),
        (Position(800, 0, 0, 200, 1000), True, "", "within the credit limit"), (Position(0, 0, 0, prepay=100), False, "prepayment", "prepayment is agreed"),
        (Position(0, 0, 0, prepay=30), False, "deposit", "30 % beforehand"), (Position(0, 0, 0, checked="bad"), False, "prepayment", "credit check was bad"),
        (Position(0, 0, 0, checked="bad", expired=True), True, "", "has expired"), (Position(5, 5, 9), True, "", "overdue, the oldest by 9 days"),
        (Position(0, 0, 0, stopped="never pays"), False, "", "supply is stopped: never pays"),
        (Position(0, 0, 0, stopped="x", carve_outs="prepaid orders"), False, "prepayment", "but for: prepaid orders"),
        (Position(0, 0, 0, blocks=("your line is 30",)), False, "prepayment", "your line is 30"),
    ],
)  # fmt: skip
def test_the_answer_at_the_counter(position: Position, may: bool, condition: str, words: str) -> None:
    found = may_supply(position, "9.00 of 10.00")
    assert (found.may_supply, found.condition) == (may, condition)
    assert any(words in why for why in found.why), found.why


def test_limit_check_and_record_come_together_for_one_customer(desk: Desk, tmp_path: Path) -> None:
    who = customer(desk, vat_no="BE0403170701", country="BE")
    invoice(desk, who, "A", 40000)
    paper = tmp_path / "report.pdf"
    paper.write_bytes(b"%PDF report")
    made = standing.CheckDraft(
        "Register", TODAY, "caution", "52/100", "small capital", TODAY + 30 * DAY, TODAY + 20 * DAY, str(paper)
    )
    standing.add_check(desk, who, made)
    standing.set_terms(desk, who, eur(50000), 14, 0)
    yes, no = standing.supply(desk, who, eur(10000)), standing.supply(desk, who, eur(10001))
    assert (yes.may_supply, no.may_supply, no.condition) == (True, False, "prepayment")
    assert (yes.balance, yes.overdue, yes.limit) == (eur(40000), eur(40000), eur(50000))
    page = standing.standing(desk, who)
    (check,) = page.checks
    assert (check.state, check.document, len(check.sha256)) == ("valid", "report.pdf", 64)
    assert page.register.valid is True
    assert "0403170701" in page.register.link
    desk.turn_to(TODAY + 20 * DAY)
    assert [task.action for task in worklist(desk).tasks if task.customer_id == who and task.group == "decisions"] == [
        "check credit again"
    ]
    desk.turn_to(TODAY + 31 * DAY)
    assert standing.checks_of(desk, who)[0].state == "expired"
    assert standing.days_to_pay(desk, who) == 14
    assert undo.undo(desk).words.startswith("Taken back: changed the terms of supply")


def test_a_stop_needs_a_reason_is_told_to_the_second_hand_and_chasing_goes_on(desk: Desk) -> None:
    who = customer(desk)
    owed = invoice(desk, who, "A", 40000)
    with pytest.raises(ArtermError, match="needs a reason"):
        freezing.freeze(desk, who, "  ")
    freezing.freeze(desk, who, "three reminders", "The boss", "prepaid orders")
    with pytest.raises(ArtermError, match=r"is stopped already since 2026-11-22 by .*three reminders"):
        freezing.freeze(desk, who, "again")
    found = standing.supply(desk, who)
    assert (found.may_supply, found.condition) == (False, "prepayment")
    from arterm.desk.due import due_notices

    assert len(due_notices(desk)) == 1
    with pytest.raises(ArtermError, match="Only The boss may lift this"):
        freezing.release(desk, who)
    freezing.release(desk, who, "they called", "the BOSS")
    with pytest.raises(ArtermError, match=r"is not stopped\. .* lifted it on 2026-11-22"):
        freezing.release(desk, who)
    assert undo.undo(desk).words.startswith("Taken back: supplied")
    assert freezing.stop_of(desk, who) is not None
    assert owed


def test_whoever_has_paid_is_not_left_stopped_unnoticed(desk: Desk) -> None:
    who = customer(desk)
    owed = invoice(desk, who, "A", 40000)
    freezing.freeze(desk, who, "late", "The boss")
    assert freezing.to_release(desk) == ()
    pay(desk, who, 40000, TODAY, (owed,))
    assert [one.customer_id for one in freezing.settled_but_stopped(desk, (who,))] == [who]
    assert [task.action for task in worklist(desk).tasks] == ["supply again?"]
    assert "is supplied again" in freezing.release(desk, who).words
    assert worklist(desk).tasks == ()


def test_the_owners_lines_propose_and_the_counter_asks_for_money_first(desk: Desk) -> None:
    who = customer(desk)
    invoice(desk, who, "A", 40000)
    assert freezing.to_stop(desk) == ()
    business.change_settings(desk, {"freeze_amount": "400", "freeze_days": "0"})
    assert [(name, owed) for _, name, owed, _ in freezing.to_stop(desk)] == [("Van Damme NV", eur(40000))]
    assert standing.supply(desk, who).condition == "prepayment"
    business.change_settings(desk, {"freeze_amount": "401"})
    assert freezing.to_stop(desk) == ()
    business.change_settings(desk, {"freeze_days": "52"})
    assert [days for *_, days in freezing.to_stop(desk)] == [52]
    assert freezing.stop_of(desk, who) is None


def test_a_bad_number_is_told_and_the_register_named() -> None:
    assert register_of("BE", "BE0403170702", "X").valid is False
    assert register_of("BE", "", "X").valid is None
    assert "company-information" in register_of("GB", "", "A & B").link
    assert register_of("ZZ", "123", "X").valid is None


def test_two_at_one_customer_the_second_is_told(desk: Desk) -> None:
    who = customer(desk)
    standing.set_terms(desk, who, eur(1000), None, 0)
    with pytest.raises(Stale):
        standing.set_terms(desk, who, eur(2000), None, 0, version=7)
    with pytest.raises(ArtermError, match="per cent from 0 to 100"):
        standing.set_terms(desk, who, None, None, 101)
    with pytest.raises(ArtermError, match="Who said so"):
        standing.add_check(desk, who, standing.CheckDraft(" ", TODAY, "good"))
    with pytest.raises(ArtermError, match="has not come yet"):
        standing.add_check(desk, who, standing.CheckDraft("X", TODAY + DAY, "good"))


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
    assert arterm("check", "Zuid").out.splitlines()[0] == "Zuid: no"
    listed = arterm("hold", "--list", "--format", "csv").out.splitlines()
    assert listed[0].startswith("customer_no,customer_id,customer,since,why")
    assert "'=late" in listed[1]
    assert arterm("hold", "--list", "--format", "json").json["stopped"][0]["customer"] == "Zuid"
    paid = arterm("pay", "R1", "--amount", "100")
    assert 'still stopped: arterm release "Zuid"' in paid.err
    assert arterm("release", "Zuid").code == 0
    assert arterm("hold", "--list").out == "Nobody is stopped.\n"
    arterm("invoice", "add", "R2", "--customer", "Zuid", "--amount", "10")
    assert arterm("show", "R2", "--json").json["invoice"]["due"] == "2026-12-02"


@pytest.mark.parametrize(
    ("prepay", "words"),
    [(0, ""), (100, "we supply you against payment in advance"), (30, "a deposit of 30 % in advance")],
)
def test_stricter_terms_stand_on_every_letter(desk: Desk, prepay: int, words: str) -> None:
    from arterm.desk.due import due_notices
    from arterm.desk.notices import letter_for
    from arterm.letters.plain import as_text

    who = customer(desk)
    invoice(desk, who, "A", 40000)
    standing.set_terms(desk, who, None, None, prepay)
    told = " ".join(as_text(letter_for(desk, due_notices(desk)[0])[0]))
    assert (words in told) if words else ("until further notice" not in told.lower())
