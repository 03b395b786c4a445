"""Bringing files in beside what the book holds: nothing twice, nothing lost, nothing changed in silence."""

from __future__ import annotations

from pathlib import Path

from arterm.desk import undo
from arterm.desk.accounts import customers, invoices
from arterm.desk.accounts.board import Board, Query
from arterm.desk.importing.run import Wishes, commit, look, read
from arterm.desk.importing.views import ImportReport
from arterm.desk.payments import payments
from arterm.desk.session import Desk
from arterm.rules.money import Money
from arterm.store import cases, verify
from tests.conftest import TODAY, customer, invoice


def bring(desk: Desk, folder: Path, *texts: str, skip_bad: bool = False) -> ImportReport:
    """Bring in files with these texts."""
    paths = []
    for n, text in enumerate(texts):
        paths.append(folder / f"file{n}.csv")
        paths[-1].write_text(text)
    report = commit(desk, read(desk, paths), Wishes(skip_bad=skip_bad))
    assert cases.find_inconsistencies(desk.book) == []
    assert list(verify.complaints(desk.book)) == []
    return report


def open_sum(desk: Desk) -> str:
    return Board(desk, Query(everything=True)).totals[0].open.plain()


HEAD = "Invoice,Customer,Date,Due,Amount,Balance\n"


def test_a_balance_in_a_newer_export_counts_what_was_credited_here(desk: Desk, tmp_path: Path) -> None:
    bring(desk, tmp_path, HEAD + "R1,Acme,2026-09-01,2026-10-01,100,100\n")
    row = desk.book.one("SELECT id, customer FROM invoice")
    payments.book_credit(desk, payments.CreditDraft(row[1], Money(5000, "EUR"), TODAY, (row[0],), "credit_note"))
    report = bring(desk, tmp_path, HEAD + "R1,Acme,2026-09-01,2026-10-01,100,50\n")
    assert report.files[0].unchanged == 1
    assert open_sum(desk) == "50.00"
    bring(desk, tmp_path, HEAD + "R1,Acme,2026-09-01,2026-10-01,100,20\n")
    assert open_sum(desk) == "20.00"


def test_what_bounced_here_is_not_paid_again_by_the_same_file(desk: Desk, tmp_path: Path) -> None:
    text = HEAD + "R1,Acme,2026-09-01,2026-10-01,100,0\n"
    bring(desk, tmp_path, text)
    payments.bounce(desk, desk.book.one("SELECT id FROM credit")[0], TODAY)
    assert bring(desk, tmp_path, text).files[0].unchanged == 1
    assert open_sum(desk) == "100.00"


def test_two_numbers_that_differ_by_zeros_are_not_swallowed(desk: Desk, tmp_path: Path) -> None:
    report = bring(
        desk,
        tmp_path,
        "Invoice,Customer,Date,Due,Amount\n001,Acme,2026-09-01,2026-10-01,100\n1,Acme,2026-09-01,2026-10-01,500\n",
        skip_bad=True,
    )
    (bad,) = report.files[0].rejected
    assert "001" in bad.reason
    assert open_sum(desk) == "100.00"


def test_two_files_that_contradict_each_other_are_refused(desk: Desk, tmp_path: Path) -> None:
    one = "Invoice,Customer,Date,Due,Amount\nR1,Acme,2026-09-01,2026-10-01,100\n"
    report = bring(desk, tmp_path, one, one.replace("100", "900"))
    assert report.committed is False
    assert report.files[1].rejected[0].field == "number"
    assert Board(desk, Query(everything=True)).ids == []
    assert bring(desk, tmp_path, one, one).files[1].unchanged == 1


def test_one_undo_takes_an_import_back_with_all_its_customers(desk: Desk, tmp_path: Path) -> None:
    bring(desk, tmp_path, HEAD + "R1,Acme,2026-09-01,2026-10-01,100,40\nR2,Zuid,2026-09-01,2026-10-01,70,70\n")
    text = HEAD + "R1,Acme,2026-09-01,2026-10-01,100,0\n"
    bring(desk, tmp_path, text)
    assert open_sum(desk) == "70.00"
    undo.undo(desk)
    assert open_sum(desk) == "110.00"
    undo.undo(desk)
    assert customers.everyone(desk) == ()
    assert open_sum(desk) == "0.00"
    assert cases.find_inconsistencies(desk.book) == []
    bring(desk, tmp_path, text)
    assert [c.name for c in customers.everyone(desk)] == ["Acme"]


