"""Every day that arterm proposes or prints is a working day where the customer is; a day that was typed stays."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from arterm.desk import find
from arterm.desk.compromise.quote import PlanDraft, quote
from arterm.desk.contacts import log
from arterm.desk.contacts.log import ContactDraft, log_contact
from arterm.desk.contacts.promises import suggested_promise
from arterm.desk.dunning.run import plan_run
from arterm.desk.letters import notices
from arterm.desk.letters.kinds import LetterDraft
from arterm.desk.letters.letters import letter_of
from arterm.desk.mail.alerts import alerts
from arterm.desk.session import Desk
from arterm.desk.worklist.script import script
from arterm.rules.money import Money
from tests.conftest import Ran, customer, invoice

CHRISTMAS = date(2026, 12, 25)  # a Friday


def owing(desk: Desk, on: date, country: str = "FR") -> tuple[Desk, int]:
    """A business that owes since a month, seen on a day."""
    who = customer(desk, kind="business", country=country)
    invoice(desk, who, due=date(2026, 11, 2))
    return Desk(desk.book, on), who


def test_a_reminder_does_not_ask_for_payment_on_christmas_day(demo: Path, arterm: Callable[..., Ran]) -> None:
    said = arterm("notices", "show", "Hôtel du Beffroi", book=demo, today="2026-12-11").out
    assert "28 décembre 2026" in said
    assert "25 décembre 2026" not in said


@pytest.mark.parametrize(
    ("country", "wanted"),
    [
        ("FR", date(2026, 12, 28)),
        ("GB", date(2026, 12, 29)),  # Monday stands in for Boxing Day
        ("IL", date(2026, 12, 27)),  # no holiday, but Friday is in the weekend
        ("", date(2026, 12, 28)),  # as where the owner is
    ],
)
def test_a_deadline_is_a_working_day_of_the_customers_country(desk: Desk, country: str, wanted: date) -> None:
    desk, who = owing(desk, date(2026, 12, 11), country)
    (due,) = plan_run(desk, who, by_hand=True).letters
    assert notices.letter_for(desk, due)[0].deadline == wanted


@pytest.mark.parametrize("kind", ["suspended", "copies", "statement"])
def test_letters_by_hand_have_a_deadline_on_a_working_day(desk: Desk, kind: str) -> None:
    desk, who = owing(desk, date(2026, 12, 11))
    assert letter_of(desk, LetterDraft(kind, who))[0].deadline == date(2026, 12, 28)


def test_a_day_that_was_typed_stays_as_typed(desk: Desk) -> None:
    desk, who = owing(desk, date(2026, 12, 11))
    assert letter_of(desk, LetterDraft("more-time", who, until=CHRISTMAS))[0].deadline == CHRISTMAS
    log_contact(desk, ContactDraft(who, "call", "no_answer", look_again=CHRISTMAS))
    assert log.log_entries(desk, who)[0].follow_up == CHRISTMAS


def test_nobody_is_asked_to_promise_for_a_holiday(desk: Desk) -> None:
    desk, who = owing(desk, date(2026, 12, 18))
    likely = suggested_promise(desk, who)
    assert likely is not None
    assert likely[1] == date(2026, 12, 28)


def test_nobody_is_looked_at_again_or_called_back_on_a_holiday(desk: Desk) -> None:
    desk, who = owing(desk, date(2026, 12, 24))
    assert log.suggested_follow_up(desk, who, "no_answer") == date(2026, 12, 28)
    receipt = log_contact(desk, ContactDraft(who, "call", "no_answer"))
    assert "28 Dec" in receipt.words
    assert "28 December 2026" in " ".join(line.words for line in script(desk, who))


def test_instalments_fall_on_working_days(desk: Desk) -> None:
    desk, who = owing(desk, date(2026, 12, 11))
    asked = quote(desk, PlanDraft(who, CHRISTMAS, every="week", parts=2))
    assert [day for day, _ in asked.instalments] == [date(2026, 12, 28), date(2027, 1, 4)]
    agreed = LetterDraft("agreement", who, parts=3, first=date(2026, 12, 12), every="2weeks")
    days = [one.due for one in letter_of(desk, agreed)[0].schedule]
    assert days == [date(2026, 12, 12), date(2026, 12, 28), date(2027, 1, 11)]  # the first was typed


def test_what_happened_over_the_owners_holidays_is_told_afterwards(desk: Desk) -> None:
    desk, who = owing(desk, date(2026, 12, 22))
    draft = ContactDraft(who, "call", "promise", promised=Money(10000, "EUR"), promised_for=date(2026, 12, 24))
    log_contact(desk, draft)
    (one,) = alerts(Desk(desk.book, date(2026, 12, 28)))
    assert (one.kind, one.on) == ("promise", CHRISTMAS)
    assert alerts(Desk(desk.book, date(2026, 12, 29))) == ()


@pytest.mark.parametrize(
    ("today", "days", "asked"),
    [
        (date(2026, 12, 11), 14, date(2026, 12, 28)),  # Christmas, a Saturday, a Sunday
        (date(2026, 11, 22), 13, date(2026, 12, 7)),  # a Saturday
        (date(2026, 11, 23), 14, date(2026, 12, 7)),
    ],
)
def test_a_day_that_a_form_fills_in_is_one_on_which_people_work(
    desk: Desk, today: date, days: int, asked: date
) -> None:
    who = customer(desk, country="BE")
    desk.set_today(today)
    assert find.working_day(desk, who, days) == asked
