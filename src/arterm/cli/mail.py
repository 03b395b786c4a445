"""Commands of mail: the scheduled run, the outbox, what came in, the account and its secrets."""

from __future__ import annotations

import getpass
import sys

from arterm.cli.commands import Commands
from arterm.cli.output import say, table
from arterm.cli.sending import mail_rows, register_send, tell_handed
from arterm.cli.session import Session
from arterm.desk import find
from arterm.rules.errors import ArtermError


def register(commands: Commands) -> None:
    """Add these commands."""
    register_send(commands.add_parser("send"))
    mail = commands.add_parser("mail")
    parts = mail.add_subparsers(metavar="PART")
    listed = parts.add_parser("list", help="what is in the outbox, and what became of it")
    listed.add_argument("--state", metavar="S", help="planned, reserved, sent, failed, unclear or cancelled")
    listed.add_argument("--customer", metavar="C")
    listed.set_defaults(run=_list)
    show = parts.add_parser("show", help="an e-mail with its words; --out writes it byte for byte")
    show.add_argument("id", type=int, metavar="ID")
    show.add_argument("--out", metavar="FILE")
    show.set_defaults(run=_show)
    settle = parts.add_parser("settle", help="say of an unclear e-mail whether it went")
    settle.add_argument("id", type=int, metavar="ID", nargs="?")
    how = settle.add_mutually_exclusive_group(required=True)
    how.add_argument("--sent", action="store_true", help="it went")
    how.add_argument("--not-sent", action="store_true", help="it did not go, and may go again")
    how.add_argument("--look", action="store_true", help="look for all of them among the sent mail (IMAP)")
    settle.set_defaults(run=_settle)
    cancel = parts.add_parser("cancel", help="take e-mails that wait out of the outbox")
    cancel.add_argument("ids", nargs="+", type=int, metavar="ID")
    cancel.set_defaults(run=_cancel)
    for name, run, words in (
        ("test", _test, "send an e-mail to yourself"),
        ("check", _check, "look into the mailbox for bounces and answers"),
        ("login", _login, "sign in with Google or Microsoft"),
        ("runs", _runs, "the last runs"),
    ):
        parts.add_parser(name, help=words).set_defaults(run=run)
    inbox = parts.add_parser("inbox", help="what came in: answers, bounces")
    inbox.add_argument("--all", action="store_true", help="also what was read")
    inbox.set_defaults(run=_inbox)
    read = parts.add_parser("read", help="an answer with its words; then it counts as read")
    read.add_argument("id", type=int, metavar="ID")
    read.set_defaults(run=_read)
    write = parts.add_parser("write", help="an e-mail in your own words")
    write.add_argument("customer", metavar="CUSTOMER")
    write.add_argument("--subject", required=True, metavar="T")
    write.add_argument("--text", metavar="T", help="without it, read from standard input")
    write.set_defaults(run=_write)
    mail.set_defaults(run=_list)
    secret = commands.add_parser("secret")
    what = secret.add_subparsers(metavar="WHAT", required=True)
    for name, run, words in (
        ("set", _set, "keep a secret"),
        ("show", _shown, "whether it is set, and where"),
        ("clear", _clear, "forget it"),
    ):
        part = what.add_parser(name, help=words)
        part.add_argument("name", metavar="NAME", help="mail, inbox, oauth-client")
        part.set_defaults(run=run)


def _list(session: Session) -> int:
    from arterm.desk.mail.outbox import STATES, listed

    options = vars(session.options)
    state, customer = options.get("state"), options.get("customer")
    if state and state not in STATES:
        raise ArtermError("bad_choice.state", "--state", state=state[:20], states=tuple(STATES))
    found = listed(session.desk, (state,) if state else (), find.customer(session.desk, customer) if customer else None)
    session.tell({"mails": found}, lambda: mail_rows(found) if found else ["The outbox is empty."])
    return 0


def _show(session: Session) -> int:
    from arterm.desk.mail.outbox import raw, views

    (one,) = views(session.desk, [session.options.id])
    if session.options.out:
        from arterm.desk.letters.printing import save_new
        from arterm.desk.paths import path_of

        path = path_of(session.options.out)
        save_new(path, raw(session.desk, one.id))
        session.tell({"file": str(path)}, lambda: [f"Written to {path}"])
        return 0
    head = [
        f"To: {one.to}",
        f"Subject: {one.subject}",
        f"State: {one.state}{f' ({one.said})' if one.said else ''}",
        *(f"With: {name}" for name in one.files),
        "",
    ]
    session.tell({"mail": one}, lambda: [*head, *one.text.splitlines()])
    return 0


