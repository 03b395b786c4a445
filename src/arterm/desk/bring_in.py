"""Bringing files in: read first, looked at second, written third; all of it one act, or nothing."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from arterm.desk.desk import Desk
from arterm.desk.intake import Intake
from arterm.desk.intake_write import apply
from arterm.desk.views import FileReport, ImportReport, Remark
from arterm.formats.csv_out import csv_bytes
from arterm.formats.records import Complaint, Reading
from arterm.formats.shape import Habits
from arterm.formats.table import MOST_BYTES, read_table
from arterm.formats.tables import KINDS, read_file
from arterm.rules.dates import month_first
from arterm.rules.errors import ArtermError
from arterm.rules.text import clean
from arterm.store import files as disk
from arterm.store.models import Profile, SourceFile


@dataclass(frozen=True, slots=True)
class Wishes:
    """How the owner wants files read: kind, mapping (field -> header), a remembered profile, date and decimal forms."""

    kind: str = "auto"
    mapping: Mapping[str, str] = field(default_factory=dict)
    profile: str = ""
    date_format: str = ""
    decimal: str = ""
    skip_bad: bool = False


@dataclass(slots=True)
class Opened:
    """A file that was read: its name, its bytes' digest, and what it says."""

    path: Path
    sha256: str
    reading: Reading


def read(desk: Desk, paths: Sequence[Path], wishes: Wishes = Wishes()) -> list[Opened]:
    """Read files without writing anything. Raises ArtermError for one that cannot be read at all."""
    if wishes.kind not in KINDS:
        raise ArtermError(
            "bad_choice", f"'{wishes.kind[:20]}' is no kind of file.", "as", "Choose one of " + ", ".join(KINDS) + "."
        )
    if wishes.decimal not in ("", ".", ","):
        raise ArtermError("bad_choice", f"'{wishes.decimal[:5]}' is no decimal sign.", "decimal", "It is . or ,")
    _refuse_format(wishes.date_format)
    habits = Habits(
        currency=desk.currency, style=desk.style, month_first=month_first(desk.country), today=desk.today,
        terms_days=int(desk.setting("terms_days", "30")), date_format=wishes.date_format, decimal=wishes.decimal,
    )  # fmt: skip
    mapping = {**_profile(desk, wishes.profile), **wishes.mapping}
    opened = []
    for path in paths:
        content = _content(path)
        reading = read_file(content, path.name, habits, wishes.kind, mapping, lambda shape: _remembered(desk, shape))
        if wishes.profile:
            reading.profile = wishes.profile
        opened.append(Opened(path, hashlib.sha256(content).hexdigest(), reading))
    return opened


def _refuse_format(text: str) -> None:
    if text and not all(any(code in text for code in codes) for codes in (("%d",), ("%m", "%b", "%B"), ("%y", "%Y"))):
        raise ArtermError(
            "bad_choice", f"'{text[:20]}' does not say how a date is written.", "date-format", "Write it like %d.%m.%Y."
        )


def look(desk: Desk, opened: Sequence[Opened]) -> ImportReport:
    """What bringing these files in would do; nothing is written."""
    intakes = _intakes(desk, opened)
    return _report(opened, intakes, dry_run=True, committed=False)


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
    act = 0
    if any(not intake.is_empty for intake in intakes) or wishes.mapping:
        with desk.act("import") as deed:
            if desk.newest_act() != seen:  # somebody wrote in between; now nobody else can
                intakes = _intakes(desk, opened)
            for n, (one, intake) in enumerate(zip(opened, intakes, strict=True), 1):
                apply(desk, deed, intake)
                deed.insert(SourceFile, name=clean(one.path.name), sha256=one.sha256, kind=one.reading.kind)
                if wishes.mapping:
                    _keep_profile(desk, deed, one, wishes)
                if progress and not progress(n, len(opened)):
                    raise ArtermError("cancelled", "Stopped; nothing was brought in.")
            act = deed.id
    report = _report(opened, intakes, dry_run=False, committed=True, act=act)
    return _with_rejected_files(report, opened) if bad else report


def _intakes(desk: Desk, opened: Sequence[Opened]) -> list[Intake]:
    intakes: list[Intake] = []
    for one in opened:
        intakes.append(Intake.of(desk, one.reading, intakes))
    return intakes


def _report(
    opened: Sequence[Opened], intakes: Sequence[Intake], dry_run: bool, committed: bool, act: int = 0
) -> ImportReport:
    files = []
    for one, intake in zip(opened, intakes, strict=True):
        reading = one.reading
        files.append(
            FileReport(
                file=clean(str(one.path), 400),
                read=reading.read,
                created=intake.created,
                updated=intake.updated,
                unchanged=intake.unchanged,
                rejected=_remarks([*reading.rejected, *intake.rejected]),
                warnings=_remarks([*reading.warnings, *intake.warnings]),
                customers_created=len(intake.customers),
                notes=tuple(reading.notes),
                columns=tuple(reading.columns),
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
                file = replace(file, notes=(*file.notes, f"The rows left out could not be written to {target.name}."))
        files.append(file)
    return replace(report, files=tuple(files))


def _rejected_csv(one: Opened, file: FileReport) -> bytes:
    cells = dict(read_table(_content(one.path), one.path.name).rows)
    rows = [("line", "field", "reason", *one.reading.header)]
    rows += [(str(r.line), r.field, r.reason, *cells.get(r.line, [])) for r in file.rejected]
    return csv_bytes(rows)


def _content(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise ArtermError("not_a_file", "This is a folder.", str(path), "Name the files in it.")
        if path.stat().st_size > MOST_BYTES:
            raise ArtermError("too_large", "This file is larger than 100 MB.", str(path), "Export a shorter period.")
        return path.read_bytes()
    except OSError as error:
        raise ArtermError(
            "no_file",
            f"This file cannot be read ({error.strerror or error}).",
            str(path),
            "Look at its name and rights.",
        ) from None


def _profile(desk: Desk, name: str) -> Mapping[str, str]:
    if not name:
        return {}
    row = desk.book.one("SELECT mapping FROM profile WHERE name = ? AND void_act IS NULL ORDER BY id DESC", (name,))
    if row is None:
        known = ", ".join(
            r[0] for r in desk.book.rows("SELECT DISTINCT name FROM profile WHERE void_act IS NULL ORDER BY 1")
        )
        raise ArtermError(
            "no_profile",
            f"There is no profile '{name[:40]}'.",
            "profile",
            f"Profiles are: {known}." if known else "Make one with --map.",
        )
    mapping: Mapping[str, str] = json.loads(row[0])
    return mapping


def _remembered(desk: Desk, shape: str) -> Mapping[str, str] | None:
    row = desk.book.one("SELECT mapping FROM profile WHERE shape = ? AND void_act IS NULL", (shape,))
    return None if row is None else dict(json.loads(row[0]))


def _keep_profile(desk: Desk, deed: object, one: Opened, wishes: Wishes) -> None:
    from arterm.store.journal import Deed

    assert isinstance(deed, Deed)
    mapping = json.dumps(dict(wishes.mapping), ensure_ascii=False, sort_keys=True)
    held = desk.book.one("SELECT id, mapping FROM profile WHERE shape = ? AND void_act IS NULL", (one.reading.shape,))
    if held is None:
        deed.insert(Profile, name=wishes.profile or clean(one.path.stem), shape=one.reading.shape, mapping=mapping)
    elif held[1] != mapping:
        deed.update(Profile, held[0], mapping=mapping)
