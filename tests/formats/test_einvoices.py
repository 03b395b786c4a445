"""E-invoices of every family: what is owed, by whom, until when; whose bill it is; credit notes; refusals in words."""

from __future__ import annotations

import io
from datetime import date, timedelta
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arterm.formats.detect import is_plain, read_any
from arterm.formats.records import InvoiceRecord, Reading
from arterm.formats.tables.column_mapping import ReadingHabits
from arterm.rules.errors import ArtermError
from arterm.rules.number_style import COMMA

HABITS = ReadingHabits("CHF", COMMA, month_first=False, today=date(2026, 11, 22), terms_days=21)
OASIS = "urn:oasis:names:specification:ubl:schema:xsd"


def read(content: str | bytes, name: str = "file") -> Reading:
    raw = content.encode() if isinstance(content, str) else content
    ((_, reading),) = read_any(raw, name, HABITS)
    return reading


def invoice(content: str | bytes) -> InvoiceRecord:
    (one,) = read(content).invoices
    return one


def in_pdf(xml: str, name: str = "factur-x.xml") -> bytes:
    """A page with an invoice attached to it."""
    from pypdf import PdfWriter

    held, paper = io.BytesIO(), PdfWriter()
    paper.add_blank_page(200, 200)
    paper.add_attachment(name, xml.encode())
    paper.write(held)
    return held.getvalue()


def tag(path: str, *inside: str) -> str:
    """One element, or several within each other; an empty one is there, and says nothing."""
    name, _, below = path.partition("/")
    return f"<{name}>{tag(below, *inside) if below else ''.join(inside)}</{name.split()[0]}>"


def ubl(
    root: str = "Invoice",
    code: str = "380",
    total: str = "1210.00",
    payable: str = "1210.00",
    prepaid: str = "",
    due: str = "2026-11-16",
    terms: str = "",
    currency: str = "EUR",
    number: str = "2026-0143",
    means: str = "",
) -> str:
    def party(role: str, name: str, vat: str, more: str = "") -> str:
        legal = tag("c:PartyLegalEntity/b:RegistrationName", name)
        return tag(f"c:{role}/c:Party", more, tag("c:PartyTaxScheme/b:CompanyID", vat), legal)

    where = tag(
        "c:PostalAddress",
        tag("b:StreetName", "Kaai 7"),
        tag("b:CityName", "Gent"),
        tag("b:PostalZone", "9000"),
        tag("c:Country/b:IdentificationCode", "BE"),
    ) + tag("c:Contact/b:ElectronicMail", "a@zuid.be")
    amounts = {"TaxExclusive": "1000.00", "TaxInclusive": total, "Prepaid": prepaid, "Payable": payable}
    spaces = f'xmlns="{OASIS}:{root}-2" xmlns:b="{OASIS}:CommonBasic-2" xmlns:c="{OASIS}:CommonAggregate-2"'
    return '<?xml version="1.0" encoding="UTF-8"?>' + tag(
        f"{root} {spaces}",
        tag("b:ID", number),
        tag("b:IssueDate", "2026-10-17"),
        tag("b:DueDate", due) if due else "",
        tag(f"b:{root}TypeCode", code),
        tag("b:DocumentCurrencyCode", currency),
        tag("c:BillingReference/c:InvoiceDocumentReference/b:ID", "2026-0099"),
        party("AccountingSupplierParty", "Atelier Noord", "BE0403170701"),
        party("AccountingCustomerParty", "Café Zuid", "BE0539007547", where),
        tag("c:PaymentMeans", tag("b:PaymentDueDate", means), tag("b:PaymentID", "K-12")),
        tag("c:PaymentTerms/b:Note", terms),
        tag("c:LegalMonetaryTotal", *(tag(f"b:{name}Amount", value) for name, value in amounts.items())),
    )


