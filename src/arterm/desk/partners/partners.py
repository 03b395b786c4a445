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
from arterm.rules.money import Money
from arterm.rules.text import clean, clean_note, fold
from arterm.store.models.partners import Partner, PartnerReview

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
        if desk.book.one("SELECT 1 FROM partner WHERE folded = ? AND void_act IS NULL", (values["folded"],)):
            raise ArtermError(
                "exists",
                f"There is a partner {values['name']} already.",
                "name",
                "Change that one: arterm partner edit",
            )
        row = work.insert(Partner, **values)
    return Receipt(f"Added {values['kind']} {values['name']}.", work.id, (), row)


def edit_partner(desk: Desk, row: int, draft: PartnerDraft, version: int | None = None) -> Receipt:
    """Change a partner. With `version`, refuses (Stale) when somebody else changed it since."""
    values = _checked(desk, draft)
    with desk.act(acts.PARTNER_EDIT) as work:
        work.update(Partner, row, version, f"Partner {values['name']}", **values)
    return Receipt(f"Changed {values['name']}.", work.id, (), row)


def _checked(desk: Desk, draft: PartnerDraft) -> dict[str, Any]:
    name = clean(draft.name)
    if not name:
        raise ArtermError("missing", "A partner needs a name.", "name", "Type it.")
    for where, value, choices in (("kind", draft.kind, KINDS), ("model", draft.model, MODELS)):
        if value not in choices:
            raise ArtermError(
                "bad_choice",
                f"'{value[:20]}' is no {where} of a partner.",
                where,
                "Choose one of " + ", ".join(choices) + ".",
            )
    rates, flat = read_rates(draft.rates), draft.flat.minor if draft.flat else 0
    if flat < 0 or (draft.least and draft.least.minor < 0):
        raise ArtermError("bad_amount", "No price and no debt is less than nothing.", "flat", "Type an amount.")
    priced = flat if draft.model == "flat" else any(rate for _, rate in rates)
    if draft.kind != "mediator" and not priced:
        raise ArtermError(
            "missing",
            "Without their terms nothing can be compared.",
            "rates",
            "Say what they ask: --rates 20, or --model flat --flat 75.",
        )
    if draft.kind == "factor" and not 0 < draft.advance <= 100:
        raise ArtermError(
            "missing", "A factor pays a part at once.", "advance", "Say how much, in per cent: --advance 80."
        )
    if not 0 <= draft.days <= 2000 or draft.oldest < 0:
        raise ArtermError("bad_number", "Days are from 0 to 2000.", "days", "Correct them.")
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
        if desk.book.one("SELECT 1 FROM handover WHERE partner = ? AND ended IS NULL AND void_act IS NULL", (row,)):
            raise ArtermError(
                "in_use",
                f"{held.name} still has something of yours.",
                "partner",
                "End that first: arterm handover --list",
            )
        work.void(Partner, row)
    return Receipt(f"{held.name} is no partner any more.", work.id, (), row)


def review(desk: Desk, row: int, stars: int, note: str = "") -> Receipt:
    """What the owner thinks of a partner, from one star to five. Refuses (`bad_number`)."""
    if not 1 <= stars <= 5:
        raise ArtermError("bad_number", "Stars are from 1 to 5.", "stars", "Type a digit.")
    held = partner(desk, row)
    with desk.act(acts.PARTNER_REVIEW) as work:
        made = work.insert(PartnerReview, partner=row, day=desk.today.isoformat(), stars=stars, note=clean_note(note))
    return Receipt(f"{held.name}: {stars} of 5.", work.id, (), made)


@dataclass(frozen=True, slots=True)
class ReviewView:
    """What the owner thought of a partner on a day, from one star to five."""

    day: date
    stars: int
    note: str


def reviews(desk: Desk, row: int) -> tuple[ReviewView, ...]:
    """Every review of a partner, newest first."""
    rows = desk.book.rows(
        "SELECT day, stars, note FROM partner_review WHERE partner = ? AND void_act IS NULL ORDER BY id DESC", (row,)
    )
    return tuple(ReviewView(date.fromisoformat(day), stars, note) for day, stars, note in rows)


