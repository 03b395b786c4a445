"""Version 15: views that say once what every read would repeat: rows that stand, customers as they are now known.

And an index for lines of statements that no payment came of, by whose account they tell of.
"""

from __future__ import annotations

from sqlite3 import Connection

# Tables whose rows a later act can mark void: `live_invoice` has the invoices that stand.
VOIDABLE = (
    "profile",
    "source_file",
    "customer",
    "contact",
    "invoice",
    "credit",
    "log",
    "promise",
    "attachment",
    "notice",
    "ladder",
    "ladder_choice",
    "pause",
    "dispute",
    "rate_owned",
    "terms",
    "step_done",
    "charge",
    "letter_text",
    "wish",
    "plan",
    "plan_invoice",
    "plan_charge",
    "reminded",
    "offer",
    "assumption",
    "statement",
    "statement_line",
    "payer_account",
    "mismatch",
    "outbox",
    "inbox",
    "inbox_mark",
    "mail_run",
    "mail_habit",
    "credit_check",
    "supply_terms",
    "freeze",
    "partner",
    "partner_review",
    "handover",
    "handover_report",
    "setting",
)
# `customer_now`: each customer's number beside whoever it was merged into, or itself. `standing_log`: entries that no
# later one corrects. `standing_promise`: promises whose entry was not corrected.
VIEWS = (
    "CREATE VIEW customer_now AS SELECT o.id AS id, c.id AS customer, c.name AS name, c.folded AS folded,"
    " c.own_no AS own_no, c.kind AS kind, c.country AS country, c.language AS language, c.archived AS archived"
    " FROM customer o JOIN customer c ON c.id = coalesce(o.merged_into, o.id)",
    "CREATE VIEW standing_log AS SELECT * FROM log WHERE void_act IS NULL"
    " AND id NOT IN (SELECT corrects FROM log WHERE corrects IS NOT NULL AND void_act IS NULL)",
    "CREATE VIEW standing_promise AS SELECT * FROM promise WHERE void_act IS NULL"
    " AND (log IS NULL OR log NOT IN (SELECT corrects FROM log WHERE corrects IS NOT NULL AND void_act IS NULL))",
)
INDEX = "CREATE INDEX statement_line_account ON statement_line (account) WHERE credit IS NULL"


def run(connection: Connection) -> None:
    """Make the views and the index; the tables stay as they are. The caller holds the transaction."""
    connection.execute(INDEX)
    for table in VOIDABLE:
        connection.execute(f'CREATE VIEW "live_{table}" AS SELECT * FROM "{table}" WHERE void_act IS NULL')
    for view in VIEWS:
        connection.execute(view)
