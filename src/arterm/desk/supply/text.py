"""A customer's standing in lines of words: the same page for the screen and the command line."""

from __future__ import annotations

from collections.abc import Iterator

from arterm.desk.accounts.warnings import flags
from arterm.desk.claims.terms import TermsView, terms_of
from arterm.desk.session import Desk
from arterm.desk.supply.credit_standing import CheckView, StandingView, SupplyView, standing
from arterm.desk.supply.holds import StopView, stop_of
from arterm.rules.messages import message


def standing_lines(desk: Desk, customer: int) -> list[str]:
    """May we supply, the own record with its working, stops, terms, numbers, accepted terms, credit checks with their
    documents.
    """
    found, stop = standing(desk, customer), stop_of(desk, customer)
    lines = [f"{found.customer}: {answer_words(found.supply)}", *(f"  {why}" for why in found.supply.why)]
    beware = flags(desk).get(customer, ())
    lines += [message("supply.text.beware", beware=", ".join(beware))] if beware else []
    lines += ["", message("supply.text.own_record", grade=found.grade, points=found.points)]
    lines += [f"  {points:+d}  {why}" for points, why in found.working]
    lines += [message("supply.text.you_may_want", suggests=found.suggests)] if found.suggests else []
    lines += ["", *_stop(stop)] if stop else []
    lines += ["", *_terms(desk, found, terms_of(desk, customer))]
    lines += (
        ["", *(line for check in found.checks for line in _check(check))]
        if found.checks
        else ["", message("supply.text.no_credit_check")]
    )
    return lines


def answer_words(answer: SupplyView) -> str:
    """Yes, no, or what it takes."""
    return (
        "yes"
        if answer.may_supply
        else message("supply.text.only", condition=answer.condition)
        if answer.condition
        else "no"
    )


def _stop(stop: StopView) -> Iterator[str]:
    yield message("supply.text.stopped", day=stop.since, by=stop.by, why=stop.why)
    if stop.carve_outs:
        yield message("supply.text.but", carve_outs=stop.carve_outs)
    if stop.who_may:
        yield message("supply.text.may_lifted", who_may=stop.who_may)


def _terms(desk: Desk, found: StandingView, accepted: tuple[TermsView, ...]) -> Iterator[str]:
    limit = desk.format_money(found.terms.limit) if found.terms.limit else "none"
    days = message("supply.text.usual") if found.terms.days is None else str(found.terms.days)
    yield message("supply.text.terms", limit=limit, days=days, prepay=found.terms.prepay)
    if found.terms.note:
        yield f"  {found.terms.note}"
    yield message("supply.text.register", number=found.register.number or "-", words=found.register.words)
    yield f"  {found.register.link}"
    for one in accepted:
        rate = message("supply.text.year", rate=one.rate) if one.rate else ""
        clause = message("supply.text.clause_costs") if one.costs_clause else ""
        yield message(
            "supply.text.accepted_terms",
            version=one.version,
            day=one.accepted,
            rate=rate,
            clause=clause,
        )
        if one.document:
            yield f"  {one.document}, SHA-256 {one.sha256}"


def _check(check: CheckView) -> Iterator[str]:
    score = f", {check.score}" if check.score else ""
    until = message("supply.text.holds_until", day=check.expires) if check.expires else ""
    again = message("supply.text.look_again", day=check.again) if check.again else ""
    yield f"{check.day.isoformat()} {check.source}: {check.result}{score} ({check.state}{until}{again})"
    if check.note:
        yield f"  {' '.join(check.note.split())}"
    if check.document:
        yield message("supply.text.from_sha", document=check.document, path=check.path, sha256=check.sha256)
