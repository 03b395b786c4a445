"""The one door for files: the kind is told from the content, never from the name; archives are opened, one level
deep.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Mapping
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from arterm.formats.banks import bank_csv, coda, mt940, ofx
from arterm.formats.records import Reading
from arterm.formats.tables.column_mapping import Habits
from arterm.formats.tables.table import MOST_BYTES, Table, read_loose, read_table
from arterm.formats.tables.tables import read_rows
from arterm.rules.errors import ArtermError
from arterm.rules.text import clean

_MEMBERS = 500
_XML_NAMES = ("factur-x.xml", "xrechnung.xml", "zugferd-invoice.xml", "order-x.xml")
_MOST_LINE = 1_000_000
_FOREIGN = re.compile(rb"^\s*(UNA|UNB\+)")
BookLookup = Callable[[str], Mapping[str, str] | None]


def is_plain(content: bytes) -> bool:
    """Whether a file is a plain table, which may be read in this process; everything else is read in one of its own."""
    head = content[:4096]
    if head.startswith((b"PK\x03\x04", b"%PDF", b"\xd0\xcf\x11\xe0", b"{1:")) or head.lstrip(
        b"\xef\xbb\xbf \t\r\n"
    ).startswith(b"<"):
        return False
    text = head.decode("latin-1")
    return not (
        mt940.looks_like(text)
        or coda.looks_like(text)
        or ofx.looks_like(text)
        or ofx.looks_like_qif(text)
        or _FOREIGN.match(head)
    )


def read_any(
    content: bytes,
    name: str,
    habits: Habits,
    kind: str = "auto",
    mapping: Mapping[str, str] | None = None,
    known: BookLookup | None = None,
) -> list[tuple[str, Reading]]:
    """What a file says: (name, reading), several for an archive. Raises ArtermError for a file that says nothing."""
    if content.startswith(b"PK\x03\x04") and not _is_workbook(content, name):
        return _members(content, name, habits, kind, mapping, known)
    return [(name, read_one(content, name, habits, kind, mapping, known))]


def _refuse_endless_line(content: bytes, name: str) -> None:
    """Refuse (`bad_line`) what is no text of lines before anything is made of it: one line of a megabyte is none."""
    at, line = 0, 1
    while len(content) - at > _MOST_LINE:
        end = content.find(b"\n", at, at + _MOST_LINE)
        if end < 0:
            end = content.find(b"\r", at, at + _MOST_LINE)
        if end < 0:
            raise ArtermError(
                "bad_line",
                f"Line {line} has more than a million characters.",
                name,
                "Look what it is; export it again.",
            )
        at, line = end + 1, line + 1


def read_one(
    content: bytes,
    name: str,
    habits: Habits,
    kind: str = "auto",
    mapping: Mapping[str, str] | None = None,
    known: BookLookup | None = None,
) -> Reading:
    """One file that is no archive."""
    if not content.strip():
        raise ArtermError("empty_file", "This file is empty.", name, "Export it again.")
    if content.startswith(b"%PDF"):
        return _pdf(content, name, habits)
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        from arterm.formats.sheets import read_sheet

        return _table(read_sheet(content, name), name, habits, kind, mapping, known)
    if _FOREIGN.match(content[:200]):
        raise ArtermError(
            "no_invoice",
            "This is an EDIFACT message; arterm does not read those.",
            name,
            "Ask for UBL, Factur-X or CSV.",
        )
    flat = content[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not flat.startswith(b"<") and content[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        _refuse_endless_line(content, name)
    text = mt940.decode(content)
    if ofx.looks_like(text):
        return ofx.read_ofx(text, name, habits)
    if flat.startswith(b"<") or (content[:2] in (b"\xff\xfe", b"\xfe\xff") and b"<" in content[:8]):
        return _xml(content, name, habits)
    if coda.looks_like(text):
        return coda.read_coda(text, name)
    if mt940.looks_like(text):
        return mt940.read_mt940(text, name)
    if ofx.looks_like_qif(text):
        return ofx.read_qif(text, name, habits)
    try:
        table = read_table(content, name)
    except ArtermError as error:
        if error.code != "bad_table":
            raise
        table = read_loose(
            content, name
        )  # banks forget to double their quotation marks: line by line, no row can swallow another
        if kind not in ("auto", "statements") or not bank_csv.find(table):
            raise
    return _table(table, name, habits, kind, mapping, known)


def _table(
    table: Table, name: str, habits: Habits, kind: str, mapping: Mapping[str, str] | None, known: BookLookup | None
) -> Reading:
    at = bank_csv.find(table) if kind in ("auto", "statements") and not mapping else None
    if at:
        return bank_csv.read_bank_table(table, at, name, habits)
    if kind == "statements":
        raise ArtermError(
            "no_statement",
            "No columns of a bank statement are found here.",
            name,
            "Export it as CAMT, MT940 or CSV with a header.",
        )
    return read_rows(table, name, habits, kind, mapping, known)


def _xml(content: bytes, name: str, habits: Habits) -> Reading:
    from arterm.formats.banks.camt import ROOTS, read_camt
    from arterm.formats.einvoices.einvoice import read_einvoice
    from arterm.formats.xml_tree import parse

    root = parse(content, name)
    if any(child.name in ROOTS for child in root.children()):
        return read_camt(root, name)
    return read_einvoice(root, name, habits)


def _is_workbook(content: bytes, name: str) -> bool:
    try:
        with ZipFile(BytesIO(content)) as archive:
            members = archive.namelist()
    except (BadZipFile, ValueError, NotImplementedError):
        raise ArtermError("bad_table", "This archive is damaged.", name, "Download it again.") from None
    return any(one in ("xl/workbook.xml", "xl/workbook.bin", "content.xml") for one in members)


def _members(
    content: bytes, name: str, habits: Habits, kind: str, mapping: Mapping[str, str] | None, known: BookLookup | None
) -> list[tuple[str, Reading]]:
    """Every file in an archive; never unpacked to disk, bounded in number and in size."""
    found: list[tuple[str, Reading]] = []
    with ZipFile(BytesIO(content)) as archive:
        members = [one for one in archive.infolist() if one.filename and not one.filename.startswith("__MACOSX")]
        infos = [one for one in members if not one.is_dir()]
        if len(infos) > _MEMBERS:
            raise ArtermError(
                "too_large", f"This archive holds more than {_MEMBERS} files.", name, "Bring them in in parts."
            )
        left = MOST_BYTES
        for info in infos:
            inner = f"{name}/{clean(info.filename.rpartition('/')[2], 80)}"
            try:
                with archive.open(info) as member:
                    piece = member.read(left + 1)
            except (BadZipFile, RuntimeError, NotImplementedError, OSError, ValueError, EOFError, zlib.error):
                raise ArtermError(
                    "bad_table",
                    "This file in the archive cannot be unpacked.",
                    inner,
                    "Unpack it and bring in the files.",
                ) from None
            left -= len(piece)
            if left < 0:
                raise ArtermError(
                    "too_large", "What is in this archive is larger than 100 MB.", name, "Bring it in in parts."
                )
            if piece.startswith(b"PK\x03\x04") and not _is_workbook(piece, inner):
                raise ArtermError(
                    "bad_table", "There is an archive within this archive.", inner, "Unpack it and bring in the files."
                )
            found.append((inner, read_one(piece, inner, habits, kind, mapping, known)))
    if not found:
        raise ArtermError("empty_file", "This archive is empty.", name, "Download it again.")
    return found


def _pdf(content: bytes, name: str, habits: Habits) -> Reading:
    """The invoice that a Factur-X or ZUGFeRD PDF carries. The names of what is attached are never used as paths."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError:
        raise ArtermError("no_invoice", "This PDF is broken.", name, "Open it and save it again.") from None
    try:
        held: dict[str, bytes] = {}
        for n in range(min(document.count_attachments(), 50)):
            one = document.get_attachment(n)
            label = one.get_name().lower().rpartition("/")[2]
            if label.endswith(".xml"):
                held.setdefault(label, bytes(one.get_data()))
    except (pypdfium2.PdfiumError, ValueError, RuntimeError):
        raise ArtermError(
            "no_invoice", "What is attached to this PDF cannot be read.", name, "Ask for the XML file."
        ) from None
    finally:
        document.close()
    for label in (*_XML_NAMES, *held):
        if label in held:
            reading = _xml(held[label], name, habits)
            reading.profile = f"{reading.profile} in a PDF"
            return reading
    raise ArtermError(
        "no_invoice",
        "This PDF carries no electronic invoice: there is nothing in it to read but a picture.",
        name,
        "Add the invoice by hand, and attach the PDF to it.",
    )
