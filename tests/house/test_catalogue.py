"""The catalogue held against the schema, and what is made of it: journal, undo, history, export, a person's file."""

from __future__ import annotations

import csv
import io
import json
import shutil
import sqlite3
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from arterm.desk import acts
from arterm.desk.accounts import customers
from arterm.desk.contacts import limits
from arterm.desk.dunning import pauses
from arterm.desk.housekeeping import privacy
from arterm.desk.housekeeping.export import export
from arterm.desk.mail import preferences
from arterm.desk.mail.alerts import WORDS as ALERTS
from arterm.desk.session import Desk
from arterm.desk.undo import history
from arterm.rules.money import plain
from arterm.store import cases
from arterm.store.catalogue import JOURNALLED, TABLES
from arterm.store.catalogue.table import JOURNALS_OWN, By, Erase, Export, Nobody, Table, Tagged
from arterm.store.undo import undo_act
from arterm.store.verify import complaints
from arterm.store.ways import tables_of, target
from tests.conftest import NOW, TODAY, customer, invoice
from tests.house.rows import Rows, a_row_in_every_table, another, bare_act

# What is exported, written out a second time: other programs read it. Columns are added at the end, and none goes.
EXPORTED = """
accepted_terms: id customer_id customer edition accepted rate costs_clause note attachment_id
alerts: id day kind about_id
allocations: id payment_id invoice_id invoice currency amount value_day reverses restores
assumptions: id customer_id customer key value
attachments: id owner owner_id name path sha256
bank_lines: id day booked currency amount payer account reference text returned state payment_id note form
    own_account statement_id end_to_end bank_ref charges instructed instructed_currency
bank_mismatches: id bank_line_id invoice_id invoice
bank_statements: id form account currency number opening closing until
call_times: log_id time
charges: id notice_id invoice_id invoice kind step law currency amount until debit_id debit
contact_wishes: id customer_id customer since why ended
contacts: id customer_id customer role rank name mail mail_state phone phone_state
credit_checks: id customer_id customer source day result score expires again note attachment_id
customers: id name own_no kind country language street postcode city vat_no note merged_into archived source_country
disputes: id customer_id customer invoice_id invoice currency amount reason who target note opened closed outcome
documents: id name sha256
email_files: id email_id name document_id attachment_id
emails: id customer_id customer kind to_mail subject body message_id day at state attempts said notice_id sha256
    to_name contact_id sender sender_mail reply_to language refs
emails_in: id customer_id customer kind sender_mail subject day email_id state said body sender message_id log_id
    folder validity uid
erasures: id customer_id customer day books_kept
file_profiles: id name shape mapping
files_imported: id name sha256 kind
handover_invoices: handover_id invoice_id invoice currency open
handover_reports: id handover_id day currency received cut note payment_id by_customer
handovers: id partner customer_id customer kind day currency face ended outcome note partner_id advance fee recourse
    accepted meets agreed returned
instalments: plan_id n due currency amount
instalments_reminded: id plan_id n day
invoices: id number kind customer_id customer currency issued due original_due total paid balance settled days_late
    status step reference note attachments parent_id basis
journal: id at day who name about about_id undoes hash
letter_invoices: notice_id invoice_id invoice
letter_texts: id language kind text
letters: notice_id kind language reference coded currency amount
log: id at day customer_id customer direction channel outcome reason note follow_up corrects contact_id
log_invoices: log_id invoice_id invoice
mail_folders: id folder validity uid looked
mail_habits: id customer_id customer courtesy
mail_runs: id day began ended state sent failed unclear words
notice_invoices: notice_id invoice_id invoice step currency open
notice_kinds: notice_id tone legal
notices: id customer_id customer state step channel day deadline currency document sha256 issued document_id
offer_invoices: offer_id invoice_id invoice currency open
offers: id customer_id customer kind currency amount offered until accepted declined note offered_by accepted_by
    declined_by interest work payment_id notice_id
partner_reviews: id partner_id partner day stars note
partners: id name kind model currency flat rates least oldest undisputed recourse days contact mail phone address
    area languages note advance
pauses: id customer_id customer invoice_id invoice since until why ended
payer_accounts: account customer_id customer
payments: id customer_id customer kind day currency total unallocated reference note payer_account
plan_charges: id plan_id invoice_id invoice kind law currency amount until debit_id debit
plan_invoices: plan_id invoice_id invoice currency amount
plans: id customer_id customer currency total origin proposed lapses accepted cancelled why every grace accelerate
    surplus proposed_by accepted_by cancelled_by interest remind to_sign attachment_id notice_id note
promise_invoices: promise_id invoice_id invoice currency amount
promise_methods: promise_id method
promises: id customer_id customer made day currency amount log_id
rates_added: id jurisdiction kind start until rate source
schedule_choices: id customer_id customer invoice_id invoice schedule
schedules: id key words care steps
settings: key value
steps_done: id invoice_id invoice step day log_id
stops: id customer_id customer since why who_may carve_outs lifted lifted_why
supply_terms: customer_id customer currency credit_limit days prepay note
"""

