"""The bank at the desk: statements once, receipts matched or waiting, money that went back, and everything taken back
as one.
"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from arterm.desk import undo
from arterm.desk.accounts import invoices
from arterm.desk.bank import lines, matching
from arterm.desk.importing.run import Wishes, commit, read
from arterm.desk.importing.views import ImportReport
from arterm.desk.session import Desk
from arterm.rules.errors import ArtermError
from arterm.rules.money import Money
from arterm.store.cases import find_inconsistencies
from arterm.store.verify import complaints
from tests.conftest import TODAY, customer, invoice

ONE = timedelta(days=1)
HEAD = "Date,Amount,Currency,Counterparty,Counterparty account,Description\n"


def eur(minor: int) -> Money:
    return Money(minor, "EUR")


def bring(desk: Desk, path: Path, *rows: str, kind: str = "statements") -> ImportReport:
    """Bring a bank's table in: day, amount, payer, account, words in each row."""
    path.write_text(HEAD + "".join(f"{row}\n" for row in rows))
    return commit(desk, read(desk, [path], Wishes(kind)))


def row(day: date, amount: str, payer: str = "", words: str = "", account: str = "") -> str:
    return f"{day.isoformat()},{amount},EUR,{payer},{account},{words}"


def open_of(desk: Desk, one: int) -> Money:
    return invoices.view(desk, one).balance


def whole(desk: Desk) -> None:
    assert find_inconsistencies(desk.book) == []
    assert list(complaints(desk.book)) == []


@pytest.fixture
def owed(desk: Desk) -> tuple[Desk, int, int]:
    who = customer(desk, "Café Zuid", country="BE", kind="business")
    return desk, who, invoice(desk, who, "2026-0143", 12100)


def test_a_certain_receipt_is_booked_with_its_day_and_one_undo_takes_all_back(
    owed: tuple[Desk, int, int], tmp_path: Path
) -> None:
    desk, who, due = owed
    report = bring(
        desk,
        tmp_path / "s.csv",
        row(TODAY - ONE, "121.00", "Café Zuid", "factuur 2026 - 0143", "BE71096123456769"),
        row(TODAY, "7.00", "Someone", "thanks"),
    )
    assert report.rejected == 0
    assert open_of(desk, due) == eur(0)
    (credit,) = desk.book.rows("SELECT customer, day, payer_account FROM credit WHERE void_act IS NULL")
    assert credit == (who, (TODAY - ONE).isoformat(), "BE71096123456769")
    assert [(one.amount, one.state) for one in lines.lines(desk)] == [(eur(700), "waiting")]
    undo.undo(desk)
    assert (open_of(desk, due), lines.lines(desk), lines.bank_state(desk).newest) == (eur(12100), (), None)
    whole(desk)


def test_the_same_file_again_is_nothing_new_and_two_equal_payments_are_two(
    owed: tuple[Desk, int, int], tmp_path: Path
) -> None:
    desk, _, _ = owed
    twice = [row(TODAY, "5.00", "Someone", "coffee")] * 2
    bring(desk, tmp_path / "s.csv", *twice)
    assert len(lines.lines(desk)) == 2
    again = bring(desk, tmp_path / "again.csv", *twice)
    assert len(lines.lines(desk)) == 2
    assert [(file.created, file.unchanged) for file in again.files] == [(0, 2)]
    bring(desk, tmp_path / "longer.csv", *twice, row(TODAY, "6.00", "Someone", "tea"))
    assert sorted(one.amount.minor for one in lines.lines(desk)) == [500, 500, 600]


def test_money_out_is_not_kept(owed: tuple[Desk, int, int], tmp_path: Path) -> None:
    desk, _, _ = owed
    bring(desk, tmp_path / "s.csv", row(TODAY, "-40.00", "Supplier", "flour"), row(TODAY, "5.00", "Someone", "coffee"))
    assert [one.amount for one in lines.lines(desk)] == [eur(500)]