def cii(
    code: str = "380", total: str = "119.00", payable: str = "119.00", due: str = "20261101", terms: str = ""
) -> str:
    tax, day = "r:SpecifiedTaxRegistration/r:ID schemeID", 'u:DateTimeString format="102"'
    seller = tag("r:Name", "Werkstatt Nord") + tag(f'{tax}="FC"', "20112340123") + tag(f'{tax}="VA"', "DE136695976")
    where = (
        tag("r:PostcodeCode", "80331")
        + tag("r:LineOne", "Tal 1")
        + tag("r:CityName", "München")
        + tag("r:CountryID", "DE")
    )
    return tag(
        'x:CrossIndustryInvoice xmlns:x="urn:un:invoice:100" xmlns:r="urn:un:parts:100" xmlns:u="urn:un:types:100"',
        tag(
            "x:ExchangedDocument",
            tag("r:ID", "RE-7"),
            tag("r:TypeCode", code),
            tag(f"r:IssueDateTime/{day}", "20261002"),
        ),
        tag(
            "x:SupplyChainTradeTransaction",
            tag(
                "r:ApplicableHeaderTradeAgreement",
                tag("r:SellerTradeParty", seller),
                tag("r:BuyerTradeParty", tag("r:Name", "Muster GmbH"), tag("r:PostalTradeAddress", where)),
            ),
            tag(
                "r:ApplicableHeaderTradeSettlement",
                tag("r:PaymentReference", "K-12"),
                tag("r:InvoiceCurrencyCode", "EUR"),
                tag("r:SpecifiedTradePaymentTerms", tag("r:Description", terms), tag(f"r:DueDateDateTime/{day}", due)),
                tag(
                    "r:SpecifiedTradeSettlementHeaderMonetarySummation",
                    tag("r:LineTotalAmount", "100.00"),
                    tag("r:GrandTotalAmount", total),
                    tag("r:DuePayableAmount", payable),
                ),
                tag("r:InvoiceReferencedDocument/r:IssuerAssignedID", "RE-6"),
            ),
        ),
    )


def body(number: str, kind: str = "TD01", total: str = "1220.00", **parts: str) -> str:
    pay = (
        tag("DataScadenzaPagamento", f"2026-{day[1:3]}-{day[3:]}") + tag("ImportoPagamento", part)
        for day, part in (parts or {"d1130": total}).items()
    )
    facts = {"TipoDocumento": kind, "Divisa": "EUR", "Data": "2026-10-31", "Numero": number}
    facts["ImportoTotaleDocumento"] = total
    return tag(
        "FatturaElettronicaBody",
        tag("DatiGenerali/DatiGeneraliDocumento", *(tag(*one) for one in facts.items())),
        tag("DatiBeniServizi/DatiRiepilogo", tag("ImponibileImporto", "1000.00"), tag("Imposta", "220.00")),
        tag("DatiPagamento", *(tag("DettaglioPagamento", one) for one in pay)),
    )


def fattura(*bodies: str) -> str:
    vat = tag("IdFiscaleIVA", tag("IdPaese", "IT"), tag("IdCodice", "00743110157"))
    person = tag("CodiceFiscale", "RSSMRA80A01H501U") + tag("Anagrafica", tag("Nome", "Maria"), tag("Cognome", "Rossi"))
    where = {"Indirizzo": "Via Roma", "NumeroCivico": "3", "CAP": "00185", "Comune": "Roma", "Nazione": "IT"}
    seat = tag("Sede", *(tag(*one) for one in where.items()))
    return tag(
        'p:FatturaElettronica xmlns:p="urn:ivaservizi:v1.2"',
        tag(
            "FatturaElettronicaHeader",
            tag("CedentePrestatore/DatiAnagrafici", vat, tag("Anagrafica/Denominazione", "Bottega Nord")),
            tag("CessionarioCommittente", tag("DatiAnagrafici", person), seat),
        ),
        *bodies,
    )


@pytest.mark.parametrize(
    ("content", "profile", "facts", "buyer"),
    [
        (
            ubl(),
            "UBL",
            ("2026-0143", date(2026, 10, 17), date(2026, 11, 16), "EUR", 121000, "K-12"),
            ("Café Zuid", "Kaai 7", "9000", "Gent", "BE"),
        ),
        (
            cii(),
            "CII",
            ("RE-7", date(2026, 10, 2), date(2026, 11, 1), "EUR", 11900, "K-12"),
            ("Muster GmbH", "Tal 1", "80331", "München", "DE"),
        ),
        (
            fattura(body("41/A")),
            "FatturaPA",
            ("41/A", date(2026, 10, 31), date(2026, 11, 30), "EUR", 122000, ""),
            ("Maria Rossi", "Via Roma 3", "00185", "Roma", "IT"),
        ),
    ],
    ids=["ubl", "cii", "fatturapa"],
)
def test_an_invoice_says_what_is_owed_by_whom_until_when(
    content: str, profile: str, facts: tuple[object, ...], buyer: tuple[str, ...]
) -> None:
    reading = read(content)
    (one,) = reading.invoices
    assert (one.number, one.issued, one.due, one.currency, one.total, one.reference) == facts
    assert (one.party.name, one.party.street, one.party.postcode, one.party.city, one.party.country) == buyer
    assert (one.kind, one.paid, one.settled, one.due_from) == ("invoice", None, None, "")
    assert (reading.kind, reading.profile, reading.rejected, reading.warnings) == ("invoices", profile, [], [])
    assert not is_plain(content.encode())  # never read beside the book


