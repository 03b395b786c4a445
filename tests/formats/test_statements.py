"""Bank statements of every family: entries, signs, payers, references; pending and provisional ones told apart; sums
checked.
"""

from __future__ import annotations

import io
import zipfile
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arterm.formats.bank_records import Entry
from arterm.formats.detect import is_plain, read_any
from arterm.formats.records import Reading
from arterm.formats.tables.column_mapping import ReadingHabits
from arterm.rules.errors import ArtermError
from arterm.rules.number_style import COMMA

HABITS = ReadingHabits("EUR", COMMA, month_first=False, today=date(2026, 11, 22))


def read(content: str | bytes, name: str = "file", **more: Any) -> Reading:
    raw = content.encode() if isinstance(content, str) else content
    ((_, reading),) = read_any(raw, name, HABITS, **more)
    return reading


def entries(reading: Reading) -> list[Entry]:
    return [entry for one in reading.statements for entry in one.entries]


def camt(
    body: str,
    root: str = "BkToCstmrStmt",
    inner: str = "Stmt",
    version: str = "053.001.02",
    balances: tuple[str, str] = ("1000.00", "1100.00"),
) -> str:
    bal = "".join(
        f"<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp><Amt"
        f' Ccy="EUR">{amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-11-02</Dt></Dt></Bal>'
        for code, amount in zip(("OPBD", "CLBD"), balances, strict=True)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><Document'
        f' xmlns="urn:iso:std:iso:20022:tech:xsd:camt.{version}"><{root}><GrpHdr/>'
        f"<{inner}><Acct><Id><IBAN>BE68539007547034</IBAN></Id><Ccy>EUR</Ccy></Acct>{bal}{body}</{inner}>"
        f"</{root}></Document>"
    )


def ntry(amount: str, sign: str = "CRDT", details: str = "", status: str = "<Sts>BOOK</Sts>", more: str = "") -> str:
    return (
        "<Ntry><Amt"
        f' Ccy="EUR">{amount}</Amt><CdtDbtInd>{sign}</CdtDbtInd>{status}<BookgDt><Dt>2026-11-02</Dt></BookgDt>'
        f"<ValDt><Dt>2026-11-03</Dt></ValDt>"
        f"{more}<NtryDtls>{details}</NtryDtls></Ntry>"
    )


DETAIL = (
    "<TxDtls><Refs><EndToEndId>E2E-1</EndToEndId></Refs><RltdPties><Dbtr><Nm>Café"
    " Zuid</Nm></Dbtr><DbtrAcct><Id><IBAN>BE71096123456769</IBAN></Id></DbtrAcct></RltdPties><RmtInf><Ustrd>Factuur"
    " 2026-0143</Ustrd><Strd><CdtrRefInf><Ref>RF18539007547034</Ref></CdtrRefInf></Strd></RmtInf></TxDtls>"
)


def test_camt_tells_who_paid_what_with_which_reference() -> None:
    reading = read(camt(ntry("100.00", details=DETAIL)))
    (one,) = entries(reading)
    assert (one.amount, one.currency, one.day, one.booked) == (10000, "EUR", date(2026, 11, 3), date(2026, 11, 2))
    assert (one.payer, one.account, one.reference, one.text, one.end_to_end) == (
        "Café Zuid",
        "BE71096123456769",
        "RF18539007547034",
        "Factuur 2026-0143",
        "E2E-1",
    )
    assert (reading.kind, reading.warnings, reading.statements[0].account) == ("statements", [], "BE68539007547034")


def test_newer_camt_has_other_places_for_names_and_status() -> None:
    details = DETAIL.replace("<Dbtr><Nm>Café Zuid</Nm></Dbtr>", "<Dbtr><Pty><Nm>Café Zuid</Nm></Pty></Dbtr>")
    reading = read(camt(ntry("100.00", details=details, status="<Sts><Cd>BOOK</Cd></Sts>"), version="053.001.08"))
    assert entries(reading)[0].payer == "Café Zuid"