def test_what_an_export_told_as_paid_gives_way_to_the_money_itself(owed: tuple[Desk, int, int], tmp_path: Path) -> None:
    desk, who, due = owed
    table = tmp_path / "payments.csv"
    table.write_text(f"Date,Customer,Invoice,Amount\n{TODAY - 3 * ONE},Café Zuid,2026-0143,121.00\n")
    commit(desk, read(desk, [table], Wishes("payments")))
    assert open_of(desk, due) == eur(0)
    bring(desk, tmp_path / "s.csv", row(TODAY, "121.00", "Café Zuid", "2026-0143"))
    held = desk.book.rows("SELECT kind, total FROM credit WHERE customer = ? AND void_act IS NULL", (who,))
    assert (held, open_of(desk, due)) == ([("receipt", 12100)], eur(0))
    whole(desk)


def test_an_unknown_receipt_waits_is_booked_by_hand_and_the_account_is_learned(
    owed: tuple[Desk, int, int], tmp_path: Path
) -> None:
    desk, who, due = owed
    other = invoice(desk, who, "2026-0200", 5000)
    bring(desk, tmp_path / "a.csv", row(TODAY, "121.00", "J. Peeters", "thanks", "BE68539007547034"))
    (held,) = lines.lines(desk)
    matching.book_for(desk, held.id, who, [due])
    assert open_of(desk, due) == eur(0)
    bring(desk, tmp_path / "b.csv", row(TODAY, "50.00", "J. Peeters", "2026-0200", "BE68539007547034"))
    assert (lines.lines(desk), open_of(desk, other)) == ((), eur(0))
    whole(desk)


def test_a_wrong_match_is_taken_back_and_never_made_again(owed: tuple[Desk, int, int], tmp_path: Path) -> None:
    desk, _, due = owed
    bring(desk, tmp_path / "s.csv", row(TODAY, "121.00", "Café Zuid", "2026-0143"))
    line = desk.book.one("SELECT id FROM statement_line")[0]
    matching.unmatch(desk, line)
    assert open_of(desk, due) == eur(12100)
    assert [one for one in matching.suggestions(desk, line) if any(n == "2026-0143" for n, _ in one.parts)] == []
    matching.book_certain(desk)
    assert open_of(desk, due) == eur(12100)
    whole(desk)


def test_what_lacks_a_little_is_written_off_under_its_name(owed: tuple[Desk, int, int], tmp_path: Path) -> None:
    from arterm.desk.business.settings import change_settings

    desk, _, due = owed
    change_settings(desk, {"match_limit": "1"})
    bring(desk, tmp_path / "s.csv", row(TODAY, "120.50", "Café Zuid", "2026-0143"))
    held = lines.lines(desk)
    if held:
        best = matching.suggestions(desk, held[0].id)[0]
        assert best.difference == "small difference"
        matching.book(desk, held[0].id, best.found)
    assert open_of(desk, due) == eur(0)
    rows = desk.book.rows("SELECT kind, total, note FROM credit WHERE void_act IS NULL ORDER BY id")
    assert [(kind, total) for kind, total, _ in rows] == [("receipt", 12050), ("write_off", 50)]
    assert rows[1][2] == "small difference"
    whole(desk)


def test_a_debit_that_the_bank_took_back_opens_what_it_had_settled(owed: tuple[Desk, int, int], tmp_path: Path) -> None:
    desk, _, due = owed
    bring(desk, tmp_path / "s.csv", row(TODAY - 5 * ONE, "121.00", "Café Zuid", "2026-0143", "BE71096123456769"))
    assert open_of(desk, due) == eur(0)
    camt = (
        '<?xml version="1.0"?><Document'
        ' xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkToCstmrStmt><GrpHdr/><Stmt><Acct><Id>'
        "<IBAN>BE1</IBAN></Id>"
        "</Acct><Ntry><Amt"
        f' Ccy="EUR">121.00</Amt><CdtDbtInd>DBIT</CdtDbtInd><RvslInd>true</RvslInd><Sts>BOOK</Sts>'
        f"<BookgDt><Dt>{TODAY}</Dt></BookgDt>"
        f"<ValDt><Dt>{TODAY}</Dt>"
        "</ValDt><NtryDtls><TxDtls><RltdPties><Dbtr><Nm>Café"
        " Zuid</Nm></Dbtr><DbtrAcct><Id><IBAN>BE71096123456769</IBAN></Id></DbtrAcct></RltdPties>"
        "</TxDtls></NtryDtls></Ntry></Stmt></BkToCstmrStmt></Document>"
    )
    (tmp_path / "r.xml").write_text(camt)
    commit(desk, read(desk, [tmp_path / "r.xml"], Wishes("statements")))
    for one in lines.lines(desk):
        matching.came_back(desk, one.id, matching.returned_payment(desk, one.id))
    assert open_of(desk, due) == eur(12100)
    desk.set_today(TODAY - ONE)
    assert open_of(desk, due) == eur(0)  # until the day it went back
    desk.set_today(TODAY)
    whole(desk)


