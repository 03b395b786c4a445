"""Erasing what is held about a person: words and papers blanked in the rows and in the journal, hashes and dates left
standing.

The journal's chain is over salted digests: without the salt a digest tells nothing of what it was made from, and the
chain stays whole. An act whose payload was erased cannot be taken back.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from sqlite3 import Connection
from typing import Any

from arterm.rules.text import fold

GONE = "(erased)"
Blank = Mapping[str, Any]

# What goes at once, by table: the columns with what they become, and how the rows of the customers `{0}` are found.
WORDS: dict[str, tuple[Blank, str]] = {
    "contact": ({"name": GONE, "role": "", "mail": "", "phone": ""}, "customer IN ({0})"),
    "log": ({"note": "", "reason": ""}, "customer IN ({0})"),
    "pause": ({"why": GONE}, "customer IN ({0})"),
    "dispute": ({"who": "", "note": ""}, "customer IN ({0})"),
    "wish": ({"why": GONE}, "customer IN ({0})"),
    "terms": ({"note": ""}, "customer IN ({0})"),
    "plan": ({"note": "", "why": ""}, "customer IN ({0})"),
    "offer": ({"note": ""}, "customer IN ({0})"),
    "freeze": ({"why": GONE, "who_may": "", "carve_outs": "", "lifted_why": ""}, "customer IN ({0})"),
    "credit_check": ({"source": GONE, "score": "", "note": ""}, "customer IN ({0})"),
    "supply_terms": ({"note": ""}, "customer IN ({0})"),
    "handover": ({"note": "", "outcome": ""}, "customer IN ({0})"),
    "handover_report": ({"note": GONE}, "handover IN (SELECT id FROM handover WHERE customer IN ({0}))"),
    "outbox_part": ({"name": GONE}, "outbox IN (SELECT id FROM outbox WHERE customer IN ({0}))"),
    "outbox": (
        {"to_name": "", "to_mail": GONE, "subject": "", "body": "", "html": "", "said": ""},
        "customer IN ({0})",
    ),
    "inbox": ({"sender": "", "sender_mail": "", "subject": "", "body": "", "said": ""}, "customer IN ({0})"),
    "document": ({"name": GONE, "bytes": b""}, "id IN (SELECT document FROM notice WHERE customer IN ({0}))"),
    "attachment": (
        {"name": GONE, "path": "", "bytes": b""},
        (
            "(owner = 'customer' AND owner_id IN ({0})) OR (owner = 'log' AND owner_id IN (SELECT id FROM log WHERE"
            " customer IN ({0})))"
        ),
    ),
}
# What bookkeeping law keeps for its years, and goes when they are over.
BOOKS: dict[str, tuple[Blank, str]] = {
    "credit": ({"reference": "", "note": "", "payer_account": ""}, "customer IN ({0})"),
    "invoice": ({"note": "", "reference": ""}, "customer IN ({0})"),
    "attachment": (
        {"name": GONE, "path": "", "bytes": b""},
        "owner = 'invoice' AND owner_id IN (SELECT id FROM invoice WHERE customer IN ({0}))",
    ),
    "terms": ({"edition": GONE}, "customer IN ({0})"),
    # Also lines that nobody's credit came of, where the account says whose they are; by name see `lines_by_name`.
    "statement_line": (
        {"payer": "", "account": "", "text": "", "reference": "", "end_to_end": "", "bank_ref": "", "note": ""},
        (
            "credit IN (SELECT id FROM credit WHERE customer IN ({0})) OR (credit IS NULL AND account <> '' AND account"
            " IN (SELECT account FROM payer_account WHERE customer IN ({0})))"
        ),
    ),
    "payer_account": ({"account": GONE}, "customer IN ({0})"),
}
# The customer's own row: what goes at once, and what it becomes when the years for books are over.
OWN_WORDS: Blank = {"note": ""}
OWN_BOOKS = ("own_no", "street", "postcode", "city", "vat_no", "source_country")
# Columns of text that stay, since they tell nothing of a person by themselves: days, states and kinds, the owner's own
# accounts,
# numbers that the books hang on, hashes, the law.
_DAYS = (
    "accepted",
    "again",
    "archived",
    "asked",
    "at",
    "booked",
    "cancelled",
    "closed",
    "day",
    "deadline",
    "declined",
    "due",
    "ended",
    "expires",
    "follow_up",
    "issued",
    "lapses",
    "lifted",
    "looked",
    "made",
    "meets",
    "offered",
    "opened",
    "original_due",
    "proposed",
    "returned",
    "since",
    "target",
    "time",
    "until",
    "value_day",
)
_KINDS = (
    "channel",
    "country",
    "currency",
    "direction",
    "every",
    "form",
    "instructed_currency",
    "key",
    "kind",
    "ladder",
    "language",
    "legal",
    "mail_state",
    "method",
    "origin",
    "owner",
    "phone_state",
    "rate",
    "result",
    "state",
    "surplus",
    "tone",
    "value",
)
_OURS = (
    "accepted_by",
    "cancelled_by",
    "declined_by",
    "folder",
    "offered_by",
    "proposed_by",
    "reply_to",
)
_NUMBERS = ("basis", "coded", "hash", "law", "message_id", "number", "number_key", "refs", "sha256")
KEPT = frozenset((*_DAYS, *_KINDS, *_OURS, *_NUMBERS))
# Names that stay in one table and go in another: what the owner chose from a list, the owner's own address, a payment
# reference.
KEPT_IN: Mapping[str, tuple[str, ...]] = {
    "log": ("outcome",),
    "dispute": ("reason", "outcome"),
    "outbox": ("sender", "sender_mail"),
    "letter": ("reference",),
}


def erase(connection: Connection, customers: Sequence[int], books_kept: bool) -> None:
    """Within the caller's transaction: blank everything held about these customers that need not be kept."""
    ids = ", ".join(str(int(row)) for row in customers)
    for table, (values, where) in WORDS.items():
        _blank(connection, table, values, where.format(ids))
    _blank(connection, "customer", OWN_WORDS, f"id IN ({ids})")
    if books_kept:
        return
    lines = lines_by_name(connection, ids)
    _blank(connection, "statement_line", BOOKS["statement_line"][0], f"id IN ({', '.join(map(str, lines)) or 'NULL'})")
    for table, (values, where) in BOOKS.items():
        if table == "payer_account":
            for (row,) in connection.execute(f"SELECT id FROM payer_account WHERE {where.format(ids)}").fetchall():
                _blank(connection, table, {"account": f"{GONE} {row}"}, f"id = {row}")
            continue
        _blank(connection, table, values, where.format(ids))
    for row in customers:
        gone = {"name": f"Erased #{row}", "folded": f"erased #{row}"}
        gone |= dict.fromkeys(OWN_BOOKS, "")
        _blank(connection, "customer", gone, f"id = {int(row)}")