def test_what_is_pending_or_only_provisional_is_not_taken() -> None:
    reading = read(camt(ntry("100.00") + ntry("50.00", status="<Sts><Cd>PDNG</Cd></Sts>")))
    assert [one.amount for one in entries(reading)] == [10000]
    assert reading.warnings[0].reason == "is not booked yet; left out"
    interim = read(camt(ntry("100.00"), "BkToCstmrAcctRpt", "Rpt", "052.001.02"))
    assert interim.statements[0].interim
    assert "nothing of it is booked" in interim.notes[0]


def test_a_batch_is_split_only_where_its_parts_add_up() -> None:
    def part(amount: str) -> str:
        return DETAIL.replace("<TxDtls>", f'<TxDtls><Amt Ccy="EUR">{amount}</Amt>')

    assert [one.amount for one in entries(read(camt(ntry("100.00", details=part("60.00") + part("40.00")))))] == [
        6000,
        4000,
    ]
    reading = read(camt(ntry("100.00", details=part("60.00") + part("30.00"))))
    assert [one.amount for one in entries(reading)] == [10000]
    assert "do not add up" in reading.warnings[0].reason


def test_a_returned_debit_is_negative_and_says_so() -> None:
    reading = read(camt(ntry("100.00", "DBIT", more="<RvslInd>true</RvslInd>"), balances=("1100.00", "1000.00")))
    (one,) = entries(reading)
    assert (one.amount, one.returned) == (-10000, True)


def test_a_statement_that_does_not_add_up_is_told() -> None:
    reading = read(camt(ntry("100.00"), balances=("1000.00", "1100.01")))
    assert reading.warnings[0].reason == "does not add up: opening 1000.00, entries 100.00, closing 1100.01"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><Document/>', "entities of its own"),
        ("<Document><a></Document>", "broken"),
        ('<?xml version="1.0" encoding="UTF-8-W/O-BOM"?><a/>', "nothing can read"),
        ("<html><body/></html>", "no invoice and no statement"),
        (camt("").replace("BkToCstmrStmt", "Other"), "no invoice and no statement"),
    ],
)
def test_xml_that_is_no_statement_is_refused_in_words(text: str, words: str) -> None:
    with pytest.raises(ArtermError, match=words) as refused:
        read(text)
    assert refused.value.hint


def mt940(*lines: str, opening: str = "C261101EUR1000,00", closing: str = "C261103EUR1100,00") -> str:
    return "\n".join(
        (
            ":20:STARTUMS",
            ":25:BE68539007547034",
            ":28C:00001/001",
            f":60F:{opening}",
            *lines,
            f":62F:{closing}",
            "-",
            "",
        )
    )


def test_mt940_with_german_codes_is_joined_before_it_is_cut() -> None:
    text = mt940(
        ":61:2611021102C100,00NTRFNONREF//BANK1",
        ":86:166?00GUTSCHRIFT?20EREF+R-2026-0143?21SVWZ+Rechnung RE-20?22",
        "26-0143 Danke?30GENODEF1?31DE02120300000000202051?32Muster GmbH?33 und Co",
    )
    reading = read(text)
    (one,) = entries(reading)
    assert (one.amount, one.payer, one.account, one.text, one.end_to_end, one.bank_ref) == (
        10000,
        "Muster GmbH und Co",
        "DE02120300000000202051",
        "Rechnung RE-2026-0143 Danke",
        "R-2026-0143",
        "BANK1",
    )
    assert reading.warnings == []


def test_mt940_with_dutch_tags_and_one_without_anything() -> None:
    text = mt940(
        ":61:2611021102C60,NTRFNONREF",
        ":86:/TRTP/SEPA OVERBOEKING/IBAN/NL91ABNA0417164300/BIC/ABNANL2A/NAME/A. Klant/REMI/nota 2026",
        "-0143/EREF/NOTPROVIDED",
        ":61:2611031103C40,00NMSC",
        ":86:",
    )
    first, second = entries(read(text))
    assert (first.payer, first.account, first.text, first.end_to_end) == (
        "A. Klant",
        "NL91ABNA0417164300",
        "nota 2026-0143",
        "",
    )
    assert (second.amount, second.text) == (4000, "")


