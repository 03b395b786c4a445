"""Those who help: agencies, factors, attorneys, mediators; what they take, what they ask, what the owner thinks, what
came of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from arterm.desk import acts
from arterm.desk.receipt import Receipt
from arterm.desk.session import Desk
from arterm.rules.addresses import checked_mail, checked_phone
from arterm.rules.errors import ArtermError
from arterm.rules.fees import MODELS, Fee, rates_text, read_rates
from arterm.rules.messages import message
from arterm.rules.money import Money
from arterm.rules.text import clean, clean_note, fold
from arterm.store.models.partners import Partner, PartnerReview
from arterm.store.reads.partners import partners as reads

KINDS = ("agency", "factor", "attorney", "mediator")
_TEXTS = ("contact", "address", "area", "languages", "note")


@dataclass(frozen=True, slots=True)
class PartnerDraft:
    """A partner as somebody typed it: `least` is the smallest debt they take, `oldest` the greatest age in days (0:
    any).

    `rates` is per cent, by age where it differs (`0:15 180:25`); `advance` the per cent a factor pays at once, `days`
    how long they usually take.
    """

    name: str
    kind: str
    model: str = "no_cure_no_pay"
    flat: Money | None = None
    rates: str = ""
    least: Money | None = None
    oldest: int = 0
    undisputed: bool = True
    advance: int = 0
    recourse: bool = True
    days: int = 60
    contact: str = ""
    mail: str = ""
    phone: str = ""
    address: str = ""
    area: str = ""
    languages: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Results:
    """What came of hand-overs to a partner so far: how many, their face, what was recovered, what it cost, days on
    average.
    """

    handovers: int
    face: Money
    recovered: Money
    cost: Money
    days: int | None
    stars: int | None
    reviews: int


@dataclass(frozen=True, slots=True)
class PartnerView:
    """A partner with their terms and results."""

    id: int
    name: str
    kind: str
    model: str
    flat: Money
    rates: str
    least: Money
    oldest: int
    undisputed: bool
    advance: int
    recourse: bool
    days: int
    contact: str
    mail: str
    phone: str
    address: str
    area: str
    languages: str
    note: str
    results: Results
    version: int = 1

    @property
    def fee(self) -> Fee:
        """Their price."""
        return Fee(self.model, self.flat.minor, read_rates(self.rates))


def add_partner(desk: Desk, draft: PartnerDraft) -> Receipt:
    """Keep a partner. Refuses (`missing`) without a name or terms, (`exists`) a name twice, (`bad_choice`, `bad_rate`,
    `bad_mail`).
    """
    values = _checked(desk, draft)
    with desk.act(acts.PARTNER_ADD) as work:
        if reads.has_partner(desk.book, values["folded"]):
            raise ArtermError("exists.partner", "name", name=values["name"])
        row = work.insert(Partner, **values)
    return Receipt(message("receipts.partners.added", kind=values["kind"], name=values["name"]), work.id, (), row)


def edit_partner(desk: Desk, row: int, draft: PartnerDraft, version: int | None = None) -> Receipt:
    """Change a partner. With `version`, refuses (Stale) when somebody else changed it since."""
    values = _checked(desk, draft)
    with desk.act(acts.PARTNER_EDIT) as work:
        work.update(Partner, row, version, message("partners.partners.partner", values=values["name"]), **values)
    return Receipt(message("receipts.partners.changed", name=values["name"]), work.id, (), row)


def _checked(desk: Desk, draft: PartnerDraft) -> dict[str, Any]:
    name = clean(draft.name)
    if not name:
        raise ArtermError("missing.partner_name", "name")
    for where, value, choices in (("kind", draft.kind, KINDS), ("model", draft.model, MODELS)):
        if value not in choices:
            raise ArtermError("bad_choice.partner", where, value=value[:20], where=where, choices=tuple(choices))
    rates, flat = read_rates(draft.rates), draft.flat.minor if draft.flat else 0
    if flat < 0 or (draft.least and draft.least.minor < 0):
        raise ArtermError("bad_amount.flat", "flat")
    priced = flat if draft.model == "flat" else any(rate for _, rate in rates)
    if draft.kind != "mediator" and not priced:
        raise ArtermError("missing.partner_terms", "rates")
    if draft.kind == "factor" and not 0 < draft.advance <= 100:
        raise ArtermError("missing.advance", "advance")
    if not 0 <= draft.days <= 2000 or draft.oldest < 0:
        raise ArtermError("bad_number.days_most", "days")
    return {
        "name": name,
        "folded": fold(name),
        "kind": draft.kind,
        "model": draft.model,
        "currency": desk.currency,
        "flat": flat,
        "rates": rates_text(rates) if rates else "",
        "least": draft.least.minor if draft.least else 0,
        "oldest": draft.oldest,
        "undisputed": int(draft.undisputed),
        "advance": draft.advance * 100,
        "recourse": int(draft.recourse),
        "days": draft.days,
        "mail": checked_mail(draft.mail) if draft.mail.strip() else "",
        "phone": checked_phone(draft.phone) if draft.phone.strip() else "",
        **{key: clean_note(getattr(draft, key), 400) for key in _TEXTS},
    }


def remove_partner(desk: Desk, row: int) -> Receipt:
    """Take a partner off the list; what was handed to them stays as it was. Refuses (`in_use`) one who still has
    something.
    """
    held = partner(desk, row)
    with desk.act(acts.PARTNER_REMOVE) as work:
        if reads.holds_something(desk.book, row):
            raise ArtermError("in_use.partner", "partner", name=held.name)
        work.void(Partner, row)
    return Receipt(message("receipts.partners.removed", name=held.name), work.id, (), row)


def review(desk: Desk, row: int, stars: int, note: str = "") -> Receipt:
    """What the owner thinks of a partner, from one star to five. Refuses (`bad_number`)."""
    if not 1 <= stars <= 5:
        raise ArtermError("bad_number.stars", "stars")
    held = partner(desk, row)
    with desk.act(acts.PARTNER_REVIEW) as work:
        made = work.insert(PartnerReview, partner=row, day=desk.today.isoformat(), stars=stars, note=clean_note(note))
    return Receipt(message("receipts.partners.reviewed", name=held.name, stars=stars), work.id, (), made)


@dataclass(frozen=True, slots=True)
class ReviewView:
    """What the owner thought of a partner on a day, from one star to five."""

    day: date
    stars: int
    note: str


def reviews(desk: Desk, row: int) -> tuple[ReviewView, ...]:
    """Every review of a partner, newest first."""
    return tuple(ReviewView(one.day, one.stars, one.note) for one in reads.reviews(desk.book, row))


def partner_lines(desk: Desk, held: PartnerView) -> list[str]:
    """Everything about a partner in lines of words, for both doors."""
    done = held.results
    price = f"{held.rates} %" if held.rates else ""
    takes = [message("partners.partners.from", amount=held.least)] if held.least else []
    takes += [message("partners.partners.up_days_overdue", oldest=held.oldest)] if held.oldest else []
    takes += (
        [message("partners.partners.undisputed_only")]
        if held.undisputed
        else [message("partners.partners.disputed_too")]
    )
    lines = [
        f"#{held.id} {held.name}, {held.kind}",
        message(
            "partners.partners.terms",
            model=held.model,
            price=price,
            details=desk.format_money(held.flat) if held.flat else "",
        ).rstrip(),
    ]
    if held.kind == "factor":
        lines.append(
            message(
                "partners.partners.advance",
                advance=held.advance,
                recourse="with" if held.recourse else "without",
            )
        )
    lines.append(message("partners.partners.takes", takes=", ".join(takes), days=held.days))
    for name in (*_TEXTS, "mail", "phone"):
        value = getattr(held, name)
        lines += [f"{name.capitalize()}: {value}"] if value else []
    lines.append(
        message(
            "partners.partners.record",
            handovers=done.handovers,
            amount=done.face,
            came=done.recovered,
            cost=done.cost,
        )
    )
    lines += [f"{one.day.isoformat()} {'*' * one.stars} {one.note}".rstrip() for one in reviews(desk, held.id)]
    return lines


def find_partner(desk: Desk, text: str, where: str = "partner") -> int:
    """The partner's number, by number, name, or a part that fits one only. Refuses (`no_partner`, `ambiguous`)."""
    wanted = fold(text.strip().lstrip("#"))
    every = reads.partners(desk.book)
    found = [one for one in every if str(one.id) == wanted or one.folded == wanted] or [
        one for one in every if wanted and wanted in one.folded
    ]
    if len(found) != 1:
        names = ", ".join(one.name for one in (found or every)[:8])
        key = "ambiguous.partner" if found else "no_partner.others" if names else "no_partner.none"
        raise ArtermError(key, where, text=text, names=names)
    return found[0].id


