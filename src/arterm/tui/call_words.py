"""What to know before dialling, in words, and what to ask for afterwards."""

from __future__ import annotations

from datetime import date

from arterm.desk.desk import Desk
from arterm.desk.views import Dossier
from arterm.rules.dates import in_words
from arterm.rules.money import Money, show
from arterm.rules.outcomes import CHANNELS, OUTCOMES, REASONS
from arterm.rules.text import count
from arterm.tui.widgets.fields import Field, money_text


def facts(desk: Desk, page: Dossier) -> list[str]:
    """Who to ask for, what they owe, how they pay, what was said last."""
    lines: list[str] = []
    for person in page.contacts[:2]:
        state = " (number is bad)" if person.phone_state == "bad" else ""
        lines += [person.phone + state] if person.phone else []
        lines += [f"ask for {person.name}" + (f", {person.role}" if person.role else "")] if person.name else []
        lines += [person.mail] if person.mail else []
    lines += (
        ["No number is known: a on the board adds a contact."]
        if not any(person.phone for person in page.contacts)
        else []
    )
    lines.append("")
    for total in page.sums:
        if total.open:
            lines.append(
                f"Owes {total.currency} {show(total.open.minor, total.currency, desk.style)}, overdue {show(total.overdue.minor, total.currency, desk.style)}"
            )
    for view in [view for view in page.invoices if view.balance][:8]:
        late = f"{view.days_late} d late" if view.days_late else "not due"
        lines.append(f"  {view.number}  {show(view.balance.minor, view.currency, desk.style)}  {late}  {view.stage}")
    if page.usual_days_late is not None:
        lines += ["", f"Usually pays {count(page.usual_days_late, 'day')} late."]
    for promise in page.promises[:2]:
        lines.append(
            f"Promised {show(promise.amount.minor, promise.currency, desk.style)} by {in_words(promise.day, desk.today)}: {promise.state}"
        )
    lines += ["", "Last contacts:"] if page.log else ["", "Nobody has spoken to them yet."]
    for entry in page.log[:3]:
        words = OUTCOMES[entry.outcome].words if entry.outcome in OUTCOMES else entry.outcome
        lines.append(f"  {in_words(entry.day, desk.today)} {entry.channel}: {words}")
        if entry.note:
            lines.append(f"    {' '.join(entry.note.split())[:120]}")
    return lines


def fields(channel: str, amount: Money | None, day: date | None) -> list[Field]:
    """What the sheet asks for; the promise is filled in with what is usual."""
    reasons = [("", "not asked"), *((reason, reason.replace("_", " ")) for reason in REASONS)]
    return [
        Field("channel", "Channel", "choice", channel, choices=[(name, name) for name in CHANNELS]),
        Field("promise", "Promised amount", "money", money_text(amount)),
        Field("promised_for", "Promised for", "day", day.isoformat() if day else "", "fri, +7, 1 dec"),
        Field("reason", "Reason", "choice", choices=reasons),
        Field("note", "Note"),
        Field("follow_up", "Look again", "day", hint="fri, +7"),
    ]
