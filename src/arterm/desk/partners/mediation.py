"""A mediation: proposed with the case file, accepted by the customer, a day to meet, and agreed or not; what is agreed
becomes a plan.
"""

from __future__ import annotations

from datetime import date

from arterm.desk import acts
from arterm.desk.partners.handover_views import HandoverView, handover, handovers
from arterm.desk.receipt import Receipt
from arterm.desk.session import Desk, refuse_future
from arterm.rules.errors import ArtermError
from arterm.rules.messages import message
from arterm.rules.text import clean_note
from arterm.store.models.partners import Handover


def accept(desk: Desk, row: int, day: date, meets: date | None = None) -> Receipt:
    """The customer takes part: chasing stops until it ends. `meets`: when they meet; given again, another day; without
    it the day agreed before stays.

    Refuses (`no_mediation`) what is none, (`ended`) one that is over, (`bad_day`) a day before it was proposed.
    """
    refuse_future(day, desk.today, "day")
    with desk.act(acts.MEDIATION_ACCEPT, "customer") as work:
        held = _open(desk, row)
        work.about_id = held.customer_id
        _refuse_elsewhere(desk, held)
        meets = meets or held.meets
        if day < held.day or (meets and meets < day):
            raise ArtermError("bad_day.mediation", "day", day=held.day)
        work.update(
            Handover,
            row,
            accepted=(held.accepted or day).isoformat(),
            meets=meets.isoformat() if meets else None,
        )
    remarks = (message("receipts.partners.meets", meets=meets),) if meets else ()
    return Receipt(
        message("receipts.partners.mediation_accepted", customer=held.customer, partner=held.partner),
        work.id,
        (held.customer_id,),
        row,
        remarks,
    )


def conclude(desk: Desk, row: int, agreed: bool, words: str = "") -> Receipt:
    """How it ended. Refuses (`no_mediation`), (`ended`), and (`not_accepted`) an agreement with who never took part."""
    said = clean_note(words, 400)
    outcome = "agreed" if agreed else message("partners.mediation.no_agreement")
    with desk.act(acts.MEDIATION_END, "customer") as work:
        held = _open(desk, row)
        work.about_id = held.customer_id
        if agreed and held.accepted is None:
            raise ArtermError("not_accepted", "mediation", customer=held.customer, row=row)
        work.update(
            Handover,
            row,
            ended=desk.today.isoformat(),
            agreed=int(agreed),
            outcome=f"{outcome}: {said}" if said else outcome,
        )
    then = message("receipts.partners.write_down") if agreed else message("receipts.partners.chased")
    return Receipt(
        message("receipts.partners.mediation_ended", customer=held.customer, outcome=outcome),
        work.id,
        (held.customer_id,),
        row,
        (then,),
    )


def _refuse_elsewhere(desk: Desk, held: HandoverView) -> None:
    """Refuse (`not_eligible`) to mediate about what somebody else collects or owns by now."""
    for other in handovers(desk, held.customer_id):
        if other.id != held.id and other.state == "open" and set(other.invoice_ids) & set(held.invoice_ids):
            raise ArtermError("not_eligible.mediation", "mediation", partner=other.partner, day=other.day)


def _open(desk: Desk, row: int) -> HandoverView:
    held = handover(desk, row)
    if held.kind != "mediation":
        raise ArtermError("no_mediation", "mediation", row=row)
    if held.state == "ended":
        raise ArtermError("ended.mediation", "mediation", ended=held.ended, outcome=held.outcome)
    return held
