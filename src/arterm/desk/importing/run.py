"""Bringing files in: read first, looked at second, written third; all of it one act, or nothing."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from arterm.desk import acts
from arterm.desk.bank import statement_import
from arterm.desk.bank.matching import book_certain_within
from arterm.desk.importing.apply import apply
from arterm.desk.importing.diff import Intake
from arterm.desk.importing.views import FileReport, ImportReport, Remark, Vanished
from arterm.desk.session import Desk
from arterm.formats.csv_out import csv_bytes
from arterm.formats.records import Complaint, Reading
from arterm.formats.sandbox import Reader
from arterm.formats.tables.column_mapping import ReadingHabits
from arterm.formats.tables.headers import FIELDS as FIELDS
from arterm.formats.tables.table import MOST_BYTES, read_table
from arterm.formats.tables.tables import KINDS
from arterm.rules.currencies import known_currency
from arterm.rules.dates import month_first
from arterm.rules.errors import ArtermError
from arterm.rules.messages import message
from arterm.rules.money import Money
from arterm.rules.text import clean, number_key
from arterm.store import files as disk
from arterm.store import one_row
from arterm.store.journal import UnitOfWork
from arterm.store.models.book import Allocation, Credit, Profile, SourceFile
from arterm.store.reads import importing as reads


@dataclass(frozen=True, slots=True)
class Wishes:
    """How the owner wants files read: kind, mapping (field -> header), a remembered profile, date and decimal forms."""

    kind: str = "auto"
    mapping: Mapping[str, str] = field(default_factory=dict)
    profile: str = ""
    date_format: str = ""
    decimal: str = ""
    skip_bad: bool = False
    currency: str = ""
    paid_vanished: bool = False


@dataclass(slots=True)
class Opened:
    """A file that was read (or one in an archive, by `name`): its bytes' digest, and what it says."""

    path: Path
    sha256: str
    reading: Reading
    name: str = ""


def read(desk: Desk, paths: Sequence[Path], wishes: Wishes = Wishes()) -> list[Opened]:
    """Read files without writing anything. Raises ArtermError for one that cannot be read at all."""
    if wishes.kind not in KINDS:
        raise ArtermError("bad_choice.as", "as", kind=wishes.kind[:20], kinds=tuple(KINDS))
    if wishes.decimal not in ("", ".", ","):
        raise ArtermError("bad_choice.decimal", "decimal", decimal=wishes.decimal[:5])
    _refuse_format(wishes.date_format)
    habits = ReadingHabits(
        currency=known_currency(wishes.currency, "currency") if wishes.currency else desk.currency,
        style=desk.style,
        month_first=month_first(desk.country),
        today=desk.today,
        terms_days=int(desk.setting("terms_days")),
        date_format=wishes.date_format,
        decimal=wishes.decimal,
    )
    mapping = {**_profile(desk, wishes.profile), **wishes.mapping}
    opened = []
    with Reader(habits, wishes.kind, mapping, _profiles(desk)) as reader:
        for path in paths:
            content = _content(path)
            digest = hashlib.sha256(content).hexdigest()
            for name, reading in reader.read(content, path.name):
                if wishes.profile:
                    reading.profile = wishes.profile
                opened.append(Opened(path, digest, reading, name))
    return opened


def _refuse_format(text: str) -> None:
    if text and not all(any(code in text for code in codes) for codes in (("%d",), ("%m", "%b", "%B"), ("%y", "%Y"))):
        raise ArtermError("bad_choice.date_format", "date-format", text=text[:20])


def look(desk: Desk, opened: Sequence[Opened]) -> ImportReport:
    """What bringing these files in would do; nothing is written."""
    intakes = _intakes(desk, opened)
    return _report(opened, intakes, dry_run=True, committed=False, gone=vanished(desk, opened))