# Columns of minor units.
MONEY = """
    advance amount charges closing credit_limit cut face fee flat free instructed least open opening received total
""".split()  # noqa: SIM905 - easier to read
# Rows about a customer, and about no invoice in particular.
OF_NO_INVOICE = """
    customer contact wish terms assumption payer_account mail_habit credit_check supply_terms freeze erasure
""".split()  # noqa: SIM905 - easier to read


@pytest.fixture(scope="module")
def _filled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Rows]:
    made = Desk.create(tmp_path_factory.mktemp("rows") / "rows.arterm", TODAY, now=lambda: NOW)
    rows = a_row_in_every_table(made)
    made.close()
    return made.book.path, rows


@pytest.fixture
def filled(_filled: tuple[Path, Rows], tmp_path: Path) -> Iterator[Desk]:
    """A book of one's own with a row in every table."""
    desk = Desk.open(Path(shutil.copy(_filled[0], tmp_path / "rows.arterm")), TODAY, now=lambda: NOW)
    yield desk
    desk.close()


@pytest.fixture
def rows(_filled: tuple[Path, Rows]) -> Rows:
    """Which rows these are."""
    return _filled[1]


def schema(desk: Desk) -> dict[str, dict[str, str]]:
    """The tables of a fresh book: their columns, and what type each has."""
    found = desk.book.rows("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'")
    return {table: {row[1]: row[2] for row in desk.book.rows(f'PRAGMA table_info("{table}")')} for (table,) in found}


def keys(desk: Desk, table: str) -> dict[str, str]:
    """The columns of a table that name a row of another, and of which."""
    return {row[3]: row[2] for row in desk.book.rows(f'PRAGMA foreign_key_list("{table}")')}


def unsaid(desk: Desk) -> list[str]:
    """A sentence for each table and column that the schema has and the catalogue has not, and the other way round."""
    found = []
    held = schema(desk)
    for table, columns in held.items():
        said = TABLES.get(table)
        if said is None:
            found.append(
                f"The table {table} is in no list of arterm.store.catalogue: add a Table that says whose its rows are,"
                " how undo takes them back, how they are exported, what an erasure does with each column of text."
            )
            continue
        found += [f"The catalogue names a column {name} that {table} has not." for name in _named(said) - set(columns)]
        if isinstance(said.export, Export):
            exported = {column.path[0] for column in said.export.parsed()} | said.export.left_out.keys()
            found += [
                f"{table}.{name} is not exported: name it in the table's Export, or in `left_out` with the reason."
                for name in columns.keys() - exported - JOURNALS_OWN.keys()
            ]
        if isinstance(said.erase, Erase):
            gone = said.erase.words.keys() | said.erase.books.keys() | said.erase.kept.keys()
            found += [
                f"Nothing is said of what an erasure does with {table}.{name}: `words` go at once, `books` after their"
                " years, `kept` stay."
                for name, kind in columns.items()
                if kind in ("TEXT", "BLOB") and name not in gone
            ]
        elif isinstance(said.customer, tuple):
            found.append(f"{table} leads to a customer, and nothing is said of what an erasure does with its rows.")
    return found + [f"The catalogue names a table {name} that no book has." for name in TABLES.keys() - held.keys()]


