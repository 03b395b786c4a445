"""An invoice why_text in words: points, next step, reasons, and what may be claimed with its law."""

from __future__ import annotations

from arterm.desk.claims.claims import ClaimView
from arterm.desk.session import Desk
from arterm.desk.worklist.why import Explanation
from arterm.rules.day_words import in_words, long_words


def why_text(desk: Desk, found: Explanation) -> list[str]:
    """Everything that `w` shows."""
    late = f"{found.days_overdue} days ago" if found.days_overdue else "not late yet"
    charges = f", and {desk.format_money(found.charges)} of charges" if found.charges else ""
    lines = [
        f"{found.customer} owes {desk.format_money(found.balance)}{charges} on invoice {found.invoice}.",
        f"Due on {long_words(found.due)}: {late}. Status: {found.status}.",
        "",
        f"Its place: {found.priority} points",
        *(f"  {points:+5d}  {words}" for points, words in found.points),
        "",
        f"Ladder: {found.ladder}. Last step: {found.stage}. By its age alone: {found.old_enough}.",
    ]
    if found.next:
        when = f" from {long_words(found.next_on)}" if found.next_on else ""
        lines.append(f"Next: {found.next}, by {found.channel}{when}.")
    lines += ["It is to be chased now."] if not found.why_not else ["It is not chased now:"]
    lines += [f"  · {why}" for why in found.why_not]
    lines += ["", "What speaks for it:", *(f"  · {why}" for why in found.why), ""]
    return lines + claim_text(desk, found.claim)


def claim_text(desk: Desk, claim: ClaimView) -> list[str]:
    """The claim: sums with their law, interest by period, and what is not allowed and why."""
    lines = [
        f"What may be claimed today by the law of {claim.jurisdiction or '?'} from a {claim.debtor}:"
        f" {desk.format_money(claim.total)}"
    ]
    for what, money in (
        ("principal", claim.principal),
        ("interest", claim.interest),
        ("compensation", claim.compensation),
        ("costs", claim.costs),
    ):
        if money:
            law = next(
                (f"  {one.law}{f' ({one.note})' if one.note else ''}" for one in claim.basis if one.what == what), ""
            )
            lines.append(f"  {what} {desk.format_money(money)}{law}")
    for period in claim.interest_periods:
        lines.append(
            f"    {in_words(period.from_)} to {in_words(period.to)}: {period.days} d at {period.rate} % on"
            f" {desk.format_money(period.principal)} = {desk.format_money(period.interest)}"
        )
    for one in claim.not_allowed:
        lines.append(f"  not {one.what}: {one.why}" + (f"; from {in_words(one.from_)}" if one.from_ else ""))
    return lines
