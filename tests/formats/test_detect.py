"""One list says what a file is and whether it is read apart: what is recognised is read where the list says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest

from arterm.formats import detect
from arterm.formats.detect import FORMATS, is_plain, read_any, recognised
from arterm.formats.sandbox import Reader
from arterm.formats.sandbox_protocol import Answer
from arterm.formats.tables.column_mapping import ReadingHabits
from arterm.rules.errors import ArtermError
from arterm.rules.number_style import COMMA
from tests.formats.test_einvoices import ubl
from tests.formats.test_statements import OFX, camt, coda, mt940, ntry, zipped

HABITS = ReadingHabits("EUR", COMMA, month_first=False, today=date(2026, 11, 22))
CSV = b"Number;Customer;Issued;Due;Amount\n2026-1;Anna;1.10.2026;31.10.2026;100,00\n"
# A file of every family; several where it comes in several dresses.
SAMPLES = {
    "PDF": [b"%PDF-1.7\n%%EOF"],
    "ZIP": [zipped(a=CSV), b"PK\x03\x04garbage"],
    "old spreadsheet": [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"],
    "EDIFACT": [b"UNA:+.? '\nUNB+UNOC:3'", b"  UNB+UNOC:3'"],
    "OFX": [OFX.encode()],
    "XML": [
        camt(ntry("100.00")).encode(),
        ubl().encode(),
        b"\xef\xbb\xbf \n" + camt(ntry("100.00")).encode(),
        camt(ntry("100.00")).replace("UTF-8", "UTF-16").encode("utf-16"),
        b"\n" * 5000 + camt(ntry("100.00")).encode(),
    ],
    "CODA": [coda().encode()],
    "MT940": [mt940().encode(), b"-\n" * 3000 + mt940().encode()],
    "QIF": [b"!Type:Bank\nD22.11.2026\nT10.00\n^\n"],
    "table": [CSV, "Größe;Zahl\n1;2\n".encode("cp1252"), CSV.decode().encode("utf-16")],
}
EACH = [(name, content) for name, contents in SAMPLES.items() for content in contents]


@pytest.fixture(scope="module")
def apart() -> Iterator[Reader]:
    with Reader(HABITS, "auto", None, {}) as reader:
        yield reader


def test_every_format_has_a_sample_and_only_plain_tables_are_read_here() -> None:
    assert [one.name for one in FORMATS] == list(SAMPLES)
    assert [one.name for one in FORMATS if not one.sandbox] == ["table"]


@pytest.mark.parametrize(("name", "content"), EACH, ids=[f"{name}-{n}" for n, (name, _) in enumerate(EACH)])
def test_a_file_is_read_where_its_format_says(
    apart: Reader, monkeypatch: pytest.MonkeyPatch, name: str, content: bytes
) -> None:
    assert recognised(content).name == name
    asked, ask = list[str](), apart._ask

    def watched(message: bytes, file: str) -> Answer:
        asked.append(file)
        return ask(message, file)

    monkeypatch.setattr(apart, "_ask", watched)
    if name != "table":  # whatever would be read here is a fault
        monkeypatch.setattr(detect, "read_any", lambda *_: pytest.fail("read in this process"))
    said = outcome(lambda: apart.read(content, "file"))
    monkeypatch.undo()
    assert asked == ([] if name == "table" else ["file"])
    assert said == outcome(lambda: read_any(content, "file", HABITS))


def outcome(read: Callable[[], object]) -> object:
    """What was read, or why not."""
    try:
        return read()
    except ArtermError as error:
        return error.code, error.message


def test_a_format_that_is_added_is_read_apart_without_being_named_anywhere_else(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    new = detect.Format("new", lambda head: head.raw.startswith(b"NEW!"), lambda file: [])
    assert is_plain(b"NEW! 1")
    monkeypatch.setattr(detect, "FORMATS", (new, *FORMATS))
    assert not is_plain(b"NEW! 1")
    assert read_any(b"NEW! 1", "file", HABITS) == []