def test_mt940_signs_letters_years_and_charges() -> None:
    text = mt940(
        ":61:2701021231RD25,00NRTINONREF",
        ":61:2611021102CR100,00NTRFNONREF",
        "/OCMT/USD110,00/CHGS/EUR4,50",
        ":61:261102D3,5NCHGNONREF",
        ":61:2611021102RC21,50NRTINONREF",
        closing="C261103EUR1100,00",
    )
    back_in, came, out, back_out = entries(read(text))
    assert (back_in.amount, back_in.returned, back_in.booked) == (2500, True, date(2026, 12, 31))
    assert (came.amount, came.charges, came.instructed, came.instructed_currency) == (10000, 450, 11000, "USD")
    assert (out.amount, back_out.amount, back_out.returned) == (-350, -2150, True)


def test_mt940_without_an_entry_day_or_with_the_30th_of_february() -> None:
    text = mt940(":61:261113    C240,00NTRFNONREF", "HARBOUR BAKERY", ":61:2802300229CR60,00N051NONREF")
    assert [(one.amount, one.day, one.booked) for one in entries(read(text))] == [
        (24000, date(2026, 11, 13), date(2026, 11, 13)),
        (6000, date(2028, 2, 29), date(2028, 2, 29)),
    ]


def test_an_interim_mt942_is_not_booked() -> None:
    text = (
        ":20:X\n:25:BE68539007547034\n:28C:1\n:34F:EUR0,\n:61:2611021102C100,00NTRFNONREF\n:86:hello\n:90C:1EUR100,\n-"
    )
    assert read(text).statements[0].interim == "An interim report (MT942)"


def test_an_impossible_date_is_refused_by_its_line_and_the_rest_stays() -> None:
    reading = read(mt940(":61:2613021102C60,00NTRFNONREF", ":61:2611021102C100,00NTRFNONREF"))
    assert [(one.line, one.reason) for one in reading.rejected] == [(5, "is not a date")]
    assert [one.amount for one in entries(reading)] == [10000]


OFX = """OFXHEADER:100
DATA:OFXSGML

<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>EUR<BANKACCTFROM><ACCTID>123</BANKACCTFROM><BANKTRANLIST>
<STMTTRN><TRNTYPE>CREDIT<DTPOSTED>20261102120000[-5:EST]<TRNAMT>100.50<FITID>F1<NAME>Acme &amp; Co<MEMO>Invoice 7
<STMTTRN><TRNTYPE>DEBIT<DTPOSTED>20261103<TRNAMT>-20,00<FITID>F2<NAME>Rent
</BANKTRANLIST></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>"""


def test_ofx_without_closing_tags_and_with_either_decimal_sign() -> None:
    first, second = entries(read(OFX))
    assert (first.day, first.amount, first.payer, first.text, first.bank_ref) == (
        date(2026, 11, 2),
        10050,
        "Acme & Co",
        "Invoice 7",
        "F1",
    )
    assert second.amount == -2000
    closed = OFX.replace("<TRNTYPE>CREDIT", "<TRNTYPE>CREDIT</TRNTYPE>").replace("<FITID>F1", "<FITID>F1</FITID>")
    assert entries(read(closed)) == [first, second]
    with pytest.raises(ArtermError, match="General error"):
        read(
            "<OFX><SIGNONMSGSRSV1><SONRS><STATUS><CODE>2000<SEVERITY>ERROR<MESSAGE>General"
            " error</STATUS></SONRS></SIGNONMSGSRSV1></OFX>"
        )


def test_qif_names_no_currency_and_says_so() -> None:
    reading = read("!Type:Bank\nD15/11'26\nT1,250.00\nPAcme\nMInvoice 7\n^\nD16/11/2026\nT-20.00\n^\n")
    assert [(one.day, one.amount, one.payer) for one in entries(reading)] == [
        (date(2026, 11, 15), 125000, "Acme"),
        (date(2026, 11, 16), -2000, ""),
    ]
    assert "QIF names no currency: taken as EUR." in reading.notes


