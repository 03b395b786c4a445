"""Whether to supply: what others said of a customer, their own record, the terms of supply, stops and how they end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from arterm.desk import acts, find
from arterm.desk.accounts import attachments
from arterm.desk.accounts.payment_behaviour import days_late, settled, trend
from arterm.desk.accounts.registers import RegisterCheck, register_of
from arterm.desk.contacts.promises import kept_rates
from arterm.desk.paths import path_of
from arterm.desk.receipt import Receipt
from arterm.desk.session import Desk, refuse_future
from arterm.rules.currencies import DIGITS
from arterm.rules.errors import ArtermError, Stale
from arterm.rules.messages import message
from arterm.rules.money import Money
from arterm.rules.standing import Grade, Position, Record, SupplyAdvice, grade, may_supply, weighing
from arterm.rules.states import CreditCheckState
from arterm.rules.text import clean, clean_note
from arterm.store.cases import OpenInvoice, facts
from arterm.store.merged import merged_ids
from arterm.store.models.partners import CreditCheck, SupplyTerms
from arterm.store.reads import supply as reads

RESULTS = ("good", "caution", "bad", "unknown")


@dataclass(frozen=True, slots=True)
class CheckDraft:
    """What somebody outside said: who, when, what (one of RESULTS), a score in their words, until when it holds, when
    to look again.
    """

    source: str
    day: date
    result: str
    score: str = ""
    note: str = ""
    expires: date | None = None
    again: date | None = None
    document: str = ""


@dataclass(frozen=True, slots=True)
class CheckView:
    """A credit check; `state` is valid, expired, or due where it is time to look again. `document`, `path` and `sha256`
    tell of its document.
    """

    id: int
    source: str
    day: date
    result: str
    score: str
    note: str
    expires: date | None
    again: date | None
    state: CreditCheckState
    document: str
    sha256: str
    path: str = ""


@dataclass(frozen=True, slots=True)
class TermsOfSupply:
    """How a customer is supplied: credit limit (None: none), days to pay (None: the usual), per cent paid beforehand.

    `version` counts the changes (0: none were set yet); who changes them says which they saw.
    """

    limit: Money | None
    days: int | None
    prepay: int
    note: str
    version: int = 0


@dataclass(frozen=True, slots=True)
class SupplyView:
    """The answer at the counter, with what it rests on."""

    customer_id: int
    customer: str
    may_supply: bool
    condition: str
    why: tuple[str, ...]
    balance: Money
    overdue: Money
    limit: Money | None
    currency: str
    grade: str


@dataclass(frozen=True, slots=True)
class StandingView:
    """Everything about a customer's standing, with the working of the grade."""

    customer_id: int
    customer: str
    grade: str
    points: int
    working: tuple[tuple[int, str], ...]
    suggests: str
    checks: tuple[CheckView, ...]
    terms: TermsOfSupply
    register: RegisterCheck
    supply: SupplyView


def add_check(desk: Desk, customer: int, draft: CheckDraft) -> Receipt:
    """Keep what somebody outside said, with its document if one is named. Refuses (`missing`, `bad_choice`,
    `future_day`, `bad_day`).
    """
    if not clean(draft.source):
        raise ArtermError("missing.source", "source")
    if draft.result not in RESULTS:
        raise ArtermError("bad_choice.result", "result", result=draft.result[:20], results=tuple(RESULTS))
    refuse_future(draft.day, desk.today, "day")
    for name, day in (("expires", draft.expires), ("again", draft.again)):
        if day is not None and day < draft.day:
            raise ArtermError("bad_day.check", name, day=day)
    content = attachments.content_of(path_of(draft.document)) if draft.document else b""
    with desk.act(acts.STANDING_CHECK, "customer", customer) as work:
        kept = (
            attachments.keep_within(work, "customer", customer, path_of(draft.document), content) if content else None
        )
        row = work.insert(
            CreditCheck,
            customer=customer,
            source=clean(draft.source),
            day=draft.day.isoformat(),
            result=draft.result,
            score=clean(draft.score, 60),
            note=clean_note(draft.note),
            expires=draft.expires.isoformat() if draft.expires else None,
            again=draft.again.isoformat() if draft.again else None,
            document=kept,
        )
    return Receipt(
        message(
            "receipts.supply.checked",
            source=clean(draft.source),
            customer=find.customer_name(desk, customer),
            result=draft.result,
        ),
        work.id,
        (customer,),
        row,
    )