def commit(
    desk: Desk, opened: Sequence[Opened], wishes: Wishes = Wishes(), progress: Callable[[int, int], bool] | None = None
) -> ImportReport:
    """Write what the files say, in one act; with bad rows nothing, unless `skip_bad`.

    The rows left out by `skip_bad` are written to FILE.rejected.csv beside each file. `progress(done, of)` may return
    False to stop: then nothing is written.
    """
    bad = any(one.reading.rejected for one in opened)
    seen = desk.newest_act()
    intakes = _intakes(desk, opened)
    bad = bad or any(intake.rejected for intake in intakes)
    if bad and not wishes.skip_bad:
        return _report(opened, intakes, dry_run=False, committed=False)
    act, booked = 0, 0
    gone = vanished(desk, opened) if wishes.paid_vanished else ()
    if any(not intake.is_empty for intake in intakes) or wishes.mapping or gone:
        with desk.act(acts.IMPORT) as work:
            if desk.newest_act() != seen:  # somebody wrote in between; now nobody else can
                intakes = _intakes(desk, opened)
            for n, (one, intake) in enumerate(zip(opened, intakes, strict=True), 1):
                apply(desk, work, intake)
                kind = "open_items" if one.reading.open_items else one.reading.kind
                work.insert(SourceFile, name=clean(one.name or one.path.name), sha256=one.sha256, kind=kind)
                if wishes.mapping:
                    _keep_profile(desk, work, one, wishes)
                if progress and not progress(n, len(opened)):
                    raise ArtermError("cancelled.import")
            new = [row for intake in intakes for row in statement_import.apply(work, intake.bank)]
            booked = book_certain_within(desk, work, new)
            _book_vanished(desk, work, gone)
            act = work.id
    report = _report(
        opened,
        intakes,
        dry_run=False,
        committed=True,
        act=act,
        booked=booked,
        gone=() if gone else vanished(desk, opened),
    )
    return _with_rejected_files(report, opened) if bad else report


def _intakes(desk: Desk, opened: Sequence[Opened]) -> list[Intake]:
    intakes: list[Intake] = []
    for one in opened:
        intakes.append(Intake.of(desk, one.reading, intakes))
    return intakes


def _report(
    opened: Sequence[Opened],
    intakes: Sequence[Intake],
    dry_run: bool,
    committed: bool,
    act: int = 0,
    booked: int = 0,
    gone: Sequence[Vanished] = (),
) -> ImportReport:
    files = []
    first = next((n for n, one in enumerate(opened) if one.reading.statements), -1)
    for n, (one, intake) in enumerate(zip(opened, intakes, strict=True)):
        reading = one.reading
        out = (
            (message("importing.run.outgoing_left_out", entries=intake.bank.outgoing),) if intake.bank.outgoing else ()
        )
        files.append(
            FileReport(
                file=clean(str(one.path.with_name(one.name) if one.name else one.path), 400),
                read=reading.read,
                created=intake.created,
                updated=intake.updated,
                unchanged=intake.unchanged,
                rejected=_remarks([*reading.rejected, *intake.rejected]),
                warnings=_remarks([*reading.warnings, *intake.warnings]),
                customers_created=len(intake.customers),
                notes=(*reading.notes, *out),
                columns=tuple(reading.columns),
                kind=reading.kind,
                profile=reading.profile,
                matched=booked if n == first else 0,
                waiting=sum(one.bank.created for one in intakes) - booked if n == first else 0,
                vanished=tuple(gone) if n == len(opened) - 1 else (),
            )
        )
    kinds = {one.reading.kind for one in opened}
    profiles = {one.reading.profile for one in opened}
    return ImportReport(
        kinds.pop() if len(kinds) == 1 else "mixed",
        profiles.pop() if len(profiles) == 1 else "mixed",
        tuple(files),
        dry_run,
        committed,
        act,
    )


def _remarks(complaints: Sequence[Complaint]) -> tuple[Remark, ...]:
    return tuple(
        Remark(c.line, c.field, clean(c.value, 80), c.reason) for c in sorted(complaints, key=lambda c: c.line)
    )


