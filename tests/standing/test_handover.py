"""Those who help: their terms, what they may be given, the case file that answers every question, and what comes back."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pypdf
import pytest

from arterm.desk import attachments, chasing, contact, handover, invoices, mediation, notices, partners, undo
from arterm.desk.board import Board, Query
from arterm.desk.casefile import case_file
from arterm.desk.desk import Desk
from arterm.desk.due import decide_run, due_notices
from arterm.desk.options import compare
from arterm.desk.partners import PartnerDraft
from arterm.desk.radar import running_out
from arterm.rules.errors import ArtermError
from arterm.rules.fees import Fee, rates_text, read_rates
from arterm.rules.money import Money
from arterm.store.cases import disagreements
from arterm.store.chain import complaints
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
    contact.log_contact(desk, contact.ContactDraft(who, "call", "refuses", note="says it is =too dear"))
    contact.log_contact(desk, contact.ContactDraft(other, "call", "no_answer", note="the other one's secret"))
    (letter,) = notices.write(desk, due_notices(desk, who))
    notices.issue(desk, [letter.id])
    return desk, who, row


def agency(desk: Desk, **more: Any) -> int:
    said: dict[str, Any] = {"name": "Incasso BV", "kind": "agency", "rates": "0:15 180:25"}
    return partners.add_partner(desk, PartnerDraft(**(said | more))).id


@pytest.mark.parametrize(
    ("fee", "face", "came", "age", "cost"),
    [
        (Fee("no_cure_no_pay", 0, ((0, 1500), (180, 2500))), 10000, 10000, 179, 1500), (Fee("no_cure_no_pay", 0, ((0, 1500), (180, 2500))), 10000, 4000, 180, 1000),
        (Fee("no_cure_no_pay", 500, ((0, 1500),)), 10000, 0, 10, 0), (Fee("percent", 0, ((0, 1000),)), 10000, 0, 10, 1000), (Fee("flat", 7500), 10000, 0, 10, 7500),
        (Fee("no_cure_no_pay", 0, ((0, 1250),)), 333, 333, 0, 42),
    ],
)  # fmt: skip
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
    for wrong, words in (({"rates": ""}, "Without their terms"), ({"name": " "}, "needs a name"), ({"kind": "friend"}, "no kind"), ({"mail": "a b"}, "not one e-mail"), ({"kind": "factor"}, "pays a part at once")):  # fmt: skip
        with pytest.raises(ArtermError, match=words):
            agency(desk, **wrong)
    to = agency(desk)
    with pytest.raises(ArtermError, match="already"):
        agency(desk, name="INCASSO bv")
    partners.review(desk, to, 4, "quick")
    partners.review(desk, to, 5)
    given = handover.hand_over(desk, to, [row], tmp_path / "case.zip").id
    handover.report(desk, given, eur(40000), eur(6000), TODAY)
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
    receipt = handover.hand_over(desk, agency(desk), [row], target)
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
    assert figures["invoices"][0]["time_barred_from"] == "2036-10-01"
    told = " ".join(
        "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(files["case.pdf"])).pages).split()
    )
    for words in (
        "Van Damme NV",
        "Zuidlaan 4",
        "A-1: may be time-barred from 2036-10-01",
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
    given = handover.hand_over(desk, agency(desk), [row], tmp_path / "case.zip").id
    assert {one.status for one in Board(desk, Query(customer=who)).rows()} == {"handed_over"}
    desk.turn_to(TODAY + 60 * DAY)
    assert [letter for letter in decide_run(desk).letters if letter.customer == who] == []
    with pytest.raises(ArtermError, match="keep more than came"):
        handover.report(desk, given, eur(100), eur(101), TODAY)
    with pytest.raises(ArtermError, match="says something"):
        handover.report(desk, given, eur(0), eur(0), TODAY)
    handover.report(desk, given, eur(40000), eur(6000), TODAY + 30 * DAY, "first part")
    assert invoices.view(desk, row).balance == eur(60000)
    with pytest.raises(ArtermError, match="handed over already"):
        handover.hand_over(desk, partners.find_partner(desk, "incasso"), [row])
    handover.end(desk, given, "called back: they pay us now")
    assert decide_run(desk, who, by_hand=True).letters != ()
    with pytest.raises(ArtermError, match="ended on"):
        handover.report(desk, given, eur(1), eur(0), TODAY)
    held = handover.handover(desk, given)
    assert (held.received, held.cut, held.state, held.outcome) == (
        eur(40000),
        eur(6000),
        "ended",
        "called back: they pay us now",
    )
    assert undo.undo(desk).words.startswith("Taken back: ended a hand-over")
    assert disagreements(desk.book) == []
    assert list(complaints(desk.book)) == []


def test_what_cannot_be_handed_over_is_said_and_nothing_is_half_done(
    owed: tuple[Desk, int, int], tmp_path: Path
) -> None:
    desk, who, row = owed
    to = agency(desk, least=eur(100001), name="Large only")
    target = tmp_path / "case.zip"
    with pytest.raises(ArtermError, match="takes nothing below"):
        handover.hand_over(desk, to, [row], target)
    to = agency(desk)
    chasing.dispute(desk, chasing.DisputeDraft(row, "quality"))
    with pytest.raises(ArtermError, match="it is disputed"):
        handover.hand_over(desk, to, [row], target)
    chasing.settle(desk, row, "withdrawn")
    future = invoice(desk, who, "A-2", 5000, date(2026, 12, 20))
    assert [one.why_not for one in handover.eligible(desk, to, [future])] == [("it is not overdue yet",)]
    target.write_bytes(b"mine")
    newest = desk.newest_act()
    with pytest.raises(ArtermError, match="a file of that name"):
        handover.hand_over(desk, to, [row], target)
    assert (desk.newest_act(), target.read_bytes()) == (newest, b"mine")
    with pytest.raises(ArtermError):
        handover.hand_over(desk, to, [row], tmp_path / "no such folder" / "case.zip")
    assert desk.newest_act() == newest
    assert handover.handovers(desk) == ()


def test_an_attachment_that_changed_stops_the_hand_over(owed: tuple[Desk, int, int], tmp_path: Path) -> None:
    desk, _, row = owed
    paper = tmp_path / "x.pdf"
    paper.write_bytes(b"%PDF one")
    attachments.attach(desk, row, paper)
    to = agency(desk)
    desk.book.connection.execute("DROP TRIGGER IF EXISTS attachment_written_once")
    desk.book.connection.execute("UPDATE attachment SET bytes = x'00' WHERE owner = 'invoice'")
    with pytest.raises(ArtermError, match="is not what was attached"):
        handover.hand_over(desk, to, [row], tmp_path / "case.zip")
    assert handover.handovers(desk) == ()
    assert not (tmp_path / "case.zip").exists()


def test_a_sold_claim_comes_back_with_recourse_and_its_money_is_owed_back(
    owed: tuple[Desk, int, int], tmp_path: Path
) -> None:
    desk, _, row = owed
    to = agency(desk, name="Factor NV", kind="factor", model="percent", rates="4", advance=80)
    receipt = handover.hand_over(desk, to, [row], tmp_path / "case.zip")
    assert (
        receipt.words
        == "Factor NV buys 1 invoice of Van Damme NV: 1,000.00 EUR. 800.00 EUR at once, fee 40.00 EUR, with recourse."
    )
    handover.report(desk, receipt.id, eur(80000), eur(4000), TODAY, "advance")
    assert invoices.view(desk, row).balance == eur(20000)
    handover.end(desk, receipt.id, "they never paid", recourse=True)
    assert invoices.view(desk, row).balance == eur(100000)
    assert disagreements(desk.book) == []
    with pytest.raises(ArtermError, match="No recourse"):
        again = handover.hand_over(desk, agency(desk), [row]).id
        handover.end(desk, again, "back", recourse=True)


def test_a_mediation_is_proposed_accepted_and_ends_in_a_plan(owed: tuple[Desk, int, int]) -> None:
    desk, who, row = owed
    to = agency(desk, name="Mediator", kind="mediator", rates="")
    chasing.dispute(desk, chasing.DisputeDraft(row, "quality"))
    given = handover.hand_over(desk, to, [row]).id
    assert {one.status for one in Board(desk, Query(customer=who)).rows()} == {"disputed"}
    assert handover.handover(desk, given).state == "proposed"
    with pytest.raises(ArtermError, match="has not accepted"):
        mediation.conclude(desk, given, True)
    with pytest.raises(ArtermError, match="agreed or not"):
        handover.end(desk, given, "over")
    meets = desk.today + timedelta(days=10)
    mediation.accept(desk, given, desk.today, meets)
    held = handover.handover(desk, given)
    assert (held.state, held.accepted, held.meets) == ("open", desk.today, meets)
    assert {one.status for one in Board(desk, Query(customer=who)).rows()} == {"handed_over"}
    told = mediation.conclude(desk, given, True, "three parts")
    assert "Write down what was agreed" in told.words
    ended = handover.handover(desk, given)
    assert (ended.state, ended.agreed, ended.outcome) == ("ended", True, "agreed: three parts")
    assert {one.status for one in Board(desk, Query(customer=who)).rows()} == {"disputed"}
    with pytest.raises(ArtermError, match="ended on"):
        mediation.accept(desk, given, desk.today)
    undo.undo(desk)
    undo.undo(desk)
    assert handover.handover(desk, given).state == "proposed"
    assert disagreements(desk.book) == []


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
        == "R1: may be handed over  (no reminder has gone out yet)\n"
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
