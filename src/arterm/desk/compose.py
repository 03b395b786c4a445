"""A letter made of what was decided: its lines, charges and the paragraphs a country's law asks for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from arterm.desk import business
from arterm.desk.charges import open_charges
from arterm.desk.claims import question_of
from arterm.desk.desk import Desk
from arterm.desk.due import DueNotice
from arterm.law.countries import be, every, nl
from arterm.law.question import CONSUMER, Question, Reminder
from arterm.letters.layout import usual_layout
from arterm.letters.letter import Charge, Letter, Line, Sender
from arterm.rules.dates import days_late
from arterm.rules.rates import rate_text


@dataclass(frozen=True, slots=True)
class LegalLetter:
    """A letter that the law asks for before anything may be charged, with the places its paragraph names."""

    kind: str
    values: dict[str, str]
    clause: str = ""


def legal_letter(desk: Desk, due: DueNotice) -> LegalLetter | None:
    """Which letter of the law this one is: a consumer's free first reminder (BE), the fourteen-day letter (NL), or none."""
    questions = [question_of(desk, line.found.id)[0] for line in due.lines]
    first = questions[0]
    if first.debtor != CONSUMER or first.jurisdiction not in every():
        return None
    wanted = every()[first.jurisdiction].consumer.letter
    if not wanted or all(question.reminders for question in questions):
        return None
    if wanted == "NL-14" and due.reminder < 2:
        return None  # the friendly first reminder stays friendly
    return _belgian(desk, due, first) if wanted == "BE-first" else _dutch(desk, due)


def _belgian(desk: Desk, due: DueNotice, question: Question) -> LegalLetter:
    start, end = be.wait(Reminder(desk.today, "email" if due.channel == "email" else "post"))
    terms = question.terms
    sums = sum(be.indemnity(line.open) for line in due.lines)
    clause = "BE-clause" if terms.costs_clause and terms.rate is not None else "BE-none"
    values = {"from": start.isoformat(), "until": end.isoformat(), "terms": terms.version or "-"}
    return LegalLetter(
        "BE-first",
        values | {"costs": str(sums), "rate": rate_text(terms.rate) if terms.rate is not None else "-"},
        clause,
    )


def _dutch(desk: Desk, due: DueNotice) -> LegalLetter:
    principal = sum(line.open for line in due.lines)
    return LegalLetter("NL-14", {"costs": str(nl.collection_costs(principal))})


def compose(desk: Desk, due: DueNotice, sender: Sender, tone: str, legal: LegalLetter | None) -> Letter:
    """The letter as it will be drawn."""
    from arterm.letters.paper import joined

    facts = desk.book.one(
        "SELECT name, own_no, country, language, street, postcode, city FROM customer WHERE id = ?", (due.customer,)
    )
    name, own_no, country, language, street, postcode, city = facts
    tongue = language or desk.setting("language", "en")
    lines = tuple(
        Line(
            line.found.number, line.found.issued, line.found.case.due, days_late(line.found.case.due, desk.today),
            line.found.total, line.found.total - line.open, line.open,
        )
        for line in due.lines
    )  # fmt: skip
    town = " ".join(part for part in (postcode, city) if part)
    abroad = _country_line(country, tongue) if country and country != sender.country else ""
    return Letter(
        language=tongue, step=due.reminder, day=desk.today,
        deadline=_working_day(desk.today + timedelta(days=int(business.get_setting(desk, "deadline_days")))),
        sender=sender, recipient=tuple(part for part in (name, street, town, abroad) if part), customer_no="" if own_no == name else own_no,
        reference=joined([line.number for line in lines]), currency=due.currency, lines=lines, tone=tone,
        charges=_charges(desk, due), legal=_paragraph(due, legal, tongue, sender.country),
        layout=business.get_setting(desk, "layout") or usual_layout(sender.country),
    )  # fmt: skip


def _charges(desk: Desk, due: DueNotice) -> tuple[Charge, ...]:
    """What this letter asks beside the principal, one line a kind and law; then what earlier letters asked."""
    sums: dict[tuple[str, str], Charge] = {}
    for line in due.lines:
        for one in line.charges:
            held = sums.get((one.kind, one.law))
            sums[one.kind, one.law] = (
                replace(held, amount=held.amount + one.amount)
                if held
                else Charge(one.kind, one.amount, one.law, one.until)
            )
    earlier = sum(left for line in due.lines for _, _, left, _ in open_charges(desk, line.found.id))
    return (*sums.values(), *([Charge("earlier", earlier)] if earlier else []))


def _paragraph(due: DueNotice, legal: LegalLetter | None, language: str, country: str) -> str:
    if legal is None:
        return ""
    from arterm.letters.words import day_words, fill, texts, with_currency

    words = texts(language)["legal"]
    values = dict(legal.values)
    values["costs"] = with_currency(int(values["costs"]), due.currency, language, country)
    for name in ("from", "until"):
        if name in values:
            values[name] = day_words(date.fromisoformat(values[name]), language)
    if legal.clause:
        values["clause"] = fill(words[legal.clause], values)
    return fill(words[legal.kind], values)


def _country_line(country: str, language: str) -> str:
    from babel import Locale

    return str(Locale.parse(language).territories.get(country, country)).upper()


def _working_day(day: date) -> date:
    while day.weekday() > 4:
        day += timedelta(days=1)
    return day
