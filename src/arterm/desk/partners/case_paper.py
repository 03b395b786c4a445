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
from arterm.rules.messages import message
from arterm.rules.money import Money


def case_pdf(of: CaseFileFacts, index: Mapping[str, str]) -> bytes:
    """The paper; `index` is the SHA-256 of every file beside it, by name."""
    sender, who = settings.sender(of.desk), of.who
    lead = (
        message("partners.case_paper.for_on", to=of.to, day=of.desk.today),
        "",
        message("partners.case_paper.creditor", sender=", ".join((sender.name, *sender.lines)), country=sender.country),
        message(
            "partners.case_paper.creditor_numbers",
            vat=sender.vat_no or "-",
            iban=sender.iban or "-",
            contact=sender.contact,
        ),
        "",
        message(
            "partners.case_paper.debtor",
            name=who.name,
            street=who.street,
            postcode=who.postcode,
            city=who.city,
            country=who.country,
        ),
        (
            message(
                "partners.case_paper.kind_and_language",
                kind=who.kind,
                vat=who.vat_no or "-",
                language=who.language or of.desk.setting("language"),
            )
        ),
        *(
            message("partners.case_paper.contact", name=one.name, role=one.role, phone=one.phone, mail=one.mail)
            for one in customers.contacts(of.desk, who.id)
        ),
    )
    return document(message("partners.case_paper.case_file", name=who.name), lead, tuple(_sections(of, index)))


def _sections(of: CaseFileFacts, index: Mapping[str, str]) -> Iterator[Section]:
    yield _claim(of)
    yield Section(message("partners.case_paper.limitation"), tuple(_limitation(of)))
    yield _account(of)
    yield _sent(of)
    yield _promises(of)
    yield Section(message("partners.case_paper.plans"), tuple(_plans(of)) or (message("partners.case_paper.none"),))
    yield Section(
        message("partners.case_paper.disputes"), tuple(_disputes(of)) or (message("partners.case_paper.none"),)
    )
    yield Section(
        message("partners.case_paper.terms_accepted"),
        tuple(_terms(of)) or (message("partners.case_paper.none_record"),),
    )
    yield _log(of)
    columns = ((message("partners.case_paper.file"), 6), ("SHA-256", 8))
    yield Section(message("partners.case_paper.enclosures"), (), columns, tuple(sorted(index.items())))


def _claim(of: CaseFileFacts) -> Section:
    laws = dict.fromkeys(f"{basis.what}: {basis.law}" for claim in of.claims for basis in claim.basis)
    barred = dict.fromkeys(
        message("partners.case_paper.not_claimed", what=one.what, why=one.why)
        for claim in of.claims
        for one in claim.not_allowed
    )
    papers = [
        (
            f"{one.number}: {', '.join(one.attachments)}"
            if one.attachments
            else message("partners.case_paper.no_document", number=one.number)
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
    columns = _columns(invoice=3, due=3, open=3, interest=3, sum=3, costs=3, claim=3)
    return Section(
        message("partners.case_paper.claim_date", claim=of.total),
        (*laws, *barred, *papers),
        columns,
        rows,
        frozenset(range(2, 7)),
    )


def _limitation(of: CaseFileFacts) -> Iterator[str]:
    for one in of.owed:
        day = of.ends(one)
        if day:
            yield message("partners.case_paper.barred_from", number=one.number, day=day)
        else:
            yield message("partners.case_paper.limitation_unknown", number=one.number)


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
    columns = _columns(day=3, what=4, number=5, amount=3, balance=3)
    return Section(message("partners.case_paper.account"), (), columns, rows, frozenset({3, 4}))


def _columns(**widths: int) -> tuple[tuple[str, int], ...]:
    """Headings, by their names in the catalogue, and how wide each is against the others."""
    return tuple((message(f"partners.case_paper.{name}"), wide) for name, wide in widths.items())


def _sent(of: CaseFileFacts) -> Section:
    rows = [(one.day.isoformat(), "letter", one.kind, ", ".join(one.invoices)) for one in of.letters]
    rows += [(one.day.isoformat(), "e-mail", one.to, one.subject) for one in of.mails]
    rows += [
        (one.day.isoformat(), message("partners.case_paper.e_mail"), one.sender, one.subject) for one in of.incoming
    ]
    told = message(
        "partners.case_paper.came",
        letters=len(of.letters),
        e_mails=len(of.mails),
        answers=len(of.incoming),
    )
    return Section(
        message("partners.case_paper.written_received"),
        (told,),
        _columns(day=2, how=2, what_or_from=5, about=7),
        tuple(sorted(rows)),
    )


def _promises(of: CaseFileFacts) -> Section:
    rows = tuple(
        (one.made.isoformat(), one.day.isoformat(), one.amount.plain(), one.received.plain(), one.state)
        for one in promises_of(of.desk, of.who.id)
    )
    columns = _columns(made=2, promised_for=2, amount=3, received=3, state=3)
    return (
        Section(message("partners.case_paper.promises"), (), columns, rows, frozenset({2, 3}))
        if rows
        else Section(message("partners.case_paper.promises"), (message("partners.case_paper.none"),))
    )


def _plans(of: CaseFileFacts) -> Iterator[str]:
    told = of.desk.format_money
    for plan in of.plans:
        accepted = message("partners.case_paper.accepted", day=plan.accepted) if plan.accepted else ""
        yield (
            message(
                "partners.case_paper.plan_since_paid",
                plan=plan.plan,
                told=told(plan.total),
                accepted=accepted,
                state=plan.state,
                day=plan.since,
                told2=told(plan.paid),
            )
        )
        for one in plan.instalments:
            yield message(
                "partners.case_paper.due_paid",
                n=one.n,
                day=one.due,
                told=told(one.amount),
                told2=told(one.paid),
                state=one.state,
            )


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
        paper = (
            message("partners.case_paper.text_sha", document=one.document, sha256=one.sha256)
            if one.document
            else message("partners.case_paper.no_text")
        )
        yield (
            message(
                "partners.case_paper.version",
                accepted=one.accepted,
                version=one.version,
                rate=one.rate or "no",
                clause=clause,
                paper=paper,
                note=one.note,
            )
        )


def _log(of: CaseFileFacts) -> Section:
    left = (message("partners.case_paper.left_out", entries=of.left_out),) if of.left_out else ()
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
    return Section(message("partners.case_paper.log"), left, _columns(day=2, how=2, what_came=3, note=9, by=2), rows)
