"""Tables: read as they come, or refused with the line and the reason."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arterm.formats.csv_out import csv_bytes, safe_cell
from arterm.formats.detect import read_any
from arterm.formats.records import Reading
from arterm.formats.tables.column_mapping import ReadingHabits
from arterm.formats.tables.tables import read_file
from arterm.rules.errors import ArtermError
from arterm.rules.number_style import COMMA, POINT

BELGIAN = ReadingHabits("EUR", COMMA, month_first=False, today=date(2026, 11, 22))
AMERICAN = ReadingHabits("USD", POINT, month_first=True, today=date(2026, 11, 22))


def read(text: str | bytes, habits: ReadingHabits = BELGIAN, **options: object) -> Reading:
    content = text if isinstance(text, bytes) else text.encode()
    return read_file(content, "file.csv", habits, **options)  # type: ignore[arg-type]


def sheet(*sheets: list[list[str | float]], hidden: int = 0) -> bytes:
    """A spreadsheet as programs write them: text and numbers in cells; the first `hidden` sheets are not shown."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"

    def cell(n: int, m: int, value: str | float) -> str:
        at = f"{chr(65 + m)}{n + 1}"
        if isinstance(value, str):
            return f'<c r="{at}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'
        return f'<c r="{at}"><v>{value}</v></c>'

    states = ("visible", "hidden")
    parts = {
        "[Content_Types].xml": (
            f'<Types xmlns="{package}/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>'
        ),
        "_rels/.rels": (
            f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" Type="{office}/officeDocument"'
            ' Target="xl/workbook.xml"/></Relationships>'
        ),
        "xl/workbook.xml": (
            f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>'
            + "".join(
                f'<sheet name="S{n}" sheetId="{n + 1}" state="{states[n < hidden]}" r:id="r{n}"/>'
                for n in range(len(sheets))
            )
            + "</sheets></workbook>"
        ),
        "xl/_rels/workbook.xml.rels": (
            f'<Relationships xmlns="{package}/relationships">'
            + "".join(
                f'<Relationship Id="r{n}" Type="{office}/worksheet" Target="worksheets/s{n}.xml"/>'
                for n in range(len(sheets))
            )
            + "</Relationships>"
        ),
    }
    for n, rows in enumerate(sheets):
        body = "".join(
            f"<row>{''.join(cell(r, m, value) for m, value in enumerate(row))}</row>" for r, row in enumerate(rows)
        )
        parts[f"xl/worksheets/s{n}.xml"] = f'<worksheet xmlns="{main}"><sheetData>{body}</sheetData></worksheet>'
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return held.getvalue()


OWED: list[list[str | float]] = [
    ["What is owed"],
    ["Invoice", "Customer", "Date", "Due", "Amount"],
    ["007", "=HYPERLINK(1)", "2026-10-01", "2026-10-31", 1234.5],
]


def test_a_spreadsheet_is_read_from_the_sheet_that_is_shown_and_looks_like_a_list() -> None:
    helper: list[list[str | float]] = [
        ["Invoice", "Customer", "Date", "Due", "Amount"],
        ["H1", "x", "2026-10-01", "", 1],
    ]
    ((_, reading),) = read_any(sheet(helper, [["notes"], ["a"], ["b"], ["c"]], OWED, hidden=1), "book.xlsx", BELGIAN)
    (one,) = reading.invoices
    assert (one.number, one.party.name, one.due, one.total) == ("007", "=HYPERLINK(1)", date(2026, 10, 31), 123450)


@pytest.mark.parametrize("content", [sheet([[]]), sheet(OWED)[:400], sheet([["Invoice"], [float("inf")]]), sheet()])
def test_a_spreadsheet_without_a_list_is_refused_in_a_sentence(content: bytes) -> None:
    with pytest.raises(ArtermError) as refused:
        read_any(content, "book.xlsx", BELGIAN)
    assert refused.value.message.endswith((".", ")."))


def test_the_obvious_headers_need_no_mapping() -> None:
    reading = read("Invoice,Customer,Date,Due,Amount\nR1,Acme,2026-10-01,2026-10-31,100.50\n")
    (record,) = reading.invoices
    assert (record.number, record.party.name, record.issued, record.due, record.total, record.currency) == (
        "R1",
        "Acme",
        date(2026, 10, 1),
        date(2026, 10, 31),
        10050,
        "EUR",
    )


