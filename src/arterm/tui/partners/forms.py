"""Those who help, on screen: a hand-over with its case file, reports, a partner's terms and what the owner thinks of
them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from arterm.desk.accounts.board import Board, Query
from arterm.desk.partners import handover_views, handovers, mediation
from arterm.desk.partners.handover_views import HandoverView
from arterm.desk.partners.partners import KINDS, PartnerDraft, PartnerView, add_partner, edit_partner, partners, review
from arterm.desk.paths import path_of
from arterm.rules.errors import ArtermError
from arterm.rules.fees import MODELS
from arterm.rules.money import Money, plain
from arterm.tui.compromise.plan import PlanSheet
from arterm.tui.host import Host
from arterm.tui.shell.form import FormScreen
from arterm.tui.shell.pick import Choices, Pick
from arterm.tui.widgets.fields import Field

_YES = [("yes", "yes"), ("no", "no")]
_WORDS = {"flat": "a flat sum", "percent": "per cent, whatever comes", "no_cure_no_pay": "per cent of what comes"}


def handover_ways(host: Host, customer: int, chosen: tuple[int, ...]) -> Choices:
    """To others, or what they have already."""

    def told(held: HandoverView) -> tuple[str, Callable[[], None]]:
        return f"{held.partner} has {len(held.invoices)} of them: report, end", lambda: handover_choices(host, held)

    return [
        *(told(held) for held in handover_views.handovers(host.desk, customer) if held.state != "ended"),
        ("Hand over to an agency, attorney, factor or mediator", lambda: choose_partner(host, customer, chosen)),
    ]


def choose_partner(host: Host, customer: int, invoices: tuple[int, ...]) -> None:
    """To whom? What speaks against each is said before anything is asked."""
    chosen = invoices or tuple(row.invoice_id for row in Board(host.desk, Query(customer=customer)).rows())
    held = partners(host.desk)
    if not held or not chosen:
        host.tell(
            "No partner is known yet: add one under 5, settings." if chosen else "Nothing overdue is chosen.", "warning"
        )
        return
    choices: list[tuple[str, Callable[[], Any]]] = []
    for one in held:
        against = [
            f"{found.invoice}: {found.why_not[0]}"
            for found in handovers.eligible(host.desk, one.id, chosen)
            if found.why_not
        ]
        words = f"{one.name} ({one.kind})" + (f": not now, {against[0]}" if against else "")
        choices.append((words, _giver(host, one, chosen) if not against else lambda: None))
    host.push_screen(Pick("Hand over to whom?", choices))


def _giver(host: Host, to: PartnerView, invoices: tuple[int, ...]) -> Callable[[], Any]:
    beware = [
        f"{one.invoice}: {words}" for one in handovers.eligible(host.desk, to.id, invoices) for words in one.beware
    ]
    asked = handovers.price(host.desk, to.id, invoices)
    told = host.desk.format_money
    price = (
        f"{told(asked.advance)} at once, fee {told(asked.fee)}, {told(asked.reserve)} when they pay. "
        if asked.advance
        else ""
    )

    def submit(draft: dict[str, Any]) -> None:
        host.done(handovers.hand_over(host.desk, to.id, invoices, path_of(draft["file"]), draft["note"]))

    fields = [
        Field("file", "Case file", value=f"~/case-{host.desk.today.isoformat()}.zip", needed=True),
        Field("note", "Note"),
    ]
    return lambda: host.push_screen(
        FormScreen(
            f"Hand over to {to.name}",
            fields,
            host.habits,
            submit,
            price + ("; ".join(beware)[:300] or "Chasing stops; the case file holds everything."),
        )
    )


def handover_choices(host: Host, held: HandoverView) -> None:
    """What can be done about a hand-over."""
    if held.kind == "mediation":
        _mediation_choices(host, held)
        return
    choices: list[tuple[str, Callable[[], Any]]] = [
        ("Book what they report", lambda: host.push_screen(_report_form(host, held))),
        ("It is over, or called back", lambda: host.push_screen(_end_form(host, held, False))),
    ]
    if held.kind == "sale" and held.recourse:
        choices.append(("Given back: their money is owed back", lambda: host.push_screen(_end_form(host, held, True))))
    choices.append(("Write the case file again", lambda: host.push_screen(_file_form(host, held))))
    host.push_screen(Pick(f"{held.partner}: {held.customer}, {host.desk.format_money(held.face)}", choices))


def _file_form(host: Host, held: HandoverView) -> FormScreen:
    def submit(draft: dict[str, Any]) -> None:
        host.tell(handovers.case_again(host.desk, held.id, path_of(draft["file"])).words)

    name = f"~/case-{held.id}-{host.desk.today.isoformat()}.zip"
    return FormScreen(
        f"Case file for {held.partner}", [Field("file", "File", value=name, needed=True)], host.habits, submit
    )


def _mediation_choices(host: Host, held: HandoverView) -> None:
    accepts = "They accept it" if held.accepted is None else "They meet on another day"
    choices: list[tuple[str, Callable[[], Any]]] = [
        (accepts, lambda: host.push_screen(_accept_form(host, held))),
        ("It is over: agreed or not", lambda: host.push_screen(_conclude_form(host, held))),
    ]
    host.push_screen(
        Pick(f"Mediation by {held.partner}: {held.customer}, {host.desk.format_money(held.face)}", choices)
    )


def _accept_form(host: Host, held: HandoverView) -> FormScreen:
    def submit(draft: dict[str, Any]) -> None:
        host.done(mediation.accept(host.desk, held.id, draft["day"] or host.desk.today, draft["meets"]))

    fields = [
        Field("day", "Accepted on", "past", (held.accepted or host.desk.today).isoformat()),
        Field("meets", "They meet on", "day", held.meets.isoformat() if held.meets else ""),
    ]
    return FormScreen(f"{held.customer} takes part", fields, host.habits, submit, "Chasing stops until it is over.")


def _conclude_form(host: Host, held: HandoverView) -> FormScreen:
    def submit(draft: dict[str, Any]) -> None:
        agreed = draft["agreed"] == "yes"
        host.done(mediation.conclude(host.desk, held.id, agreed, draft["words"]))
        if agreed:
            host.call_later(host.push_screen, PlanSheet(held.customer_id, held.invoice_ids))

    fields = [Field("agreed", "They agreed", "choice", "yes", choices=_YES), Field("words", "In words")]
    return FormScreen(
        f"The mediation with {held.customer} is over",
        fields,
        host.habits,
        submit,
        "What was agreed becomes a plan next.",
    )


def _report_form(host: Host, held: HandoverView) -> FormScreen:
    def submit(draft: dict[str, Any]) -> None:
        none = Money(0, held.currency)
        host.done(
            handovers.report(
                host.desk,
                held.id,
                draft["received"] or none,
                draft["cut"] or none,
                draft["day"] or host.desk.today,
                draft["note"],
                draft.get("payer") == "customer",
            )
        )

    whose = [("buyer", "their advance or rest"), ("customer", "what the customer paid them")]
    fields = [
        *([Field("payer", "It is", "choice", "buyer", choices=whose)] if held.kind == "sale" else []),
        Field("received", "Came in for it", "money"),
        Field("cut", "They keep, or ask", "money"),
        Field("day", "On", "past", host.desk.today.isoformat()),
        Field("note", "In words"),
    ]
    return FormScreen(f"Report of {held.partner}", fields, host.habits, submit)


def _end_form(host: Host, held: HandoverView, recourse: bool) -> FormScreen:
    def submit(draft: dict[str, Any]) -> None:
        host.done(handovers.end(host.desk, held.id, draft["outcome"], recourse))

    return FormScreen(
        f"{held.partner} is done with {held.customer}",
        [Field("outcome", "How did it end?", needed=True)],
        host.habits,
        submit,
    )


def partner_form(host: Host, held: PartnerView | None = None) -> FormScreen:
    """A partner's terms."""

    def text(money: Money | None) -> str:
        return plain(money.minor, money.currency) if money else ""

    def submit(draft: dict[str, Any]) -> None:
        for name in ("oldest", "advance", "days"):
            said = draft[name].strip() or "0"
            if not (said.isascii() and said.isdigit() and len(said) < 6):
                raise ArtermError("bad_number.typed", name, said=said[:10])
            draft[name] = int(said)
        draft |= {"undisputed": draft["undisputed"] == "yes", "recourse": draft["recourse"] == "yes"}
        made = PartnerDraft(**draft)
        host.done(edit_partner(host.desk, held.id, made, held.version) if held else add_partner(host.desk, made))

    def of(name: str, default: str = "") -> str:
        return str(getattr(held, name)) if held else default

    fields = [
        Field("name", "Name", value=of("name"), needed=True),
        Field("kind", "Kind", "choice", of("kind", "agency"), choices=[(one, one) for one in KINDS]),
        Field(
            "model", "They ask", "choice", of("model", "no_cure_no_pay"), choices=[(one, _WORDS[one]) for one in MODELS]
        ),
        Field("rates", "Per cent", value=of("rates"), hint="20, or by age 0:15 180:25"),
        Field("flat", "Flat sum", "money", text(held.flat) if held and held.flat else ""),
        Field("advance", "Factor: paid at once, %", value=of("advance", "")),
        Field(
            "recourse",
            "Factor: with recourse",
            "choice",
            "yes" if held is None or held.recourse else "no",
            choices=_YES,
        ),
        Field("least", "Smallest debt", "money", text(held.least) if held and held.least else ""),
        Field("oldest", "Oldest, days", value=of("oldest", ""), hint="0: any"),
        Field(
            "undisputed", "Undisputed only", "choice", "yes" if held is None or held.undisputed else "no", choices=_YES
        ),
        Field("days", "Usually take, days", value=of("days", "60")),
        *(
            Field(name, name.capitalize(), value=of(name))
            for name in ("contact", "mail", "phone", "address", "area", "languages", "note")
        ),
    ]
    return FormScreen(f"Partner {held.name}" if held else "A new partner", fields, host.habits, submit)


def review_form(host: Host, held: PartnerView) -> FormScreen:
    """Stars and a word."""

    def submit(draft: dict[str, Any]) -> None:
        host.done(review(host.desk, held.id, int(draft["stars"]), draft["note"]))

    fields = [
        Field("stars", "Stars", "choice", "4", choices=[(str(n), "*" * n) for n in range(1, 6)]),
        Field("note", "In a word"),
    ]
    return FormScreen(f"What do you think of {held.name}?", fields, host.habits, submit)
