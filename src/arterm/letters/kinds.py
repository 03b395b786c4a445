"""The kinds of letters there are: what each may name, and what it cannot do without."""

from __future__ import annotations

from dataclasses import dataclass

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
class Kind:
    """A kind of letter: `words` for the owner; `says` the names beyond the common ones; `needs` what must stand in
    it.
    """

    key: str
    words: str
    needs: frozenset[str]
    says: frozenset[str] = frozenset()
    reminder: bool = False

    @property
    def names(self) -> frozenset[str]:
        """Every name its text may use."""
        return _ANYWHERE | self.says


def _reminder(key: str, words: str, *needs: str) -> Kind:
    return Kind(key, words, frozenset({"table", "total", "ways", *needs}), reminder=True)


def _other(key: str, words: str, needs: str, says: str = "") -> Kind:
    return Kind(key, words, frozenset(needs.split()), frozenset(says.split()) | (frozenset(needs.split()) - BLOCKS))


KINDS: dict[str, Kind] = {
    kind.key: kind
    for kind in (
        _reminder("friendly", "friendly reminder", "deadline"),
        _reminder("second", "second reminder", "deadline"),
        _reminder("costs", "reminder with costs", "claim", "deadline"),
        _reminder("demand", "formal demand, notice of default", "claim", "deadline"),
        _reminder("be-first", "free first reminder (Belgian consumers)", "legal", "deadline"),
        _reminder("nl-14", "fourteen-day letter (Dutch consumers)", "legal"),
        _reminder("before-action", "letter before action (United Kingdom)", "claim", "deadline"),
        _reminder("mahnung", "formal reminder, Mahnung (Germany, Austria)", "claim", "deadline"),
        _other("promise", "confirmation of a promise", "table ways promised promised_day"),
        _other(
            "agreement",
            "instalment agreement, to sign",
            "table schedule signatures ways agreed",
            "accelerate grace one_day no_interest",
        ),
        _other("settlement", "offer to settle for less", "table ways offer offer_until", "rest"),
        _other("more-time", "more time to pay", "table ways new_due", "interest_goes_on"),
        _other("instalment", "an instalment that comes due", "table ways part part_day"),
        _other("breach", "missed instalment", "table ways deadline missed missed_day", "agreed_day accelerate"),
        _other("suspended", "account on stop", "table ways total", "since carve_outs"),
        _other("reinstated", "account open again", "closing", "since"),
        _other("handover", "notice before hand-over", "table ways total deadline partner"),
        _other("statement", "statement of account", "movements", "overdue in_favour ways"),
        _other("receipt", "thank-you for a payment", "received received_day", "rest settled"),
        _other("courtesy", "courtesy notice before the due day", "table ways total due_day"),
        _other("copies", "cover for invoice copies", "table ways"),
    )
}