@pytest.mark.parametrize(
    "header",
    [
        "Factuurnummer;Klant;Factuurdatum;Vervaldatum;Bedrag",
        "Numéro de facture;Client;Date de facture;Date d'échéance;Montant TTC",
        "Rechnungsnummer;Kunde;Rechnungsdatum;Fällig am;Betrag",
        "*InvoiceNumber;*ContactName;*InvoiceDate;*DueDate;Total",
        "invoice_id;customer_name;invoice_date;due_date;invoice_amount",
    ],
)
def test_headers_of_several_languages_and_programs(header: str) -> None:
    (record,) = read(f"{header}\nR1;Café;01.10.2026;31.10.2026;1.234,50\n").invoices
    assert (record.total, record.due) == (123450, date(2026, 10, 31))


def test_encodings_marks_and_titles_are_coped_with() -> None:
    text = (
        "My list\n\nInvoice\tCustomer\tDate\tDue\tAmount\nR1\tCafé"
        " Müller\t2026-10-01\t2026-10-31\t100\nTotal\t\t\t\t100\n"
    )
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "cp1252"):
        (record,) = read(text.encode(encoding)).invoices
        assert record.party.name == "Café Müller"


def test_rows_of_one_invoice_are_one_and_the_same_number_with_other_content_is_refused() -> None:
    head = "Invoice,Customer,Date,Due,Total,Item\n"
    reading = read(
        head + "R1,Acme,2026-10-01,2026-10-31,100,a\nR1,Acme,2026-10-01,2026-10-31,100,b\n"
        "R1,Acme,2026-10-01,2026-10-31,90,c\n"
    )
    assert len(reading.invoices) == 1
    (bad,) = reading.rejected
    assert (bad.line, bad.field, bad.reason) == (4, "number", "stands on line 2 with other content")


def test_the_order_of_day_and_month_is_the_columns_own_or_the_books_and_is_said() -> None:
    own = read("Invoice,Customer,Date,Due,Amount\nR1,A,1/13/2026,2/12/2026,5\n")
    assert own.invoices[0].issued == date(2026, 1, 13)
    text = "Invoice,Customer,Date,Due,Amount\nR1,A,01/02/2026,03/04/2026,5\n"
    assert read(text).invoices[0].issued == date(2026, 2, 1)
    assert read(text, AMERICAN).invoices[0].issued == date(2026, 1, 2)
    assert any("taken month first" in note for note in read(text, AMERICAN).notes)


@pytest.mark.parametrize(
    ("row", "field"),
    [
        ("R1,Acme,30/02/2026,2026-03-31,5", "issued"),
        ("R1,Acme,2026-01-01,2026-03-31,five", "total"),
        ("R1,,2026-01-01,2026-03-31,5", "customer"),
        (",Acme,2026-01-01,2026-03-31,5", "number"),
        ("R1,Acme,,,5", "issued"),
        ("R1,Acme,2026-01-01,2026-03-31,", "total"),
    ],
)
def test_a_bad_row_is_refused_with_line_and_field(row: str, field: str) -> None:
    reading = read(f"Invoice,Customer,Date,Due,Amount\nR0,Acme,2026-01-01,2026-02-01,5\n{row}\n")
    assert [(bad.line, bad.field) for bad in reading.rejected] == [(3, field)]
    assert len(reading.invoices) == 1


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty_file"),
        (b"  \n ", "empty_file"),
        (b"\x89PNG\r\n\x1a\n123", "not_a_table"),
        (b"%PDF-1.7", "not_a_table"),
        (b"PK\x03\x04", "not_a_table"),
        (b"a\x00b,c\n", "not_a_table"),
        (b"hello world\nno table\n", "no_header"),
        (b"Invoice,Customer,Date\nR1,A,2026-01-01\n", "no_column"),
        (b'Invoice,Customer,Date,Due,Amount\n1,"Acme,2026-01-01,x,5\n2,B,x,x,5\n', "bad_table"),
        (b"Invoice,Customer,Date,Due,Amount\n" + b"x" * 40000 + b",a,b,c,d\n", "bad_table"),
        (b"\xff\xfe\x00", "bad_encoding"),
        (b"a,b\n\x81\x8d\n", "bad_encoding"),
    ],
)
def test_what_is_no_table_is_refused_in_a_sentence(content: bytes, code: str) -> None:
    with pytest.raises(ArtermError) as refused:
        read(content)
    assert refused.value.code == code
    assert "file.csv" in refused.value.where
    assert refused.value.hint


def test_a_mapping_by_hand_reads_any_table() -> None:
    text = "a;b;c;d;e\nR1;Acme;2026-01-01;2026-02-01;5\n"
    reading = read(text, mapping={"number": "a", "customer": "b", "issued": "c", "due": "d", "total": "e"})
    assert reading.invoices[0].number == "R1"
    with pytest.raises(ArtermError, match="no column 'z'"):
        read(text, mapping={"number": "z", "customer": "b"})
    with pytest.raises(ArtermError, match="not a field"):
        read(text, mapping={"nummer": "a", "customer": "b"})


