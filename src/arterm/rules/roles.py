"""Who may do what, where several people work with one book: owners everything, clerks the day's work, readers nothing
but look.

It keeps people from mistakes, not from a file that they can write: who may open the book at all is the system's to say.
"""

from __future__ import annotations

from arterm.rules.errors import ArtermError

OWNER, CLERK, READER = "owner", "clerk", "reader"
ROLES = (OWNER, CLERK, READER)
# Acts by which something is given away, handed to others, erased, or decided for everybody: by name, or by all that
# begin so.
_OWNERS = (
    "settings.",
    "business.",
    "ladder.change",
    "ladder.reset",
    "letter.text",
    "rates.",
    "terms.",
    "standing.terms",
    "standing.release",
    "partner.",
    "handover.",
    "mediation.",
    "privacy.",
    "money.write_off",
    "money.discount",
    "money.credit_note",
    "money.refund",
    "charge.waive",
    "offer.",
    "invoice.void",
    "customer.merge",
    "assume",
)


def read_roles(text: str) -> dict[str, str]:
    """`anna=clerk piet=reader` as account -> role. Refuses (`bad_roles`) what is not written so."""
    found: dict[str, str] = {}
    for word in text.split():
        account, equals, role = word.partition("=")
        if not account or not equals or role not in ROLES:
            raise ArtermError(
                "bad_roles",
                f"'{word[:40]}' gives nobody a role.",
                "roles",
                f"Write it like anna=clerk; roles are {', '.join(ROLES)}.",
            )
        if account in found:
            raise ArtermError(
                "bad_roles", f"{account[:40]} stands there twice.", "roles", "Give each account one role."
            )
        found[account] = role
    return found


def role_of(account: str, text: str) -> str:
    """The role of an account; who is not named is an owner, so that a book of one person needs no roles."""
    return read_roles(text).get(account, OWNER)


def refuse_act(account: str, text: str, act: str) -> None:
    """Refuse (`not_allowed`) an act that the account's role does not reach to."""
    role = role_of(account, text)
    if role == READER or (role == CLERK and act.startswith(_OWNERS)):
        only = "only look" if role == READER else "do the day's work: this is for an owner"
        raise ArtermError(
            "not_allowed",
            f"{account} is a {role} in this book, and may {only}.",
            "roles",
            "An owner changes that with: arterm settings set roles",
        )
