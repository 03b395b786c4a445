"""The call desk: limits that need a reason, wishes, numbers, promises that break, and the day's work with what it sets
aside.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from arterm.desk import undo
from arterm.desk.accounts import customers
from arterm.desk.business import settings
from arterm.desk.contacts.limits import begin_wish, end_wish, limits
from arterm.desk.contacts.log import ContactDraft, log_contact, put_off
from arterm.desk.contacts.promises import kept_rates, promises_of, suggested_promise
from arterm.desk.dunning.run import plan_run
from arterm.desk.letters import notices
from arterm.desk.payments import payments
from arterm.desk.session import Desk
from arterm.desk.worklist.script import script
from arterm.desk.worklist.worklist import achieved, worklist
from arterm.rules.errors import ArtermError
from arterm.rules.money import Money
from tests.conftest import TODAY, customer, invoice

ONE = timedelta(days=1)


def called(desk: Desk, who: int, outcome: str = "other", **more: object) -> None:
    log_contact(desk, ContactDraft(who, "call", outcome, no_follow_up="look_again" not in more, **more))  # type: ignore[arg-type]


def groups(desk: Desk, who: int) -> set[str]:
    return {task.group for task in worklist(desk).tasks if task.customer_id == who}


def aside(desk: Desk, who: int) -> str:
    return " ".join(one.why for one in worklist(desk).set_aside if one.customer_id == who)


@pytest.fixture
def caller(desk: Desk) -> tuple[Desk, int]:
    """A customer on the ladder that begins with a call."""
    from arterm.desk.dunning import schedules

    who = customer(desk, kind="business", country="BE")
    customers.add_contact(desk, who, {"name": "Koen", "phone": "+32 9 555 12 12"})
    schedules.choose(desk, "known", who)
    invoice(desk, who, due=TODAY - 5 * ONE)
    return desk, who


def test_one_contact_too_many_needs_a_reason_and_keeps_it(caller: tuple[Desk, int]) -> None:
    desk, who = caller
    called(desk, who)
    called(desk, who)
    assert limits(desk, who).against == ("that would be the 3rd call today",)
    with pytest.raises(ArtermError) as refused:
        called(desk, who)
    assert (refused.value.code, refused.value.where) == ("needs_reason", "why")
    called(desk, who, why="they asked for it")
    note = desk.book.one("SELECT note FROM log ORDER BY id DESC LIMIT 1")[0]
    assert note == "Beyond the limits because: they asked for it"
    assert limits(desk, who).against[-1] == "that would be the 4th contact within a week"
    log_contact(desk, ContactDraft(who, "email", "other", direction="in"))
    log_contact(desk, ContactDraft(who, "note", "other"))
    assert limits(Desk(desk.book, TODAY + 7 * ONE), who).against == ()


def test_the_clock_of_the_customer_is_asked_before_ringing(caller: tuple[Desk, int]) -> None:
    desk, who = caller
    noon, night = datetime(2026, 11, 23, 12, 0, tzinfo=UTC), datetime(2026, 11, 23, 20, 0, tzinfo=UTC)
    assert limits(desk, who, now=noon).against == ()
    assert "21:00" in limits(desk, who, now=night).against[0]
    assert limits(desk, who, "letter", night).against == ()
    settings.change_settings(desk, {"hours_business": "8-22"})
    assert limits(desk, who, now=night).against == ()


def test_who_does_not_want_calls_is_left_alone_and_written_to(caller: tuple[Desk, int]) -> None:
    desk, who = caller
    assert groups(desk, who) == {"calls"}
    begin_wish(desk, who, "letters only, please")
    assert groups(desk, who) == set()
    assert "does not want to be called: letters only, please" in aside(desk, who)
    with pytest.raises(ArtermError, match="Does not want to be called"):
        called(desk, who)
    with pytest.raises(ArtermError, match="already"):
        begin_wish(desk, who, "again")
    end_wish(desk, who)
    assert groups(desk, who) == {"calls"}
    undo.undo(desk)
    assert limits(desk, who).wish == "letters only, please"
    undo.undo(desk)
    with pytest.raises(ArtermError, match="may be called"):
        end_wish(desk, who)


@pytest.mark.parametrize(
    ("outcome", "state"),
    [
        ("wrong_number", "bad"),
        ("disconnected", "bad"),
        ("promise", "good"),
        ("gatekeeper", "good"),
        ("no_answer", "bad"),
    ],
)
def test_a_number_is_good_or_bad_by_what_came_of_it(caller: tuple[Desk, int], outcome: str, state: str) -> None:
    desk, who = caller
    (one,) = customers.contacts(desk, who)
    customers.edit_contact(
        desk, one.id, {"phone_state": "bad" if state == "good" or outcome == "no_answer" else "good"}
    )
    promised = {"promised": Money(100, "EUR"), "promised_for": TODAY + ONE} if outcome == "promise" else {}
    called(desk, who, outcome, **promised)
    assert customers.contacts(desk, who)[0].phone_state == state


def test_the_ladder_waits_for_what_they_said_and_the_owner_may_change_that(caller: tuple[Desk, int]) -> None:
    desk, who = caller
    log_contact(desk, ContactDraft(who, "call", "in_payment_run"))
    (held,) = plan_run(desk, who, by_hand=True).held
    assert "is in the payment run: looked at again" in held.why_not[0]
    assert groups(desk, who) == set()
    later = Desk(desk.book, TODAY + 5 * ONE)
    assert groups(later, who) == {"call-backs"}
    settings.change_settings(desk, {"outcomes": "in_payment_run.waits=no"})
    assert plan_run(Desk(desk.book, TODAY + ONE), who, by_hand=True).letters


def test_a_call_back_has_its_time_and_comes_first(caller: tuple[Desk, int]) -> None:
    desk, who = caller
    other = customer(desk, "Other")
    invoice(desk, other, "O-1", 900_000, TODAY - 100 * ONE)
    called(desk, other, "other", look_again=TODAY + ONE)
    called(desk, who, "call_back", look_again=TODAY + ONE, call_at="14:30")
    first = worklist(Desk(desk.book, TODAY + ONE)).tasks[0]
    assert (first.customer_id, first.at, first.action) == (who, "14:30", "call back at 14:30")
    with pytest.raises(ArtermError, match="no time of day"):
        called(desk, who, "call_back", look_again=TODAY + ONE, call_at="25:00")


def test_who_is_used_to_pay_late_is_not_called_before_that_day(caller: tuple[Desk, int]) -> None:
    desk, who = caller
    for n in range(3):
        owed = invoice(desk, who, f"old-{n}", 10000, TODAY - (100 + 30 * n) * ONE)
        payments.book_credit(desk, payments.CreditDraft(who, Money(10000, "EUR"), TODAY - (92 + 30 * n) * ONE, (owed,)))
    assert groups(desk, who) == set()
    assert "usually pays 8 days late; today is day 5" in aside(desk, who)
    assert groups(Desk(desk.book, TODAY + 4 * ONE), who) == {"calls"}


def test_what_is_put_off_waits_until_its_day(caller: tuple[Desk, int]) -> None:
    desk, who = caller
    put_off(desk, who, 1)
    assert "put off: looked at again 23 Nov" in aside(desk, who)
    assert groups(Desk(desk.book, TODAY + ONE), who) == {"call-backs"}
    assert limits(desk, who).contacts == 0


def promise(desk: Desk, who: int, day: date, amount: int = 10000) -> None:
    draft = ContactDraft(
        who, "call", "promise", promised=Money(amount, "EUR"), promised_for=day, method="card", why="asked again"
    )
    log_contact(desk, draft)


def test_the_first_broken_promise_gets_a_shorter_day_and_the_second_the_next_step(desk: Desk) -> None:
    settings.change_settings(desk, {"contacts_week": "10"})
    who = customer(desk, kind="business", country="BE")
    invoice(desk, who, due=TODAY - 10 * ONE)
    notices.issue(desk, [one.id for one in notices.write(desk, plan_run(desk, who, by_hand=True).letters)])
    likely = suggested_promise(desk, who)
    assert likely is not None
    assert likely[1] == date(2026, 11, 30)
    promise(desk, who, TODAY + ONE)
    once = Desk(desk.book, TODAY + 3 * ONE)
    sooner = suggested_promise(once, who)
    assert sooner is not None
    assert sooner[1] == once.today + 5 * ONE  # Wednesday and three days, past the weekend
    promise(once, who, once.today + ONE)
    twice = Desk(desk.book, once.today + 3 * ONE)
    assert [one.state for one in promises_of(twice, who)] == ["broken", "broken"]
    (letter,) = plan_run(twice, who).letters
    assert letter.tone == "firm"
    assert "two promises were broken: the next step comes at once" in letter.why


def test_who_avoids_us_gets_the_next_step_at_once(desk: Desk) -> None:
    who = customer(desk, kind="business", country="BE")
    invoice(desk, who, due=TODAY - 10 * ONE)
    notices.issue(desk, [one.id for one in notices.write(desk, plan_run(desk, who, by_hand=True).letters)])
    after = Desk(desk.book, TODAY + 2 * ONE)
    assert plan_run(after, who).letters == ()
    log_contact(after, ContactDraft(who, "call", "no_answer", reason="avoiding"))
    (letter,) = plan_run(after, who).letters
    assert "they avoid us: the next step comes at once" in letter.why


def test_promises_are_counted_by_number_and_by_amount(desk: Desk) -> None:
    who = customer(desk)
    first, second = invoice(desk, who, "1", 10000), invoice(desk, who, "2", 30000)
    for row, amount in ((first, 10000), (second, 30000)):
        log_contact(
            desk,
            ContactDraft(
                who, "call", "promise", invoices=(row,), promised=Money(amount, "EUR"), promised_for=TODAY + ONE
            ),
        )
    later = Desk(desk.book, TODAY + 5 * ONE)
    payments.book_credit(
        Desk(desk.book, TODAY + ONE), payments.CreditDraft(who, Money(10000, "EUR"), TODAY + ONE, (first,))
    )
    (rate,) = kept_rates(later, who)
    assert (rate.promises, rate.kept, rate.promised.minor, rate.received.minor) == (2, 1, 40000, 10000)
    assert kept_rates(later) == kept_rates(later, who)
    assert kept_rates(Desk(desk.book, TODAY), who) == ()


def test_the_script_says_the_facts_and_only_those(caller: tuple[Desk, int]) -> None:
    desk, who = caller
    told = " ".join(line.words for line in script(desk, who))
    for words in (
        "this is Bakkerij",
        "May I speak to Koen",
        "invoice 2026-1 of EUR 100.00",
        "due on 17 November 2026, 5 days ago",
        "BE68 5390 0754 7034",
        "only wanted to ask",
    ):
        assert words in told
    assert "We wrote" not in told
    assert "{" not in told
    assert script(desk, customer(desk, "Nobody owes")) == ()


def test_what_the_work_achieved_is_counted(caller: tuple[Desk, int]) -> None:
    desk, who = caller
    since = desk.newest_act()
    called(desk, who, "no_answer")
    called(desk, who, "promise", promised=Money(5000, "EUR"), promised_for=TODAY + ONE)
    put_off(desk, who, 2)
    done = achieved(desk, since)
    assert (done.contacts, done.reached, done.promised, done.letters) == (2, 1, (Money(5000, "EUR"),), 0)


def test_a_method_is_kept_with_its_promise(caller: tuple[Desk, int]) -> None:
    desk, who = caller
    promise(desk, who, TODAY + ONE)
    assert desk.book.rows("SELECT method FROM promise_method") == [("card",)]
    with pytest.raises(ArtermError, match="no method"):
        called(desk, who, "promise", promised=Money(1, "EUR"), promised_for=TODAY, method="beans")


def test_settings_of_the_call_desk_are_checked(desk: Desk) -> None:
    for key, value in (
        ("hours_business", "nine"),
        ("weights", "amount=many"),
        ("outcomes", "x.y=z"),
        ("promise_days", "15"),
        ("calls_day", "-1"),
    ):
        with pytest.raises(ArtermError) as refused:
            settings.change_settings(desk, {key: value})
        assert refused.value.where == key


@pytest.mark.parametrize("how", ["silence", "dead"])
def test_silence_and_dead_numbers_are_answers_too(desk: Desk, how: str) -> None:
    settings.change_settings(desk, {"contacts_week": "10", "calls_day": "5"})
    who = customer(desk, kind="business", country="BE")
    customers.add_contact(desk, who, {"name": "Koen", "phone": "+32 9 555 12 12"})
    invoice(desk, who, due=TODAY - 10 * ONE)
    notices.issue(desk, [one.id for one in notices.write(desk, plan_run(desk, who, by_hand=True).letters)])
    after = Desk(desk.book, TODAY + 2 * ONE)
    for n in range(3 if how == "silence" else 1):
        assert plan_run(after, who).letters == (), n
        called(after, who, "no_answer" if how == "silence" else "disconnected")
    (letter,) = plan_run(after, who).letters
    said = {"silence": "3 calls in a row came to nothing", "dead": "number and e-mail are dead"}[how]
    assert f"{said}: the next step comes at once" in letter.why
    called(after, who, "call_back", look_again=after.today + ONE)
    if how == "silence":
        assert plan_run(after, who).letters == ()


def test_wishes_hold_for_call_backs_and_broken_promises_too(caller: tuple[Desk, int]) -> None:
    desk, who = caller
    called(desk, who, "promise", promised=Money(100, "EUR"), promised_for=TODAY + ONE)
    later = Desk(desk.book, TODAY + 5 * ONE)
    assert "promises" in groups(later, who) or "calls" in groups(later, who)
    begin_wish(later, who, "letters only")
    assert groups(later, who) <= {"letters"}
    assert "letters only" in aside(later, who)


def test_a_note_wipes_no_follow_up(caller: tuple[Desk, int]) -> None:
    desk, who = caller
    log_contact(desk, ContactDraft(who, "call", "in_payment_run"))
    log_contact(desk, ContactDraft(who, "note", "other", note="They have a new bookkeeper.", no_follow_up=True))
    assert "is in the payment run" in aside(desk, who)
    assert groups(Desk(desk.book, TODAY + 5 * ONE), who) == {"call-backs"}


def test_nobody_is_asked_to_promise_what_they_dispute(caller: tuple[Desk, int]) -> None:
    from arterm.desk.dunning.pauses import DisputeDraft, dispute

    desk, who = caller
    owed = desk.book.one("SELECT id FROM invoice")[0]
    dispute(desk, DisputeDraft(owed, "quality", Money(4000, "EUR")))
    likely = suggested_promise(desk, who)
    assert likely is not None
    assert likely[0].minor == 6000
    with pytest.raises(ArtermError, match=r"Only 60\.00 EUR is open"):
        promise(desk, who, TODAY + ONE, 10000)


def test_of_several_numbers_the_one_that_was_rung_is_marked(caller: tuple[Desk, int]) -> None:
    desk, who = caller
    second = customers.add_contact(desk, who, {"name": "An", "phone": "+32 9 555 13 13"}).id
    called(desk, who, "wrong_number")
    called(desk, who, "disconnected")
    assert [one.phone_state for one in customers.contacts(desk, who)] == ["bad", "bad"]
    called(desk, who, "promise", contact=second, promised=Money(100, "EUR"), promised_for=TODAY, why="they rang")
    assert [one.phone_state for one in customers.contacts(desk, who)] == ["bad", "good"]


def test_what_was_put_off_is_put_off_in_every_group(desk: Desk) -> None:
    who = customer(desk, kind="business", country="BE")
    invoice(desk, who, due=TODAY - 30 * ONE)
    assert groups(desk, who) == {"letters"}
    put_off(desk, who, 1)
    assert groups(desk, who) == set()
    assert "put off: looked at again tomorrow" in aside(desk, who) or "put off: looked at again" in aside(desk, who)
    assert "letters" in groups(Desk(desk.book, TODAY + ONE), who) or "call-backs" in groups(
        Desk(desk.book, TODAY + ONE), who
    )


def test_a_promise_due_today_is_looked_at(desk: Desk) -> None:
    who = customer(desk)
    invoice(desk, who, due=TODAY - 30 * ONE)
    promise(desk, who, TODAY + ONE)
    assert groups(desk, who) == set()
    (task,) = [one for one in worklist(Desk(desk.book, TODAY + ONE)).tasks if one.customer_id == who]
    assert (task.group, task.action) == ("promises due", "has it come?")
    assert any("promise is due today" in words for _, words in task.points)


def test_the_script_speaks_of_promises_in_the_currency_it_speaks_of(desk: Desk) -> None:
    who = customer(desk)
    first, second = (
        invoice(desk, who, "E", 10000, TODAY - 30 * ONE),
        invoice(desk, who, "U", 20000, TODAY - 20 * ONE, "USD"),
    )
    log_contact(
        desk,
        ContactDraft(who, "call", "promise", invoices=(second,), promised=Money(500, "USD"), promised_for=TODAY + ONE),
    )
    later = Desk(desk.book, TODAY + 5 * ONE)
    assert "You told us" not in " ".join(line.words for line in script(later, who, (first,)))
    assert "USD 5.00" in " ".join(line.words for line in script(later, who, (second,)))
