"""The scheduled run: what goes by itself, what waits for a word, what goes on paper; and what the board says of it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from arterm.desk.accounts import customers
from arterm.desk.business import settings
from arterm.desk.contacts import log
from arterm.desk.dunning.run import plan_run
from arterm.desk.dunning.schedules import choose
from arterm.desk.mail import alerts, outbox, preferences
from arterm.desk.mail import run as mail_run
from arterm.desk.session import Desk
from arterm.rules.errors import ArtermError
from arterm.rules.money import Money
from tests.conftest import TODAY, customer, invoice
from tests.mail.conftest import debtor
from tests.mail.loopback import Post

DAY = timedelta(days=1)


def go(desk: Desk, approve: bool = False) -> mail_run.RunReport:
    """A run, whatever the hour: the clock of these tests stands on a Sunday."""
    return mail_run.run(desk, approve, any_hour=True)


def look(desk: Desk) -> mail_run.Decided:
    return mail_run.decide(desk, any_hour=True)


def to(report: mail_run.RunReport) -> list[tuple[str, str]]:
    return [(one.to, one.state) for one in report.mails]


def test_friendly_reminders_go_and_firm_ones_wait_for_a_word(mailing: Desk, post: Post) -> None:
    debtor(mailing)
    assert to(go(mailing)) == [("admin@zuid.example", "sent")]
    assert to(go(mailing)) == []
    mailing.set_today(TODAY + 20 * DAY)
    before = look(mailing)
    assert [(one.letter.tone, one.why) for one in before.held] == [
        ("firm", "its step asks for your word: arterm send --due --approve")
    ]
    assert to(go(mailing)) == []
    assert to(go(mailing, approve=True)) == [("admin@zuid.example", "sent")]
    assert "earlier reminder" in post.mails[1].get_body(("plain",)).get_content() or len(post.raws) == 2  # type: ignore[union-attr]
    assert post.mails[1]["In-Reply-To"] == post.mails[0]["Message-ID"]


@pytest.mark.parametrize(("alone", "sent"), [("none", 0), ("friendly", 1), ("all", 1)])
def test_the_owner_says_what_goes_alone(mailing: Desk, alone: str, sent: int) -> None:
    debtor(mailing)
    settings.change_settings(mailing, {"mail_alone": alone})
    assert len(go(mailing).mails) == sent


def test_looking_beforehand_is_the_same_decision_and_writes_nothing(mailing: Desk, post: Post) -> None:
    debtor(mailing)
    who = customer(mailing, "Paper BV", kind="business", country="BE")
    invoice(mailing, who, "P1")
    newest = mailing.newest_act()
    decided = look(mailing)
    assert [one.name for one in decided.send] == ["Café Zuid"]
    assert [(one.letter.name, one.paper, one.why) for one in decided.held] == [
        ("Paper BV", True, "no good e-mail address: by letter")
    ]
    assert mailing.newest_act() == newest
    report = go(mailing)
    assert report.decided == decided
    assert not report.needs_eye


def test_hours_and_the_most_of_a_day_are_kept(mailing: Desk, post: Post) -> None:
    for n in range(3):
        debtor(mailing, f"C{n}", f"c{n}@b.example", f"R{n}")
    monday = datetime(2026, 11, 23, 20, 30, tzinfo=UTC)
    mailing.book.now = lambda: monday
    mailing.set_today(date(2026, 11, 23))
    assert "outside 8:00 to 18:00" in mail_run.run(mailing).decided.shut
    assert post.raws == []
    settings.change_settings(mailing, {"mail_day": "2"})
    report = go(mailing)
    assert len(report.mails) == len(post.raws) == 2
    assert [one.why for one in report.decided.held] == ["the most e-mails of a day have gone"]
    mailing.set_today(date(2026, 11, 24))
    assert len(go(mailing).mails) == 1


def test_a_run_that_could_not_send_is_told_in_red_words_and_the_next_one_sends(mailing: Desk, post: Post) -> None:
    debtor(mailing)
    port = mailing.setting("mail_port")
    settings.change_settings(mailing, {"mail_port": "1"})
    report = go(mailing)
    assert report.needs_eye
    assert "Nothing listens there" in report.trouble
    assert mail_run.run_state(mailing).bad == "mail run failed"
    settings.change_settings(mailing, {"mail_port": port})
    assert to(go(mailing)) == [("admin@zuid.example", "sent")]
    state = mail_run.run_state(mailing)
    assert (state.bad, state.words) == ("", "mailed 1")
    mailing.set_today(TODAY + 9 * DAY)
    assert mail_run.run_state(mailing).bad == "no mail run since 22 Nov"
    assert [run["state"] for run in mail_run.last_runs(mailing)] == ["done", "failed"]


def test_a_mail_that_waited_overnight_is_decided_anew(mailing: Desk, post: Post) -> None:
    debtor(mailing)
    port = mailing.setting("mail_port")
    settings.change_settings(mailing, {"mail_port": "1"})
    go(mailing)
    settings.change_settings(mailing, {"mail_port": port})
    mailing.set_today(TODAY + DAY)
    go(mailing)
    assert [one.state for one in outbox.listed(mailing)] == ["sent", "cancelled"]
    assert len(post.raws) == 1


def test_without_an_account_nothing_runs(desk: Desk) -> None:
    debtor(desk)
    with pytest.raises(ArtermError, match="E-mail is not set up"):
        mail_run.run(desk)
    assert mail_run.last_runs(desk) == ()
    assert [one.paper for one in mail_run.decide(desk).held] == [True]


def test_a_courtesy_notice_goes_once_to_those_who_want_it_and_is_no_reminder(mailing: Desk, post: Post) -> None:
    who, _ = debtor(mailing, number="late")
    soon = invoice(mailing, who, "soon", 5000, TODAY + 3 * DAY)
    other, _ = debtor(mailing, "B", "b@b.example", "B1")
    invoice(mailing, other, "B2", 5000, TODAY + 3 * DAY)
    assert look(mailing).courtesy == ()
    preferences.set_courtesy(mailing, who, 5)
    (one,) = look(mailing).courtesy
    assert (one.name, one.numbers) == ("Café Zuid", ("soon",))
    settings.change_settings(mailing, {"courtesy_days": "5"})
    preferences.set_courtesy(mailing, other, 0)
    report = go(mailing)
    assert sorted(mail.kind for mail in report.mails) == ["courtesy", "friendly", "friendly"]
    note = next(mail for mail in post.mails if "coming due" in mail["Subject"])
    assert "EUR 50.00" in note.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert look(mailing).courtesy == ()
    mailing.set_today(TODAY + 8 * DAY)
    assert soon in [line.found.id for letter in plan_run(mailing).letters for line in letter.lines]


def test_what_happened_is_told_on_the_day_and_once(mailing: Desk, post: Post) -> None:
    who, _ = debtor(mailing)
    promised = log.ContactDraft(who, "call", "promise", promised=Money(10000, "EUR"), promised_for=date(2026, 11, 24))
    log.log_contact(mailing, promised)
    mailing.set_today(date(2026, 11, 24))
    assert alerts.alerts(mailing) == ()
    mailing.set_today(date(2026, 11, 25))
    (one,) = alerts.alerts(mailing)
    assert (one.words, one.on) == ("Café Zuid broke a promise (2026-1)", date(2026, 11, 25))
    assert mail_run.run_state(mailing).words == "1 alert"
    settings.change_settings(mailing, {"alert_mail": "yes", "mail_alone": "none"})
    assert to(go(mailing)) == [("bakker@example.com", "sent")]
    assert "broke a promise (2026-1): 100.00 EUR" in post.mails[0].get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert to(go(mailing)) == []
    mailing.set_today(date(2026, 11, 26))
    assert alerts.alerts(mailing) == ()


def test_a_reminder_that_nobody_answered_is_an_alert_on_the_day_after_its_deadline(mailing: Desk, post: Post) -> None:
    who, _ = debtor(mailing)
    go(mailing)
    deadline = date.fromisoformat(mailing.book.one("SELECT deadline FROM notice")[0])
    mailing.set_today(deadline)
    assert alerts.alerts(mailing) == ()
    mailing.set_today(deadline + DAY)
    assert [one.kind for one in alerts.alerts(mailing)] == ["ignored"]
    log.log_contact(mailing, log.ContactDraft(who, "call", "says_paid"))
    assert alerts.alerts(mailing) == ()


def test_the_ladder_of_a_customer_may_mail_everything(mailing: Desk, post: Post) -> None:
    who, _ = debtor(mailing)
    settings.change_settings(mailing, {"mail_tones": "none"})
    assert [one.why for one in look(mailing).held] == ["it goes on paper"]
    person = customers.contacts(mailing, who)[0]
    customers.edit_contact(mailing, person.id, {"mail_state": "bad"})
    settings.change_settings(mailing, {"mail_tones": "friendly"})
    assert [one.why for one in look(mailing).held] == ["no good e-mail address: by letter"]
    choose(mailing, "standard", customer=who)
    assert post.raws == []