def _named(said: Table) -> set[str]:
    """The columns that an entry names."""
    named = {*said.derived, *said.heavy}
    if isinstance(said.export, Export):
        named |= {column.path[0] for column in said.export.parsed()} | said.export.left_out.keys()
    if isinstance(said.erase, Erase):
        named |= said.erase.words.keys() | said.erase.books.keys() | said.erase.kept.keys()
    for ways in (said.customer, said.invoice):
        named |= set() if isinstance(ways, Nobody) else {way.column for way in ways if isinstance(way, By)}
    return named


def test_every_table_and_column_of_the_schema_has_its_line(desk: Desk) -> None:
    assert unsaid(desk) == []


def test_a_table_or_column_without_its_line_is_told_in_a_sentence(desk: Desk) -> None:
    desk.book.connection.execute("CREATE TABLE visit (id INTEGER PRIMARY KEY, customer INTEGER, words TEXT)")
    desk.book.connection.execute("ALTER TABLE wish ADD COLUMN said TEXT")
    told = " ".join(unsaid(desk))
    assert len(unsaid(desk)) == 3
    assert "The table visit is in no list of arterm.store.catalogue" in told
    assert "wish.said is not exported" in told
    assert "what an erasure does with wish.said" in told


def test_an_entry_agrees_with_the_schema_in_what_both_say(desk: Desk) -> None:
    held = schema(desk)
    of_acts = {table for table, columns in held.items() if "act" in columns} - {"change"}
    assert of_acts == set(JOURNALLED)
    assert {name: table.derived for name, table in TABLES.items() if table.derived} == {
        "invoice": ("open",),  # what a trigger keeps
        "credit": ("free",),
    }
    assert {name: table.heavy for name, table in TABLES.items() if table.heavy} == {
        "attachment": ("bytes",),  # what the row's own hash covers
        "document": ("bytes",),
        "outbox": ("html",),
    }
    for name in JOURNALLED:
        table = TABLES[name]
        assert set(table.columns) == set(held[name])
        if table.voidable:
            assert not table.goes_with, f"{name} has a void mark of its own"
            assert not table.stands
            continue
        assert bool(table.goes_with) != bool(table.stands), f"{name} has no void mark: with which row does it go?"
        if table.goes_with:
            assert TABLES[table.goes_with].voidable
            named_there = name in keys(desk, table.goes_with).values()
            assert named_there or table.goes_with in keys(desk, name).values()


@pytest.mark.parametrize("subject", ["customer", "invoice"])
def test_whatever_names_a_customer_or_invoice_leads_there(desk: Desk, subject: str) -> None:
    leads: set[str] = {subject}
    ours = {name for name, table in TABLES.items() if table.unjournalled}
    while more := {
        name for name in TABLES.keys() - ours - leads if leads & set(keys(desk, name).values()) - {"partner"}
    }:
        leads |= more
    assert leads <= set(tables_of("customer" if subject == "customer" else "invoice"))
    assert set(tables_of("customer")) - set(tables_of("invoice")) == set(OF_NO_INVOICE)
    assert set(tables_of("invoice")) <= set(tables_of("customer"))
    for name in leads & JOURNALLED.keys():
        ways = TABLES[name].customer if subject == "customer" else TABLES[name].invoice
        named = {way.column for way in ways if isinstance(way, By)} if not isinstance(ways, Nobody) else set()
        direct = {column for column, to in keys(desk, name).items() if to == subject} - {"merged_into", "debit"}
        if subject == "customer" or name != "invoice":
            assert direct <= named, name