def test_the_issuer_is_told_from_the_buyer_in_every_family() -> None:
    belgian, german, italian = invoice(ubl()), invoice(cii()), invoice(fattura(body("1")))
    issuers = [one.seller.name for one in (belgian, german, italian) if one.seller]
    assert issuers == ["Atelier Noord", "Werkstatt Nord", "Bottega Nord"]
    assert belgian.seller_ids == ("BE0403170701",)
    assert german.seller_ids == ("20112340123", "DE136695976")
    assert italian.seller_ids == ("IT00743110157", "00743110157")  # some write the country before, some do not
    assert (belgian.party.vat_no, belgian.party.mail) == ("BE0539007547", "a@zuid.be")
    assert german.seller is not None
    assert (german.seller.vat_no, german.party.vat_no) == ("DE136695976", "")  # the tax number is no VAT number


@pytest.mark.parametrize(
    ("terms", "due", "due_from", "words"),
    [
        ("Betaling binnen 14 dagen", date(2026, 10, 31), "terms", "time to pay by the words"),
        ("10 Tage 2% Skonto, 30 Tage netto", date(2026, 11, 16), "terms", "time to pay by the words"),
        ("2,00 % Skonto in 45 Tagen, sonst 14 Tage netto", date(2026, 10, 31), "terms", "time to pay by the words"),
        ("Zahlbar bis zum 05.11.2026", date(2026, 11, 5), "terms", "due day by the words"),
        ("bis 24.10.2026 2% Skonto, netto bis 05.11.2026", date(2026, 11, 5), "terms", "due day by the words"),
        ("Payable until 2026-11-05", date(2026, 11, 5), "terms", "due day by the words"),
        ("Thank you", date(2026, 11, 7), "default", "21 days are taken"),
        ("900 days of warranty", date(2026, 11, 7), "default", "21 days are taken"),
    ],
)
def test_without_a_due_day_the_terms_tell_else_the_usual_days(terms: str, due: date, due_from: str, words: str) -> None:
    reading = read(ubl(due="", terms=terms))
    assert [(one.due, one.due_from) for one in reading.invoices] == [(due, due_from)]
    ((field, reason),) = [(one.field, one.reason) for one in reading.warnings]
    assert field == "due"
    assert words in reason


def test_a_due_day_that_is_given_outweighs_the_words_wherever_it_stands() -> None:
    assert invoice(ubl(due="", means="2026-12-01", terms="14 dagen")).due == date(2026, 12, 1)
    assert invoice(cii(due="20261224", terms="14 Tage")).due == date(2026, 12, 24)
    assert invoice(cii(due="", terms="14 Tage")).due == date(2026, 10, 16)


@pytest.mark.parametrize(
    ("content", "total", "paid"),
    [
        (ubl(prepaid="210", payable="1000"), 121000, 21000),
        (ubl(prepaid="1210.00", payable="0"), 121000, 121000),
        (ubl(prepaid="1300.00", payable="-90.00"), 121000, 121000),
        (cii(payable="19.00"), 11900, 10000),
        (fattura(body("1", d1130="1020.00")), 122000, 20000),
    ],
)
def test_what_was_prepaid_is_paid_and_the_total_stays(content: str, total: int, paid: int) -> None:
    one = invoice(content)
    assert (one.total, one.paid, one.settled) == (total, paid, one.issued)


def test_more_to_pay_than_the_invoice_is_an_earlier_debt_and_told() -> None:
    reading = read(ubl(payable="1500.00"))
    assert [(one.total, one.paid) for one in reading.invoices] == [(121000, None)]
    assert [(one.value, one.field) for one in reading.warnings] == [("1500.00", "total")]


