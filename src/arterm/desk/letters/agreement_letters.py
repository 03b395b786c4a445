"""Letters about what was promised and agreed: a promise confirmed, an agreement, less, more time, a breach."""

from __future__ import annotations

from dataclasses import replace

from arterm.desk import find
from arterm.desk.business import settings
from arterm.desk.letters.kinds import LetterDraft
from arterm.desk.letters.lines import about, minor_of, written
from arterm.desk.letters.reminder import with_reference
from arterm.desk.session import Desk
from arterm.letters.letter import Instalment, Letter
from arterm.rules.calendar import is_working_day
from arterm.rules.errors import ArtermError
from arterm.rules.instalments import days_from, on_working_days, split
from arterm.rules.money import Money
from arterm.store.merged import merged_ids
from arterm.store.reads import letters as reads


def promise(desk: Desk, draft: LetterDraft) -> tuple[Letter, tuple[int, ...]]:
    """What was promised, confirmed: the newest promise that still stands."""
    found = reads.newest_promise(desk.book, merged_ids(desk.book, [draft.customer]), desk.today)
    if found is None:
        raise ArtermError("no_promise", "customer")
    ids = tuple(reads.promised_invoices(desk.book, found.id))
    _, rows = about(desk, replace(draft, invoices=ids, currency=found.currency))
    sums, days = {"promised": found.amount}, {"promised_day": found.day}
    return written(desk, draft, found.currency, rows, found.day, asked=found.amount, sums=sums, days=days)


def agreement(desk: Desk, draft: LetterDraft) -> tuple[Letter, tuple[int, ...]]:
    """An instalment agreement to sign, over all that is open."""
    currency, rows = about(desk, draft)
    letter, ids = written(desk, draft, currency, rows)
    assert draft.first is not None
    if draft.first < desk.today:
        raise ArtermError("past_day.first_due", "first")
    sums = split(letter.total, draft.parts, minor_of(draft.deposit, currency))
    country = find.customer_country(desk, draft.customer)
    first, *later = days_from(draft.first, draft.every, len(sums))
    days = (first, *on_working_days(later, lambda day: day > first and is_working_day(day, country)))
    left, schedule = letter.total, []
    for n, (day, amount) in enumerate(zip(days, sums, strict=True), 1):
        left -= amount
        schedule.append(Instalment(n, day, amount, left))
    if not 0 <= draft.grace <= 60:
        raise ArtermError("bad_number.grace", "grace")
    said = {
        "grace": str(draft.grace),
        "one_day": "1" if draft.grace == 1 else "",
        "accelerate": "1" if draft.accelerate else "",
        "no_interest": "" if draft.interest else "1",
    }
    agreed = replace(
        letter, schedule=tuple(schedule), asked=sums[0], sums={"agreed": letter.total}, said=said, deadline=draft.first
    )
    return with_reference(desk, replace(agreed, sender=settings.sender(desk)), draft.customer, ids), ids


def settlement(desk: Desk, draft: LetterDraft) -> tuple[Letter, tuple[int, ...]]:
    """Less than is owed, if it comes by a day."""
    currency, rows = about(desk, draft)
    offer = minor_of(draft.amount, currency)
    letter, ids = written(desk, draft, currency, rows, draft.until, asked=offer)
    assert draft.until is not None
    if not 0 < offer < letter.total:
        raise ArtermError("bad_amount.offer", "amount", amount=Money(letter.total, currency))
    if draft.until < desk.today:
        raise ArtermError("past_day.offer", "until")
    sums = {"offer": offer, "rest": letter.total - offer}
    return replace(letter, sums=sums, days={"offer_until": draft.until}), ids


def more_time(desk: Desk, draft: LetterDraft) -> tuple[Letter, tuple[int, ...]]:
    """More time to pay."""
    assert draft.until is not None
    if draft.until <= desk.today:
        raise ArtermError("past_day.extension", "until")
    currency, rows = about(desk, draft)
    latest = max(row.found.case.due for row in rows)
    if draft.until <= latest:
        raise ArtermError("past_day.no_extension", "until", latest=latest)
    said = {"interest_goes_on": "1" if draft.interest else ""}
    return written(desk, draft, currency, rows, draft.until, days={"new_due": draft.until}, said=said)


def breach(desk: Desk, draft: LetterDraft) -> tuple[Letter, tuple[int, ...]]:
    """An agreement that was not kept."""
    assert draft.until is not None
    assert draft.since is not None
    if draft.until >= desk.today:
        raise ArtermError("future_day.instalment", "until")
    if draft.since > draft.until:
        raise ArtermError("bad_date.agreement", "since")
    currency, rows = about(desk, draft)
    missed = minor_of(draft.amount, currency)
    letter, ids = written(
        desk,
        draft,
        currency,
        rows,
        days={"missed_day": draft.until, "agreed_day": draft.since},
        sums={"missed": missed},
        said={"accelerate": "1" if draft.accelerate else ""},
        asked=None if draft.accelerate else missed,
    )
    if not 0 < missed <= letter.total:
        raise ArtermError("bad_amount.instalment", "amount", amount=Money(letter.total, currency))
    return letter, ids


def instalment(desk: Desk, draft: LetterDraft) -> tuple[Letter, tuple[int, ...]]:
    """A word before the day of an instalment, or after it."""
    assert draft.until is not None
    if draft.until < desk.today:
        raise ArtermError("past_day.instalment", "until", until=draft.until)
    currency, rows = about(desk, draft)
    part = minor_of(draft.amount, currency)
    letter, ids = written(
        desk, draft, currency, rows, draft.until, asked=part, sums={"part": part}, days={"part_day": draft.until}
    )
    if not 0 < part <= letter.total:
        raise ArtermError("bad_amount.instalment", "amount", amount=Money(letter.total, currency))
    return letter, ids