def test_what_is_not_owed_is_left_out_with_the_reason() -> None:
    head = "Invoice,Customer,Date,Due,Total,Status,Type\n"
    reading = read(
        head
        + "R1,A,2026-01-01,2026-02-01,5,Draft,Invoice\nR2,A,2026-01-01,2026-02-01,5,Open,Bill\n"
        + "C1,A,2026-01-01,2026-02-01,-5,Open,Credit Memo\n"
    )
    assert [record.kind for record in reading.invoices] == ["credit_note"]
    assert len(reading.warnings) == 2


@given(st.binary(max_size=600))
def test_any_bytes_are_a_reading_or_a_refusal(content: bytes) -> None:
    try:
        assert isinstance(read(content), Reading)
    except ArtermError as refused:
        assert refused.message


cells = st.text(st.characters(codec="utf-8", exclude_characters="\r\n\x00"), max_size=20)


@given(st.lists(st.tuples(cells, cells), min_size=1, max_size=20))
def test_any_cells_under_good_headers_become_invoices_or_complaints(rows: list[tuple[str, str]]) -> None:
    body = [
        ["Invoice", "Customer", "Date", "Due", "Amount"],
        *[[f"R{n}", who, "2026-01-01", "2026-02-01", amount] for n, (who, amount) in enumerate(rows)],
    ]
    content = csv_bytes(body)
    try:
        reading = read(content)
    except ArtermError:
        return
    assert len(reading.invoices) + len(reading.rejected) <= len(rows)
    for record in reading.invoices:
        assert record.party.name == record.party.name.strip()
        assert all(char.isprintable() or char in "\u200c\u200d" for char in record.party.name)


@pytest.mark.parametrize("cell", ["=1+1", "+x", "-x", "@x", "\t=1", " =1", "＝1"])
def test_formulas_are_defused_and_numbers_are_not(cell: str) -> None:
    assert safe_cell(cell).startswith("'")
    assert safe_cell("-12.50") == "-12.50"
    assert safe_cell("Acme") == "Acme"


def test_a_row_longer_than_the_header_is_refused_and_a_trailing_separator_is_not() -> None:
    head = "Invoice,Customer,Date,Due,Amount\n"
    reading = read(head + "R1,Acme,2026-10-01,2026-10-31,1,234.50\nR2,Acme,2026-10-01,2026-10-31,10.00,\n")
    assert [(c.line, c.value) for c in reading.rejected] == [(2, "234.50")]
    assert [record.number for record in reading.invoices] == ["R2"]
    payments = "Invoice,Payment Date,Amount\nR1,2026-10-01,1,234.50\n"
    assert read(payments, kind="payments").rejected[0].line == 2


def test_two_columns_of_one_name_that_differ_are_refused_with_the_line() -> None:
    text = (
        "Invoice,Customer,Customer,Date,Due,Amount\nR1,A,A,2026-10-01,2026-10-31,1\nR2,{0},B,2026-10-01,2026-10-31,1\n"
    )
    assert len(read(text.format("B")).invoices) == 2
    with pytest.raises(ArtermError, match="differ") as refused:
        read(text.format("A"))
    assert refused.value.where == "file.csv, line 3"


def test_a_negative_amount_and_a_day_to_come_are_said_and_a_mistyped_year_is_refused() -> None:
    head = "Invoice,Customer,Date,Due,Amount\n"
    reading = read(
        head + "R1,A,2026-10-01,2026-10-31,-10\nR2,A,2026-12-01,2026-12-31,10\nR3,A,2062-10-01,2062-10-31,10\n"
    )
    assert [(w.line, w.reason.split(":")[0].split(";")[0]) for w in reading.warnings] == [
        (2, "is negative"),
        (3, "is still to come"),
    ]
    assert [(c.line, c.reason) for c in reading.rejected] == [(4, "lies more than a year ahead")]


@pytest.mark.parametrize(
    "content", [b"x" * 3_000_000, b"a,b\n1," + b"9" * 2_000_000, b"a;b\n" + b"7" * 200_000 + b";1\n"]
)
def test_an_endless_line_or_cell_is_refused_in_a_sentence(content: bytes) -> None:
    from arterm.formats.detect import read_any

    try:
        ((_, reading),) = read_any(
            content, "big.csv", ReadingHabits("EUR", POINT, month_first=False, today=date(2026, 11, 22))
        )
    except ArtermError as refused:
        assert refused.message.endswith(".")
    else:
        assert reading.rejected