def test_no_customers_money_is_left_alone_and_can_wait_again(owed: tuple[Desk, int, int], tmp_path: Path) -> None:
    desk, _, _ = owed
    bring(desk, tmp_path / "s.csv", row(TODAY, "500.00", "Own savings", "transfer"))
    (held,) = lines.lines(desk)
    lines.ignore(desk, held.id, "own transfer")
    assert lines.bank_state(desk).waiting == 0
    with pytest.raises(ArtermError, match="ignored already"):
        lines.ignore(desk, held.id)
    lines.take_up(desk, held.id)
    assert lines.bank_state(desk).waiting == 1


def test_the_desk_warns_of_an_old_bank_and_of_receipts_that_wait(owed: tuple[Desk, int, int], tmp_path: Path) -> None:
    desk, _, _ = owed
    assert lines.bank_state(desk).warning == ""  # nobody ever brought a statement in
    bring(desk, tmp_path / "s.csv", row(TODAY - 9 * ONE, "5.00", "Someone", "coffee"))
    said = lines.bank_state(desk).warning
    assert "9 days old" in said
    assert "1 receipt (5.00 EUR) waits" in said
    assert lines.bank_state(desk).words == "bank 9 days old, 1 receipt to match"


def test_a_receipt_larger_than_its_invoice_leaves_the_rest_with_the_customer(
    owed: tuple[Desk, int, int], tmp_path: Path
) -> None:
    desk, who, due = owed
    bring(desk, tmp_path / "s.csv", row(TODAY, "150.00", "Someone", "x"))
    (held,) = lines.lines(desk)
    matching.book_for(desk, held.id, who, [due])
    assert open_of(desk, due) == eur(0)
    assert desk.book.one("SELECT sum(free) FROM credit WHERE void_act IS NULL")[0] == 2900


def test_a_line_with_a_word_of_a_name_that_was_just_paid_off_simply_waits(
    owed: tuple[Desk, int, int], tmp_path: Path
) -> None:
    desk, _, due = owed
    bring(
        desk,
        tmp_path / "s.csv",
        row(TODAY - ONE, "121.00", "Café Zuid", "2026-0143"),
        row(TODAY, "7.00", "Jan Zuid", "x"),
    )
    assert (open_of(desk, due), len(lines.lines(desk))) == (eur(0), 1)


def test_a_small_difference_never_swallows_an_invoice_that_is_named(
    owed: tuple[Desk, int, int], tmp_path: Path
) -> None:
    from arterm.desk.business.settings import change_settings

    desk, who, due = owed
    small = invoice(desk, who, "2026-0144", 100)
    change_settings(desk, {"match_limit": "2"})
    bring(desk, tmp_path / "s.csv", row(TODAY, "121.00", "Café Zuid", "2026-0143 2026-0144"))
    for held in lines.lines(desk):
        matching.book(desk, held.id, matching.suggestions(desk, held.id)[0].found)
    assert (open_of(desk, due), open_of(desk, small)) == (eur(0), eur(100))
    whole(desk)


@pytest.mark.parametrize("words", ["factuur 2026-0143", "2026 - 0143", "nr 20260143", "2026-143"])
def test_the_number_is_found_however_it_is_written(owed: tuple[Desk, int, int], tmp_path: Path, words: str) -> None:
    desk, _, due = owed
    bring(desk, tmp_path / "s.csv", row(TODAY, "121.00", "J. Peeters", words))
    for held in lines.lines(desk):
        best = matching.suggestions(desk, held.id)[0]
        assert [number for number, _ in best.parts] == ["2026-0143"]
        assert "names 2026-0143" in best.why[0]
        matching.book(desk, held.id, best.found)
    assert open_of(desk, due) == eur(0)
