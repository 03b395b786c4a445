"""A customer's standing in lines of words: the same page for the screen and the command line."""

from __future__ import annotations

from collections.abc import Iterator

from arterm.desk.accounts.warnings import flags
from arterm.desk.claims.terms import TermsView, terms_of
from arterm.desk.session import Desk
from arterm.desk.supply.credit_standing import CheckView, StandingView, SupplyView, standing
from arterm.desk.supply.holds import StopView, stop_of


def standing_lines(desk: Desk, customer: int) -> list[str]:
    """May we supply, the own record with its working, stops, terms, numbers, accepted terms, credit checks with their
    documents.
    """
    found, stop = standing(desk, customer), stop_of(desk, customer)
    lines = [f"{found.customer}: {answer_words(found.supply)}", *(f"  {why}" for why in found.supply.why)]
    beware = flags(desk).get(customer, ())
    lines += [f"  beware: {', '.join(beware)}"] if beware else []
    lines += ["", f"Own record: grade {found.grade}, {found.points} points"]
    lines += [f"  {points:+d}  {why}" for points, why in found.working]
    lines += [f"  You may want to {found.suggests}."] if found.suggests else []
    lines += ["", *_stop(stop)] if stop else []
    lines += ["", *_terms(desk, found, terms_of(desk, customer))]
    lines += (
        ["", *(line for check in found.checks for line in _check(check))] if found.checks else ["", "No credit check."]
    )
    return lines


def answer_words(answer: SupplyView) -> str:
    """Yes, no, or what it takes."""
    return "yes" if answer.may_supply else f"only with {answer.condition}" if answer.condition else "no"


def _stop(stop: StopView) -> Iterator[str]:
    yield f"Supply is stopped since {stop.since.isoformat()} by {stop.by}: {stop.why}"
    if stop.carve_outs:
        yield f"  but for: {stop.carve_outs}"
    if stop.who_may:
        yield f"  may be lifted by: {stop.who_may}"


def _terms(desk: Desk, found: StandingView, accepted: tuple[TermsView, ...]) -> Iterator[str]:
    limit = desk.format_money(found.terms.limit) if found.terms.limit else "none"
    days = "as usual" if found.terms.days is None else str(found.terms.days)
    yield f"Limit {limit}; days to pay {days}; beforehand {found.terms.prepay} %"
    if found.terms.note:
        yield f"  {found.terms.note}"
    yield f"Number {found.register.number or '-'}: {found.register.words}"
    yield f"  {found.register.link}"
    for one in accepted:
        rate = f", {one.rate} % a year" if one.rate else ""
        clause = ", with a clause on costs" if one.costs_clause else ""
        yield f"Accepted terms {one.version} on {one.accepted.isoformat()}{rate}{clause}"
        if one.document:
            yield f"  {one.document}, SHA-256 {one.sha256}"


def _check(check: CheckView) -> Iterator[str]:
    score = f", {check.score}" if check.score else ""
    until = f", holds until {check.expires.isoformat()}" if check.expires else ""
    again = f", look again {check.again.isoformat()}" if check.again else ""
    yield f"{check.day.isoformat()} {check.source}: {check.result}{score} ({check.state}{until}{again})"
    if check.note:
        yield f"  {' '.join(check.note.split())}"
    if check.document:
        yield f"  {check.document} from {check.path}, SHA-256 {check.sha256}"
