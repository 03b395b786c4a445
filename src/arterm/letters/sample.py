"""A made-up letter of any kind: what a text looks like before there is anybody to send it to."""

from __future__ import annotations

from datetime import date, timedelta

from arterm.letters.letter import Address, Charge, Instalment, Letter, Line, Movement, Sender, Sent, Stretch
from arterm.rules.letter_kinds import KINDS

_LAW = "§ 0"
_DAYS = (
    "promised_day",
    "offer_until",
    "new_due",
    "missed_day",
    "agreed_day",
    "since",
    "received_day",
    "part_day",
    "due_day",
)


def sample(
    kind: str, language: str, sender: Sender, day: date, currency: str, layout: str, full: bool = True
) -> Letter:
    """A letter of that kind from the owner. `full` has everything a letter can have; else it has only what it must."""

    def on(days: int) -> date:
        return day + timedelta(days=days)

    lines = [
        Line("2026-0143", on(-82), on(-52), 52, 120050, 20050, 100000),
        Line("2026-0150", on(-72), on(-42), 42, 60000, 0, 50000, 10000),
    ]
    charged = full and (kind in ("settlement", "handover", "agreement") or "claim" in KINDS[kind].needs)
    charges = (Charge("interest", 1234, _LAW, day), Charge("compensation", 4000, _LAW)) if charged else ()
    stretches = (
        (
            Stretch("2026-0143", on(-51), day, 52, 100000, "10.5", 900),
            Stretch("2026-0150", on(-41), day, 42, 50000, "10.5", 334),
        )
        if charged
        else ()
    )
    total = sum(line.open for line in lines[: 2 if full else 1]) + sum(one.amount for one in charges)
    third = total // 3
    schedule = tuple(
        Instalment(n, on(30 * n), part, left)
        for n, part, left in ((1, third, total - third), (2, third, total - 2 * third), (3, total - 2 * third, 0))
    )
    moved = (
        Movement(on(-300), "before", "", 0, 5000),
        Movement(on(-82), "invoice", "2026-0143", 120050, 125050, on(-52)),
        Movement(on(-50), "receipt", "", -20050, 105000),
        Movement(on(-20), "credit_note", "CN-7", -5000, 100000),
    )
    flags = {
        "accelerate": "1" if full else "",
        "no_interest": "1" if full else "",
        "interest_goes_on": "1" if full else "",
        "terms": "2026" if full else "",
    }
    return Letter(
        language,
        3,
        day,
        on(14),
        sender,
        ("Example Ltd", "High Street 1", "1000 Example"),
        "K-17" if full else "",
        "2026-0143",
        currency,
        tuple(lines if full else lines[:1]),
        charges=charges,
        kind=kind,
        layout=layout,
        stretches=stretches,
        legal=_LAW if "legal" in KINDS[kind].needs else "",
        customer=Address("Example Ltd", "High Street 1", "1000", "Example", sender.country),
        history=(Sent(on(-45), "friendly"), Sent(on(-28), "second")) if full else (),
        consumer=not full,
        schedule=schedule if kind == "agreement" else (),
        movements=moved if kind == "statement" else (),
        asked=0 if kind in ("receipt", "reinstated") else None,
        interest_law=_LAW if full else "",
        costs_law=_LAW if full else "",
        days=dict.fromkeys(_DAYS, on(7)),
        sums={
            "promised": total,
            "agreed": total,
            "offer": total * 3 // 4,
            "rest": total - total * 3 // 4 if full or kind == "settlement" else 0,
            "missed": third,
            "part": third,
            "received": 20050,
            "overdue": total if full else 0,
            "in_favour": 0 if full else 500,
        },
        said={
            "grace": "7",
            "carve_outs": "prepaid" if full else "",
            "settled": "1",
            "partner": "Partners & Co",
            **flags,
        },
    )
