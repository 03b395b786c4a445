"""Letters made of what the book holds: to whom, in which language, with which reference; and reminders, line by
line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from urllib.parse import quote

from arterm.desk import find
from arterm.desk.accounts.warnings import flags
from arterm.desk.claims.charges import open_charges
from arterm.desk.claims.claims import question_of
from arterm.desk.dunning.run import DueLine, DueNotice, first_letter
from arterm.desk.session import Desk
from arterm.desk.supply.credit_standing import terms_of_supply
from arterm.law.countries import every
from arterm.law.question import CONSUMER, Question, Reminder
from arterm.letters.layout import usual_layout
from arterm.letters.letter import Address, Charge, Letter, Line, Sender, Sent, Stretch
from arterm.rules.calendar import next_working_day
from arterm.rules.dates import days_late
from arterm.rules.ladders import STEP_LETTERS
from arterm.rules.messages import message
from arterm.rules.rates import rate_text
from arterm.rules.references import Reference, known_reference, own_reference
from arterm.store.reads import letters as reads

KIND_OF_TONE = {"friendly": "friendly", "firm": "second", "formal": "costs"}
_NOT_ENGLAND = frozenset(
    ["AB", "BT", "DD", "DG", "EH", "FK", "G", "HS", "IV", "KA", "KW", "KY", "ML", "PA", "PH", "TD", "ZE"]
)
_PROTOCOL_DAYS = 30  # Pre-Action Protocol for Debt Claims, 3.4: an individual has thirty days to reply


@dataclass(frozen=True, slots=True)
class LegalLetter:
    """A letter that the law asks for before anything may be charged, with the places its paragraph names."""

    kind: str
    until: date
    values: dict[str, str]
    clause: str = ""


def legal_letter(desk: Desk, due: DueNotice) -> LegalLetter | None:
    """Which letter of the law this one is: a consumer's free first reminder (BE), the fourteen-day letter (NL), or
    none.
    """
    wanted = first_letter(desk, due.lines[0]) if due.lines[0].moves else ""
    if not wanted:
        return None
    question = question_of(desk, due.lines[0].found.id)[0]
    says = every()[question.jurisdiction].consumer.letter_says
    assert says is not None
    letter = Reminder(desk.today, "email" if due.channel == "email" else "post")
    found = says(question.terms, letter, [line.open for line in due.lines])
    return LegalLetter(wanted, found.until, dict(found.values), found.clause)


def reminder(desk: Desk, due: DueNotice, sender: Sender, tone: str, legal: LegalLetter | None) -> Letter:
    """The reminder as it will be drawn."""
    lines = tuple(
        Line(
            line.found.number,
            line.found.issued,
            line.found.case.chased_from,
            days_late(line.found.case.chased_from, desk.today),
            line.found.total,
            line.found.total - line.found.case.open + line.received,
            line.open,
            line.found.case.disputed,
        )
        for line in due.lines
    )
    question = question_of(desk, due.lines[0].found.id)[0]
    kind = _kind(desk, due, tone, legal, question)
    deadline = desk.today + timedelta(days=int(desk.setting("deadline_days")))
    if kind == "before-action" and question.debtor == CONSUMER:
        deadline = max(deadline, desk.today + timedelta(days=_PROTOCOL_DAYS))
    if legal:
        deadline = max(deadline, legal.until)
    deadline = next_working_day(deadline, find.customer_country(desk, due.customer))
    basis = [one for line in due.lines if line.claim for one in line.claim.basis]
    letter = addressed(
        desk,
        due.customer,
        due.currency,
        sender,
        kind=kind,
        step=due.reminder,
        deadline=deadline,
        lines=lines,
        tone=tone,
        charges=_charges(desk, due),
        stretches=_stretches(due.lines),
        history=history(desk, [line.found.id for line in due.lines]),
        interest_law=next((one.law for one in basis if one.what == "interest"), ""),
        costs_law=next((one.law for one in basis if one.what in ("costs", "compensation")), ""),
        said={"terms": question.terms.version, "mixed": "1" if _mixed(due) else ""},
    )
    letter = with_reference(desk, letter, due.customer, [line.found.id for line in due.lines])
    return replace(letter, legal=_paragraph(legal, letter)) if legal else letter


def addressed(desk: Desk, customer: int, currency: str, sender: Sender, **facts: Any) -> Letter:
    """A letter to a customer, with the rest of its facts given: address, language, texts and layout come from the
    book.
    """
    to = reads.addressee(desk.book, customer)
    tongue = to.language or desk.setting("language")
    terms = terms_of_supply(desk, customer)
    said = {
        "prepay_all": "1" if terms.prepay == 100 else "",
        "prepay_part": str(terms.prepay) if 0 < terms.prepay < 100 else "",
    }
    if terms.days is not None and terms.days < int(desk.setting("terms_days")):
        said["pay_days"] = str(terms.days)
    facts["said"] = {**said, **facts.get("said", {})}
    if terms.limit and terms.limit.currency == currency and "over the limit" in flags(desk).get(customer, ()):
        facts["sums"] = {"credit_limit": terms.limit.minor, **facts.get("sums", {})}
    town = " ".join(part for part in (to.postcode, to.city) if part)
    abroad = _country_line(to.country, tongue) if to.country and to.country != sender.country else ""
    return Letter(
        language=tongue,
        day=desk.today,
        sender=sender,
        recipient=tuple(part for part in (to.name, to.street, town, abroad) if part),
        customer_no="" if to.own_no == to.name else to.own_no,
        reference="",
        currency=currency,
        layout=desk.setting("layout") or usual_layout(sender.country),
        consumer=to.kind == CONSUMER,
        customer=Address(to.name, to.street, to.postcode, to.city, to.country or sender.country),
        text=own_texts(desk).get((tongue, facts["kind"]), ""),
        **facts,
    )


def own_texts(desk: Desk) -> dict[tuple[str, str], str]:
    """The owner's own letter texts, by language and kind."""

    def ask() -> dict[tuple[str, str], str]:
        return {(one.language, one.kind): one.text for one in reads.own_texts(desk.book)}

    return desk.remember("letter_texts", ask)


