"""What the law's answer depends on and only the owner knows: terms that customers accepted, and rates published
since.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from arterm.desk import acts, find
from arterm.desk.accounts import attachments
from arterm.desk.claims.claims import owned_rates
from arterm.desk.paths import path_of
from arterm.desk.receipt import Receipt
from arterm.desk.session import Desk, refuse_future
from arterm.law.question import OwnRate
from arterm.law.rates import FOREVER, refuse_overlap, steps
from arterm.rules.errors import ArtermError
from arterm.rules.messages import message
from arterm.rules.rates import rate_text, read_rate
from arterm.rules.text import clean, clean_note
from arterm.store.merged import merged_ids
from arterm.store.models.dunning import AcceptedTerms, RateOwned
from arterm.store.reads.claims import claims as reads


@dataclass(frozen=True, slots=True)
class TermsView:
    """The version of the general terms that a customer accepted on a day; `document` and `sha256` of the signed or sent
    text.
    """

    id: int
    customer_id: int
    version: str
    accepted: date
    rate: str
    costs_clause: bool
    note: str
    document: str = ""
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class RateView:
    """A published rate; `source` ends with 'yours' when the owner added it. `until` is None where it has no end."""

    jurisdiction: str
    kind: str
    from_: date
    until: date | None
    rate: str
    confidence: str
    source: str


def accept(
    desk: Desk,
    customer: int,
    version: str,
    accepted: date,
    rate: str = "",
    costs_clause: bool = False,
    note: str = "",
    document: str = "",
) -> Receipt:
    """Keep that a customer accepted a version of the terms, with what it says on late payment.

    It holds for invoices issued from that day on. A `document` is copied into the book with its hash. Refuses
    (`missing`) without a version, (`bad_rate`), a day to come, a file that is not there.
    """
    if not version.strip():
        raise ArtermError("missing.version", "version")
    refuse_future(accepted, desk.today, "accepted")
    asked = rate_text(read_rate(rate)) if rate.strip() else ""
    content = attachments.content_of(path_of(document)) if document else b""
    with desk.act(acts.TERMS_ACCEPT, "customer", customer) as work:
        kept = attachments.keep_within(work, "customer", customer, path_of(document), content) if content else None
        row = work.insert(
            AcceptedTerms,
            customer=customer,
            edition=clean(version, 60),
            accepted=accepted.isoformat(),
            rate=asked,
            costs_clause=int(costs_clause),
            note=clean_note(note),
            document=kept,
        )
    said = [message("receipts.claims.rate_a_year", rate=asked)] if asked else []
    said += [message("receipts.claims.costs_clause")] if costs_clause else []
    names = {"customer": find.customer_name(desk, customer), "version": clean(version, 60)}
    done = message("receipts.claims.terms", **names)
    if said:
        done = message("receipts.claims.terms_with", said=said, **names)
    return Receipt(done, work.id, (customer,), row)


def terms_of(desk: Desk, customer: int) -> tuple[TermsView, ...]:
    """What a customer accepted, newest first."""
    return tuple(
        TermsView(
            one.id,
            one.customer,
            one.version,
            one.accepted,
            one.rate,
            one.costs_clause,
            one.note,
            one.document,
            one.sha256,
        )
        for one in reads.terms_of(desk.book, merged_ids(desk.book, [customer]))
    )


def rates(desk: Desk, jurisdiction: str = "", since: date | None = None) -> tuple[RateView, ...]:
    """Published rates with the owner's among them; of one jurisdiction, and from a day on."""
    from arterm.law.rates import kinds

    found = []
    for code, of in kinds().items():
        for kind in of if not jurisdiction or code == jurisdiction.upper() else ():
            for one in steps(code, kind, owned_rates(desk)):
                if since is None or one.until >= since:
                    until = None if one.until == FOREVER else one.until
                    found.append(
                        RateView(code, kind, one.start, until, rate_text(one.rate), one.confidence, one.source)
                    )
    return tuple(found)


def add_rate(
    desk: Desk, jurisdiction: str, kind: str, rate: str, start: date, until: date, source: str = ""
) -> Receipt:
    """Add a rate that was published since. Refuses (`rate_overlap`) days that have one, (`unknown_jurisdiction`),
    (`bad_rate`).
    """
    new = OwnRate(jurisdiction.upper(), kind, start, until, read_rate(rate), clean(source))
    with desk.act(acts.RATES_ADD) as work:
        refuse_overlap(new, owned_rates(desk))
        work.insert(
            RateOwned,
            jurisdiction=new.jurisdiction,
            kind=kind,
            start=start.isoformat(),
            until=until.isoformat(),
            rate=rate_text(new.rate),
            source=new.source,
        )
    return Receipt(
        message(
            "receipts.claims.rate",
            jurisdiction=new.jurisdiction,
            kind=kind,
            rate_text=rate_text(new.rate),
            start=start,
            until=until,
        ),
        work.id,
    )
