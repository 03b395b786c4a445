"""Bank statements as plain records, whatever format they came in; sums checked where the file has balances."""

from __future__ import annotations

from collections.abc import Sequence

from arterm.formats.bank_records import Entry, Statement
from arterm.formats.records import Complaint, Reading
from arterm.rules.errors import ArtermError
from arterm.rules.money import Money
from arterm.rules.text import clean, clean_note


def finish(reading: Reading, statements: Sequence[Statement], name: str) -> Reading:
    """A reading of statements: counted, added up; refused (`no_statement`) where there is none at all."""
    if not statements:
        raise ArtermError("no_statement.none", name)
    reading.kind = "statements"
    reading.statements = list(statements)
    reading.read = sum(len(one.entries) for one in statements)
    for one in statements:
        if one.interim:
            reading.notes.append(f"{one.interim}: nothing of it is booked, the statement of the day will have it.")
        if one.opening is None or one.closing is None:
            continue
        moved = sum(entry.amount for entry in one.entries if entry.currency == one.currency)
        if one.opening + moved != one.closing:
            money = [Money(minor, one.currency).plain() for minor in (one.opening, moved, one.closing)]
            reason = f"does not add up: opening {money[0]}, entries {money[1]}, closing {money[2]}"
            reading.warnings.append(
                Complaint(one.entries[0].line if one.entries else 1, "balance", one.number or one.account, reason)
            )
    if not reading.read:
        reading.notes.append("The statement has no entries.")
    return reading


def tidy(entry: Entry) -> Entry:
    """An entry with foreign text made safe, and what banks write for nothing left out."""
    from dataclasses import replace

    payer = clean(entry.payer, 140)
    return replace(
        entry,
        payer="" if payer.lower() in ("keine information vorhanden", "notprovided", "nicht vorhanden", "-") else payer,
        account=clean(entry.account, 40).replace(" ", ""),
        reference=clean(entry.reference, 140),
        text=clean_note(entry.text, 1000).replace("\n", " "),
        end_to_end=(
            ""
            if entry.end_to_end.upper().strip() in ("NOTPROVIDED", "NONREF", "NOT PROVIDED", "KEINE REFERENZ")
            else clean(entry.end_to_end, 80)
        ),
        bank_ref="" if entry.bank_ref.upper().strip() in ("NONREF", "NOTPROVIDED") else clean(entry.bank_ref, 80),
    )
