"""Those who help: their terms, what they may be given, the case file that answers every question, and what comes
back.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pypdf
import pytest

from arterm.desk import acts, undo
from arterm.desk.accounts import ageing as figures
from arterm.desk.accounts import attachments, invoices
from arterm.desk.accounts.account_statement import movements, open_items
from arterm.desk.accounts.board import Board, Query
from arterm.desk.claims import charges, terms
from arterm.desk.claims.limitation import running_out, warns
from arterm.desk.compromise import plans
from arterm.desk.compromise.quote import PlanDraft
from arterm.desk.contacts import log
from arterm.desk.dunning import pauses
from arterm.desk.dunning.run import due_notices, plan_run
from arterm.desk.letters import notices
from arterm.desk.letters.kinds import LetterDraft
from arterm.desk.letters.letters import letter_of
from arterm.desk.partners import handover_views, handovers, mediation, partners
from arterm.desk.partners.case_file import case_file
from arterm.desk.partners.options import compare
from arterm.desk.partners.partners import PartnerDraft
from arterm.desk.payments import payments
from arterm.desk.reports.catalogue import report
from arterm.desk.reports.forecast import coming
from arterm.desk.reports.model import ReportOptions
from arterm.desk.session import Desk
from arterm.desk.supply import credit_standing, holds
from arterm.desk.worklist.why import explain
from arterm.letters.plain import as_text
from arterm.rules.errors import ArtermError
from arterm.rules.fees import Fee, rates_text, read_rates
from arterm.rules.money import Money
from arterm.store.cases import find_inconsistencies
from arterm.store.models.mail import Inbox
from arterm.store.verify import complaints
from tests.conftest import TODAY, Ran, customer, invoice

Arterm = Callable[..., Ran]
DAY = timedelta(days=1)


def eur(minor: int) -> Money:
    return Money(minor, "EUR")


@pytest.fixture
def owed(desk: Desk) -> tuple[Desk, int, int]:
    """A customer with one invoice overdue, a letter that went out, a call in the log; and another customer."""
    who = customer(
        desk, "Van Damme NV", kind="business", country="BE", street="Zuidlaan 4", postcode="9000", city="Gent"
    )
    row = invoice(desk, who, "A-1", 100000)
    other = customer(desk, "Somebody Else BV")
    invoice(desk, other, "Z-9", 77700)
    log.log_contact(desk, log.ContactDraft(who, "call", "refuses", note="says it is =too dear"))
    log.log_contact(desk, log.ContactDraft(other, "call", "no_answer", note="the other one's secret"))
    (letter,) = notices.write(desk, due_notices(desk, who))
    notices.issue(desk, [letter.id])
    return desk, who, row


def agency(desk: Desk, **more: Any) -> int:
    said: dict[str, Any] = {"name": "Incasso BV", "kind": "agency", "rates": "0:15 180:25"}
    return partners.add_partner(desk, PartnerDraft(**(said | more))).id


@pytest.mark.parametrize(
    ("fee", "face", "came", "age", "cost"),
    [
        (Fee("no_cure_no_pay", 0, ((0, 1500), (180, 2500))), 10000, 10000, 179, 1500),
        (Fee("no_cure_no_pay", 0, ((0, 1500), (180, 2500))), 10000, 4000, 180, 1000),
        (Fee("no_cure_no_pay", 500, ((0, 1500),)), 10000, 0, 10, 0),
        (Fee("percent", 0, ((0, 1000),)), 10000, 0, 10, 1000),
        (Fee("flat", 7500), 10000, 0, 10, 7500),
        (Fee("no_cure_no_pay", 0, ((0, 1250),)), 333, 333, 0, 42),
    ],
)
def test_every_model_of_price_is_reckoned_to_the_cent(fee: Fee, face: int, came: int, age: int, cost: int) -> None:
    assert fee.of(face, came, age) == cost


def test_rates_are_read_and_written_the_same() -> None:
    for text in ("15", "0:15 180:25.5", "30:7.25"):
        assert rates_text(read_rates(text)) == text
    for bad in ("x", "101", "0:10 0:20", "-5", "1e2"):
        with pytest.raises(ArtermError):
            read_rates(bad)


def test_a_partner_without_terms_is_none_and_reviews_and_results_are_shown(
    owed: tuple[Desk, int, int], tmp_path: Path
) -> None:
    desk, _, row = owed
    for wrong, words in (
        ({"rates": ""}, "Without their terms"),
        ({"name": " "}, "needs a name"),
        ({"kind": "friend"}, "no kind"),
        ({"mail": "a b"}, "not one e-mail"),
        ({"kind": "factor"}, "pays a part at once"),
    ):
        with pytest.raises(ArtermError, match=words):
            agency(desk, **wrong)
    to = agency(desk)
    with pytest.raises(ArtermError, match="already"):
        agency(desk, name="INCASSO bv")
    partners.review(desk, to, 4, "quick")
    partners.review(desk, to, 5)
    given = handovers.hand_over(desk, to, [row], tmp_path / "case.zip").id
    handovers.report(desk, given, eur(40000), eur(6000), TODAY)
    found = partners.partner(desk, partners.find_partner(desk, "incasso"))
    assert (
        found.results.handovers,
        found.results.face,
        found.results.recovered,
        found.results.cost,
        found.results.stars,
    ) == (1, eur(100000), eur(40000), eur(6000), 5)


def test_the_case_file_is_complete_hashed_and_about_nobody_else(owed: tuple[Desk, int, int], tmp_path: Path) -> None:
    desk, who, row = owed
    paper = tmp_path / "../../etc/invoice A-1.pdf"
    paper = tmp_path / "invoice A-1.pdf"
    paper.write_bytes(b"%PDF the invoice itself")
    attachments.attach(desk, row, paper)
    target = tmp_path / "case.zip"
    receipt = handovers.hand_over(desk, agency(desk), [row], target)
    assert receipt.words == "Incasso BV collects now 1 invoice of Van Damme NV: 1,000.00 EUR."
    with zipfile.ZipFile(target) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    index = {
        line["file"]: line["sha256"] for line in csv.DictReader(io.StringIO(files["index.csv"].decode("utf-8-sig")))
    }
    assert index == {
        name: hashlib.sha256(content).hexdigest() for name, content in files.items() if name != "index.csv"
    }
    assert files["invoices/A-1/01-invoice A-1.pdf"] == b"%PDF the invoice itself"
    (letter,) = [content for name, content in files.items() if name.startswith("letters/")]
    assert letter == notices.document(desk, notices.notices_of(desk, who)[0].document)
    figures = json.loads(files["figures.json"])
    assert (figures["invoices"][0]["open"], figures["debtor"], figures["to"]) == (
        "1000.00",
        "Van Damme NV",
        "Incasso BV",
    )
    assert figures["invoices"][0]["time_barred_from"] is None  # no source for Belgium's period
    told = " ".join(
        "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(files["case.pdf"])).pages).split()
    )
    for words in (
        "Van Damme NV",
        "Zuidlaan 4",
        "A-1: check the limitation",
        "says it is =too dear",
        "Claim to date",
    ):
        assert words in told, words
    assert (
        "'=" in files["log.csv"].decode()
        or '"says it is =too dear"' in files["log.csv"].decode()
        or "says it is =too dear" in files["log.csv"].decode()
    )
    for name, content in files.items():
        for foreign in (b"Somebody Else", b"Z-9", b"secret"):
            assert foreign not in content, name
    assert "Somebody Else" not in told
    assert case_file(desk, who, [row], "Incasso BV") == target.read_bytes()


def test_while_others_collect_nobody_is_chased_and_what_they_report_is_booked(
    owed: tuple[Desk, int, int], tmp_path: Path
) -> None:
    desk, who, row = owed
    given = handovers.hand_over(desk, agency(desk), [row], tmp_path / "case.zip").id
    assert {one.status for one in Board(desk, Query(customer=who)).rows()} == {"handed_over"}
    desk.set_today(TODAY + 60 * DAY)
    assert [letter for letter in plan_run(desk).letters if letter.customer == who] == []
    with pytest.raises(ArtermError, match="keep more than came"):
        handovers.report(desk, given, eur(100), eur(101), TODAY)
    with pytest.raises(ArtermError, match="says something"):
        handovers.report(desk, given, eur(0), eur(0), TODAY)
    handovers.report(desk, given, eur(40000), eur(6000), TODAY + 30 * DAY, "first part")
    assert invoices.view(desk, row).balance == eur(60000)
    with pytest.raises(ArtermError, match="Incasso BV has it already"):
        handovers.hand_over(desk, partners.find_partner(desk, "incasso"), [row])
    handovers.end(desk, given, "called back: they pay us now")
    assert plan_run(desk, who, by_hand=True).letters != ()
    with pytest.raises(ArtermError, match="ended on"):
        handovers.report(desk, given, eur(1), eur(0), TODAY)
    held = handover_views.handover(desk, given)
    assert (held.received, held.cut, held.state, held.outcome) == (
        eur(40000),
        eur(6000),
        "ended",
        "called back: they pay us now",
    )
    assert undo.undo(desk).words.startswith("Taken back: ended a hand-over")
    assert find_inconsistencies(desk.book) == []
    assert list(complaints(desk.book)) == []


def test_what_cannot_be_handed_over_is_said_and_nothing_is_half_done(
    owed: tuple[Desk, int, int], tmp_path: Path
) -> None:
    desk, who, row = owed
    to = agency(desk, least=eur(100001), name="Large only")
    target = tmp_path / "case.zip"
    with pytest.raises(ArtermError, match="takes nothing below"):
        handovers.hand_over(desk, to, [row], target)
    to = agency(desk)
    pauses.dispute(desk, pauses.DisputeDraft(row, "quality"))
    with pytest.raises(ArtermError, match="it is disputed"):
        handovers.hand_over(desk, to, [row], target)
    pauses.settle(desk, row, "withdrawn")
    future = invoice(desk, who, "A-2", 5000, date(2026, 12, 20))
    assert [one.why_not for one in handovers.eligible(desk, to, [future])] == [("it is not overdue yet",)]
    target.write_bytes(b"mine")
    newest = desk.newest_act()
    with pytest.raises(ArtermError, match="a file of that name"):
        handovers.hand_over(desk, to, [row], target)
    assert (desk.newest_act(), target.read_bytes()) == (newest, b"mine")
    with pytest.raises(ArtermError):
        handovers.hand_over(desk, to, [row], tmp_path / "no such folder" / "case.zip")
    assert desk.newest_act() == newest
    assert handover_views.handovers(desk) == ()


def test_an_attachment_that_changed_stops_the_hand_over(owed: tuple[Desk, int, int], tmp_path: Path) -> None:
    desk, _, row = owed
    paper = tmp_path / "x.pdf"
    paper.write_bytes(b"%PDF one")
    attachments.attach(desk, row, paper)
    to = agency(desk)
    desk.book.connection.execute("DROP TRIGGER IF EXISTS attachment_written_once")
    desk.book.connection.execute("UPDATE attachment SET bytes = x'00' WHERE owner = 'invoice'")
    with pytest.raises(ArtermError, match="is not what was attached"):
        handovers.hand_over(desk, to, [row], tmp_path / "case.zip")
    assert handover_views.handovers(desk) == ()
    assert not (tmp_path / "case.zip").exists()


def test_a_sold_claim_comes_back_with_recourse_and_its_money_is_owed_back(
    owed: tuple[Desk, int, int], tmp_path: Path
) -> None:
    desk, _, row = owed
    to = agency(desk, name="Factor NV", kind="factor", model="percent", rates="4", advance=80)
    receipt = handovers.hand_over(desk, to, [row], tmp_path / "case.zip")
    assert (
        receipt.words
        == "Factor NV buys 1 invoice of Van Damme NV: 1,000.00 EUR. 800.00 EUR at once, fee 40.00 EUR, 160.00 EUR when"
        " they pay, with recourse. Report what comes: arterm handover --report."
    )
    handovers.report(desk, receipt.id, eur(80000), eur(4000), TODAY, "advance")
    assert invoices.view(desk, row).balance == eur(20000)
    handovers.end(desk, receipt.id, "they never paid", recourse=True)
    assert invoices.view(desk, row).balance == eur(100000)
    assert find_inconsistencies(desk.book) == []
    with pytest.raises(ArtermError, match="No recourse"):
        again = handovers.hand_over(desk, agency(desk), [row]).id
        handovers.end(desk, again, "back", recourse=True)


def test_a_mediation_is_proposed_accepted_and_ends_in_a_plan(owed: tuple[Desk, int, int]) -> None:
    desk, who, row = owed
    to = agency(desk, name="Mediator", kind="mediator", rates="")
    pauses.dispute(desk, pauses.DisputeDraft(row, "quality"))
    given = handovers.hand_over(desk, to, [row]).id
    assert {one.status for one in Board(desk, Query(customer=who)).rows()} == {"disputed"}
    assert handover_views.handover(desk, given).state == "proposed"
    with pytest.raises(ArtermError, match="has not accepted"):
        mediation.conclude(desk, given, True)
    with pytest.raises(ArtermError, match="agreed or not"):
        handovers.end(desk, given, "over")
    meets = desk.today + timedelta(days=10)
    mediation.accept(desk, given, desk.today, meets)
    held = handover_views.handover(desk, given)
    assert (held.state, held.accepted, held.meets) == ("open", desk.today, meets)
    assert {one.status for one in Board(desk, Query(customer=who)).rows()} == {"handed_over"}
    told = mediation.conclude(desk, given, True, "three parts")
    assert "Write down what was agreed" in told.words
    ended = handover_views.handover(desk, given)
    assert (ended.state, ended.agreed, ended.outcome) == ("ended", True, "agreed: three parts")
    assert {one.status for one in Board(desk, Query(customer=who)).rows()} == {"disputed"}
    with pytest.raises(ArtermError, match="ended on"):
        mediation.accept(desk, given, desk.today)
    undo.undo(desk)
    undo.undo(desk)
    assert handover_views.handover(desk, given).state == "proposed"
    assert find_inconsistencies(desk.book) == []


def test_claims_that_run_out_of_time_are_seen_in_time(desk: Desk) -> None:
    german = customer(desk, "Berlin GmbH", kind="business", country="DE")
    invoice(desk, german, "D1", 1000, date(2023, 12, 1))
    nowhere = customer(desk, "Far Away", kind="business", country="JP")
    invoice(desk, nowhere, "J1", 1000, date(2024, 1, 1))
    invoice(desk, german, "D2", 1000, date(2024, 1, 2))
    found = running_out(desk)
    assert [(one.invoice, one.on, one.days) for one in found] == [("D1", date(2027, 1, 1), 40), ("J1", None, None)]
    assert "court order for payment" in found[0].words
    assert "check" in found[1].words
    assert [one.invoice for one in running_out(desk, 30)] == ["J1"]


def test_named_partners_stand_beside_every_other_way_out_with_their_real_price(owed: tuple[Desk, int, int]) -> None:
    desk, who, row = owed
    agency(desk)
    agency(desk, name="Flat BV", model="flat", rates="", flat=eur(7500))
    agency(desk, name="Factor NV", kind="factor", model="percent", rates="4", advance=80)
    agency(desk, name="Large only", least=eur(10**8))
    found = {one.words: one for one in compare(desk, who, (row,)).ways}
    assert (found["Incasso BV"].cost, found["Incasso BV"].brings) == (eur(15000), eur(100000))
    assert found["Flat BV"].cost == eur(7500)
    assert (found["Factor NV"].cost, found["Factor NV"].brings) == (eur(4000), eur(96000))
    assert found["Incasso BV"].worth < found["Incasso BV"].brings
    assert "Large only" not in found


def test_hand_over_by_command(arterm: Arterm, tmp_path: Path) -> None:
    arterm("setup", "--name", "Bakkerij", "--country", "BE", "--language", "en")
    arterm("customer", "add", "Zuid", "--kind", "business", "--country", "BE")
    arterm(
        "invoice", "add", "R1", "--customer", "Zuid", "--amount", "100", "--issued", "2026-08-01", "--due", "2026-09-01"
    )
    assert arterm("partner", "add", "Incasso", "--kind", "agency").code == 1
    assert (
        arterm("partner", "add", "Incasso", "--kind", "agency", "--rates", "20", "--phone", "+32 2 555 12 34").code == 0
    )
    assert arterm("partner", "edit", "Incasso", "--rates", "0:20 90:30").code == 0
    assert (
        arterm("handover", "R1", "--to", "Incasso", "--dry-run").out
        == "R1: may be handed over  (no reminder has gone out yet; no document of it is attached: arterm attach)\nFace"
        " 100.00 EUR, fee if all of it comes 20.00 EUR\n"
    )
    case = tmp_path / "case.zip"
    assert arterm("handover", "R1", "--to", "Incasso", "--out", str(case)).code == 0
    assert zipfile.is_zipfile(case)
    assert arterm("handover", "R1", "--to", "Incasso", "--out", str(tmp_path / "b.zip")).code == 1
    assert arterm("board", "--json").json["rows"][0]["status"] == "handed_over"
    assert arterm("handover", "--report", "1", "--received", "60", "--cut", "12").code == 0
    assert arterm("handover", "--end", "1", "--outcome", "done").code == 0
    (held,) = arterm("handover", "--list", "--json").json["handovers"]
    assert (held["received"], held["cut"], held["state"]) == ("60.00", "12.00", "ended")
    (partner,) = arterm("partner", "list", "--json").json["partners"]
    assert (partner["results"]["recovered"], partner["rates"]) == ("60.00", "0:20 90:30")
    assert arterm("partner", "review", "Incasso", "--stars", "6").code == 1
    assert arterm("limitation").code == 0
    assert arterm("export", str(tmp_path / "out")).code == 0
    assert "Incasso" in (tmp_path / "out" / "handovers.csv").read_text("utf-8-sig")


def test_mediation_by_command(arterm: Arterm, tmp_path: Path) -> None:
    arterm("setup", "--name", "Bakkerij", "--country", "BE", "--language", "en")
    arterm("customer", "add", "Zuid", "--kind", "business", "--country", "BE")
    arterm(
        "invoice", "add", "R1", "--customer", "Zuid", "--amount", "100", "--issued", "2026-08-01", "--due", "2026-09-01"
    )
    assert arterm("partner", "add", "Mia", "--kind", "mediator").code == 0
    assert arterm("handover", "R1", "--to", "Mia", "--out", str(tmp_path / "case.zip")).code == 0
    assert arterm("board", "--json").json["rows"][0]["status"] != "handed_over"
    refused = arterm("handover", "--end", "1", "--outcome", "over")
    assert (refused.code, "--agreed" in refused.err) == (1, True)
    assert arterm("handover", "--accept", "1", "--on", "2026-11-01").code == 1
    taken = arterm("handover", "--accept", "1", "--meets", "2026-12-10")
    assert "They meet on 2026-12-10." in taken.out
    assert arterm("board", "--json").json["rows"][0]["status"] == "handed_over"
    assert "no agreement" in arterm("handover", "--end", "1", "--not-agreed").out
    (held,) = arterm("handover", "--list", "--json").json["handovers"]
    assert (held["accepted"], held["agreed"], held["state"]) == ("2026-11-22", False, "ended")
    assert arterm("undo").code == 0
    assert arterm("doctor").code == 0


def totals(desk: Desk, who: int) -> tuple[int, int, int, int]:
    """Open on the board, in the ageing, on the account, and sold, of a customer (minor units)."""
    board = sum(row.balance.minor for row in Board(desk, Query(customer=who, everything=True)).rows())
    rows = figures.ageing(desk, who).rows
    return (
        board,
        sum(row.total.minor for row in rows),
        movements(desk, who, "EUR")[-1].balance,
        sum(row.sold.minor for row in rows if row.sold),
    )


def test_what_is_sold_leaves_the_board_and_stays_in_the_figures_as_sold(owed: tuple[Desk, int, int]) -> None:
    desk, who, row = owed
    rest = invoice(desk, who, "A-3", 20000, date(2026, 11, 1))
    to = agency(desk, name="Factor NV", kind="factor", model="percent", rates="4", advance=80, recourse=False)
    given = handovers.hand_over(desk, to, [row]).id
    assert totals(desk, who) == (20000, 20000, 20000, 100000)
    assert totals(Desk(desk.book, TODAY - DAY), who) == (120000, 120000, 120000, 0)  # as it was
    assert open_items(desk, who, "EUR")[-1].balance == 20000
    assert {view.number: view.status for view in invoices.views(desk, [who])} == {
        "A-1": "sold",
        "A-3": "overdue",
    }
    assert credit_standing.supply(desk, who).balance == eur(20000)
    assert sum(due[1] for one in coming(desk) for due in one.best if one.customer == who) == 20000
    assert {line.found.number for letter in plan_run(desk, who, by_hand=True).letters for line in letter.lines} == {
        "A-3"
    }
    with pytest.raises(ArtermError, match="Factor NV owns invoice A-1 since 2026-11-22"):
        explain(desk, row)
    flow = report(desk, "dso", ReportOptions())
    assert "Sold and not counted: 1,000.00 EUR." in flow.notes
    assert ("sold, or given back", eur(-100000)) in flow.tables[0].rows
    assert flow.tables[2].rows[-1][3] == eur(97700)  # the other customer's 777.00 and 200.00
    payments.book_credit(desk, payments.CreditDraft(who, eur(20000), TODAY))  # without a word what for: ours
    assert invoices.view(desk, rest).balance == eur(0)
    paid = payments.book_credit(desk, payments.CreditDraft(who, eur(1000), TODAY, (row,)))
    assert "Factor NV owns this claim: pass the money on" in paid.words
    assert find_inconsistencies(desk.book) == []
    handovers.report(desk, given, eur(60000), eur(0), TODAY, "advance")
    told = handovers.end(desk, given, "they paid the factor").words
    assert "What is open of it stays Factor NV's." in told
    assert totals(desk, who)[:3] == (0, 0, 0)
    undo.undo(desk)
    assert handover_views.handover(desk, given).state == "open"
    assert list(complaints(desk.book)) == []


def test_a_sale_called_back_before_anything_came_is_chased_again(owed: tuple[Desk, int, int]) -> None:
    desk, who, row = owed
    to = agency(desk, name="Factor NV", kind="factor", model="percent", rates="4", advance=80)
    given = handovers.hand_over(desk, to, [row]).id
    desk.set_today(TODAY + DAY)
    assert "chased again" in handovers.end(desk, given, "they changed their mind").words
    assert totals(desk, who) == (100000, 100000, 100000, 0)
    assert totals(Desk(desk.book, TODAY), who) == (0, 0, 0, 100000)
    assert find_inconsistencies(desk.book) == []


def test_a_partner_who_collects_costs_too_is_booked_to_the_cent(owed: tuple[Desk, int, int]) -> None:
    desk, who, row = owed
    planned, _ = charges.plan(desk, row)
    claimed = sum(one.amount for one in planned)
    given = handovers.hand_over(desk, agency(desk), [row]).id
    with pytest.raises(ArtermError, match=r"0\.01 EUR more came than is owed"):
        handovers.report(desk, given, eur(100000 + claimed + 1), eur(0), TODAY)
    with pytest.raises(ArtermError, match="handed over on 2026-11-22"):
        handovers.report(desk, given, eur(1), eur(0), TODAY - DAY)
    with pytest.raises(ArtermError, match="not less than nothing"):
        handovers.report(desk, given, eur(-1), eur(0), TODAY)
    told = handovers.report(desk, given, eur(100000 + claimed), eur(15000), TODAY)
    assert "Nothing of it is open any more" in told.words
    assert totals(desk, who)[:3] == (0, 0, 0)
    assert sum(total for (total,) in desk.book.rows("SELECT total FROM invoice WHERE kind = 'charge'")) == claimed
    assert find_inconsistencies(desk.book) == []


def test_the_second_of_two_terminals_hears_who_has_it(owed: tuple[Desk, int, int], tmp_path: Path) -> None:
    desk, _, row = owed
    first, second = agency(desk), agency(desk, name="Other BV")
    path = desk.book.path
    desk.close()
    runs = [
        subprocess.Popen(
            [
                sys.executable,
                "-m",
                "arterm",
                "--book",
                str(path),
                "--today",
                TODAY.isoformat(),
                "handover",
                f"#{row}",
                "--to",
                f"#{to}",
                "--out",
                str(tmp_path / f"{to}.zip"),
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        for to in (first, second)
    ]
    said = [run.communicate(timeout=60)[1] for run in runs]
    assert sorted(run.returncode for run in runs) == [0, 1]
    assert any("has it already" in words for words in said)
    assert len(list(tmp_path.glob("*.zip"))) == 1
    with closing(Desk.open(path, TODAY)) as again:
        assert len(handover_views.handovers(again)) == 1


def test_a_mediation_goes_to_one_only_and_keeps_its_day(owed: tuple[Desk, int, int]) -> None:
    desk, _, row = owed
    to = agency(desk, name="Mediator", kind="mediator", rates="")
    given = handovers.hand_over(desk, to, [row]).id
    with pytest.raises(ArtermError, match="Mediator has it already"):
        handovers.hand_over(desk, agency(desk), [row])
    mediation.accept(desk, given, TODAY, TODAY + 10 * DAY)
    mediation.accept(desk, given, TODAY)
    assert handover_views.handover(desk, given).meets == TODAY + 10 * DAY
    assert "it was handed over: Mediator mediates now" in explain(desk, row).why_not


def test_terms_fit_their_model_and_a_partner_is_shown_whole(owed: tuple[Desk, int, int]) -> None:
    desk, _, row = owed
    for said in ({"model": "flat", "rates": "20"}, {"rates": "0"}, {"flat": eur(-5), "model": "flat"}):
        with pytest.raises(ArtermError):
            agency(desk, **said)
    made = agency(desk, area="BE NL", languages="nl", contact="Jan", undisputed=False)
    partners.review(desk, made, 2, "slow to answer")
    lines = partners.partner_lines(desk, partners.partner(desk, made))
    for words in ("disputed too", "BE NL", "Jan", "slow to answer"):
        assert any(words in line for line in lines)
    held = partners.partner(desk, made)
    draft = PartnerDraft(held.name, held.kind, rates="10")
    partners.edit_partner(desk, made, draft, held.version)
    with pytest.raises(ArtermError, match=r"changed elsewhere while you had it open, by .+ at \d\d:\d\d UTC"):
        partners.edit_partner(desk, made, draft, held.version)
    assert "no partner any more" in partners.remove_partner(desk, made).words
    assert partners.partners(desk) == ()
    undo.undo(desk)
    factor = agency(desk, name="Factor", kind="factor", model="percent", rates="3", advance=80)
    future = invoice(
        desk, desk.book.one("SELECT customer FROM invoice WHERE id = ?", (row,))[0], "A-9", 100000, TODAY + 20 * DAY
    )
    assert handovers.price(desk, factor, [future]) == handovers.Price(eur(100000), eur(80000), eur(3000), eur(17000))
    small = invoice(
        desk, desk.book.one("SELECT customer FROM invoice WHERE id = ?", (row,))[0], "A-8", 500, TODAY - 20 * DAY
    )
    least = agency(desk, name="Least", least=eur(100500))
    assert [one.why_not for one in handovers.eligible(desk, least, [row, small])] == [(), ()]


def test_the_letter_of_a_stop_says_what_it_leaves_out(owed: tuple[Desk, int, int]) -> None:
    desk, who, _ = owed
    holds.freeze(desk, who, "late", carve_outs="project Zuid, already delivered")
    told = " ".join(" ".join(as_text(letter_of(desk, LetterDraft("suspended", who))[0])).split())
    assert (
        "This does not concern: project Zuid, already delivered." in told or "Dit geldt niet voor: project Zuid" in told
    )


def test_a_statement_does_not_ask_for_what_a_partner_collects(owed: tuple[Desk, int, int]) -> None:
    desk, who, row = owed
    invoice(desk, who, "A-3", 20000, date(2026, 11, 1))
    assert letter_of(desk, LetterDraft("statement", who))[0].asked == 120000
    handovers.hand_over(desk, agency(desk), [row])
    assert letter_of(desk, LetterDraft("statement", who))[0].asked == 20000


def test_the_case_file_leaves_out_who_else_is_named_and_tells_of_everything_beside_it(
    owed: tuple[Desk, int, int], tmp_path: Path
) -> None:
    desk, who, row = owed
    log.log_contact(desk, log.ContactDraft(who, "note", "other", note="Like (SOMEBODY else BV): owes too"))
    text = tmp_path / "terms.txt"
    text.write_bytes(b"general terms")
    terms.accept(desk, who, "2026-01", TODAY - 90 * DAY, document=str(text))
    plan = plans.propose(desk, PlanDraft(who, TODAY + 10 * DAY, (row,), parts=2)).id
    plans.cancel(desk, plan, "not signed")
    with desk.act(acts.MAIL_FETCH) as work:
        work.insert(
            Inbox,
            folder="INBOX",
            validity=1,
            uid=1,
            message_id="<a@b>",
            sender="Jan",
            sender_mail="jan@example.com",
            subject="I owe it",
            day=TODAY.isoformat(),
            kind="reply",
            customer=who,
            body="I will pay.",
            said="",
            state="read",
        )
    assert handovers.look_at_papers(desk, [row]) == ["1 entry of the log that name other customers will be left out"]
    given = handovers.hand_over(desk, agency(desk), [row], tmp_path / "case.zip").id
    with zipfile.ZipFile(tmp_path / "case.zip") as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    assert files["terms/01-terms.txt"] == b"general terms"
    (came,) = [content for name, content in files.items() if name.startswith("mails/in/")]
    assert b"I will pay." in came
    told = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(files["case.pdf"])).pages)
    flat = "".join(told.split())
    for name, content in files.items():
        if name not in ("case.pdf", "index.csv"):
            assert "".join(name.split()) in flat
            assert hashlib.sha256(content).hexdigest() in flat
    for words in ("1 entry that name others", "1. due 2026-12-02", "cancelled since", "no document of it is attached"):
        assert "".join(words.split()) in flat
    assert b"SOMEBODY" not in b"".join(files.values())
    handovers.case_again(desk, given, tmp_path / "again.zip")
    assert zipfile.is_zipfile(tmp_path / "again.zip")


def test_a_direct_payment_for_what_a_partner_collects_says_to_tell_them(owed: tuple[Desk, int, int]) -> None:
    desk, who, row = owed
    given = handovers.hand_over(desk, agency(desk), [row]).id
    paid = payments.book_credit(desk, payments.CreditDraft(who, eur(1000), TODAY, (row,)))
    assert "Incasso BV collects this: tell them what came." in paid.words
    handovers.end(desk, given, "done")
    paid = payments.book_credit(desk, payments.CreditDraft(who, eur(1000), TODAY, (row,)))
    assert "Incasso" not in paid.words


def test_words_alone_are_no_money_of_a_sale(owed: tuple[Desk, int, int]) -> None:
    desk, who, row = owed
    to = agency(desk, name="Factor NV", kind="factor", model="percent", rates="4", advance=80)
    given = handovers.hand_over(desk, to, [row]).id
    handovers.report(desk, given, eur(0), eur(0), TODAY, "we look at it")
    assert "chased again" in handovers.end(desk, given, "they do not want it").words
    assert totals(desk, who)[0] == 100000


def test_ways_out_tell_what_came_of_a_partner_and_leave_out_who_would_not_take_it(owed: tuple[Desk, int, int]) -> None:
    desk, who, row = owed
    to = agency(desk, area="NL DE")
    partners.review(desk, to, 2, "slow")
    agency(desk, name="Anything", undisputed=False, area="BE")
    found = {one.words: one.note for one in compare(desk, who, (row,)).ways}
    assert "You gave them 2 of 5." in found["Incasso BV"]
    assert "Their area is NL DE; the debtor is in BE." in found["Incasso BV"]
    assert "Their area" not in found["Anything"]
    pauses.dispute(desk, pauses.DisputeDraft(row, "quality", eur(100)))
    found = {one.words: one.note for one in compare(desk, who, (row,)).ways}
    assert "Incasso BV" not in found
    assert "Anything" in found


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (366, ""),
        (365, "in a year"),
        (359, "in a year"),
        (358, ""),
        (91, ""),
        (90, "soon"),
        (31, "soon"),
        (30, "within a month"),
        (1, "within a month"),
        (0, "may be out"),
    ],
)
def test_claims_are_warned_of_a_year_ninety_and_thirty_days_ahead(days: int, words: str) -> None:
    said = warns(days)
    assert words in said if words else said == ""


def test_what_is_between_us_and_a_buyer_is_not_the_customers_to_see(owed: tuple[Desk, int, int]) -> None:
    desk, who, row = owed
    to = agency(desk, name="Factor NV", kind="factor", model="percent", rates="4", advance=80)
    given = handovers.hand_over(desk, to, [row]).id
    handovers.report(desk, given, eur(80000), eur(4000), TODAY, "advance")
    assert [(one.kind, one.amount) for one in movements(desk, who, "EUR")] == [("invoice", 100000), ("sold", -100000)]
    acts: tuple[Callable[[], object], ...] = (
        lambda: payments.book_credit(desk, payments.CreditDraft(who, eur(100), TODAY, (row,), "write_off")),
        lambda: pauses.dispute(desk, pauses.DisputeDraft(row, "quality")),
    )
    for act in acts:
        with pytest.raises(ArtermError, match="Factor NV owns invoice A-1"):
            act()
    handovers.report(desk, given, eur(10000), eur(0), TODAY, "they paid a part", by_customer=True)
    assert movements(desk, who, "EUR")[-1].balance == 0
    handovers.end(desk, given, "they never paid the rest", recourse=True)
    assert totals(desk, who) == (90000, 90000, 90000, 0)  # what the customer paid stays paid


def test_a_statement_of_open_items_names_only_what_is_open(owed: tuple[Desk, int, int]) -> None:
    desk, who, row = owed
    paid = invoice(desk, who, "A-4", 5000, date(2026, 11, 1))
    payments.book_credit(desk, payments.CreditDraft(who, eur(5000), TODAY, (paid,)))
    payments.book_credit(desk, payments.CreditDraft(who, eur(30000), TODAY, (row,)))
    payments.book_credit(desk, payments.CreditDraft(who, eur(80000), TODAY))  # 100.00 more than is open
    found = open_items(desk, who, "EUR")
    assert [(one.kind, one.number, one.amount) for one in found] == [("receipt", "", -10000)]
    undo.undo(desk)
    (item,) = open_items(desk, who, "EUR")
    assert (item.number, item.amount, item.balance) == ("A-1", 70000, 70000)
    letter = letter_of(desk, LetterDraft("statement", who, items=True))[0]
    told = " ".join(" ".join(as_text(letter)).split())
    assert "A-1" in told
    assert "A-4" not in told
    assert letter.asked == 70000


def test_what_a_mediation_agreed_becomes_a_plan_by_the_same_command(arterm: Arterm, tmp_path: Path) -> None:
    arterm("setup", "--name", "Bakkerij", "--country", "BE", "--language", "en")
    arterm("customer", "add", "Zuid", "--kind", "business", "--country", "BE")
    arterm(
        "invoice", "add", "R1", "--customer", "Zuid", "--amount", "90", "--issued", "2026-08-01", "--due", "2026-09-01"
    )
    arterm("partner", "add", "Bemiddel", "--kind", "mediator")
    assert arterm("handover", "R1", "--to", "Bemiddel", "--out", str(tmp_path / "m.zip")).code == 0
    arterm("handover", "--accept", "1", "--meets", "2026-12-10")
    assert arterm("handover", "--end", "1", "--agreed", "--parts", "3").code == 1
    ended = arterm("handover", "--end", "1", "--agreed", "--parts", "3", "--first", "2026-12-31")
    assert ended.code == 0
    assert arterm("plan", "show", "1", "--json").json["total"] == "90.00"
