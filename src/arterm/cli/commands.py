"""The commands there are: each with its module and its line of help. Only the module of what was typed is loaded."""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from typing import Any, TypeAlias

from arterm.rules.report_kinds import REPORTS

Subparsers: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


@dataclass(frozen=True, slots=True)
class Command:
    """A command: the module of `arterm.cli` that does it, and what it is for."""

    name: str
    module: str
    words: str


COMMANDS: dict[str, Command] = {
    command.name: command
    for command in (
        Command("demo", "setup", "make a demo business and open it"),
        Command("setup", "setup", "tell arterm about your business"),
        Command("settings", "setup", "look at and change the settings"),
        Command("completion", "setup", "print the completion script of a shell"),
        Command("board", "show", "what is overdue, the most pressing first"),
        Command("show", "show", "everything about a customer or an invoice"),
        Command("report", "show", f"figures: {', '.join(REPORTS)}"),
        Command("log", "contacts", "write down a call, an e-mail, a letter, a visit"),
        Command(
            "calls", "contacts", "how often a customer was contacted, what speaks against calling now, what to say"
        ),
        Command("notices", "reminders", "reminder letters"),
        Command("letter", "letters", "write another letter: a confirmation, an agreement, a statement, a thank-you"),
        Command("texts", "letters", "the texts that letters are made of"),
        Command("send", "mail", "send the reminders that are due by e-mail"),
        Command("mail", "mail", "the outbox, what came in, the account"),
        Command("secret", "mail", "passwords, in the system's keyring only"),
        Command("today", "dunning", "the worklist: who to call, what to send, what came due or broke"),
        Command("dispute", "dunning", "open or settle a dispute on an invoice"),
        Command("pause", "dunning", "stop chasing a customer or an invoice for a while"),
        Command("resume", "dunning", "go on chasing"),
        Command("ladder", "dunning", "the steps by which debts are chased"),
        Command("claim", "claims", "what may be claimed, to the cent, with its law, and what may not"),
        Command("account", "claims", "what a customer owes, entry by entry, on any day"),
        Command("rates", "claims", "published rates of interest, and adding one"),
        Command("terms", "claims", "general terms that customers accepted"),
        Command("waive", "claims", "let charges of an invoice go"),
        Command("pay", "payments", "record a payment"),
        Command("credit", "payments", "credit notes, write-offs, refunds and other credits"),
        Command("match", "bank", "receipts: match a statement, see what waits, settle one"),
        Command("plan", "plans", "instalment plans"),
        Command("offer", "offers", "less for money now, more time, goodwill"),
        Command("options", "offers", "every way out in money: what comes in, when, at what cost, worth what today"),
        Command("partner", "partners", "agencies, factors, attorneys, mediators, with their terms"),
        Command("handover", "partners", "give invoices to a partner, with the complete case file"),
        Command("limitation", "partners", "when open claims may be time-barred, the first ones first"),
        Command("customer", "records", "customers by hand"),
        Command("contact", "records", "people and mailboxes at a customer"),
        Command("invoice", "records", "invoices by hand"),
        Command("attach", "records", "keep a copy of a file beside an invoice, or a log entry (log:ID)"),
        Command(
            "import",
            "imports",
            "bring in what programs and banks export: invoices, customers, payments, statements, e-invoices",
        ),
        Command("undo", "imports", "take back the last thing done"),
        Command("history", "imports", "the journal: what was done, when, by whom"),
        Command("check", "credit", "may we supply? for the shop counter: exit code 0 yes, 3 no or with money first"),
        Command("hold", "credit", "stop supply (chasing goes on; what stops that is: pause)"),
        Command("release", "credit", "supply again"),
        Command("standing", "credit", "credit checks, own record with its working, terms of supply"),
        Command("backup", "maintenance", "make a verified copy of the book"),
        Command("restore", "maintenance", "bring back a backup; the book that is there is kept"),
        Command(
            "privacy", "maintenance", "what is held about a person: shown, erased, dropped when its years are over"
        ),
        Command("doctor", "maintenance", "look at everything that could be wrong"),
        Command("export", "maintenance", "everything as plain CSV and JSON"),
    )
}


class Commands:
    """Where a module registers its commands; their lines of help are those of the table."""

    def __init__(self, parsers: Subparsers) -> None:
        self._parsers = parsers

    def add_parser(self, name: str, **asked: Any) -> argparse.ArgumentParser:
        """The parser of a command of the table."""
        return self._parsers.add_parser(name, help=COMMANDS[name].words, **asked)