def test_what_a_case_is_made_of_moves_it(filled: Desk, rows: Rows) -> None:
    read: set[str] = set()

    def see(action: int, table: str | None, *_: str | None) -> int:
        if action == sqlite3.SQLITE_READ and table:
            read.add(table)
        return sqlite3.SQLITE_OK

    filled.book.connection.set_authorizer(see)
    cases.rebuild(filled.book, TODAY)
    filled.book.connection.set_authorizer(None)
    theirs = read & set(tables_of("customer")) - {"customer"}  # whose own row is looked after by name
    assert {"freeze", "pause", "dispute", "plan", "inbox", "step_done", "ladder_choice"} <= theirs
    assert {name for name in theirs if not TABLES[name].goes_with} == {n for n, t in TABLES.items() if t.moves}
    for name in theirs:
        assert TABLES[name].moves or TABLES[TABLES[name].goes_with].moves, name


@pytest.mark.parametrize("table", [pytest.param(name, id=name) for name, said in TABLES.items() if said.moves])
def test_a_row_that_moves_a_case_touches_its_customer(rows: Rows, table: str) -> None:
    assert rows.touched[table] == {rows.made["customer"]}


def test_history_finds_every_act_that_touched_a_row_of_theirs(filled: Desk, rows: Rows) -> None:
    other = customer(filled, "Somebody else")
    double = customers.add_customer(filled, {"name": "A double"}).id
    (begun,) = {act.id for act in history(filled, customer=double)}
    customers.merge(filled, double, rows.made["customer"])
    theirs = {act.id for act in history(filled, customer=rows.made["customer"])}
    its = {act.id for act in history(filled, invoice=rows.made["invoice"])}
    for table, act in rows.acts.items():
        assert (act in theirs) == (table in tables_of("customer")), table
        wanted = table in tables_of("invoice") and table not in ("attachment", "ladder_choice")  # of the customer here
        assert (act in its) == wanted, table
    assert begun in theirs
    assert {act.name for act in history(filled, customer=other)} == {"customer.add"}


@pytest.mark.parametrize("table", [pytest.param(n, id=n) for n in JOURNALLED if TABLES[n].voidable])
def test_history_finds_what_changed_or_took_back_a_row(filled: Desk, rows: Rows, table: str) -> None:
    if table == "invoice":
        with bare_act(filled) as work:
            undo_act(work, rows.acts["allocation"])
    if table == "credit":
        return  # the same again
    with bare_act(filled) as alone:
        alone.void(JOURNALLED[table], rows.made[table])
    if table in tables_of("customer"):
        assert alone.id in {act.id for act in history(filled, customer=rows.made["customer"])}
    with bare_act(filled) as again:
        undo_act(again, alone.id)
    if table in tables_of("customer"):
        assert again.id in {act.id for act in history(filled, customer=rows.made["customer"])}
    with bare_act(filled) as bulk:
        bulk.void_made_by(JOURNALLED[table], rows.acts[table])
    if table in tables_of("customer"):
        assert bulk.id in {act.id for act in history(filled, customer=rows.made["customer"])}
    if table in tables_of("invoice") and table not in ("attachment", "ladder_choice"):
        assert bulk.id in {act.id for act in history(filled, invoice=rows.made["invoice"])}


def test_an_act_about_somebody_is_in_the_history_whatever_it_changed(desk: Desk) -> None:
    who = customer(desk)
    owed = invoice(desk, who)
    with desk.act(acts.CUSTOMER_EDIT, "customer", who) as about_them:
        pass
    with desk.act(acts.INVOICE_EDIT, "invoice", owed) as about_it:
        pass
    assert {about_them.id, about_it.id} <= {act.id for act in history(desk, customer=who)}
    its = {act.id for act in history(desk, invoice=owed)}
    assert about_it.id in its
    assert about_them.id not in its


