"""Commands of the bank: statements brought in and matched, receipts settled one by one."""

from __future__ import annotations

from typing import Any

from arterm.cli.commands import Commands
from arterm.cli.output import table
from arterm.cli.session import Session
from arterm.desk import find
from arterm.desk.paths import path_of
from arterm.rules.day_words import in_words
from arterm.rules.errors import ArtermError


def register(commands: Commands) -> None:
    """Add these commands."""
    match = commands.add_parser("match")
    match.add_argument(
        "file", nargs="*", metavar="FILE", help="a bank statement: brought in, and what is certain is booked"
    )
    match.add_argument("--all", action="store_true", help="also what is matched or was left alone")
    match.add_argument("--certain", action="store_true", help="book everything that waits and is certain")
    match.add_argument("--line", type=int, metavar="ID", help="this receipt")
    what = match.add_mutually_exclusive_group()
    what.add_argument("--take", type=int, metavar="N", help="book it as its N-th suggestion (1 is the likeliest)")
    what.add_argument("--to", nargs="+", metavar="INVOICE", help="book it on these invoices, in order")
    what.add_argument("--customer", metavar="C", help="book it for this customer: the oldest debts")
    what.add_argument("--ignore", action="store_true", help="it is no customer's money")
    what.add_argument("--wait", action="store_true", help="let one that was left alone wait again")
    what.add_argument("--wrong", type=int, metavar="N", help="its N-th suggestion is wrong, and is not made again")
    what.add_argument("--unmatch", action="store_true", help="its match was wrong: it waits again")
    what.add_argument(
        "--returns", type=int, nargs="?", const=0, metavar="CREDIT", help="it takes back a payment (else the likeliest)"
    )
    match.add_argument("--note", default="", metavar="T")
    match.set_defaults(run=_match)


def _match(session: Session) -> int:
    options = session.options
    if options.file:
        return _bring_in(session)
    if options.line is not None:
        return _one(session)
    if options.certain:
        from arterm.desk.bank.matching import book_certain

        return session.receipt(book_certain(session.desk))
    return _list(session)


def _bring_in(session: Session) -> int:
    from arterm.cli.imports import tell_report
    from arterm.desk.importing.run import Wishes, commit, read

    paths = [path_of(name) for name in session.options.file]
    return tell_report(session, commit(session.desk, read(session.desk, paths, Wishes("statements"))))


def _list(session: Session) -> int:
    from arterm.desk.bank import lines as bank
    from arterm.desk.bank.matching import index_of, suggestions

    desk = session.desk
    found = bank.lines(desk, ("waiting", "booked", "ignored") if session.options.all else ("waiting",))
    index = index_of(desk)
    offered = {one.id: suggestions(desk, one.id, index)[:3] for one in found if one.state == "waiting"}
    value = {
        "bank": bank.bank_state(desk),
        "lines": [{"line": one, "suggestions": [_plain(s) for s in offered.get(one.id, ())]} for one in found],
    }

    def lines() -> list[str]:
        body = []
        for one in found:
            best = offered.get(one.id, ())
            likely = (
                f"{best[0].customer}: {', '.join(number for number, _ in best[0].parts)} ({best[0].points}:"
                f" {'; '.join(best[0].why)})"
                if best
                else ""
            )
            body.append(
                (
                    f"#{one.id}",
                    one.booked.isoformat(),
                    session.show(one.amount),
                    one.currency,
                    one.payer,
                    one.words,
                    one.state if one.state != "waiting" else likely or "unknown",
                )
            )
        told = [bank.bank_state(desk).words] if bank.bank_state(desk).words else []
        return (
            [*told, *table(("Line", "Day", "Amount", "Cur", "Payer", "Words", "What it may be for"), body, "llr")]
            if body
            else [*told, "No receipt waits."]
        )

    session.tell(value, lines)
    return 0


def _plain(one: Any) -> dict[str, Any]:
    return {
        "customer": one.customer,
        "customer_id": one.customer_id,
        "parts": [{"invoice": number, "amount": part, "currency": part.currency} for number, part in one.parts],
        "points": one.points,
        "why": one.why,
        "certain": one.certain,
        "difference": one.difference,
    }


def _one(session: Session) -> int:
    from arterm.desk.bank import lines as bank
    from arterm.desk.bank import matching

    options, desk = session.options, session.desk
    row = options.line
    if options.take is not None or options.wrong is not None:
        n, found = options.take if options.take is not None else options.wrong, matching.suggestions(desk, row)
        if not 1 <= n <= len(found):
            raise ArtermError("no_suggestion", "--take", row=row, n=n)
        chosen = found[n - 1].found
        return session.receipt(
            matching.book(desk, row, chosen) if options.take is not None else matching.wrong(desk, row, chosen)
        )
    if options.to:
        from arterm.desk.accounts.invoices import view

        invoices = [find.invoice(desk, number, "--to") for number in options.to]
        return session.receipt(matching.book_for(desk, row, view(desk, invoices[0]).customer_id, invoices))
    if options.customer:
        return session.receipt(matching.book_for(desk, row, find.customer(desk, options.customer, "--customer")))
    if options.ignore or options.wait:
        return session.receipt(bank.ignore(desk, row, options.note) if options.ignore else bank.take_up(desk, row))
    if options.unmatch:
        return session.receipt(matching.unmatch(desk, row))
    if options.returns is not None:
        credit = options.returns or matching.returned_payment(desk, row)
        if not credit:
            raise ArtermError("no_credit.returns", "--returns")
        return session.receipt(matching.came_back(desk, row, credit))
    held, offered = bank.line(desk, row), matching.suggestions(desk, row)

    def lines() -> list[str]:
        told = [
            (
                f"#{held.id} {in_words(held.booked)}: {session.show(held.amount)} {held.currency} from"
                f" {held.payer or 'nobody named'} {held.account}"
            ),
            f"  {held.words}",
            f"  {held.state}",
        ]
        for n, one in enumerate(offered, 1):
            parts = ", ".join(f"{number} {session.show(part)}" for number, part in one.parts)
            told += [
                f"{n}. {one.customer}: {parts}  ({one.points} points{', certain' if one.certain else ''})",
                *(f"     {why}" for why in one.why),
            ]
        return told

    session.tell({"line": held, "suggestions": [_plain(one) for one in offered]}, lines)
    return 0
