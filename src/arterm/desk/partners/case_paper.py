"""The paper of a case file: what a stranger reads first, with an index of everything that lies beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from arterm.desk.accounts import customers
from arterm.desk.business import settings
from arterm.desk.claims.terms import terms_of
from arterm.desk.contacts.promises import promises_of
from arterm.desk.dunning.pauses import disputes
from arterm.desk.partners.case_facts import CaseFileFacts
from arterm.letters.dossier_paper import Section, document
from arterm.rules.money import Money
from arterm.rules.text import count


def case_pdf(of: CaseFileFacts, index: Mapping[str, str]) -> bytes:
    """The paper; `index` is the SHA-256 of every file beside it, by name."""
    sender, who = settings.sender(of.desk), of.who
    lead = (
        f"For: {of.to}    On: {of.desk.today.isoformat()}",
        "",
        f"Creditor: {', '.join((sender.name, *sender.lines))}, {sender.country}",
        f"VAT {sender.vat_no or '-'}, IBAN {sender.iban or '-'}, {sender.contact}",
        "",
        f"Debtor: {who.name}, {who.street}, {who.postcode} {who.city}, {who.country}",
        (
            f"Kind: {who.kind}; VAT {who.vat_no or '-'}; letters and mails to them are in:"
            f" {who.language or of.desk.setting('language')}"
        ),
        *(f"Contact: {one.name} {one.role} {one.phone} {one.mail}" for one in customers.contacts(of.desk, who.id)),
    )
    return document(f"Case file: {who.name}", lead, tuple(_sections(of, index)))


def _sections(of: CaseFileFacts, index: Mapping[str, str]) -> Iterator[Section]:
    yield _claim(of)
    yield Section("Limitation", tuple(_limitation(of)))
    yield _account(of)
    yield _sent(of)
    yield _promises(of)
    yield Section("Plans", tuple(_plans(of)) or ("None.",))
    yield Section("Disputes", tuple(_disputes(of)) or ("None.",))
    yield Section("Terms accepted", tuple(_terms(of)) or ("None on record.",))
    yield _log(of)
    columns = (("File", 6), ("SHA-256", 8))
    yield Section("What lies beside this paper", (), columns, tuple(sorted(index.items())))


def _claim(of: CaseFileFacts) -> Section:
    laws = dict.fromkeys(f"{basis.what}: {basis.law}" for claim in of.claims for basis in claim.basis)
    barred = dict.fromkeys(f"Not claimed: {one.what}, {one.why}" for claim in of.claims for one in claim.not_allowed)
    papers = [
        (
            f"{one.number}: {', '.join(one.attachments)}"
            if one.attachments
            else f"{one.number}: no document of it is attached"
        )
        for one in of.owed
    ]
    rows = tuple(
        (
            one.number,
            one.due.isoformat(),
            *(money.plain() for money in (one.balance, claim.interest, claim.compensation, claim.costs, claim.total)),
        )
        for one, claim in zip(of.owed, of.claims, strict=True)
    )
    columns = tuple((name, 3) for name in ("Invoice", "Due", "Open", "Interest", "Sum", "Costs", "Claim"))
    return Section(
        f"Claim to date: {of.desk.format_money(of.total)}",
        (*laws, *barred, *papers),
        columns,
        rows,
        frozenset(range(2, 7)),
    )


def _limitation(of: CaseFileFacts) -> Iterator[str]:
    for one in of.owed:
        day = of.ends(one)
        if day:
            yield f"{one.number}: may be time-barred from {day.isoformat()}"
        else:
            yield f"{one.number}: check the limitation; no source for its period is known here"


def _account(of: CaseFileFacts) -> Section:
    rows = tuple(
        (
            one.day.isoformat(),
            one.kind.replace("_", " "),
            one.number,
            Money(one.amount, of.currency).plain(),
            Money(one.balance, of.currency).plain(),
        )
        for one in of.moved
    )
    columns = (("Day", 3), ("What", 4), ("Number", 5), ("Amount", 3), ("Balance", 3))
    return Section("Account", (), columns, rows, frozenset({3, 4}))


def _sent(of: CaseFileFacts) -> Section:
    rows = [(one.day.isoformat(), "letter", one.kind, ", ".join(one.invoices)) for one in of.letters]
    rows += [(one.day.isoformat(), "e-mail", one.to, one.subject) for one in of.mails]
    rows += [(one.day.isoformat(), "e-mail in", one.sender, one.subject) for one in of.incoming]
    told = (
        f"{count(len(of.letters), 'letter')}, {count(len(of.mails), 'e-mail')}; {count(len(of.incoming), 'e-mail')}"
        " came in"
    )
    return Section(
        "Written and received",
        (told,),
        (("Day", 2), ("How", 2), ("What, to or from", 5), ("About", 7)),
        tuple(sorted(rows)),
    )


def _promises(of: CaseFileFacts) -> Section:
    rows = tuple(
        (one.made.isoformat(), one.day.isoformat(), one.amount.plain(), one.received.plain(), one.state)
        for one in promises_of(of.desk, of.who.id)
    )
    columns = (("Made", 2), ("For", 2), ("Amount", 3), ("Came", 3), ("State", 3))
    return Section("Promises", (), columns, rows, frozenset({2, 3})) if rows else Section("Promises", ("None.",))


def _plans(of: CaseFileFacts) -> Iterator[str]:
    told = of.desk.format_money
    for plan in of.plans:
        accepted = f", accepted {plan.accepted.isoformat()}" if plan.accepted else ""
        yield (
            f"Plan #{plan.plan} of {told(plan.total)}{accepted}: {plan.state} since {plan.since.isoformat()},"
            f" {told(plan.paid)} paid"
        )
        for one in plan.instalments:
            yield f"   {one.n}. due {one.due.isoformat()}: {told(one.amount)}, {told(one.paid)} paid, {one.state}"


def _disputes(of: CaseFileFacts) -> Iterator[str]:
    for one in disputes(of.desk, of.who.id):
        over = f"{one.outcome} {one.closed.isoformat()}" if one.closed else "open"
        yield (
            f"{one.opened.isoformat()} {one.invoice}: {one.reason.replace('_', ' ')},"
            f" {of.desk.format_money(one.amount)}; {over}. {one.note}"
        )


def _terms(of: CaseFileFacts) -> Iterator[str]:
    for one in terms_of(of.desk, of.who.id):
        clause = "with" if one.costs_clause else "without"
        paper = f" Text: {one.document}, SHA-256 {one.sha256}." if one.document else " Their text is not on record."
        yield (
            f"{one.accepted.isoformat()} version {one.version}: {one.rate or 'no'} % a year, {clause} a clause on"
            f" costs.{paper} {one.note}"
        )


def _log(of: CaseFileFacts) -> Section:
    left = (f"{count(of.left_out, 'entry', 'entries')} that name others were left out.",) if of.left_out else ()
    rows = tuple(
        (
            one.day.isoformat(),
            f"{one.direction} {one.channel}",
            one.outcome.replace("_", " "),
            one.note.replace("\n", " "),
            one.who,
        )
        for one in of.log
    )
    return Section("Log", left, (("Day", 2), ("How", 2), ("What came of it", 3), ("Note", 9), ("By", 2)), rows)