def test_history_goes_every_way_there_is(filled: Desk, rows: Rows) -> None:
    who, owed, made = rows.made["customer"], rows.made["invoice"], rows.made
    mail, _ = another(filled, rows, "outbox", message_id="2", notice=None)
    paper, by_invoice = another(filled, rows, "attachment", owner="invoice", owner_id=owed)
    letter, wrote = another(filled, rows, "notice")
    _, line = another(filled, rows, "letter_line", notice=letter)
    theirs = [
        another(filled, rows, "ladder_choice", customer=None, invoice=owed),
        another(filled, rows, "statement_line", hash="2", credit=None, account=rows.values["payer_account"]["account"]),
        another(filled, rows, "attachment", owner="log", owner_id=made["log"]),
        (paper, by_invoice),
        another(filled, rows, "alert", kind="promise", row=made["promise"]),
        another(filled, rows, "alert", kind="instalment", row=made["plan"]),
    ]
    its = [
        theirs[0],
        *theirs[2:],
        another(filled, rows, "outbox_part", outbox=mail, attachment=paper),
        (letter, wrote),
        (letter, line),
        another(filled, rows, "notice_kind", notice=letter),
    ]
    found = {act.id for act in history(filled, customer=who)}
    assert [act for _, act in theirs if act not in found] == []
    found = {act.id for act in history(filled, invoice=owed)}
    assert [act for _, act in its if act not in found] == []
    _, other = another(filled, rows, "statement_line", hash="3", credit=None, account="BE00")
    assert other not in {act.id for act in history(filled, customer=who)}


def test_whatever_an_attachment_or_alert_is_about_is_a_way() -> None:
    for table, values in (("attachment", {"invoice", "customer", "log"}), ("alert", set(ALERTS))):
        for ways in (TABLES[table].customer, TABLES[table].invoice):
            tags = {way.value for way in ways if isinstance(way, Tagged)} if not isinstance(ways, Nobody) else set()
            assert values - tags <= {"customer"} if ways is TABLES[table].invoice else values == tags


def test_what_was_charged_on_an_invoice_is_in_its_history(desk: Desk) -> None:
    who = customer(desk)
    owed, other = invoice(desk, who, "A-1"), invoice(desk, who, "A-2")
    with bare_act(desk) as work:
        charge = {"number": "A-1/c", "number_key": "a1c", "kind": "charge", "parent": owed, "total": 100, "open": 100}
        charge |= {"customer": who, "currency": "EUR", **dict.fromkeys(("issued", "due", "original_due"), "2026-11-01")}
        work.insert(JOURNALLED["invoice"], **charge)
    assert work.id in {act.id for act in history(desk, invoice=owed)}
    assert work.id not in {act.id for act in history(desk, invoice=other)}


def test_wishes_habits_and_pauses_stand_in_the_history_and_in_the_export(desk: Desk, tmp_path: Path) -> None:
    who = customer(desk, "Ahmed El Idrissi")
    limits.begin_wish(desk, who, "asked not to be called")
    preferences.set_courtesy(desk, who, 5)
    pauses.pause(desk, who, TODAY, "a fire")
    names = [act.name for act in history(desk, customer=who)]
    assert names == ["pause.begin", "mail.habit", "wish.begin", "customer.add"]
    export(desk, tmp_path / "out")
    whole = json.loads((tmp_path / "out" / "book.json").read_text())
    assert whole["contact_wishes"][0]["why"] == "asked not to be called"
    assert whole["mail_habits"][0]["courtesy"] == 5
    assert whole["pauses"][0]["why"] == "a fire"


def test_what_is_exported_is_what_other_programs_know(filled: Desk, rows: Rows, tmp_path: Path) -> None:
    export(filled, tmp_path / "out")
    headers = {path.stem: path.read_text("utf-8-sig").splitlines()[0] for path in (tmp_path / "out").glob("*.csv")}
    known = [line.split(": ") for line in EXPORTED.strip().replace("\n    ", " ").splitlines()]
    assert headers == {name: columns.replace(" ", ",") for name, columns in known}
    assert set(json.loads((tmp_path / "out" / "book.json").read_text())) == {"as_of", "currency", *headers}