def test_an_import_never_changes_a_customer_in_silence(desk: Desk, tmp_path: Path) -> None:
    who = customer(desk, "Acme", country="BE")
    report = bring(
        desk,
        tmp_path,
        "Invoice,Customer,Date,Due,Amount,Country\nR1,ACME,2026-09-01,2026-10-01,100,Germany\n"
        "R2,Acme,2026-09-01,2026-10-01,5,Belgium\n",
    )
    (warning,) = report.files[0].warnings
    assert (warning.field, warning.value) == ("country", "Germany")
    assert customers.view(desk, who).country == "BE"
    assert customers.view(desk, who).name == "Acme"
    assert report.files[0].customers_created == 0


def test_a_list_of_numbers_and_addresses_does_not_rename_anybody(desk: Desk, tmp_path: Path) -> None:
    who = customer(desk, "Acme", own_no="C001")
    bring(desk, tmp_path, "Customer ID,Email\nC001,info@acme.example.com\n")
    assert customers.view(desk, who).name == "Acme"
    assert customers.contacts(desk, who)[0].mail == "info@acme.example.com"


def test_payments_go_to_the_invoice_of_the_customer_they_name(desk: Desk, tmp_path: Path) -> None:
    one, other = customer(desk, "One"), customer(desk, "Other")
    owed = invoice(desk, one, "7")
    third = invoice(desk, other, "7")
    head = "Invoice,Customer,Payment date,Payment amount\n"
    assert bring(desk, tmp_path, head + "7,Other,2026-11-01,60\n").kind == "payments"
    assert invoices.view(desk, third).balance == Money(4000, "EUR")
    assert invoices.view(desk, owed).balance == Money(10000, "EUR")
    assert bring(desk, tmp_path, head + "7,Other,2026-11-01,60\n").files[0].unchanged == 1
    assert bring(desk, tmp_path, head + "7,Other,2026-11-01,60\n7,Other,2026-11-01,60\n").files[0].created == 1
    refused = bring(desk, tmp_path, head + "8,One,2026-11-01,60\n")
    assert refused.files[0].rejected[0].field == "number"


def test_a_list_titled_payments_is_taken_for_payments(desk: Desk, tmp_path: Path) -> None:
    invoice(desk, customer(desk, "Acme"), "R1")
    report = bring(desk, tmp_path, "Payments,,,\n\nClient,Invoice Number,Amount,Date\nAcme,R1,10.00,2026-11-01\n")
    assert report.kind == "payments"
    assert open_sum(desk) == "90.00"


def test_credit_notes_come_in_once_by_their_number(desk: Desk, tmp_path: Path) -> None:
    text = "Invoice,Customer,Date,Due,Total,Balance,Type\nC1,Acme,2026-09-01,2026-09-01,-50,-50,Credit Memo\n"
    bring(desk, tmp_path, text)
    bring(desk, tmp_path, text.replace("-50,-50", "-50,-20"))
    assert Board(desk).totals[0].unapplied == Money(5000, "EUR")


def test_a_disputed_open_invoice_is_pointed_out(desk: Desk, tmp_path: Path) -> None:
    report = bring(
        desk,
        tmp_path,
        "invoice_id,customer_name,invoice_date,due_date,invoice_amount,dispute_flag\n"
        "R1,Acme,2026-09-01,2026-10-01,100,Y\n",
    )
    assert report.files[0].warnings[0].field == "disputed"


def test_a_look_writes_nothing(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text(HEAD + "R1,Acme,2026-09-01,2026-10-01,100,100\n")
    before = desk.book.one("SELECT count(*) FROM act")
    report = look(desk, read(desk, [path]))
    assert (report.files[0].created, report.committed) == (1, False)
    assert desk.book.one("SELECT count(*) FROM act") == before


def test_a_mapping_is_remembered_for_files_whose_headers_say_nothing(desk: Desk, tmp_path: Path) -> None:
    head = "Doc,Who,When,Till,How much\n"
    first, second = tmp_path / "one.csv", tmp_path / "two.csv"
    first.write_text(head + "R1,Acme,2026-09-01,2026-10-01,100\n")
    second.write_text(head + "R2,Acme,2026-09-01,2026-10-01,50\n")
    fields = {"number": "Doc", "customer": "Who", "issued": "When", "due": "Till", "total": "How much"}
    wishes = Wishes(mapping=fields)
    commit(desk, read(desk, [first], wishes), wishes)
    report = commit(desk, read(desk, [second]))
    assert report.files[0].created == 1
    assert open_sum(desk) == "150.00"
