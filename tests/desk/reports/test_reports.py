"""Reports at the desk: what they say of a known book, that they tie with the board, and what their files hold."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from contextlib import closing
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from arterm.desk import acts
from arterm.desk.accounts import ageing, customers, payment_behaviour
from arterm.desk.accounts.account_statement import movements, open_items
from arterm.desk.accounts.board import Board, Query
from arterm.desk.business import settings as business
from arterm.desk.claims.charges import waive
from arterm.desk.compromise import plans
from arterm.desk.compromise.quote import PlanDraft
from arterm.desk.contacts.log import ContactDraft, log_contact
from arterm.desk.dunning import schedules
from arterm.desk.dunning.pauses import DisputeDraft, dispute
from arterm.desk.dunning.run import plan_run
from arterm.desk.letters import notices
from arterm.desk.payments import payments
from arterm.desk.payments.payments import CreditDraft, book_credit
from arterm.desk.reports.catalogue import report
from arterm.desk.reports.files import as_file
from arterm.desk.reports.forecast import coming, weeks
from arterm.desk.reports.model import Report, ReportOptions, ReportTable
from arterm.desk.session import Desk
from arterm.rules.errors import ArtermError
from arterm.rules.money import Money
from arterm.rules.report_kinds import REPORTS
from arterm.store.cases import open_on
from arterm.store.models.dunning import StepDone
from tests.conftest import TODAY, customer, invoice


def eur(minor: int) -> Money:
    return Money(minor, "EUR")


def value(found: Report, key: str) -> str:
    return next(one.value for one in found.figures if one.key == key)


def rows(found: Report, title: str) -> dict[object, tuple[object, ...]]:
    table: ReportTable = next(one for one in found.tables if one.title.startswith(title))
    return {row[0]: tuple(row[1:]) for row in table.rows}


@pytest.fixture
def year(desk: Desk) -> Desk:
    """300.00 invoiced in the last 90 days: 100.00 not due, 100.00 late, 100.00 paid; 50.00 from long ago half written
    off.
    """
    who = customer(desk, kind="business")
    invoice(desk, who, "new", 10000, due=TODAY + timedelta(days=5))
    invoice(desk, who, "late", 10000, due=TODAY - timedelta(days=20))
    paid = invoice(desk, who, "paid", 10000, due=TODAY - timedelta(days=30))
    old = invoice(desk, who, "old", 5000, due=TODAY - timedelta(days=200))
    book_credit(desk, CreditDraft(who, eur(10000), TODAY - timedelta(days=10), (paid,)))
    book_credit(desk, CreditDraft(who, eur(2000), TODAY, (old,), kind="write_off"))
    return desk


def test_days_outstanding_of_a_book_that_can_be_reckoned_by_hand(year: Desk) -> None:
    found = report(year, "dso", ReportOptions())
    assert value(found, "dso") == "69.0"  # 230 / 300 x 90
    assert value(found, "best_dso") == "30.0"
    assert value(found, "add") == "39.0"
    assert value(found, "cei") == "48.0"  # (50 + 300 - 230) / (50 + 300 - 100)
    assert value(found, "at_risk") == "13.0"  # 30 of 230
    fall = rows(found, "The period of 90 days")
    assert fall == {
        "open at its beginning": (eur(5000),),
        "invoiced": (eur(30000),),
        "received": (eur(-10000),),
        "written off": (eur(-2000),),
        "open at its end": (eur(23000),),
    }


@settings(max_examples=20)
@given(back=st.integers(0, 500))
def test_the_months_end_where_the_board_stood(demo: Path, back: int) -> None:
    day = TODAY - timedelta(days=back)
    with closing(Desk.open(demo, day)) as desk:
        months = next(one for one in report(desk, "dso", ReportOptions()).tables if one.title == "Month by month").rows
        ends = [day, *(day.replace(day=1) - timedelta(days=1),)]
        for row, end in zip(reversed(months), ends, strict=False):
            assert row[3] == eur(sum(one.open for one in open_on(desk.book, [end], "EUR")[end]))


def test_without_sales_in_the_period_it_says_so(desk: Desk) -> None:
    invoice(desk, customer(desk), "old", 5000, due=TODAY - timedelta(days=200))
    found = report(desk, "dso", ReportOptions())
    assert {value(found, key) for key in ("dso", "best_dso", "add")} == {"-"}
    assert any("undefined" in note for note in found.notes)
    assert b'"value": null' in as_file(desk, found, "json")


def test_an_empty_book_has_every_report(desk: Desk) -> None:
    for name in REPORTS:
        found = report(desk, name, ReportOptions())
        for form in ("csv", "xlsx", "json", "pdf"):
            assert as_file(desk, found, form)
        assert (
            sum(cell.minor for table in found.tables for row in table.rows for cell in row if isinstance(cell, Money))
            == 0
        )


def test_what_no_report_is_called_and_no_period_has(desk: Desk) -> None:
    with pytest.raises(ArtermError, match="There is no report 'profit'"):
        report(desk, "profit", ReportOptions())
    with pytest.raises(ArtermError, match="from 1 to 3660"):
        report(desk, "dso", ReportOptions(days=0))


def test_what_was_compared_is_that_day_as_it_was(demo: Path) -> None:
    with closing(Desk.open(demo, TODAY)) as desk:
        now = report(desk, "dso", ReportOptions(compared="quarter"))
    with closing(Desk.open(demo, date(2026, 8, 22))) as desk:
        then = report(desk, "dso", ReportOptions())
    assert [one.before for one in now.figures] == [one.value for one in then.figures]


@settings(max_examples=25)
@given(back=st.integers(0, 500))
def test_board_ageing_statement_and_files_agree_to_the_cent_on_any_day(demo: Path, back: int) -> None:
    with closing(Desk.open(demo, TODAY - timedelta(days=back))) as desk:
        board = {one.currency: one.open.minor for one in Board(desk, Query(everything=True)).totals}
        aged = ageing.ageing(desk)
        found = report(desk, "ageing", ReportOptions())
        table = next(one for one in found.tables if one.title == "By customer")
        exported = list(csv.reader(io.StringIO(as_file(desk, found, "csv").decode("utf-8-sig"))))[1:]
        for total in aged.totals:
            code = total.currency
            open_now = sum(one.minor for one in total.buckets) + total.charges.minor
            assert open_now - total.unapplied.minor == total.total.minor == board.get(code, 0) - total.unapplied.minor
            mine = [row for row in table.rows if row[2] == code and not str(row[0]).startswith("Total")]
            assert sum(row[-1].minor for row in mine if isinstance(row[-1], Money)) == total.total.minor
            assert [row[-1] for row in exported if row[0] == f"Total {code}"] == [total.total.plain()]
        for row in aged.rows:
            assert row.customer_id is not None
            assert movements(desk, row.customer_id, row.currency)[-1].balance == row.total.minor
            assert open_items(desk, row.customer_id, row.currency)[-1].balance == row.total.minor


def test_a_foreign_name_is_no_formula_and_sums_are_numbers(desk: Desk) -> None:
    invoice(desk, customer(desk, "=HYPERLINK(1)"), "a", 123456)
    found = report(desk, "ageing", ReportOptions())
    with zipfile.ZipFile(io.BytesIO(as_file(desk, found, "xlsx"))) as packed:
        sheets = "".join(packed.read(name).decode() for name in packed.namelist() if "worksheets/sheet" in name)
        strings = packed.read("xl/sharedStrings.xml").decode()
    assert "<f>" not in sheets
    assert "=HYPERLINK(1)" in strings
    assert "<v>1234.56</v>" in sheets
    assert 'state="frozen"' in sheets
    assert "'=HYPERLINK(1)" in as_file(desk, found, "csv").decode("utf-8-sig")


def test_days_are_day_cells_and_the_csv_is_that_of_the_owners_country(desk: Desk) -> None:
    who = customer(desk, "Café Zuid")
    invoice(desk, who, "a", 123456)
    business.change_settings(desk, {"language": "nl"})
    found = report(desk, "statement", ReportOptions())
    assert "Café Zuid;2026-09-01;invoice;a;1234,56;1234,56;EUR" in as_file(desk, found, "csv").decode("utf-8-sig")
    with zipfile.ZipFile(io.BytesIO(as_file(desk, found, "xlsx"))) as packed:
        sheet = packed.read("xl/worksheets/sheet1.xml").decode()
    serial = (date(2026, 9, 1) - date(1899, 12, 30)).days
    assert re.search(rf"<v>{serial}</v>", sheet)
    assert json.loads(as_file(desk, found, "json"))["tables"][0]["rows"][-1]["balance"] == "1234.56"


def test_the_paper_has_the_figures_their_formulas_and_lines_that_are_drawn(year: Desk) -> None:
    content = as_file(year, report(year, "dso", ReportOptions()), "pdf")
    pdf = PdfReader(io.BytesIO(content))
    text = "\n".join(page.extract_text() for page in pdf.pages)
    for words in ("How long money is out", "69.0", "receivables / sales of the period", "written off", "230.00"):
        assert words in text
    drawn = pdf.pages[0].get_contents()
    assert drawn is not None
    assert drawn.get_data().count(b" re") >= 4
    assert not pdf.pages[0].images


def test_the_calendar_of_promises_plans_and_habits(desk: Desk) -> None:
    who = customer(desk, kind="business")
    for n in range(3):
        paid = invoice(desk, who, f"p{n}", 1000, due=date(2026, 6, 1))
        book_credit(desk, CreditDraft(who, eur(1000), date(2026, 6, 11), (paid,)))
    invoice(desk, who, "coming", 10000, due=date(2026, 12, 1))
    first = TODAY - timedelta(days=TODAY.weekday())

    def by_week() -> dict[date, tuple[int, int, int]]:
        return {monday: tuple(held) for monday, *held in weeks(desk) if any(held)}  # type: ignore[misc]

    # three times ten days late: due in the week of 30 November, likely and at worst in that of 7 December
    assert by_week() == {first + timedelta(days=14): (10000, 0, 0), first + timedelta(days=21): (0, 10000, 10000)}
    other = customer(desk, "Studio", kind="business")
    owed = invoice(desk, other, "owed", 30000)
    made = plans.propose(desk, PlanDraft(other, first=date(2026, 12, 7), invoices=(owed,), parts=3))
    plans.accept(desk, made.id)
    assert by_week()[date(2026, 12, 7)] == (10000, 20000, 20000)
    (alone,) = {held[0] for held in weeks(desk, without=who) if held[1]} & {date(2026, 12, 7)}
    assert alone == date(2026, 12, 7)
    assert sum(held[2] for held in weeks(desk, without=who)) == 30000


def test_what_chasing_brought_counts_what_came_within_a_month(desk: Desk) -> None:
    who = customer(desk, kind="business")
    one = invoice(desk, who, "a", 10000)
    log_contact(
        desk,
        ContactDraft(
            who, "call", "promise", invoices=(one,), promised=eur(4000), promised_for=TODAY + timedelta(days=5)
        ),
    )
    desk.today = TODAY + timedelta(days=4)
    book_credit(desk, CreditDraft(who, eur(4000), desk.today, (one,)))
    assert rows(report(desk, "effectiveness", ReportOptions()), "Calls")["promised to pay"] == (
        "call",
        1,
        eur(10000),
        eur(4000),
        Decimal(40),
        4,
    )
    (mine,) = report(desk, "behaviour", ReportOptions()).tables[0].rows
    assert mine[0] == "Van Damme NV"
    desk.today = TODAY + timedelta(days=20)
    (mine,) = report(desk, "behaviour", ReportOptions()).tables[0].rows
    assert mine[3:] == ("1 of 1", Decimal(100), eur(6000))


def test_each_step_of_a_ladder_says_what_was_asked_and_what_came_of_it(desk: Desk) -> None:
    who = customer(desk, kind="business", street="Kerkstraat 1", postcode="9000", city="Gent", country="BE")
    one, other = (invoice(desk, who, number, 10000, due=TODAY - timedelta(days=5)) for number in ("a", "b"))
    notices.issue(desk, [row.id for row in notices.write(desk, plan_run(desk).letters)])
    desk.today = TODAY + timedelta(days=6)
    book_credit(desk, CreditDraft(who, eur(4000), desk.today, (one,)))
    desk.today = TODAY + timedelta(days=31)
    book_credit(desk, CreditDraft(who, eur(10000), desk.today, (other,)))
    found = report(desk, "effectiveness", ReportOptions())
    # two invoices of 100.00; 40.00 came after six days, the other 100.00 a day later than is counted
    brought = (2, eur(20000), eur(4000), Decimal(20), 6)
    assert rows(found, "Steps")["Standard"] == ("1. 1st reminder", *brought)
    assert rows(found, "Letters")["friendly"] == ("letter", *brought)
    before = report(Desk(desk.book, TODAY + timedelta(days=6)), "effectiveness", ReportOptions())
    assert rows(before, "Steps")["Standard"] == ("1. 1st reminder", 2, eur(20000), eur(4000), Decimal(20), 6)


def test_steps_stand_under_the_ladder_of_whoever_a_customer_was_merged_into(desk: Desk) -> None:
    doubled, who = customer(desk, kind="consumer"), customer(desk, "Studio", kind="business")
    one = invoice(desk, doubled, "a", 10000)
    customers.merge(desk, doubled, who)
    with desk.act(acts.LADDER_ACT) as work:
        work.insert(StepDone, invoice=one, step=1, day=TODAY.isoformat())
    (step,) = next(
        table for table in report(desk, "effectiveness", ReportOptions()).tables if "Steps" in table.title
    ).rows
    assert step[0] == "Standard"
    schedules.choose(desk, "consumer", customer=who)
    (step,) = next(
        table for table in report(desk, "effectiveness", ReportOptions()).tables if "Steps" in table.title
    ).rows
    assert step[0] == "Consumer"


def test_waived_and_recovered_costs_are_told_apart_and_as_of_their_day(desk: Desk) -> None:
    who = customer(desk, kind="business", street="Kerkstraat 1", postcode="9000", city="Gent", country="BE")
    one = invoice(desk, who, "a", 10000, due=TODAY - timedelta(days=60))
    for ahead in (0, 15, 30, 45):
        desk.today = TODAY + timedelta(days=ahead)
        notices.issue(desk, [row.id for row in notices.write(desk, plan_run(desk, who, by_hand=True).letters)])
    (charged,) = desk.book.one("SELECT sum(open) FROM invoice WHERE kind = 'charge'")
    assert charged
    asked = desk.today
    desk.today = asked + timedelta(days=3)
    waive(desk, one, "goodwill")
    assert rows(report(desk, "effectiveness", ReportOptions()), "Costs") == {
        "charged": (eur(charged),),
        "waived": (eur(charged),),
        "recovered": (eur(0),),
    }
    assert rows(report(Desk(desk.book, asked), "effectiveness", ReportOptions()), "Costs")["waived"] == (eur(0),)


FALL = {"open at its beginning", "invoiced", "received", "credit notes", "discounts", "written off", "open at its end"}


@settings(max_examples=25)
@given(back=st.integers(0, 300), days=st.integers(1, 200))
def test_the_waterfall_closes_by_what_happened_and_by_nothing_else(demo: Path, back: int, days: int) -> None:
    with closing(Desk.open(demo, TODAY - timedelta(days=back))) as desk:
        table = report(desk, "dso", ReportOptions(days=days)).tables[0]
        amounts = [row[1].minor for row in table.rows if isinstance(row[1], Money)]
        assert {row[0] for row in table.rows} <= FALL
        assert sum(amounts[:-1]) == amounts[-1]
        start = desk.today - timedelta(days=days)
        assert amounts[0] == sum(one.open for one in open_on(desk.book, [start], "EUR")[start])


def test_charges_refunds_and_payments_ahead_do_not_bend_the_waterfall(desk: Desk) -> None:
    who = customer(desk, kind="business")
    ahead = book_credit(desk, CreditDraft(who, eur(7000), TODAY - timedelta(days=60)))
    one = invoice(desk, who, "a", 10000, due=TODAY - timedelta(days=5))
    payments.settle_with(desk, ahead.id, [one])
    other = customer(desk, "Paid twice")
    book_credit(desk, CreditDraft(other, eur(5000), TODAY - timedelta(days=1)))
    payments.refund(desk, other, eur(5000), TODAY)
    fall = rows(report(desk, "dso", ReportOptions(days=50)), "The period")
    assert fall == {
        "open at its beginning": (eur(0),),
        "invoiced": (eur(10000),),
        "received": (eur(-7000),),
        "open at its end": (eur(3000),),
    }


def test_what_is_disputed_can_be_left_out(desk: Desk) -> None:
    who = customer(desk)
    one = invoice(desk, who, "a", 10000, due=TODAY - timedelta(days=20))
    invoice(desk, who, "b", 10000, due=TODAY + timedelta(days=5))
    dispute(desk, DisputeDraft(one, "quality", eur(4000)))
    assert value(report(desk, "dso", ReportOptions()), "dso") == "90.0"
    without = report(desk, "dso", ReportOptions(disputed=False))
    assert value(without, "dso") == "72.0"  # 160 of 200 x 90
    assert "without what is disputed" in without.title


def test_a_report_of_one_customer_is_of_that_one_alone(desk: Desk) -> None:
    one, other = customer(desk, "One"), customer(desk, "Other")
    invoice(desk, one, "a", 10000)
    late = invoice(desk, other, "b", 70000)
    dispute(desk, DisputeDraft(late, "quality", eur(100)))
    found = report(desk, "ageing", ReportOptions(customer=one))
    assert sum(row[1].minor for row in found.tables[0].rows if isinstance(row[1], Money)) == 10000
    assert [row[0] for row in found.tables[1].rows] == ["One", "Total EUR"]
    assert report(desk, "behaviour", ReportOptions(customer=one)).tables[1].rows == ()
    with pytest.raises(ArtermError, match="tells of the whole business"):
        report(desk, "dso", ReportOptions(customer=one))


def test_another_currency_is_asked_for_by_its_letters(desk: Desk) -> None:
    invoice(desk, customer(desk), "a", 10000, due=TODAY + timedelta(days=10))
    invoice(desk, customer(desk, "Ham"), "b", 5000, due=TODAY + timedelta(days=10), currency="GBP")
    assert "there is more in GBP" in " ".join(report(desk, "dso", ReportOptions()).notes)
    pounds = report(desk, "dso", ReportOptions(currency="GBP"))
    assert rows(pounds, "The period")["open at its end"] == (Money(5000, "GBP"),)
    weeks_of = report(desk, "forecast", ReportOptions(currency="GBP")).tables[0].rows
    assert sum(row[2].minor for row in weeks_of if isinstance(row[2], Money)) == 5000
    assert [row[0] for row in report(desk, "behaviour", ReportOptions(currency="GBP")).tables[0].rows] == ["Ham"]
    with pytest.raises(ArtermError, match="is no currency"):
        report(desk, "dso", ReportOptions(currency="EURO"))


def test_what_was_written_off_was_not_paid(desk: Desk) -> None:
    who = customer(desk)
    for n in range(3):
        gone = invoice(desk, who, f"w{n}", 10000, due=TODAY - timedelta(days=100))
        book_credit(desk, CreditDraft(who, eur(10000), TODAY - timedelta(days=n), (gone,), kind="write_off"))
    assert payment_behaviour.settled(desk) == {}
    invoice(desk, customer(desk, "New"), "x", 10000, due=TODAY + timedelta(days=20))
    assert {monday: likely for monday, _, likely, _ in weeks(desk) if likely} == {date(2026, 12, 7): 10000}


def test_a_promise_weighs_as_much_as_promises_were_kept(desk: Desk) -> None:
    who = customer(desk)
    for n in range(2):  # two promises of 100.00, neither kept
        broken = invoice(desk, who, f"b{n}", 10000, due=TODAY - timedelta(days=295))
        draft = ContactDraft(
            who, "call", "promise", invoices=(broken,), promised=eur(10000), promised_for=TODAY - timedelta(days=20)
        )
        desk.today = TODAY - timedelta(days=30)
        log_contact(desk, draft)
    desk.today = TODAY
    one = invoice(desk, who, "c", 10000, due=TODAY - timedelta(days=295))
    log_contact(
        desk,
        ContactDraft(
            who, "call", "promise", invoices=(one,), promised=eur(10000), promised_for=TODAY + timedelta(days=3)
        ),
    )
    every = [due for coming_ in coming(desk) for due in coming_.likely if coming_.source == "promises"]
    # nothing on the promised day; later the share of what is 295 days late: 30 %
    assert every == [(TODAY + timedelta(days=3), 0), (TODAY + timedelta(days=7), 3000)]


def test_the_forecast_of_a_past_day_does_not_know_what_was_paid_since(desk: Desk) -> None:
    who = customer(desk)
    one = invoice(desk, who, "a", 30000, due=TODAY - timedelta(days=10))
    plans.accept(desk, plans.propose(desk, PlanDraft(who, TODAY + timedelta(days=10), (one,), parts=3)).id)
    asked = [(one.source, one.likely) for one in coming(desk)]
    assert {source for source, _ in asked} == {"instalments"}
    desk.today = TODAY + timedelta(days=60)
    book_credit(desk, CreditDraft(who, eur(30000), desk.today, (one,)))
    assert coming(desk) == []
    assert [(one.source, one.likely) for one in coming(Desk(desk.book, TODAY))] == asked


def test_a_file_has_every_table_and_real_cells(desk: Desk) -> None:
    invoice(desk, customer(desk), "a", 10000, due=TODAY + timedelta(days=10))
    found = report(desk, "forecast", ReportOptions())
    written = list(csv.reader(io.StringIO(as_file(desk, found, "csv").decode("utf-8-sig"))))
    assert [row[0] for row in written if len(row) == 1] == [table.title for table in found.tables]
    with zipfile.ZipFile(io.BytesIO(as_file(desk, found, "xlsx"))) as packed:
        sheet = packed.read("xl/worksheets/sheet1.xml").decode()
    monday = (date(2026, 11, 16) - date(1899, 12, 30)).days
    assert f"<v>{monday}</v>" in sheet


def test_pictures_on_paper_are_drawn_and_not_photographed(demo: Path) -> None:
    with closing(Desk.open(demo, TODAY)) as desk:
        for name, least in (("dso", 5), ("forecast", 20), ("ageing", 5)):
            pdf = PdfReader(io.BytesIO(as_file(desk, report(desk, name, ReportOptions()), "pdf")))
            drawn = sum(
                contents.get_data().count(b" re") for page in pdf.pages if (contents := page.get_contents()) is not None
            )
            assert drawn >= least, name
            assert [len(page.images) for page in pdf.pages] == [0] * len(pdf.pages)
