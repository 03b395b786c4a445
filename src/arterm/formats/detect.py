"""The one door for files: what a file is, is told from its content by one list of formats, never from its name.

The list also says where a format is read: apart from this process, unless it says otherwise. Archives are opened, one
level deep.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from arterm.formats.banks import bank_csv, coda, mt940, ofx
from arterm.formats.records import Reading
from arterm.formats.tables.column_mapping import ReadingHabits
from arterm.formats.tables.table import MOST_BYTES, FileTable, read_loose, read_table
from arterm.formats.tables.tables import read_rows
from arterm.rules.errors import ArtermError
from arterm.rules.text import clean

_HEAD = 2**16  # bytes from which a format is told: the same ones for whoever asks
_MEMBERS = 500
_XML_NAMES = ("factur-x.xml", "xrechnung.xml", "zugferd-invoice.xml", "order-x.xml")
_MOST_LINE = 1_000_000
_FOREIGN = re.compile(rb"^\s*(UNA|UNB\+)")
_ZIP, _OLD_SHEET, _WIDE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", (b"\xff\xfe", b"\xfe\xff")
KnownMappings = Callable[[str], Mapping[str, str] | None]
Found = list[tuple[str, Reading]]


@dataclass(frozen=True, slots=True)
class Head:
    """The beginning of a file: its bytes, those without marks and blanks before them, and its text."""

    raw: bytes
    bare: bytes
    text: str


@dataclass(frozen=True, slots=True)
class File:
    """What came in: its bytes, what it is called, and what is known of how to read it."""

    content: bytes
    name: str
    habits: ReadingHabits
    kind: str
    mapping: Mapping[str, str] | None
    known: KnownMappings | None

    def says(self, reading: Reading) -> Found:
        """One reading, under the name of the file."""
        return [(self.name, reading)]


@dataclass(frozen=True, slots=True)
class Format:
    """A format: whether a file's beginning looks like it, and what reads it. It is read in a process of its own unless
    `sandbox` is False, which only what runs no foreign parser may say.
    """

    name: str
    fits: Callable[[Head], bool]
    read: Callable[[File], Found]
    sandbox: bool = True


def recognised(content: bytes) -> Format:
    """The first format that the beginning of a file looks like; a plain table looks like nothing else."""
    raw = content[:_HEAD]
    head = Head(raw, raw.lstrip(b"\xef\xbb\xbf \t\r\n"), mt940.decode(raw))
    return next(one for one in FORMATS if one.fits(head))


def is_plain(content: bytes) -> bool:
    """Whether a file may be read in this process; everything else is read in one of its own."""
    return not recognised(content).sandbox


def read_any(
    content: bytes,
    name: str,
    habits: ReadingHabits,
    kind: str = "auto",
    mapping: Mapping[str, str] | None = None,
    known: KnownMappings | None = None,
) -> Found:
    """What a file says: (name, reading), several for an archive. Raises ArtermError for a file that says nothing."""
    if not content.strip():
        raise ArtermError("empty_file.file", name)
    return recognised(content).read(File(content, name, habits, kind, mapping, known))


def _is_xml(head: Head) -> bool:
    return head.bare.startswith(b"<") or (head.raw.startswith(_WIDE) and b"<" in head.raw[:8])


def _edifact(file: File) -> Found:
    raise ArtermError("no_invoice.edifact", file.name)


def _ofx(file: File) -> Found:
    return file.says(ofx.read_ofx(_text(file), file.name, file.habits))


def _coda(file: File) -> Found:
    return file.says(coda.read_coda(_text(file), file.name))


def _mt940(file: File) -> Found:
    return file.says(mt940.read_mt940(_text(file), file.name))


def _qif(file: File) -> Found:
    return file.says(ofx.read_qif(_text(file), file.name, file.habits))


def _xml_file(file: File) -> Found:
    return file.says(_xml(file.content, file))


def _text(file: File) -> str:
    if not file.content[:_HEAD].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        _refuse_endless_line(file.content, file.name)
    return mt940.decode(file.content)


def _refuse_endless_line(content: bytes, name: str) -> None:
    """Refuse (`bad_line`) what is no text of lines before anything is made of it: one line of a megabyte is none."""
    at, line = 0, 1
    while len(content) - at > _MOST_LINE:
        end = content.find(b"\n", at, at + _MOST_LINE)
        if end < 0:
            end = content.find(b"\r", at, at + _MOST_LINE)
        if end < 0:
            raise ArtermError("bad_line", name, line=line)
        at, line = end + 1, line + 1


def _plain_table(file: File) -> Found:
    content, name = file.content, file.name
    if not content.startswith(_WIDE):
        _refuse_endless_line(content, name)
    try:
        table = read_table(content, name)
    except ArtermError as error:
        if error.code != "bad_table":
            raise
        table = read_loose(
            content, name
        )  # banks forget to double their quotation marks: line by line, no row can swallow another
        if file.kind not in ("auto", "statements") or not bank_csv.find(table):
            raise
    return file.says(_table(table, file))


def _sheet(file: File) -> Found:
    from arterm.formats.sheets import read_sheet

    return file.says(_table(read_sheet(file.content, file.name), file))


def _table(table: FileTable, file: File) -> Reading:
    at = bank_csv.find(table) if file.kind in ("auto", "statements") and not file.mapping else None
    if at:
        return bank_csv.read_bank_table(table, at, file.name, file.habits)
    if file.kind == "statements":
        raise ArtermError("no_statement.columns", file.name)
    return read_rows(table, file.name, file.habits, file.kind, file.mapping, file.known)


def _xml(content: bytes, file: File) -> Reading:
    from arterm.formats.banks.camt import ROOTS, read_camt
    from arterm.formats.einvoices.einvoice import read_einvoice
    from arterm.formats.xml_tree import parse

    root = parse(content, file.name)
    if any(child.name in ROOTS for child in root.children()):
        return read_camt(root, file.name)
    return read_einvoice(root, file.name, file.habits)


def _zip(file: File) -> Found:
    """A spreadsheet, or every file in an archive."""
    return _sheet(file) if _is_workbook(file.content, file.name) else _members(file)


def _is_workbook(content: bytes, name: str) -> bool:
    try:
        with ZipFile(BytesIO(content)) as archive:
            members = archive.namelist()
    except (BadZipFile, ValueError, NotImplementedError):
        raise ArtermError("bad_table.archive", name) from None
    return any(one in ("xl/workbook.xml", "xl/workbook.bin", "content.xml") for one in members)


def _members(file: File) -> Found:
    """Every file in an archive; never unpacked to disk, bounded in number and in size."""
    found: Found = []
    with ZipFile(BytesIO(file.content)) as archive:
        members = [one for one in archive.infolist() if one.filename and not one.filename.startswith("__MACOSX")]
        infos = [one for one in members if not one.is_dir()]
        if len(infos) > _MEMBERS:
            raise ArtermError("too_large.members", file.name, members=_MEMBERS)
        left = MOST_BYTES
        for info in infos:
            inner = f"{file.name}/{clean(info.filename.rpartition('/')[2], 80)}"
            try:
                with archive.open(info) as member:
                    piece = member.read(left + 1)
            except (BadZipFile, RuntimeError, NotImplementedError, OSError, ValueError, EOFError, zlib.error):
                raise ArtermError("bad_table.member", inner) from None
            left -= len(piece)
            if left < 0:
                raise ArtermError("too_large.archive", file.name)
            if piece.startswith(_ZIP) and not _is_workbook(piece, inner):
                raise ArtermError("bad_table.nested", inner)
            found += read_any(piece, inner, file.habits, file.kind, file.mapping, file.known)
    if not found:
        raise ArtermError("empty_file.archive", file.name)
    return found


def _pdf(file: File) -> Found:
    """The invoice that a Factur-X or ZUGFeRD PDF carries. The names of what is attached are never used as paths."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(file.content)
    except pypdfium2.PdfiumError:
        raise ArtermError("no_invoice.pdf_broken", file.name) from None
    try:
        held: dict[str, bytes] = {}
        for n in range(min(document.count_attachments(), 50)):
            one = document.get_attachment(n)
            label = one.get_name().lower().rpartition("/")[2]
            if label.endswith(".xml"):
                held.setdefault(label, bytes(one.get_data()))
    except (pypdfium2.PdfiumError, ValueError, RuntimeError):
        raise ArtermError("no_invoice.attached", file.name) from None
    finally:
        document.close()
    for label in (*_XML_NAMES, *held):
        if label in held:
            reading = _xml(held[label], file)
            reading.profile = f"{reading.profile} in a PDF"
            return file.says(reading)
    raise ArtermError("no_invoice.picture", file.name)


FORMATS: tuple[Format, ...] = (
    Format("PDF", lambda head: head.raw.startswith(b"%PDF"), _pdf),
    Format("ZIP", lambda head: head.raw.startswith(_ZIP), _zip),
    Format("old spreadsheet", lambda head: head.raw.startswith(_OLD_SHEET), _sheet),
    Format("EDIFACT", lambda head: bool(_FOREIGN.match(head.raw)), _edifact),
    Format("OFX", lambda head: ofx.looks_like(head.text), _ofx),  # some of it is XML
    Format("XML", _is_xml, _xml_file),
    Format("CODA", lambda head: coda.looks_like(head.text), _coda),
    Format("MT940", lambda head: mt940.looks_like(head.text), _mt940),
    Format("QIF", lambda head: ofx.looks_like_qif(head.text), _qif),
    Format("table", lambda head: True, _plain_table, sandbox=False),
)