def _with_rejected_files(report: ImportReport, opened: Sequence[Opened]) -> ImportReport:
    from dataclasses import replace

    files = []
    for file, one in zip(report.files, opened, strict=True):
        target = one.path.with_name(one.path.name + ".rejected.csv")
        if file.rejected:
            try:
                disk.replace_file(target, _rejected_csv(one, file))
                file = replace(file, rejected_file=str(target))
            except OSError:
                file = replace(
                    file, notes=(*file.notes, message("importing.run.rejected_not_written", name=target.name))
                )
        files.append(file)
    return replace(report, files=tuple(files))


def _rejected_csv(one: Opened, file: FileReport) -> bytes:
    """The rows left out with their reasons; of what is no table, where they stood and what stood there."""
    try:
        cells = dict(read_table(_content(one.path), one.path.name).rows)
    except ArtermError:
        cells = {}
    rows = [("line", "field", "reason", *(one.reading.header if cells else ("value",)))]
    rows += [(str(r.line), r.field, r.reason, *(cells.get(r.line, []) if cells else (r.value,))) for r in file.rejected]
    return csv_bytes(rows)


def vanished(desk: Desk, opened: Sequence[Opened]) -> tuple[Vanished, ...]:
    """Open invoices that an earlier list of open items brought in and the lists just read have not: paid, perhaps.
    Nothing is done.
    """
    lists = [one.reading for one in opened if one.reading.open_items]
    if not lists:
        return ()
    named = {number_key(record.number) for reading in lists for record in reading.invoices}
    newest = max(record.issued for reading in lists for record in reading.invoices)
    return tuple(
        Vanished(one.number, one.invoice, one.customer, Money(one.open, one.currency), one.currency)
        for one in reads.listed(desk.book, newest)
        if one.number_key not in named
    )


def _book_vanished(desk: Desk, work: UnitOfWork, gone: Sequence[Vanished]) -> None:
    """As told: what is no longer in the list was paid, on a day that nobody said, so today."""
    day = desk.today.isoformat()
    for one in gone:
        customer = one_row.invoice_customer(desk.book, one.invoice_id)
        left = one_row.invoice_open(desk.book, one.invoice_id)
        if left:
            credit = work.insert(
                Credit,
                customer=customer,
                currency=one.currency,
                day=day,
                total=left,
                kind="reported",
                reference=one.invoice,
                note=message("importing.run.vanished"),
                free=left,
            )
            work.insert(Allocation, credit=credit, invoice=one.invoice_id, amount=left, value_day=day)


def _content(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise ArtermError("not_a_file", str(path))
        if path.stat().st_size > MOST_BYTES:
            raise ArtermError("too_large.file", str(path))
        return path.read_bytes()
    except OSError as error:
        raise ArtermError("no_file.unreadable", str(path), strerror=error.strerror or error) from None


def _profile(desk: Desk, name: str) -> Mapping[str, str]:
    if not name:
        return {}
    held = reads.profile(desk.book, name)
    if held is None:
        known = ", ".join(reads.profile_names(desk.book))
        key = "no_profile.others" if known else "no_profile.none"
        raise ArtermError(key, "profile", name=name, known=known)
    mapping: Mapping[str, str] = json.loads(held.mapping)
    return mapping


def _profiles(desk: Desk) -> dict[str, dict[str, str]]:
    """Every mapping that is remembered, by the shape of its files."""
    return {one.shape: dict(json.loads(one.mapping)) for one in reads.shapes(desk.book)}


def _keep_profile(desk: Desk, work: UnitOfWork, one: Opened, wishes: Wishes) -> None:
    mapping = json.dumps(dict(wishes.mapping), ensure_ascii=False, sort_keys=True)
    held = reads.shape(desk.book, one.reading.shape)
    if held is None:
        work.insert(Profile, name=wishes.profile or clean(one.path.stem), shape=one.reading.shape, mapping=mapping)
    elif held.mapping != mapping:
        work.update(Profile, held.id, mapping=mapping)