def _settle(session: Session) -> int:
    from arterm.desk.mail.inbox import settle_by_sent_folder
    from arterm.desk.mail.outbox import resolve_unclear

    options = session.options
    if options.look:
        return session.receipt(settle_by_sent_folder(session.desk))
    if options.id is None:
        raise ArtermError("missing.which_mail", "ID")
    return session.receipt(resolve_unclear(session.desk, options.id, options.sent))


def _cancel(session: Session) -> int:
    from arterm.desk.mail.outbox import cancel

    return session.receipt(cancel(session.desk, session.options.ids))


def _test(session: Session) -> int:
    from arterm.desk.mail.sending import send_test

    return session.receipt(send_test(session.desk))


def _check(session: Session) -> int:
    from arterm.desk.mail.inbox import look

    found = look(session.desk)
    session.tell(found, lambda: [f"The mailbox: {found.words}."])
    return 0


def _runs(session: Session) -> int:
    from arterm.desk.mail.run import last_runs

    found = last_runs(session.desk)
    rows = [
        tuple(str(one[name] or "") for name in ("day", "state", "sent", "failed", "unclear", "words")) for one in found
    ]
    session.tell(
        {"runs": found},
        lambda: table(("Day", "State", "Sent", "Failed", "Unclear", ""), rows) if rows else ["There was no run yet."],
    )
    return 0


def _inbox(session: Session) -> int:
    from arterm.desk.mail.inbox import came_in

    found = came_in(session.desk, ("new", "read") if session.options.all else ("new",))
    rows = [
        (f"#{one.id}", one.day.isoformat(), one.kind, one.customer, one.sender_mail, one.subject, one.said)
        for one in found
    ]
    session.tell(
        {"messages": found},
        lambda: (
            table(("", "Day", "Kind", "Customer", "From", "Subject", ""), rows)
            if rows
            else ["Nothing waits to be read."]
        ),
    )
    return 0


def _read(session: Session) -> int:
    from arterm.desk.mail.inbox import came_in, read

    receipt = read(session.desk, session.options.id)
    one = next((one for one in came_in(session.desk) if one.id == session.options.id), None)
    session.tell(
        {"message": one, "done": receipt.words},
        lambda: [
            *([f"From: {one.sender_mail}", f"Subject: {one.subject}", "", *one.text.splitlines()] if one else []),
            "",
            receipt.words,
        ],
    )
    return 0


def _write(session: Session) -> int:
    from arterm.desk.mail.compose import plan_words
    from arterm.desk.mail.sending import send_now

    options = session.options
    text = options.text if options.text is not None else sys.stdin.read(100_000)
    row = plan_words(session.desk, find.customer(session.desk, options.customer), options.subject, text)
    return tell_handed(session, send_now(session.desk, [row]))


def _login(session: Session) -> int:
    from arterm.desk.mail.sign_in import sign_in

    def show(words: str) -> None:
        say(words, to_errors=True)

    return session.receipt(sign_in(session.desk, show))


def _set(session: Session) -> int:
    from arterm.desk.mail.account import SECRETS, set_secret

    name = session.options.name
    value = (
        getpass.getpass(f"{SECRETS.get(name, name)[:1].upper()}{SECRETS.get(name, name)[1:]}: ")
        if sys.stdin.isatty()
        else sys.stdin.readline().rstrip("\n")
    )
    return session.receipt(set_secret(session.desk, name, value))


def _shown(session: Session) -> int:
    from arterm.desk.mail.account import show_secret

    found = show_secret(session.desk, session.options.name)
    session.tell(
        found,
        lambda: [
            f"{found.words[:1].upper()}{found.words[1:]} is {'set' if found.is_set else 'not set'} in {found.backend}."
        ],
    )
    return 0


def _clear(session: Session) -> int:
    from arterm.desk.mail.account import clear_secret

    return session.receipt(clear_secret(session.desk, session.options.name))
