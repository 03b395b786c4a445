"""The scheduled run: what is due goes out by itself as far as the owner allows, and everything else is told with its
reason.

The decision is one function, for the run and for looking at it beforehand. Missed days are caught up, one step at a
time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from arterm.desk import acts
from arterm.desk.contacts.limits import clock
from arterm.desk.dunning.run import DueNotice, plan_run
from arterm.desk.letters.kinds import LetterDraft
from arterm.desk.letters.notices import LeftOut, Progress
from arterm.desk.mail import account, alerts, compose, inbox, outbox, sending
from arterm.desk.mail.outbox import MailView
from arterm.desk.session import Desk
from arterm.desk.supply.holds import freeze_due
from arterm.rules.day_words import in_words
from arterm.rules.decision import INSTEAD_OF_MAIL, stopped
from arterm.rules.errors import ArtermError
from arterm.rules.hours import closed, read_hours
from arterm.rules.messages import key_of, message
from arterm.rules.text import clean, count
from arterm.store.cases import facts
from arterm.store.models.mail import MailRun
from arterm.store.reads.mail import runs as reads

_LATE = 3  # days without a run after which one is missed, where there were runs before


@dataclass(frozen=True, slots=True)
class NotSent:
    """A reminder that does not go by mail now, and why not; `paper`: it is to be written as a letter."""

    letter: DueNotice
    why: str
    paper: bool = False


@dataclass(frozen=True, slots=True)
class Courtesy:
    """Invoices of a customer that come due soon, and of which nobody has said a word."""

    customer: int
    name: str
    invoices: tuple[int, ...]
    numbers: tuple[str, ...]
    due: date


@dataclass(frozen=True, slots=True)
class Decided:
    """What a run would do now. `shut`: why it would send nothing at all, or empty."""

    send: tuple[DueNotice, ...]
    courtesy: tuple[Courtesy, ...]
    waiting: tuple[MailView, ...]
    held: tuple[NotSent, ...]
    unclear: tuple[MailView, ...]
    shut: str = ""


@dataclass(frozen=True, slots=True)
class RunReport:
    """What a run did: the messages as they stand now, what it did not send and why, what came in, what went wrong.

    `left_out` is what else the owner should hear of: reminders that could not be written, supply that a step of the
    ladder stopped.
    """

    decided: Decided
    mails: tuple[MailView, ...]
    came_in: str
    trouble: str
    left_out: tuple[str, ...] = field(default=())

    @property
    def needs_eye(self) -> bool:
        """Whether the owner should look."""
        bad = any(one.state in ("failed", "unclear", "planned") for one in self.mails)
        return bool(bad or self.trouble or self.left_out or self.decided.unclear)


def decide(desk: Desk, approve: bool = False, customer: int | None = None, any_hour: bool = False) -> Decided:
    """What would go out now, and what would not, and why. Nothing is written.

    `approve`: the owner says yes to what asks for it; a `customer` who is named is the owner's word for that one.
    """
    shut = "" if any_hour else _shut(desk)
    alone = desk.setting("mail_alone")
    run = plan_run(desk, customer, by_hand=customer is not None)
    send, held = list[DueNotice](), list[NotSent]()
    waiting = tuple(one for one in outbox.listed(desk, ("planned",)) if not customer or one.customer_id == customer)
    room = int(desk.setting("mail_day")) - _sent_today(desk) - len(waiting)
    for letter in run.letters:
        by_itself = alone == "all" or (alone == "friendly" and letter.tone == "friendly")
        if letter.channel != "email":
            held.append(
                NotSent(
                    letter,
                    next(
                        (why for why in letter.why if key_of(why) in INSTEAD_OF_MAIL),
                        message("mail.run.goes_paper"),
                    ),
                    paper=True,
                )
            )
        elif not approve and customer is None and (letter.approval or not by_itself):
            held.append(NotSent(letter, message("mail.run.asks_for_your_word")))
        elif len(send) >= room:
            held.append(NotSent(letter, message("mail.run.most_e_mails_day")))
        else:
            send.append(letter)
    coming = _courtesies(desk) if customer is None and not shut else ()
    return Decided(tuple(send), coming[: max(0, room - len(send))], waiting, tuple(held), outbox.unclear(desk), shut)


def _shut(desk: Desk) -> str:
    now = clock(desk)
    if now is None:
        return ""
    why = closed(read_hours(desk.setting("mail_hours")), desk.country, now.astimezone())
    return message("mail.run.nothing_sent_now", why=why) if why else ""


def _sent_today(desk: Desk) -> int:
    return reads.sent_on(desk.book, desk.today)


def _courtesies(desk: Desk) -> tuple[Courtesy, ...]:
    """Who hears of what comes due, where they or the owner want that and there is an address."""
    usual = int(desk.setting("courtesy_days"))
    own = {one.customer: one.courtesy for one in reads.habits(desk.book)}
    most = max([usual, *own.values()])
    if not most or not account.is_ready(desk):
        return ()
    rows = reads.due_soon(desk.book, desk.today, desk.today + timedelta(days=most))
    groups: dict[tuple[int, str, date], list[tuple[int, str, str]]] = {}
    for one in facts(desk.book, desk.today, invoices=rows) if rows else ():
        soon = (one.case.due - desk.today).days <= own.get(one.customer, usual)
        if soon and not stopped(one.case, desk.today) and not one.case.no_mail and one.case.chased:
            groups.setdefault((one.customer, one.case.currency, one.case.due), []).append(
                (one.id, one.number, one.name)
            )
    return tuple(
        Courtesy(
            customer, members[0][2], tuple(row for row, _, _ in members), tuple(number for _, number, _ in members), due
        )
        for (customer, _, due), members in groups.items()
    )


def run(
    desk: Desk,
    approve: bool = False,
    customer: int | None = None,
    any_hour: bool = False,
    progress: Progress | None = None,
) -> RunReport:
    """Send what is due. One process at a time (`locked`); what it did is kept, and shown on the board.

    Refuses (`no_mail`) while no mail is set up. Where there is no password or no server, nothing is reserved, and all
    waits.
    """
    account.outgoing(desk)
    with sending.alone(desk):
        row = _began(desk)
        try:
            report = _run(desk, approve, customer, any_hour, progress)
        except BaseException as error:
            _ended(desk, row, "failed", (), clean(str(error), 300) or type(error).__name__)
            raise
        _ended(desk, row, "failed" if report.trouble else "done", report.mails, clean(report.trouble, 300))
    return report


def _run(desk: Desk, approve: bool, customer: int | None, any_hour: bool, progress: Progress | None) -> RunReport:
    came_in, trouble = _looked(desk)
    for one in outbox.listed(desk, ("planned",)):
        if one.notice and one.day != desk.today:
            outbox.drop_outdated(desk, one.id)
    decided = decide(desk, approve, customer, any_hour)
    if decided.shut:
        return RunReport(decided, (), came_in, trouble)
    stopped_now = freeze_due(desk) if customer is None else ()
    left_out: LeftOut = []
    rows = [one.id for one in decided.waiting]
    rows += compose.plan_reminders(desk, decided.send, None, left_out)
    told = [str(error) for _, error in left_out]
    for receipt in stopped_now:
        told.append(receipt.words)
        try:
            rows.append(compose.plan_letter(desk, LetterDraft("suspended", receipt.customers[0])))
        except ArtermError as error:
            told.append(message("mail.run.letter_is_yours", error=error))
    for soon in decided.courtesy:
        try:
            rows.append(
                compose.plan_letter(desk, LetterDraft("courtesy", soon.customer, soon.invoices, until=soon.due))
            )
        except ArtermError as error:
            told.append(f"{soon.name}: {error}")
    alert = alerts.tell(desk)[1] if customer is None else 0
    handed = sending.hand_over(desk, [*rows, *([alert] if alert else [])], progress)
    return RunReport(
        decided, handed.mails, came_in, " ".join(part for part in (handed.trouble, trouble) if part), tuple(told)
    )


def _looked(desk: Desk) -> tuple[str, str]:
    """Bounces and answers come first: (what came in, why the mailbox could not be looked into)."""
    if not desk.setting("imap_host"):
        return "", ""
    try:
        return inbox.look(desk).words, ""
    except ArtermError as error:
        return "", str(error)


def _began(desk: Desk) -> int:
    now = desk.book.now().isoformat()
    with desk.act(acts.MAIL_RUN) as work:
        for left in reads.running(desk.book):
            work.update(MailRun, left, state="failed", ended=now, words=message("mail.run.stopped_way"))
        return work.insert(MailRun, day=desk.today.isoformat(), began=now, state="running")


def _ended(desk: Desk, row: int, state: str, mails: Sequence[MailView], words: str) -> None:
    counts: dict[str, Any] = {what: sum(one.state == what for one in mails) for what in ("sent", "failed", "unclear")}
    with desk.act(acts.MAIL_RUN) as work:
        work.update(MailRun, row, state=state, ended=desk.book.now().isoformat(), words=words, **counts)


@dataclass(frozen=True, slots=True)
class RunState:
    """The last run: when, how it ended; `bad` in words where it failed, was stopped or is missed; unclear messages.

    `good` is the day of the last one that ended well.
    """

    last: date | None
    good: date | None
    at: datetime | None
    sent: int
    bad: str
    unclear: int
    alerts: int

    @property
    def words(self) -> str:
        """In some words for the board; empty where there is nothing to say."""
        parts: list[str] = [message("mail.run.unclear", e_mails=self.unclear)] if self.unclear else []
        parts += [self.bad] if self.bad else [message("mail.run.mailed", sent=self.sent)] if self.sent else []
        return ", ".join([*parts, *([count(self.alerts, "alert")] if self.alerts else [])])


def run_state(desk: Desk) -> RunState:
    """How the last run went, as of today; cheap enough for the board."""

    def ask() -> RunState:
        last = next(iter(reads.runs(desk.book, 1)), None)
        waits = reads.unclear_count(desk.book)
        news = len(alerts.alerts(desk))
        if last is None:
            return RunState(None, None, None, 0, "", waits, news)
        day, began = date.fromisoformat(last.day), last.began_at
        bad = message("mail.run.mail_run_failed") if last.state == "failed" else ""
        if last.state == "running" and desk.book.now() - began > timedelta(hours=1):
            bad = message("mail.run.mail_run_stopped")
        if (desk.today - day).days > _LATE:
            bad = message("mail.run.none_since", day=in_words(day, desk.today))
        return RunState(
            day,
            reads.last_good_run(desk.book),
            began,
            last.sent if day == desk.today else 0,
            bad,
            waits,
            news,
        )

    return desk.remember("mail_run", ask)


def last_runs(desk: Desk, limit: int = 10) -> tuple[dict[str, object], ...]:
    """The last runs, newest first, as plain facts."""
    return tuple(asdict(one) for one in reads.runs(desk.book, limit))