def lines_by_name(connection: Connection, ids: str) -> list[int]:
    """Bank lines that nobody's credit came of, whose payer is called as one of these customers, in whatever order and
    case.
    """
    names = {
        " ".join(sorted(folded.split()))
        for (folded,) in connection.execute(f"SELECT folded FROM customer WHERE id IN ({ids})")
    }
    rows = connection.execute("SELECT id, payer FROM statement_line WHERE credit IS NULL AND payer <> ''").fetchall()
    return [row for row, payer in rows if " ".join(sorted(fold(payer).split())) in names]


def _blank(connection: Connection, table: str, values: Blank, where: str) -> None:
    """Blank columns of rows, with the guards that keep them set aside for the moment, and what the journal holds of
    them.
    """
    rows = [row for (row,) in connection.execute(f"SELECT id FROM {table} WHERE {where}").fetchall()]
    if not rows:
        return
    guards = connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ? AND sql LIKE '%BEFORE UPDATE%'",
        (table,),
    ).fetchall()
    for name, _ in guards:
        connection.execute(f'DROP TRIGGER "{name}"')
    marks = ", ".join(f"{name} = ?" for name in values)
    for row in rows:
        connection.execute(f"UPDATE {table} SET {marks} WHERE id = ?", (*values.values(), row))
        connection.execute(
            "UPDATE change SET before = NULL, after = NULL, salt = NULL WHERE rows = ? AND row = ? AND kind <> 'bulk'",
            (table, row),
        )
        connection.execute(
            "UPDATE change SET salt = NULL WHERE rows = ? AND kind = 'bulk' AND json_extract(after, '$.first') <= ? AND"
            " json_extract(after, '$.last') >= ?",
            (table, row, row),
        )
    for _, statement in guards:
        connection.execute(statement)


def sweep(connection: Connection) -> None:
    """Outside any transaction: rewrite the file, so that nothing of what was blanked is left in its pages."""
    connection.execute("PRAGMA secure_delete = ON")
    connection.execute("VACUUM")
