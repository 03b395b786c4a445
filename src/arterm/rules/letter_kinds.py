"""The kinds of letters there are: what each may name and cannot do without, what its writer is asked for, what follows.

Commands, forms, help and refusals are made from this table. A kind is its row here, the function that writes it (named
in its row), and a text of that name for each language.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

SHARED = frozenset(
    {"greeting", "closing", "crossed", "talk", "contact", "disagree", "supply"}
)  # paragraphs of the language
BLOCKS = frozenset({"table", "claim", "history", "ways", "schedule", "movements", "signatures", "legal"})
_ANYWHERE = SHARED | {
    "business",
    "contact_details",
    "customer",
    "customer_no",
    "numbers",
    "principal",
    "total",
    "charges",
    "day",
    "deadline",
    "step",
    "terms",
    "single",
    "mixed",
    "consumer",
    "interest_law",
    "costs_law",
}


@dataclass(frozen=True, slots=True)
class Ask:
    """What a writer is asked for: a field of the draft, whether the letter needs it, what a form calls it."""

    field: str
    needed: bool = False
    label: str = ""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of letter: `words` for the owner; `says` the names beyond the common ones; `needs` what must stand in it.

    One that is no reminder is written by hand: `asks` what its writer is asked for, `writer` the function of
    `desk.letters` that does it; `whole`: it is about all that is owed, due or not; `holds`: why chasing waits until its
    day once it went out.
    """

    key: str
    words: str
    needs: frozenset[str]
    says: frozenset[str] = frozenset()
    reminder: bool = False
    asks: tuple[Ask, ...] = ()
    writer: str = ""
    whole: bool = False
    holds: str = ""

    @property
    def names(self) -> frozenset[str]:
        """Every name its text may use."""
        return _ANYWHERE | self.says


def _reminder(key: str, words: str, *needs: str) -> Kind:
    return Kind(key, words, frozenset({"table", "total", "ways", *needs}), reminder=True)


def _other(
    key: str, words: str, writer: str, needs: str, says: str = "", asks: tuple[Ask, ...] = (), **more: Any
) -> Kind:
    wanted = frozenset(needs.split())
    return Kind(key, words, wanted, frozenset(says.split()) | (wanted - BLOCKS), asks=asks, writer=writer, **more)


_KINDS = (
    _reminder("friendly", "friendly reminder", "deadline"),
    _reminder("second", "second reminder", "deadline"),
    _reminder("costs", "reminder with costs", "claim", "deadline"),
    _reminder("demand", "formal demand, notice of default", "claim", "deadline"),
    _reminder("be-first", "free first reminder (Belgian consumers)", "legal", "deadline"),
    _reminder("nl-14", "fourteen-day letter (Dutch consumers)", "legal"),
    _reminder("before-action", "letter before action (United Kingdom)", "claim", "deadline"),
    _reminder("mahnung", "formal reminder, Mahnung (Germany, Austria)", "claim", "deadline"),
    _other("promise", "confirmation of a promise", "agreement_letters.promise", "table ways promised promised_day"),
    _other(
        "agreement",
        "instalment agreement, to sign",
        "agreement_letters.agreement",
        "table schedule signatures ways agreed",
        "accelerate grace one_day no_interest",
        asks=(
            Ask("parts", True),
            Ask("first", True),
            Ask("every", True),
            Ask("deposit"),
            Ask("grace"),
            Ask("accelerate"),
            Ask("interest"),
        ),
        whole=True,
        holds="the first instalment is awaited",
    ),
    _other(
        "settlement",
        "offer to settle for less",
        "agreement_letters.settlement",
        "table ways offer offer_until",
        "rest",
        asks=(Ask("amount", True, "What you take instead"), Ask("until", True, "If it comes by")),
        whole=True,
        holds="an offer stands",
    ),
    _other(
        "more-time",
        "more time to pay",
        "agreement_letters.more_time",
        "table ways new_due",
        "interest_goes_on",
        asks=(Ask("until", True, "New day to pay"), Ask("interest")),
        whole=True,
        holds="more time was given",
    ),
    _other(
        "instalment",
        "an instalment that comes due",
        "agreement_letters.instalment",
        "table ways part part_day",
        asks=(Ask("amount", True, "The instalment"), Ask("until", True, "Due on")),
        whole=True,
    ),
    _other(
        "breach",
        "missed instalment",
        "agreement_letters.breach",
        "table ways deadline missed missed_day",
        "agreed_day accelerate",
        asks=(
            Ask("amount", True, "The instalment that was missed"),
            Ask("until", True, "It was due on"),
            Ask("since", True, "Agreed on"),
            Ask("accelerate"),
        ),
        whole=True,
    ),
    _other(
        "suspended",
        "account on stop",
        "letters.suspended",
        "table ways total",
        "since carve_outs",
        asks=(Ask("since", label="Since"),),
    ),
    _other(
        "reinstated",
        "account open again",
        "letters.reinstated",
        "closing",
        "since",
        asks=(Ask("since", label="Since"),),
    ),
    _other(
        "handover",
        "notice before hand-over",
        "letters.handover",
        "table ways total deadline partner",
        asks=(Ask("partner", True), Ask("until", label="Unless paid by")),
    ),
    _other(
        "statement",
        "statement of account",
        "letters.statement",
        "movements",
        "overdue in_favour ways",
        asks=(Ask("since", label="From"), Ask("items")),
    ),
    _other("receipt", "thank-you for a payment", "letters.receipt", "received received_day", "rest settled"),
    _other(
        "courtesy",
        "courtesy notice before the due day",
        "letters.courtesy",
        "table ways total due_day",
        asks=(Ask("until", label="Due by"),),
    ),
    _other("copies", "cover for invoice copies", "letters.copies", "table ways"),
)
KINDS: dict[str, Kind] = {kind.key: kind for kind in _KINDS}
BY_HAND: dict[str, Kind] = {key: kind for key, kind in KINDS.items() if not kind.reminder}
