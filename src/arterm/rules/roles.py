"""Who may do what, where several people work with one book: owners everything, clerks the day's work, readers nothing
but look.

It keeps people from mistakes, not from a file that they can write: who may open the book at all is the system's to say.
"""

from __future__ import annotations

from arterm.rules.errors import ArtermError

OWNER, CLERK, READER = "owner", "clerk", "reader"
ROLES = (OWNER, CLERK, READER)
# How far the day's work reaches: what goes beyond it gives something away, and is for an owner.
LONGEST_PAUSE_OF_A_CLERK = 31  # days
LONGEST_PLAN_OF_A_CLERK = 366  # days until its last instalment
MOST_PARTS_OF_A_CLERK = 12


def read_roles(text: str) -> dict[str, str]:
    """`anna=clerk piet=reader` as account -> role. Refuses (`bad_roles`) what is not written so."""
    found: dict[str, str] = {}
    for word in text.split():
        account, equals, role = word.partition("=")
        if not account or not equals or role not in ROLES:
            raise ArtermError("bad_roles.word", "roles", word=word[:40], roles=tuple(ROLES))
        if account in found:
            raise ArtermError("bad_roles.twice", "roles", account=account[:40])
        found[account] = role
    return found


def role_of(account: str, text: str) -> str:
    """The role of an account; who is not named is an owner, so that a book of one person needs no roles."""
    return read_roles(text).get(account, OWNER)
