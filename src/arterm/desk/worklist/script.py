"""What to say on the telephone: the script of the owner's language, with this customer's facts filled in."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from arterm.bundled import root
from arterm.desk import find
from arterm.desk.accounts.customers import contacts
from arterm.desk.contacts.promises import promises_of, suggested_promise
from arterm.desk.letters.reminder import history
from arterm.desk.session import Desk
from arterm.desk.worklist.profile import profiles
from arterm.letters.content import joined
from arterm.letters.template import Template, read_template
from arterm.letters.words import day_words, with_currency
from arterm.rules.addresses import grouped_iban
from arterm.rules.decision import decide
from arterm.rules.worklist import is_old_and_good
from arterm.store.cases import OpenInvoice, facts

NAMES = frozenset(
    {
        "contact",
        "business",
        "customer",
        "valued",
        "since",
        "single",
        "numbers",
        "total",
        "due",
        "late",
        "count",
        "broken",
        "promised",
        "promised_day",
        "letters",
        "friendly",
        "firm",
        "formal",
        "account",
        "link",
        "call_back",
        "suggested",
        "suggested_day",
        "next_step",
    }
)


@dataclass(frozen=True, slots=True)
class ScriptLine:
    """A paragraph to say; `head`: it names what follows."""

    words: str
    head: bool


@cache
def text_of(language: str) -> Template:
    """The script of a language; English where there is none."""
    name = language[:2] if (root() / "scripts" / f"{language[:2]}.txt").is_file() else "en"
    text = (root() / "scripts" / f"{name}.txt").read_text(encoding="utf-8")
    return read_template(text, f"scripts/{name}.txt", NAMES, frozenset(), frozenset())


def script(desk: Desk, customer: int, invoices: tuple[int, ...] = ()) -> tuple[ScriptLine, ...]:
    """What to say to a customer about what is overdue (or these invoices); nothing where nothing is overdue."""
    every = [one for one in facts(desk.book, desk.today, [customer]) if one.case.due < desk.today and one.case.chased]
    chosen = [one for one in every if not invoices or one.id in invoices] or every
    if not chosen:
        return ()
    currency = chosen[0].case.currency
    chosen = sorted((one for one in chosen if one.case.currency == currency), key=lambda one: one.case.due)
    values = _values(desk, customer, chosen, currency)
    said = [ScriptLine(part.say(values), part.bold) for part in text_of(_language(desk)).paragraphs]
    return tuple(line for line in said if line.words)


def _values(desk: Desk, customer: int, chosen: list[OpenInvoice], currency: str) -> dict[str, str]:
    language, today = _language(desk), desk.today

    def money(minor: int) -> str:
        return with_currency(minor, currency, language, desk.country).replace("\u00a0", " ")

    oldest, people = chosen[0], [one for one in contacts(desk, customer) if one.name]
    seen = profiles(desk, chosen)[customer, currency]
    sent = history(desk, [one.id for one in chosen])
    tone = _tone(chosen)
    promise = next(
        (
            one
            for one in [one for one in promises_of(desk, customer) if one.currency == currency][:1]
            if one.state in ("broken", "partly kept")
        ),
        None,
    )
    likely = suggested_promise(desk, customer, tuple(one.id for one in chosen))
    nexts = [decision.step.name for one in chosen if (decision := decide(one.case, today)).step]
    back = find.working_day(desk, customer, 1)
    iban = desk.setting("iban")
    return {
        "contact": people[0].name if people else "",
        "business": desk.setting("name") or "-",
        "customer": oldest.name,
        "valued": "1" if is_old_and_good(seen, today) else "",
        "since": str(seen.since.year) if seen.since else "-",
        "single": "1" if len(chosen) == 1 else "",
        "numbers": joined([one.number for one in chosen]),
        "total": money(sum(one.case.chased for one in chosen)),
        "due": day_words(oldest.case.due, language),
        "late": str((today - oldest.case.due).days),
        "count": str(len(chosen)),
        "broken": "1" if promise else "",
        "promised": money(promise.amount.minor) if promise else "-",
        "promised_day": day_words(promise.day, language) if promise else "-",
        "letters": ", ".join(day_words(one.day, language) for one in sent[-2:]),
        **{one: "1" if one == tone else "" for one in ("friendly", "firm", "formal")},
        "account": grouped_iban(iban) if iban else desk.setting("account") or "-",
        "link": desk.setting("pay_link"),
        "call_back": day_words(back, language),
        "suggested": money(likely[0].minor) if likely else "-",
        "suggested_day": day_words(likely[1], language) if likely else "-",
        "next_step": nexts[0] if nexts else "-",
    }


def _tone(chosen: list[OpenInvoice]) -> str:
    """Friendly before the second reminder, firm before the third, formal after it."""
    reminders = max(one.case.reminders for one in chosen)
    return "friendly" if reminders < 2 else "firm" if reminders < 3 else "formal"


def _language(desk: Desk) -> str:
    return desk.setting("language")