@pytest.mark.parametrize(
    ("content", "total", "original"),
    [
        (ubl(code="381"), 121000, "2026-0099"),
        (ubl("CreditNote"), 121000, "2026-0099"),
        (ubl("CreditNote", total="-1210.00"), 121000, "2026-0099"),
        (ubl(total="-5", payable="-5"), 500, "2026-0099"),
        (ubl(code="384", total="-5.00", payable="-5.00"), 500, "2026-0099"),
        (cii("381"), 11900, "RE-6"),
        (cii(total="-119.00", payable="-119.00"), 11900, "RE-6"),
        (fattura(body("1", "TD04")), 122000, ""),
    ],
    ids=["code", "root", "root and sign", "sign", "correction by sign", "cii code", "cii sign", "TD04"],
)
def test_a_credit_note_is_known_by_its_code_its_root_or_its_sign(content: str, total: int, original: str) -> None:
    one = invoice(content)
    assert (one.kind, one.total, one.paid, one.original) == ("credit_note", total, None, original)


def test_a_correction_is_an_invoice_and_says_what_it_replaces() -> None:
    reading = read(ubl(code="384"))
    assert [(one.kind, one.total) for one in reading.invoices] == [("invoice", 121000)]
    assert "replaces invoice 2026-0099" in reading.warnings[0].reason


def test_an_older_zugferd_has_other_names_for_its_upper_levels() -> None:
    old = cii()
    for new_name, name in (
        ("IndustryInvoice", "IndustryDocument"),
        ("x:Exch", "x:HeaderExch"),
        ("x:Supply", "x:SpecifiedSupply"),
        ("r:ApplicableHeader", "r:ApplicableSupplyChain"),
        ("SettlementHeaderMonetary", "SettlementMonetary"),
    ):
        assert new_name in old
        old = old.replace(new_name, name)
    assert invoice(old) == invoice(cii())


def test_every_body_of_a_fattura_is_an_invoice_and_a_bad_one_spoils_no_other() -> None:
    reading = read(
        fattura(body("1"), body(""), body("3", "TD04", "61.00"), body("4", total="", d1130="610.00", d1231="610.00"))
    )
    assert [(one.line, one.number, one.kind, one.total) for one in reading.invoices] == [
        (1, "1", "invoice", 122000),
        (3, "3", "credit_note", 6100),
        (4, "4", "invoice", 122000),
    ]
    assert (reading.read, [(one.line, one.reason) for one in reading.rejected]) == (4, [(2, "has no number")])
    assert {one.party.name for one in reading.invoices} == {"Maria Rossi"}
    assert (reading.invoices[2].due, reading.invoices[2].paid) == (date(2026, 12, 31), None)  # the last part counts


@pytest.mark.parametrize(
    ("content", "field", "words"),
    [
        (ubl(number=" "), "number", "has no number"),
        (ubl().replace("Café Zuid", ""), "customer", "names no buyer"),
        (ubl(currency="XQQ"), "currency", "has no currency that arterm knows ('XQQ')"),
        (cii().replace("20261002", "20261302"), "issued", "has no day of issue ('20261302')"),
        (ubl(total="1.210,00", payable=""), "total", "has no total"),
    ],
)
def test_what_an_invoice_cannot_do_without_is_named(content: str, field: str, words: str) -> None:
    reading = read(content)
    assert reading.invoices == []
    assert [(one.field, one.reason) for one in reading.rejected] == [(field, words)]


def test_nothing_owed_is_left_out_and_amounts_follow_their_currency() -> None:
    reading = read(ubl(total="0.00", payable="0.00"))
    assert (reading.invoices, reading.warnings[0].reason) == ([], "is for nothing; left out")
    assert invoice(ubl(currency="JPY", total="1210", payable="1210")).total == 1210
    assert invoice(ubl(currency="KWD", total="1.2345", payable="1.2345")).total == 1235
    assert invoice(ubl(total="", payable="7")).total == 700


ENTITY = ubl().replace("?>", "?><!DOCTYPE Invoice [<!ENTITY x SYSTEM 'file:///etc/hosts'>]>").replace("Café", "&x;")