@pytest.mark.parametrize("table", [pytest.param(n, id=n) for n in JOURNALLED])
def test_a_row_is_exported_with_what_it_holds(filled: Desk, rows: Rows, table: str, tmp_path: Path) -> None:
    said = TABLES[table].export
    assert isinstance(said, Export)
    export(filled, tmp_path / "out")
    with (tmp_path / "out" / f"{said.name}.csv").open(encoding="utf-8-sig", newline="") as file:
        told = list(csv.DictReader(file))[-1]
    held = dict(
        zip(
            TABLES[table].columns,
            filled.book.one(
                f"SELECT {', '.join(TABLES[table].columns)} FROM {table} WHERE id = ?", (rows.made[table],)
            ),
            strict=True,
        )
    )
    for column in said.parsed():
        value = held[column.path[0]]
        if len(column.path) == 2:
            there = target(table, column.path[0])
            (value,) = filled.book.one(f"SELECT {column.path[1]} FROM {there} WHERE id = ?", (value,)) or ("",)
        if column.money:
            value = plain(value, told[column.money])
        assert told[column.name] == ("" if value is None else str(value)), column.name


def test_money_is_exported_as_a_decimal_number_beside_its_currency() -> None:
    exports = {name: table.export for name, table in TABLES.items() if isinstance(table.export, Export)}
    for table, said in exports.items():
        columns = said.parsed()
        for column in columns:
            money = column.path[-1] in MONEY and (table, column.name) != (
                "partner",
                "advance",
            )  # hundredths of a per cent
            assert bool(column.money) == money, f"{table}.{column.name}"
            assert not column.money or column.money in {one.name for one in columns}


def test_what_was_taken_back_is_not_exported(filled: Desk, rows: Rows, tmp_path: Path) -> None:
    for table, made in reversed(rows.made.items()):
        with bare_act(filled) as work:
            if table == "allocation":
                undo_act(work, rows.acts[table])
            elif TABLES[table].voidable:
                work.void(JOURNALLED[table], made)
    export(filled, tmp_path / "out")
    whole = json.loads((tmp_path / "out" / "book.json").read_text())
    left = {name for name, found in whole.items() if isinstance(found, list) and found}
    assert left == {"allocations", "documents", "alerts", "erasures", "journal"}


@pytest.mark.parametrize("table", [pytest.param(n, id=n) for n in JOURNALLED if n != "erasure"])
def test_undo_takes_a_row_back_as_the_catalogue_says(filled: Desk, rows: Rows, table: str) -> None:
    if table in ("invoice", "credit"):
        with bare_act(filled) as work:
            undo_act(work, rows.acts["allocation"])
    with bare_act(filled) as work:
        undo_act(work, rows.acts[table])
    if TABLES[table].voidable and table != "notice":  # what was issued is withdrawn
        assert filled.book.one(f"SELECT void_act FROM {table} WHERE id = ?", (rows.made[table],)) == (work.id,)
    assert list(complaints(filled.book)) == []


def test_the_file_about_a_person_has_every_table_that_leads_to_them(filled: Desk, rows: Rows, tmp_path: Path) -> None:
    privacy.subject_file(filled, rows.made["customer"], tmp_path / "subject.zip")
    with zipfile.ZipFile(io.BytesIO((tmp_path / "subject.zip").read_bytes())) as archive:
        held = json.loads(archive.read("data.json"))
    assert {table for table, found in held["rows"].items() if found} == set(tables_of("customer"))
    assert {rows.acts[table] for table in tables_of("customer")} <= {line["act"] for line in held["journal"]}
    other = customer(filled, "Somebody else")
    privacy.subject_file(filled, other, tmp_path / "other.zip")
    with zipfile.ZipFile(tmp_path / "other.zip") as archive:
        held = json.loads(archive.read("data.json"))
    assert {table for table, found in held["rows"].items() if found} == {"customer"}


def test_a_wish_noted_after_an_erasure_brings_its_customer_back_on_the_list(desk: Desk) -> None:
    who = customer(desk, "Prospect")
    privacy.erase(desk, who)
    desk.set_today(TODAY.replace(year=2045))
    assert privacy.over(desk) == ()
    limits.begin_wish(desk, who, "asked not to be called")
    desk.set_today(TODAY.replace(year=2060))
    assert [one.customer_id for one in privacy.over(desk)] == [who]