def checks_of(desk: Desk, customer: int) -> tuple[CheckView, ...]:
    """What others said, newest first."""
    return tuple(
        CheckView(
            one.id,
            one.source,
            one.day,
            one.result,
            one.score,
            one.note,
            one.expires,
            one.again,
            _state(one, desk.today),
            one.document,
            one.sha256,
            one.path,
        )
        for one in reads.checks(desk.book, merged_ids(desk.book, [customer]), desk.today)
    )


def _state(check: reads.CheckRow, today: date) -> CreditCheckState:
    if check.expires and check.expires < today:
        return "expired"
    return "due" if check.again and check.again <= today else "valid"


def set_terms(
    desk: Desk,
    customer: int,
    limit: Money | None,
    days: int | None,
    prepay: int,
    note: str = "",
    version: int | None = None,
) -> Receipt:
    """The terms of supply from now on; None takes a limit or own days away. Refuses (`bad_number`), Stale with an old
    version.
    """
    if not 0 <= prepay <= 100 or (days is not None and not 0 <= days <= 365):
        raise ArtermError("bad_number.terms", "terms")
    if limit is not None and limit.minor < 0:
        raise ArtermError("bad_amount.limit", "limit")
    values = {
        "currency": limit.currency if limit else desk.currency,
        "credit_limit": limit.minor if limit else None,
        "days": days,
        "prepay": prepay,
        "note": clean_note(note),
    }
    name = find.customer_name(desk, customer)
    with desk.act(acts.STANDING_TERMS, "customer", customer) as work:
        held = reads.own_terms(desk.book, customer)
        if held:
            work.update(SupplyTerms, held.id, version, message("supply.credit_standing.terms", name=name), **values)
        elif version:
            raise Stale(message("supply.credit_standing.terms", name=name))
        else:
            work.insert(SupplyTerms, customer=customer, **values)
    told = [message("receipts.supply.limit", limit=limit) if limit else message("receipts.supply.no_limit")]
    told += [message("receipts.supply.days", days=days)] if days is not None else []
    told += [message("receipts.supply.prepay", prepay=prepay)] if prepay else []
    return Receipt(message("receipts.supply.terms", name=name, told=tuple(told)), work.id, (customer,))


def terms_of_supply(desk: Desk, customer: int) -> TermsOfSupply:
    """The terms of supply, those of a customer who was merged into this one where it has none; usual where none were
    set.
    """
    found = reads.terms(desk.book, customer, merged_ids(desk.book, [customer]))
    if found is None:
        return TermsOfSupply(None, None, 0, "")
    limit = Money(found.limit, found.currency) if found.limit is not None else None
    return TermsOfSupply(limit, found.days, found.prepay, found.note, found.version)


def days_to_pay(desk: Desk, customer: int | None) -> int:
    """Days to pay where an invoice does not say: the customer's own, else the usual ones."""
    own = terms_of_supply(desk, customer).days if customer else None
    return int(desk.setting("terms_days")) if own is None else own


def supply(desk: Desk, customer: int, wanted: Money | None = None) -> SupplyView:
    """May this customer be supplied (for so much more)? Yes, no, or with money first; with every reason.

    Refuses (`bad_amount`) less than nothing. Without an amount or a limit it speaks of the currency in which most is
    open.
    """
    if wanted is not None and wanted.minor < 0:
        raise ArtermError("bad_amount.supply", "amount")
    terms, every = terms_of_supply(desk, customer), facts(desk.book, desk.today, [customer])
    code = wanted.currency if wanted else terms.limit.currency if terms.limit else _main_currency(desk, every)
    mine = [one for one in every if one.case.currency == code]
    late = [one for one in every if one.case.due < desk.today and one.case.open]
    owed, overdue = (
        sum(one.case.open + one.case.charges for one in some) for some in (mine, [one for one in mine if one in late])
    )
    oldest = max(((desk.today - one.case.due).days for one in late), default=0)
    checked, expired = weighing([(one.result, one.state == "expired") for one in checks_of(desk, customer)])
    stop = _stop(desk, customer)
    limit = terms.limit.minor if terms.limit and terms.limit.currency == code else None
    mark = grade(_record(desk, customer, every))
    position = Position(
        owed,
        overdue if overdue else len(late),
        oldest,
        wanted.minor if wanted else 0,
        limit,
        terms.prepay,
        checked,
        expired,
        stop[0] if stop else "",
        stop[1] if stop else "",
        _broken(desk, customer),
        _beyond(desk, code, overdue, oldest),
    )
    told = message(
        "supply.credit_standing.of",
        amount=Money(owed + position.wanted, code),
        format_money2=Money(limit or 0, code),
    )
    answer: SupplyAdvice = may_supply(position, told)
    why = list(answer.why)
    others = sorted({one.case.currency for one in every if one.case.currency != code and one.case.open})
    why += [message("supply.credit_standing.more_open", others=", ".join(others))] if others else []
    why += (
        [message("supply.credit_standing.suggestion", letter=mark.letter, suggests=mark.suggests)]
        if mark.suggests
        else []
    )
    return SupplyView(
        customer,
        find.customer_name(desk, customer),
        answer.may_supply,
        answer.condition,
        tuple(why),
        Money(owed, code),
        Money(overdue, code),
        terms.limit,
        code,
        mark.letter,
    )


