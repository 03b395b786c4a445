"""Views as lines of text, for the terminal, for pipes and for screen readers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from arterm.cli.output import table
from arterm.cli.session import Session
from arterm.rules.day_words import in_words, long_words
from arterm.rules.outcomes import OUTCOMES
from arterm.rules.text import count

if TYPE_CHECKING:
    from arterm.desk.accounts.board import BoardRow, Totals
    from arterm.desk.accounts.views import InvoiceView
    from arterm.desk.contacts.views import LogView
    from arterm.desk.importing.views import FileReport, ImportReport
    from arterm.desk.letters.views import NoticeView
    from arterm.desk.reports.model import Report, ReportTable
    from arterm.desk.worklist.views import Dossier
    from arterm.desk.worklist.why import Explanation


def board_lines(
    session: Session,
    totals: Sequence[Totals],
    rows: Sequence[BoardRow],
    invoices: int,
    customers: int,
    narrowed: bool = False,
) -> list[str]:
    """The board: ageing per currency, the rows, how many there are."""
    desk = session.desk
    lines = [f"{desk.setting('name') or 'arterm'} - {long_words(desk.today)}"]
    for total in totals:
        if total.open or total.unapplied:
            ages = "   ".join(f"{b.bucket} {session.show(b.amount)}" for b in total.buckets)
            free = f"   charges {session.show(total.charges)}" if total.charges else ""
            free += f"   unapplied {session.show(total.unapplied)}" if total.unapplied else ""
            lines.append(
                f"{total.currency}  open {session.show(total.open)}   overdue {session.show(total.overdue)}  "
                f" {ages}{free}"
            )
    lines.append("")
    if not rows:
        return [*lines, "No row fits what was asked." if narrowed or invoices else "Nothing is overdue."]
    header = ("Customer", "Invoice", "Due", "Late", "Balance", "Cur", "Step", "Status", "Next", "Why it is here")
    body = [
        (
            row.customer,
            row.invoice,
            in_words(row.due, desk.today),
            f"{row.days_overdue} d" if row.days_overdue else "-",
            session.show(row.balance + row.charges),
            row.currency,
            row.stage,
            row.status,
            f"{row.next_action} {in_words(row.next_on, desk.today) if row.next_on else ''}".strip(),
            " · ".join(row.why),
        )
        for row in rows
    ]
    shown = "" if len(rows) == invoices else f", {len(rows):,} of them shown"
    return [
        *lines,
        *table(header, body, "lllrr"),
        "",
        f"{count(invoices, 'invoice')}, {count(customers, 'customer')}{shown}",
    ]


def dossier_lines(session: Session, dossier: Dossier) -> list[str]:
    """A customer on one page."""
    today, who = session.desk.today, dossier.customer
    town = " ".join(part for part in (who.postcode, who.city, who.country) if part)
    facts = [part for part in (who.own_no, who.kind, who.language, who.vat_no) if part]
    lines = [f"#{who.id} {who.name}" + (f"  ({', '.join(facts)})" if facts else "")]
    lines += [line for line in (", ".join(part for part in (who.street, town) if part), who.note) if line]
    lines += [f"Beware: {', '.join(dossier.flags)}"] if dossier.flags else []
    if who.archived:
        lines.append(f"Archived on {in_words(who.archived)}.")
    if dossier.merged:
        lines.append(f"Also known as: {', '.join(dossier.merged)}")
    for total in dossier.sums:
        lines.append(
            f"{total.currency}  open {session.show(total.open)}   overdue {session.show(total.overdue)}"
            f"   unapplied {session.show(total.unapplied)}   invoiced in all {session.show(total.invoiced)}"
        )
    if dossier.usual_days_late is not None:
        lines.append(f"Usually pays {count(dossier.usual_days_late, 'day')} late.")
    for contact in dossier.contacts:
        bad = "".join(
            f" ({what} is bad)"
            for what, state in (("address", contact.mail_state), ("number", contact.phone_state))
            if state == "bad"
        )
        lines.append(
            f"Contact #{contact.id}: "
            + ", ".join(p for p in (contact.name, contact.role, contact.phone, contact.mail) if p)
            + bad
        )
    lines += [
        "",
        *invoice_lines(session, [view for view in dossier.invoices if view.balance] or dossier.invoices[-10:]),
    ]
    for promise in dossier.promises[:5]:
        lines.append(
            f"Promise of {session.show(promise.amount)} {promise.currency} by {in_words(promise.day, today)}:"
            f" {promise.state}"
        )
    for plan in dossier.plans[:5]:
        lines.append(
            f"Plan #{plan.plan}: {plan.state} since {in_words(plan.since, today)}, {session.show(plan.paid)} of"
            f" {session.show(plan.total)} {plan.currency} paid"
            + (
                f"; next {session.show(plan.next.amount)} on {in_words(plan.next.due, today)}"
                if plan.next and plan.state == "running"
                else ""
            )
        )
    for offer in dossier.offers[:5]:
        lines.append(
            f"Offer #{offer.offer} ({offer.kind}): {offer.state}, until {in_words(offer.until, today)}"
            + (
                f", {session.show(offer.amount)} for {session.show(offer.total)} {offer.currency}"
                if offer.kind == "discount"
                else ""
            )
        )
    for credit in dossier.credits[:10]:
        lines.append(
            f"{credit.kind.replace('_', ' ').capitalize()} #{credit.id} on {in_words(credit.day, today)}:"
            f" {session.show(credit.total)} {credit.currency}"
            + (f" for {', '.join(credit.invoices)}" if credit.invoices else ", unallocated")
        )
    lines += ["", *notice_lines(session, dossier.notices[:10])] if dossier.notices else []
    lines += ["", *log_lines(session, dossier.log[:20])] if dossier.log else []
    return lines


def invoice_lines(session: Session, invoices: Sequence[InvoiceView]) -> list[str]:
    """Invoices in a table."""
    today = session.desk.today
    header = ("Invoice", "Issued", "Due", "Late", "Total", "Paid", "Balance", "Cur", "Step", "Status", "Settled")
    body = [
        (
            view.number,
            in_words(view.issued, today),
            in_words(view.due, today),
            f"{view.days_late} d" if view.days_late else "-",
            session.show(view.total),
            session.show(view.paid),
            session.show(view.balance),
            view.currency,
            view.stage,
            view.status,
            in_words(view.settled, today) if view.settled else "-",
        )
        for view in invoices
    ]
    return table(header, body, "lllrrrr") if body else ["No invoices."]


def log_lines(session: Session, entries: Sequence[LogView]) -> list[str]:
    """Contacts, newest first."""
    lines = []
    for entry in entries:
        said = (
            f"{in_words(entry.day, session.desk.today)}  {entry.customer}: {entry.channel},"
            f" {OUTCOMES[entry.outcome].words if entry.outcome in OUTCOMES else entry.outcome}"
        )
        if entry.promised and entry.promised_for:
            said += (
                f" {session.show(entry.promised)} {entry.promised.currency} by"
                f" {in_words(entry.promised_for, session.desk.today)}"
            )
        if entry.follow_up:
            said += f"; look again {in_words(entry.follow_up, session.desk.today)}"
        lines.append(said + (f"  [{' '.join(entry.note.split())}]" if entry.note else ""))
    return lines or ["Nothing was logged yet."]


def notice_lines(session: Session, notices: Sequence[NoticeView]) -> list[str]:
    """Letters, one a line."""
    today = session.desk.today
    header = ("Letter", "Customer", "Kind", "State", "Day", "Deadline", "Total", "Cur", "File")
    body = [
        (
            f"#{n.id}",
            n.customer,
            n.kind,
            n.state,
            in_words(n.day, today),
            in_words(n.deadline, today),
            session.show(n.total),
            n.currency,
            n.file,
        )
        for n in notices
    ]
    return table(header, body, "llllllr") if body else ["No letters."]


def report_lines(session: Session, found: Report, pictures: bool = False) -> list[str]:
    """A report as figures with their formulas, then its tables; with `pictures` what is drawn of them too."""
    lines = [f"{found.title} as of {found.as_of.isoformat()} ({found.currency})", ""]
    if found.figures:
        body = [(one.words, one.value, one.unit, one.before, one.formula) for one in found.figures]
        lines += [*table(("Figure", "Value", "", "Before", "Formula"), body, "lrlrl"), ""]
    for one in found.tables:
        lines += [one.title, *([f"  {one.note}"] if one.note else []), *_report_table(session, one, pictures), ""]
    return [*lines, *(f"  {note}" for note in found.notes)]


def _report_table(session: Session, one: ReportTable, pictures: bool) -> list[str]:
    from arterm.desk.reports.text import as_text
    from arterm.rules.charts import below, beside

    text, picture = as_text(session.desk, one), one.picture if pictures else None
    if not text.rows:
        return ["  nothing"]
    columns, rows = text.columns, text.rows
    if picture and picture.kind in ("bars", "fall"):
        columns, rows = (*columns, ""), tuple((*row, end) for row, end in zip(rows, beside(picture, 20), strict=True))
    lines = table(columns, rows, "".join("r" if lean else "l" for lean in text.right))
    return [*lines, *below(picture, 78)] if picture and picture.kind == "line" else lines


def explained_lines(session: Session, found: Explanation) -> list[str]:
    """What comes next for an invoice and why, the points for its place, and the sum that may be claimed."""
    lines = [
        f"Ladder: {found.ladder}; last step: {found.stage}; next: {found.next or '-'}"
        + (f" from {in_words(found.next_on)}" if found.next_on else "")
    ]
    lines += [f"  not now: {why}" for why in found.why_not] or ["  to be chased now"]
    lines += [f"  {points:+d} {words}" for points, words in found.points]
    lines.append(
        f"May be claimed: {session.show(found.claim.total)} {found.claim.currency}; see arterm claim '{found.invoice}'"
    )
    return lines


def import_lines(report: ImportReport) -> list[str]:
    """What an import did or would do."""
    lines = []
    for file in report.files:
        verb = "would be " if report.dry_run or not report.committed else ""
        lines.append(
            f"{file.file}: {count(file.read, 'record')} read as {file.kind or report.kind} ({file.profile});"
            f" {file.created:,} {verb}created, {file.updated:,} {verb}updated, {file.unchanged:,} unchanged,"
            f" {len(file.rejected):,} rejected"
        )
        lines += (
            [f"  {field}: column '{header}'  e.g. {', '.join(samples)}" for field, header, samples in file.columns]
            if report.dry_run
            else []
        )
        if file.matched or file.waiting:
            lines.append(f"  {count(file.matched, 'receipt')} booked, {file.waiting} to be matched: arterm match")
        lines += [
            f"  no longer in the list: {one.customer} {one.invoice}, {one.balance}; paid? (--paid-vanished)"
            for one in file.vanished[:20]
        ]
        lines += _remarks("rejected", file)
        lines += _remarks("look at", file)
        if file.rejected_file:
            lines.append(f"  The rows left out are in {file.rejected_file}")
    if report.rejected and not report.committed and not report.dry_run:
        lines.append("Nothing was written. Mend the file, or take the good rows with --skip-bad.")
    return lines


def _remarks(kind: str, file: FileReport) -> list[str]:
    remarks = file.rejected if kind == "rejected" else file.warnings
    headers = {field: f"column '{header}'" for field, header, _ in file.columns}
    lines = [f"  {kind}, line {r.line}, {headers.get(r.field, r.field)}: {r.words}" for r in remarks[:20]]
    return lines + ([f"  … and {len(remarks) - 20:,} more"] if len(remarks) > 20 else [])