def with_reference(desk: Desk, letter: Letter, customer: int, invoices: Sequence[int]) -> Letter:
    """The letter with what its payer is to quote, and the owner's payment link filled for it.

    A letter about one invoice that carries a structured reference asks for that one.
    """
    from arterm.letters.content import joined
    from arterm.rules.money import plain

    sender = letter.sender
    numbers = joined([line.number for line in letter.lines])
    found: Reference | None = None
    if len(invoices) == 1:
        found = known_reference(reads.reference_of(desk.book, invoices[0]))
    if found is None:
        found = own_reference(desk.setting("reference"), sender.iban, customer, desk.today, numbers)
    if sender.link:
        asked = {
            "amount": plain(letter.to_pay, letter.currency),
            "currency": letter.currency,
            "reference": found.coded or found.shown,
        }
        link = sender.link
        for name, value in asked.items():
            link = link.replace(f"{{{name}}}", quote(value, safe=""))
        sender = replace(sender, link=link)
    return replace(letter, reference=found.shown, coded=found.coded, sender=sender)


def history(desk: Desk, invoices: Sequence[int]) -> tuple[Sent, ...]:
    """The letters that went out about these invoices up to today, oldest first."""
    found = [(one, one.kind or KIND_OF_TONE[one.tone]) for one in reads.sent(desk.book, invoices, desk.today)]
    return tuple(Sent(one.issued, "third" if kind == "costs" and not one.charged else kind) for one, kind in found)


def issued_charges(desk: Desk, invoices: Sequence[int]) -> tuple[Charge, ...]:
    """What earlier letters charged for these invoices and is still open, in one line."""
    earlier = sum(one.open for invoice in invoices for one in open_charges(desk, invoice))
    return (Charge("earlier", earlier),) if earlier else ()


def enclosures(letter: Letter) -> tuple[str, ...]:
    """What the owner must put into the envelope beside the letter."""
    if letter.kind == "before-action" and letter.consumer:
        return ((message("letters.reminder.pre_action_enclosures")),)
    return (message("letters.reminder.copies"),) if letter.kind == "copies" else ()


def _mixed(due: DueNotice) -> bool:
    """Whether some of the invoices have not been reminded of before."""
    return len(due.lines) > 1 and any(line.found.case.reminders == 0 for line in due.lines)


def _kind(desk: Desk, due: DueNotice, tone: str, legal: LegalLetter | None, question: Question) -> str:
    """Which letter it is: what the law asks for first, then what the step names, then what its tone means."""
    if legal:
        return legal.kind.lower()
    if due.reminder == 1:
        return "friendly"  # no other speaks to somebody who has not been written to before
    kind = KIND_OF_TONE[tone]
    template = next(
        (line.decision.step.template for line in reversed(due.lines) if line.moves and line.decision.step), ""
    )
    if tone == due.tone and template in STEP_LETTERS:
        kind = template
    if kind == "before-action":
        kind = "demand"
    if kind == "mahnung":
        kind = "costs"
    stands_for = every()[question.jurisdiction].letters.get(kind, kind) if question.jurisdiction in every() else kind
    return kind if stands_for == "before-action" and _beyond_england(desk, due.customer) else stands_for


def _beyond_england(desk: Desk, customer: int) -> bool:
    """Whether a British postcode is Scottish or Northern Irish: the protocol is of England and Wales."""
    code = re.match(r"[A-Z]+", reads.addressee(desk.book, customer).postcode.upper())
    return code is not None and code[0] in _NOT_ENGLAND


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
    return (*sums.values(), *issued_charges(desk, [line.found.id for line in due.lines]))


def _stretches(lines: Sequence[DueLine]) -> tuple[Stretch, ...]:
    """How the interest of a letter comes about, where all of it rests on one law."""
    asking = [line for line in lines if line.claim and any(one.kind == "interest" for one in line.charges)]
    if len({one.law for line in asking for one in line.charges if one.kind == "interest"}) != 1:
        return ()
    return tuple(
        Stretch(line.found.number, one.from_, one.to, one.days, one.principal, rate_text(one.rate), one.interest)
        for line in asking
        if line.claim
        for one in line.claim.interest_periods
    )


def _paragraph(legal: LegalLetter, letter: Letter) -> str:
    from arterm.letters.template import fill
    from arterm.letters.words import day_words, rate, texts, with_currency

    language, country = letter.language, letter.sender.country
    words = texts(language)["legal"]
    values = dict(legal.values)
    values["costs"] = with_currency(int(values["costs"]), letter.currency, language, country)
    for name in ("from", "until"):
        if name in values:
            values[name] = day_words(date.fromisoformat(values[name]), language)
    if "rate" in values:
        values["rate"] = rate(values["rate"], language, country)
    if legal.clause:
        values["clause"] = fill(words[legal.clause], values)
    return fill(words[legal.kind], values)


def _country_line(country: str, language: str) -> str:
    from babel import Locale

    return str(Locale.parse(language, sep="-").territories.get(country, country)).upper()
