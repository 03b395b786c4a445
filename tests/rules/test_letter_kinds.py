"""What each kind of letter is, written out a second time: a kind that is lost, or a flag that turns, is seen here."""

from __future__ import annotations

from arterm.rules.letter_kinds import KINDS

# key, reminder, whole, writer, what is asked for, whether chasing waits
MEANT = """
    friendly reminder - - - -
    second reminder - - - -
    costs reminder - - - -
    demand reminder - - - -
    be-first reminder - - - -
    nl-14 reminder - - - -
    before-action reminder - - - -
    mahnung reminder - - - -
    promise - - agreement_letters.promise - -
    agreement - whole agreement_letters.agreement parts,first,every,deposit,grace,accelerate,interest waits
    settlement - whole agreement_letters.settlement amount,until waits
    more-time - whole agreement_letters.more_time until,interest waits
    instalment - whole agreement_letters.instalment amount,until -
    breach - whole agreement_letters.breach amount,until,since,accelerate -
    suspended - - letters.suspended since -
    reinstated - - letters.reinstated since -
    handover - - letters.handover partner,until -
    statement - - letters.statement since,items -
    receipt - - letters.receipt - -
    courtesy - - letters.courtesy until -
    copies - - letters.copies - -
"""


def test_what_each_kind_of_letter_is() -> None:
    told = [
        " ".join(
            (
                one.key,
                "reminder" if one.reminder else "-",
                "whole" if one.whole else "-",
                one.writer or "-",
                ",".join(ask.field for ask in one.asks) or "-",
                "waits" if one.holds else "-",
            )
        )
        for one in KINDS.values()
    ]
    assert told == [line.strip() for line in MEANT.strip().splitlines()]