@pytest.mark.parametrize(
    ("content", "code", "words"),
    [
        (ENTITY, "bad_xml", "entities of its own"),
        ("<!doctype a>" + cii(), "bad_xml", "entities of its own"),
        (ENTITY.replace("UTF-8", "UTF-16").encode("utf-16"), "bad_xml", "entities of its own"),
        (ubl().replace("UTF-8", "UTF-7"), "bad_xml", "nothing can read"),
        (ubl()[:-9], "bad_xml", "is broken"),
        (cii().replace("München", "M&uuml;nchen"), "bad_xml", "is broken"),
        (ubl() + ubl(), "bad_xml", "is broken"),
        (ubl().replace(OASIS, "urn:other"), "no_invoice", "no invoice.*'Invoice'"),
        (tag(f'Order xmlns="{OASIS}:Order-2"'), "no_invoice", "This is an order"),
    ],
    ids=["entity", "doctype", "wide", "encoding", "cut off", "unknown entity", "two roots", "another space", "order"],
)
def test_what_cannot_be_read_is_refused_in_words(content: str | bytes, code: str, words: str) -> None:
    with pytest.raises(ArtermError, match=words) as refused:
        read(content, "bill.xml")
    assert (refused.value.code, refused.value.where.split(",")[0]) == (code, "bill.xml")
    assert refused.value.hint


def test_a_wide_encoding_or_a_mark_before_the_text_changes_nothing() -> None:
    assert invoice(ubl().replace("UTF-8", "UTF-16").encode("utf-16")) == invoice(ubl())
    assert invoice(b"\xef\xbb\xbf" + ubl().encode()) == invoice(ubl())
    assert invoice(ubl().replace("UTF-8", "ISO-8859-1").encode("latin-1")).party.name == "Café Zuid"


FAMILIES = [ubl(), ubl("CreditNote", due="", terms="14 dagen"), cii(terms="14 Tage"), fattura(body("1"), body("2"))]


@given(st.sampled_from(FAMILIES), st.integers(min_value=0, max_value=200))
def test_whatever_element_is_missing_something_is_said(content: str, n: int) -> None:
    root = ET.fromstring(content.encode())
    pairs = [(parent, child) for parent in root.iter() for child in parent]
    parent, child = pairs[n % len(pairs)]
    parent.remove(child)
    try:
        reading = read(ET.tostring(root))
    except ArtermError as error:
        assert error.message
    else:
        assert len(reading.invoices) + len(reading.rejected) == reading.read >= 1
        assert all(one.party.name and one.number and one.total > 0 for one in reading.invoices)
        assert all(one.reason and one.field for one in reading.rejected)


@pytest.mark.parametrize(
    ("terms", "due"),
    [
        ("30 Tage netto, bis zum 24.10.2026 2% Skonto", date(2026, 11, 16)),
        ("1.5% interest after 90 days, payable within 30 days", date(2026, 11, 16)),
        ("Net 60", date(2026, 12, 16)),
        ("Zahlbar innerhalb von 14 Tagen", date(2026, 10, 31)),
        ("Zahlbar bis zum 05.11.2026", date(2026, 11, 5)),
        ("2% discount within 10 days", None),
    ],
)
def test_terms_in_words_give_the_day_that_all_is_due_and_not_a_discounts(terms: str, due: date | None) -> None:
    (one,) = read(ubl(due="", terms=terms)).invoices
    assert (one.due, one.due_from) == (
        (due, "terms") if due else (one.issued + timedelta(days=HABITS.terms_days), "default")
    )


def test_what_was_prepaid_is_paid_also_where_no_sum_to_pay_is_told() -> None:
    (one,) = read(ubl(prepaid="210.00", payable="")).invoices
    assert one.paid == 21000


def test_days_and_sums_beyond_reason_are_refused_or_left_alone() -> None:
    assert read(ubl(due="").replace("2026-10-17", "9999-12-31")).rejected
    assert isinstance(read(fattura(body("1", d1130="sNaN"))), Reading)
    with pytest.raises(ArtermError, match="no invoice in this document"):
        read(fattura())


def test_an_invoice_within_a_pdf_is_the_same_invoice_whatever_the_attachment_is_called() -> None:
    for name in ("factur-x.xml", "../../etc/invoice.XML"):
        assert invoice(in_pdf(cii(), name)) == invoice(cii())
    with pytest.raises(ArtermError, match="no electronic invoice"):
        read(in_pdf("not xml", "notes.txt"))
    with pytest.raises(ArtermError, match="is broken"):
        read(in_pdf(cii()[:300]))