def partners(desk: Desk, kind: str = "") -> tuple[PartnerView, ...]:
    """Every partner, by name; of one kind only."""
    return tuple(_view(desk, row) for row in reads.partners(desk.book, kind))


def partner(desk: Desk, row: int) -> PartnerView:
    """One partner. Refuses (`no_partner`) one that there is not."""
    found = reads.partner(desk.book, row)
    if found is None:
        raise ArtermError("no_partner.row", "partner", row=row)
    return _view(desk, found)


def _view(desk: Desk, row: reads.PartnerRow) -> PartnerView:
    return PartnerView(
        row.id,
        row.name,
        row.kind,
        row.model,
        Money(row.flat, row.currency),
        row.rates,
        Money(row.least, row.currency),
        row.oldest,
        row.undisputed,
        row.advance // 100,
        row.recourse,
        row.days,
        row.contact,
        row.mail,
        row.phone,
        row.address,
        row.area,
        row.languages,
        row.note,
        _results(desk, row.id, row.currency),
        row.version,
    )


def _results(desk: Desk, row: int, code: str) -> Results:
    given = reads.given(desk.book, row, code, desk.today)
    came = reads.reported(desk.book, row, code, desk.today)
    ended = [(one.ended - one.day).days for one in reads.ended(desk.book, row)]
    stars = [one.stars for one in reads.reviews(desk.book, row)]
    return Results(
        given.count,
        Money(given.face, code),
        Money(came.received, code),
        Money(came.cut, code),
        sum(ended) // len(ended) if ended else None,
        (2 * sum(stars) + len(stars)) // (2 * len(stars)) if stars else None,
        len(stars),
    )