def coda() -> str:
    def rec(text: str) -> str:
        return text.ljust(128)[:128]

    header = rec("0000002112672505")
    old = rec("12" + "001" + "BE68539007547034".ljust(34) + "EUR" + "0" + "000000001000000" + "011126")
    move = rec(
        "21"
        + "0001"
        + "0000"
        + "BANKREF".ljust(21)
        + "0"
        + "000000000100000"
        + "031126"
        + "00150000"
        + "1"
        + "101"
        + "090933755493"
        + " " * 38
        + "021126"
    )
    more = rec("22" + "0001" + "0000" + " " * 53 + "CUSTREF")
    third = rec("23" + "0001" + "0000" + "BE71096123456769 EUR".ljust(37) + "CAFE ZUID".ljust(35))
    new = rec("8" + "001" + "BE68539007547034".ljust(34) + "EUR" + "0" + "000000001100000" + "031126")
    return "\n".join((header, old, move, more, third, new, rec("9")))


def test_coda_reads_the_fixed_places_and_the_structured_communication() -> None:
    reading = read(coda())
    (one,) = entries(reading)
    assert (one.amount, one.day, one.booked, one.reference, one.payer, one.account) == (
        10000,
        date(2026, 11, 3),
        date(2026, 11, 2),
        "090933755493",
        "CAFE ZUID",
        "BE71096123456769",
    )
    assert (reading.statements[0].opening, reading.statements[0].closing, reading.warnings) == (100000, 110000, [])


@pytest.mark.parametrize(("parts", "amounts"), [((60, 40), [6000, 4000]), ((60, 30), [10000])])
def test_an_entry_of_several_payments_is_split_where_they_add_up_to_it(
    parts: tuple[int, int], amounts: list[int]
) -> None:
    whole = coda().split("\n")
    each = [
        line
        for n, amount in enumerate(parts, 1)
        for line in (
            whole[2][:6] + f"{n:04}" + whole[2][10:32] + f"{amount * 1000:015}" + whole[2][47:62] + whole[2][62:],
            f"230001{n:04}" + f"BE{n}1096123456769 EUR".ljust(37) + f"Klant {n}".ljust(35).ljust(81),
            f"310001{n:04}" + " " * 30 + f"text of {n}".ljust(88),
        )
    ]
    found = entries(read("\n".join([*whole[:5], *each, *whole[5:]])))
    assert [one.amount for one in found] == amounts
    if len(amounts) == 2:
        assert [one.payer for one in found] == ["Klant 1", "Klant 2"]
        assert "text of 2" in found[1].text


def test_a_list_of_bills_to_pay_is_no_statement() -> None:
    with pytest.raises(ArtermError, match="suppliers"):
        read("Date,Vendor,Bill Number,Bill Amount,Amount,Memo\n2026-11-02,Ashby,A1,10.00,10.00,steel\n")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            (
                "Datum;Naam / Omschrijving;Rekening;Tegenrekening;Af Bij;Bedrag (EUR);Mededelingen\n20261102;A."
                " Klant;NL01X;NL02Y;Bij;1.250,00;nota 7\n20261102;Huur;NL01X;;Af;20,00;\n"
            ),
            [(125000, "A. Klant", "NL02Y", "nota 7"), (-2000, "Huur", "", "")],
        ),
        (
            (
                "Date,Transaction Description,Debit Amount,Credit Amount,Balance\n15/11/2026,ACME"
                " LTD,,2450.00,3450.00\n16/11/2026,RENT,20.00,,3430.00\n"
            ),
            [(245000, "", "", "ACME LTD"), (-2000, "", "", "RENT")],
        ),
        (
            (
                "Buchungstag;Valutadatum;Verwendungszweck;Beguenstigter/Zahlungspflichtiger;Kontonummer/IBAN;Betrag;Waehrung;Info\n"
                "15.11.26;15.11.26;RE"
                " 7;Muster;DE1;1.190,00;EUR;Umsatz gebucht\n;;RE 8;Muster;DE1;5,00;EUR;Umsatz vorgemerkt\n"
            ),
            [(119000, "Muster", "DE1", "RE 7")],
        ),
        (
            '15/11/2026,ACME LTD,"£2,450.00"\n16/11/2026,RENT,-£20.00\n',
            [(245000, "", "", "ACME LTD"), (-2000, "", "", "RENT")],
        ),
        (
            (
                "Type,Product,Started Date,Completed"
                " Date,Description,Amount,Fee,Currency,State,Balance\nT,C,2026-11-15,2026-11-15"
                " 10:00:00,pay,100,1,EUR,COMPLETED,99\nT,C,2026-11-16,2026-11-16,p,5,0,EUR,PENDING,\n"
            ),
            [(9900, "", "", "pay")],
        ),
        (
            "Date;Amount;S/H;Payee;Reference\n11/15/2026;100.00;H;Kunde;Invoice 7\n11/16/2026;12.50;S;Kiosk;Coffee\n",
            [(10000, "Kunde", "", "Invoice 7"), (-1250, "Kiosk", "", "Coffee")],
        ),
    ],
    ids=["sign letter", "two columns", "pending", "no header", "fee and state", "flag"],
)
def test_exports_of_banks_are_known_by_their_columns(text: str, expected: list[tuple[int, str, str, str]]) -> None:
    reading = read(text)
    assert reading.kind == "statements"
    assert [(one.amount, one.payer, one.account, one.text) for one in entries(reading)] == expected


