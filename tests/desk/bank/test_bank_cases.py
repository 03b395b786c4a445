"""The acceptance cases of bank statements and debits, one test each, named by the case; where arterm differs, the
reason stands below.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from arterm.desk.accounts import invoices
from arterm.desk.bank import lines, matching
from arterm.desk.business.settings import change_settings
from arterm.desk.dunning.run import plan_run
from arterm.desk.importing.run import Wishes, commit, read
from arterm.desk.importing.views import ImportReport
from arterm.desk.payments import payments
from arterm.desk.payments.payments import CreditDraft, book_credit
from arterm.desk.session import Desk
from arterm.rules.errors import ArtermError
from arterm.rules.money import Money
from tests.conftest import TODAY, customer, invoice
from tests.formats.test_statements import camt, coda, entries, mt940, ntry
from tests.formats.test_statements import read as read_text

CASES = "BK-01 BK-02 BK-04 BK-05 BK-07 BK-08 BK-10 BK-11 BK-13 DD-01 DD-03 RR-10 RR-11"
DIFFERS = {
    "BK-10 BK-11": (
        "there are no ledger accounts to split over: a receipt is for debts, and what is left stays with the customer"
    )
}


def test_every_case_is_a_test_or_differs_for_a_reason() -> None:
    here = {
        name[5:].replace("_", "-")[:5].upper() for name in list(globals()) if re.match(r"test_(bk|dd|rr)_\d\d", name)
    }
    assert here | {case for cases in DIFFERS for case in cases.split()} == set(CASES.split())


def bring(desk: Desk, path: Path, text: str) -> ImportReport:
    path.write_text(text)
    return commit(desk, read(desk, [path], Wishes("statements")))


def balance(desk: Desk, row: int) -> int:
    return invoices.view(desk, row).balance.minor


def learn(desk: Desk, tmp_path: Path, who: int, account: str) -> None:
    """An earlier receipt told whose the account is."""
    bring(
        desk,
        tmp_path / f"{who}.csv",
        f"Date,Amount,Currency,Counterparty name,Counterparty account,Description\n2026-10-05,1.00,EUR,X,{account},x\n",
    )
    matching.book_for(desk, lines.lines(desk)[0].id, who)


def test_bk_01_a_table_with_decimal_commas_finds_customers_by_account_and_by_name(desk: Desk, tmp_path: Path) -> None:
    by_account, by_name = customer(desk, "Alpha Works"), customer(desk, "Beta Trading")
    learn(desk, tmp_path, by_account, "BE71096123456769")
    invoice(desk, by_account, "A1", 900000)
    invoice(desk, by_name, "B1", 800000)
    text = (
        "Datum;Bedrag;Naam tegenpartij;Rekening tegenpartij;Mededeling\n20/11/2026;1.000,50;;BE71096123456769;een\n"
        "20/11/2026;33,00;Beta Trading;;twee\n21/11/2026;-20,00;Huur;;drie\n"
    )
    assert [one.amount for one in entries(read_text(text))] == [100050, 3300, -2000]
    bring(desk, tmp_path / "b.csv", text)
    assert [
        (one.amount.minor, one.words, matching.suggestions(desk, one.id)[0].customer) for one in lines.lines(desk)
    ] == [(100050, "een", "Alpha Works"), (3300, "twee", "Beta Trading")]


def test_bk_02_mt940_keeps_its_words_and_finds_the_customer_by_account(desk: Desk, tmp_path: Path) -> None:
    who = customer(desk, "Alpha Works")
    learn(desk, tmp_path, who, "DE02120300000000202051")
    invoice(desk, who, "A1", 90000)
    text = mt940(
        ":61:2611021102C100,00NTRFNONREF//B1", ":86:166?20SVWZ+thanks a lot?31DE02120300000000202051?32Somebody"
    )
    bring(desk, tmp_path / "s.sta", text)
    (held,) = lines.lines(desk)
    assert (held.amount, held.day, held.text) == (Money(10000, "EUR"), date(2026, 11, 2), "thanks a lot")
    assert matching.suggestions(desk, held.id)[0].customer == "Alpha Works"


def test_bk_04_camt_money_out_keeps_its_day_party_and_words() -> None:
    words = (
        "<TxDtls><RltdPties><CdtrAcct><Id><IBAN>BE71096123456769</IBAN></Id></CdtrAcct></RltdPties><RmtInf><Ustrd>INV"
        " 2150135</Ustrd></RmtInf></TxDtls>"
    )
    (one,) = entries(read_text(camt(ntry("100.00", "DBIT", words), balances=("2000.00", "1900.00"))))
    assert (one.amount, one.booked, one.text) == (-10000, date(2026, 11, 2), "INV 2150135")


def test_bk_05_coda_is_one_line_with_its_day() -> None:
    (one,) = entries(read_text(coda()))
    assert (one.amount, one.day) == (10000, date(2026, 11, 3))


def test_bk_07_a_rest_that_nothing_explains_is_not_booked_and_bank_fees_are(desk: Desk, tmp_path: Path) -> None:
    who = customer(desk, "Alpha Works")
    row = invoice(desk, who, "2026-0077", 5200)
    text = "Date,Amount,Currency,Counterparty name,Description\n2026-11-20,50.00,EUR,Someone,2026-0077\n"
    bring(desk, tmp_path / "s.csv", text)
    assert balance(desk, row) == 5200
    change_settings(desk, {"match_limit": "2"})
    (held,) = lines.lines(desk)
    best = matching.suggestions(desk, held.id)[0]
    assert (best.difference, best.found.short) == ("small difference", 200)
    matching.book(desk, held.id, best.found)
    assert balance(desk, row) == 0
    assert desk.book.rows("SELECT kind, total FROM credit ORDER BY id") == [("receipt", 5000), ("write_off", 200)]


def test_bk_08_our_reference_in_the_words_leads_to_its_invoice(desk: Desk, tmp_path: Path) -> None:
    who = customer(desk, "Alpha Works")
    row = invoice(desk, who, "2026-0077", 5200)
    invoices.edit_invoice(desk, row, reference="RF92CUST001")
    text = "Date,Amount,Currency,Counterparty name,Description\n2026-11-20,52.00,EUR,Someone,Ref: RF92 CUST 001\n"
    bring(desk, tmp_path / "s.csv", text)
    assert (balance(desk, row), lines.lines(desk)) == (0, ())


def test_bk_13_no_more_lines_are_listed_than_asked_for(desk: Desk, tmp_path: Path) -> None:
    rows = "".join(f"2026-11-1{n},{n}.00,EUR,Someone,x{n}\n" for n in range(5))
    bring(
        desk, tmp_path / "s.csv", f"Date,Amount,Currency,Counterparty name,Description\n{rows}2026-11-17,9.00,EUR,A,b\n"
    )
    assert [len(lines.lines(desk, limit=n)) for n in (2, 3)] == [2, 3]


def test_dd_01_a_debit_under_way_hides_the_notice_until_it_fails_and_again_when_retried(desk: Desk) -> None:
    who = customer(desk, "Alpha Works", country="BE", kind="business")
    row = invoice(desk, who, "A1", 5000)
    credit = book_credit(desk, CreditDraft(who, Money(5000, "EUR"), TODAY, (row,))).id
    assert (balance(desk, row), plan_run(desk).letters) == (0, ())
    payments.bounce(desk, credit, TODAY)
    assert [line.found.id for letter in plan_run(desk).letters for line in letter.lines] == [row]
    book_credit(desk, CreditDraft(who, Money(5000, "EUR"), TODAY, (row,)))
    assert plan_run(desk).letters == ()


def test_dd_03_a_settlement_moved_to_another_invoice_opens_the_first(desk: Desk, tmp_path: Path) -> None:
    who = customer(desk, "Alpha Works")
    first, second = invoice(desk, who, "2026-0001", 10000), invoice(desk, who, "2026-0002", 10000)
    bring(
        desk,
        tmp_path / "s.csv",
        "Date,Amount,Currency,Counterparty name,Description\n2026-11-20,100.00,EUR,Alpha Works,2026-0001\n",
    )
    line = desk.book.one("SELECT id FROM statement_line")[0]
    assert (balance(desk, first), balance(desk, second)) == (0, 10000)
    matching.unmatch(desk, line)
    matching.book_for(desk, line, who, [second])
    assert (balance(desk, first), balance(desk, second)) == (10000, 0)


def test_rr_10_the_same_entry_in_two_statements_is_warned_of_and_taken_once(desk: Desk, tmp_path: Path) -> None:
    who = customer(desk, "Alpha Works")
    row = invoice(desk, who, "2026-0143", 10000)
    bring(desk, tmp_path / "s.sta", mt940(":61:2611031102C100,00NTRFNONREF//B1", ":86:2026-0143"))
    details = "<TxDtls><RmtInf><Ustrd>2026-0143</Ustrd></RmtInf></TxDtls>"
    again = bring(desk, tmp_path / "s.xml", camt(ntry("100.00", "CRDT", details)))
    assert ["not taken twice" in one.reason for file in again.files for one in file.warnings] == [True]
    assert (
        desk.book.one("SELECT count(*), sum(total) FROM credit WHERE void_act IS NULL") == (1, 10000)
        or balance(desk, row) == 10000
    )
    assert desk.book.one("SELECT count(*) FROM statement_line WHERE void_act IS NULL")[0] == 1


def test_rr_11_a_debit_that_fails_after_it_was_booked_opens_its_invoice(desk: Desk, tmp_path: Path) -> None:
    who = customer(desk, "Alpha Works")
    row = invoice(desk, who, "2026-0001", 10000)
    credit = book_credit(desk, CreditDraft(who, Money(10000, "EUR"), TODAY - timedelta(days=3), (row,))).id
    payments.bounce(desk, credit, TODAY)
    assert balance(desk, row) == 10000
    assert desk.book.one("SELECT free FROM credit WHERE id = ?", (credit,))[0] == 0
    with pytest.raises(ArtermError, match="bounced already"):
        payments.bounce(desk, credit, TODAY)