def _main_currency(desk: Desk, every: Sequence[OpenInvoice]) -> str:
    """The owner's currency where anything is open in it, else that in which most is."""
    sums = Counter[str]()
    for one in every:
        sums[one.case.currency] += one.case.open
    return desk.currency if desk.currency in sums or not sums else sums.most_common(1)[0][0]


def standing(desk: Desk, customer: int) -> StandingView:
    """Everything that speaks for and against a customer."""
    mark = own_grade(desk, customer)
    asked = reads.registered(desk.book, customer)
    return StandingView(
        customer,
        find.customer_name(desk, customer),
        mark.letter,
        mark.points,
        mark.working,
        mark.suggests,
        checks_of(desk, customer),
        terms_of_supply(desk, customer),
        register_of(asked.country or desk.country, asked.vat_no, find.customer_name(desk, customer)),
        supply(desk, customer),
    )


def own_grade(desk: Desk, customer: int) -> Grade:
    """The grade of the customer's own record."""
    return grade(_record(desk, customer, facts(desk.book, desk.today, [customer])))


def _record(desk: Desk, customer: int, every: Sequence[OpenInvoice]) -> Record:
    group = merged_ids(desk.book, [customer])
    paid = settled(desk, [customer]).get(customer, [])
    late, newer = days_late(paid) if paid else None, trend(paid)
    kept = kept_rates(desk, customer)
    overdue = max(
        ((desk.today - one.case.due).days for one in every if one.case.open and one.case.due < desk.today), default=0
    )
    silent = 3 if any("calls in a row" in one.case.avoids for one in every) else 0
    return Record(
        len(paid),
        late,
        newer,
        sum(one.promises for one in kept),
        sum(one.kept for one in kept),
        reads.disputes(desk.book, group, desk.today),
        reads.bounces(desk.book, group, desk.today),
        silent,
        overdue,
    )


def _broken(desk: Desk, customer: int) -> int:
    return sum(one.promises - one.kept for one in kept_rates(desk, customer))


def _stop(desk: Desk, customer: int) -> tuple[str, str] | None:
    from arterm.desk.supply.holds import stop_of

    found = stop_of(desk, customer)
    return (found.why, found.carve_outs) if found else None


def _beyond(desk: Desk, currency: str, overdue: int, oldest: int) -> tuple[str, ...]:
    """The owner's own lines that are crossed: from so much, or so many days, nothing more is supplied without money."""
    found = []
    amount, days = int(desk.setting("freeze_amount")), int(desk.setting("freeze_days"))
    if amount and currency == desk.currency and overdue >= amount * 10 ** DIGITS[currency]:
        found.append(
            message(
                "supply.credit_standing.overdue_line",
                overdue=Money(overdue, currency),
                amount=amount,
            )
        )
    if days and oldest >= days:
        found.append(message("supply.credit_standing.days_line", oldest=oldest, days=days))
    return tuple(found)


def to_look_again(desk: Desk) -> tuple[reads.CheckAgain, ...]:
    """Credit checks whose time to look again has come, or that expired within the last month."""
    return tuple(reads.checks_again(desk.book, desk.today, desk.today - timedelta(days=31)))