def partner_lines(desk: Desk, held: PartnerView) -> list[str]:
    """Everything about a partner in lines of words, for both doors."""
    done = held.results
    price = f"{held.rates} %" if held.rates else ""
    takes = [f"from {desk.format_money(held.least)}"] if held.least else []
    takes += [f"up to {held.oldest} days overdue"] if held.oldest else []
    takes += ["undisputed only"] if held.undisputed else ["disputed too"]
    lines = [
        f"#{held.id} {held.name}, {held.kind}",
        f"Terms: {held.model} {price} {desk.format_money(held.flat) if held.flat else ''}".rstrip(),
    ]
    if held.kind == "factor":
        lines.append(f"Pays {held.advance} % at once, {'with' if held.recourse else 'without'} recourse")
    lines.append(f"Takes: {', '.join(takes)}; usually {held.days} days")
    for name in (*_TEXTS, "mail", "phone"):
        value = getattr(held, name)
        lines += [f"{name.capitalize()}: {value}"] if value else []
    lines.append(
        f"Given {done.handovers}, face {desk.format_money(done.face)}, came {desk.format_money(done.recovered)}, cost"
        f" {desk.format_money(done.cost)}"
    )
    lines += [f"{one.day.isoformat()} {'*' * one.stars} {one.note}".rstrip() for one in reviews(desk, held.id)]
    return lines


def find_partner(desk: Desk, text: str, where: str = "partner") -> int:
    """The partner's number, by number, name, or a part that fits one only. Refuses (`no_partner`, `ambiguous`)."""
    wanted = fold(text.strip().lstrip("#"))
    rows = desk.book.rows("SELECT id, name, folded FROM partner WHERE void_act IS NULL ORDER BY folded")
    found = [row for row in rows if str(row[0]) == wanted or row[2] == wanted] or [
        row for row in rows if wanted and wanted in row[2]
    ]
    if len(found) != 1:
        names = ", ".join(row[1] for row in (found or rows)[:8])
        code = "ambiguous" if found else "no_partner"
        raise ArtermError(
            code,
            f"'{text[:40]}' is {'several partners' if found else 'no partner'}.",
            where,
            f"There are: {names}." if names else "Add one: arterm partner add",
        )
    return int(found[0][0])


_COLUMNS = (
    "id, name, kind, model, flat, rates, least, oldest, undisputed, advance, recourse, days, contact, mail, phone,"
    " address, area, languages, note, currency, version"
)


def partners(desk: Desk, kind: str = "") -> tuple[PartnerView, ...]:
    """Every partner, by name; of one kind only."""
    rows = desk.book.rows(
        f"SELECT {_COLUMNS} FROM partner WHERE void_act IS NULL AND (? = '' OR kind = ?) ORDER BY folded", (kind, kind)
    )
    return tuple(_view(desk, row) for row in rows)


def partner(desk: Desk, row: int) -> PartnerView:
    """One partner. Refuses (`no_partner`) one that there is not."""
    found = desk.book.one(f"SELECT {_COLUMNS} FROM partner WHERE id = ? AND void_act IS NULL", (row,))
    if found is None:
        raise ArtermError("no_partner", f"There is no partner #{row}.", "partner", "See them: arterm partner list")
    return _view(desk, found)


def _view(desk: Desk, row: Any) -> PartnerView:
    code = row[19]
    return PartnerView(
        row[0],
        row[1],
        row[2],
        row[3],
        Money(row[4], code),
        row[5],
        Money(row[6], code),
        row[7],
        bool(row[8]),
        row[9] // 100,
        bool(row[10]),
        row[11],
        row[12],
        row[13],
        row[14],
        row[15],
        row[16],
        row[17],
        row[18],
        _results(desk, row[0], code),
        row[20],
    )


def _results(desk: Desk, row: int, code: str) -> Results:
    today = desk.today.isoformat()
    n, face = desk.book.one(
        "SELECT count(*), coalesce(sum(face), 0) FROM handover WHERE partner = ? AND currency = ? AND void_act IS NULL"
        " AND day <= ?",
        (row, code, today),
    )
    received, cut = desk.book.one(
        "SELECT coalesce(sum(r.received), 0), coalesce(sum(r.cut), 0) FROM handover_report r JOIN handover h ON h.id ="
        " r.handover WHERE h.partner = ? AND h.currency = ? AND h.void_act IS NULL AND r.void_act IS NULL AND r.day"
        " <= ?",
        (row, code, today),
    )
    ended = [
        (date.fromisoformat(last) - date.fromisoformat(first)).days
        for first, last in desk.book.rows(
            "SELECT day, ended FROM handover WHERE partner = ? AND ended IS NOT NULL AND void_act IS NULL", (row,)
        )
    ]
    stars = [
        one
        for (one,) in desk.book.rows("SELECT stars FROM partner_review WHERE partner = ? AND void_act IS NULL", (row,))
    ]
    return Results(
        int(n),
        Money(face, code),
        Money(received, code),
        Money(cut, code),
        sum(ended) // len(ended) if ended else None,
        (2 * sum(stars) + len(stars)) // (2 * len(stars)) if stars else None,
        len(stars),
    )