def test_balances_tell_when_a_bank_writes_money_in_as_debit() -> None:
    text = (
        "Date,Label,Debit,Credit,Balance\n15/11/2026,a,100.00,,1100.00\n16/11/2026,b,,50.00,1050.00\n"
        "17/11/2026,c,25.00,,1075.00\n"
    )
    reading = read(text)
    assert [one.amount for one in entries(reading)] == [10000, -5000, 2500]
    assert "money in as debit" in reading.notes[-1]


def test_a_table_of_invoices_is_no_statement() -> None:
    assert read("Invoice,Customer,Date,Due,Amount\nR1,Acme,2026-10-01,2026-10-31,100.50\n").kind == "invoices"


def zipped(**files: bytes) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return held.getvalue()


def test_archives_are_opened_one_level_deep_and_bounded() -> None:
    found = read_any(zipped(a=OFX.encode(), b=camt(ntry("100.00")).encode()), "x.zip", HABITS)
    assert [(name, reading.kind) for name, reading in found] == [("x.zip/a", "statements"), ("x.zip/b", "statements")]
    with pytest.raises(ArtermError, match="archive within"):
        read_any(zipped(inner=zipped(a=b"x")), "x.zip", HABITS)
    with pytest.raises(ArtermError, match="larger than 100 MB"):
        read_any(zipped(bomb=b"\0" * (101 * 2**20)), "x.zip", HABITS)
    with pytest.raises(ArtermError, match="damaged"):
        read_any(b"PK\x03\x04garbage", "x.zip", HABITS)


@pytest.mark.parametrize("content", [camt(""), OFX, mt940(), coda(), "!Type:Bank\n", "%PDF-1.7", "PK\x03\x04"])
def test_only_plain_tables_are_read_in_this_process(content: str) -> None:
    assert not is_plain(content.encode("latin-1", "replace"))
    assert is_plain(b"Invoice,Customer\n1,2\n")


@given(
    st.binary(max_size=400),
    st.sampled_from(
        [b"", b":20:X\n:61:", b"<OFX>", b"!Type:Bank\n", b"<Document>", b"0000011101772505", b"PK\x03\x04", b"%PDF-1.4"]
    ),
)
def test_whatever_bytes_come_something_is_said(content: bytes, start: bytes) -> None:
    try:
        found = read_any(start + content, "any", HABITS)
    except ArtermError as error:
        assert error.message
    else:
        assert all(reading.kind for _, reading in found)


def test_a_file_that_is_damaged_within_an_archive_is_refused_in_words() -> None:
    whole = zipped(**{"a.csv": bytes(range(256)) * 40})
    at = whole.index(b"a.csv") + 5
    with pytest.raises(ArtermError, match="cannot be unpacked"):
        read_any(whole[:at] + b"\xff" * 40 + whole[at + 40 :], "x.zip", HABITS)


def test_a_nameless_file_in_an_archive_is_passed_over() -> None:
    whole = zipped(a=b"x")
    at = whole.rindex(b"PK\x01\x02")
    nameless = whole[: at + 28] + b"\0\0" + whole[at + 30 :]
    with pytest.raises(ArtermError):
        read_any(nameless, "x.zip", HABITS)
