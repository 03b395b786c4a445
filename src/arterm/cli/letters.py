"""Commands about letters that are no reminders, and about the texts all letters are made of."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from arterm.cli.commands import Commands
from arterm.cli.gone_out import printed
from arterm.cli.output import say, table
from arterm.cli.session import Session
from arterm.cli.text.words import notice_lines
from arterm.desk import find
from arterm.desk.paths import path_of
from arterm.rules.errors import ArtermError
from arterm.rules.instalments import EVERY
from arterm.rules.letter_kinds import BY_HAND


def register(commands: Commands) -> None:
    """Add these commands."""
    letter = commands.add_parser("letter")
    letter.add_argument("kind", choices=tuple(BY_HAND), metavar="KIND", help=", ".join(BY_HAND))
    letter.add_argument("customer", metavar="CUSTOMER", nargs="?", default="")
    letter.add_argument("--all", action="store_true", help="statement: for every account on which something stands")
    letter.add_argument("--items", action="store_true", help="statement: what is open, item by item, without movements")
    letter.add_argument(
        "--invoice", action="append", default=[], metavar="N", help="about these; else about all that is open"
    )
    letter.add_argument("--currency", default="", metavar="C", help="where there are several")
    letter.add_argument(
        "--amount", metavar="N", help="settlement: what you take instead; breach: the instalment that was missed"
    )
    letter.add_argument("--until", metavar="D", help="the day to pay by; breach: the day the instalment was due")
    letter.add_argument(
        "--since", metavar="D", help="first day of a statement or a stop; breach: the day it was agreed"
    )
    letter.add_argument("--parts", type=int, default=3, metavar="N", help="agreement: how many instalments")
    letter.add_argument("--first", metavar="D", help="agreement: the day of the first instalment")
    letter.add_argument("--every", choices=EVERY, default="month", help="agreement: how often")
    letter.add_argument("--deposit", metavar="N", help="agreement: more at first")
    letter.add_argument(
        "--grace", type=int, default=7, metavar="DAYS", help="agreement: days an instalment may be late"
    )
    letter.add_argument("--no-acceleration", action="store_true", help="a missed instalment does not make the rest due")
    letter.add_argument("--interest", action="store_true", help="interest goes on meanwhile")
    letter.add_argument("--to", default="", metavar="PARTNER", help="handover: who takes over")
    letter.add_argument("--out", metavar="DIR", help="where the PDF goes; without it the letter is only shown")
    letter.add_argument("--mail", action="store_true", help="send it by e-mail now")
    letter.add_argument("--draft", action="store_true", help="do not count it as gone out yet")
    letter.set_defaults(run=_letter)
    texts = commands.add_parser("texts")
    parts = texts.add_subparsers(metavar="PART")
    for name, run, words in (
        ("show", _show, "print a text"),
        ("preview", _preview, "a made-up letter with it"),
        ("reset", _reset, "give up your own text"),
    ):
        part = parts.add_parser(name, help=words)
        part.add_argument("kind", metavar="KIND")
        part.add_argument("--language", default="", metavar="L")
        if name != "reset":
            part.add_argument("--out", metavar="FILE", help="write it to a file")
        if name == "preview":
            part.add_argument("--file", metavar="FILE", help="with the text in this file, before it is taken in")
        part.set_defaults(run=run)
    use = parts.add_parser("use", help="take in a text that you wrote, such as friendly.nl.txt")
    use.add_argument("file", metavar="FILE")
    use.add_argument("--kind", default="", metavar="KIND")
    use.add_argument("--language", default="", metavar="L")
    use.set_defaults(run=_use)
    texts.add_argument("--language", default="", metavar="L")
    texts.set_defaults(run=_list)


def _letter(session: Session) -> int:
    options = session.options
    if options.all:
        return _statements(session)
    if not options.customer:
        raise ArtermError("missing.recipient", "CUSTOMER")
    return give(session, _draft(session))


def _statements(session: Session) -> int:
    """A statement of every account on which something stands: into a folder, or by e-mail."""
    from arterm.cli.sending import tell_handed
    from arterm.desk.letters.notices import issue, views
    from arterm.desk.mail.sending import send_now
    from arterm.desk.mail.statement_run import plan_statements, write_statements

    options, desk = session.options, session.desk
    if options.kind != "statement" or options.customer or not (options.out or options.mail):
        raise ArtermError("missing.all", "--all")
    since = session.past_day(options.since, "--since") if options.since else None
    if options.mail:
        planned, refused = plan_statements(desk, since, options.items)
        for words in refused:
            say(words, to_errors=True)
        return tell_handed(session, send_now(desk, planned))
    written = write_statements(desk, since, path_of(options.out), options.items)
    for words in written.refused:
        say(words, to_errors=True)
    files = {one.id: one.file for one in written.notices}
    if files and not options.draft and not (session.on_terminal and not printed(len(files))):
        issue(desk, list(files))
    notices = [replace(one, file=files[one.id]) for one in views(desk, list(files))]
    session.tell({"notices": notices}, lambda: notice_lines(session, notices))
    return 0


def give(session: Session, draft: Any) -> int:
    """Show a letter, or with --out write it and ask whether it went out."""
    from arterm.desk.letters.letters import letter_of
    from arterm.desk.letters.notices import issue, views
    from arterm.desk.letters.preview import preview_letter
    from arterm.desk.letters.printing import write_letter_to

    desk = session.desk
    if vars(session.options).get("mail"):
        from arterm.cli.sending import tell_handed
        from arterm.desk.mail.compose import plan_letter
        from arterm.desk.mail.sending import send_now

        return tell_handed(session, send_now(desk, [plan_letter(desk, draft)]))
    if not session.options.out:
        shown = preview_letter(letter_of(desk, draft)[0])
        session.tell(
            {"letter": shown},
            lambda: [
                *shown.lines,
                "",
                *(f"Enclose: {what}" for what in shown.enclose),
                "Nothing was written: say where with --out DIR.",
            ],
        )
        return 0
    written = write_letter_to(desk, draft, path_of(session.options.out))
    if not session.options.draft and not (session.on_terminal and not printed(1)):
        issue(desk, [written.id])
    notice = replace(views(desk, [written.id])[0], file=written.file)
    session.tell({"notices": [notice]}, lambda: notice_lines(session, [notice]))
    return 0


def _draft(session: Session) -> Any:
    from arterm.desk.letters.kinds import LetterDraft
    from arterm.desk.letters.lines import currency_of

    options, desk = session.options, session.desk
    customer = find.customer(desk, options.customer)
    invoices = tuple(find.invoice(desk, number, "--invoice") for number in options.invoice)
    currency = options.currency.upper() or currency_of(desk, customer, invoices)

    def amount(text: str | None, where: str) -> Any:
        return session.amount(text, currency, where) if text else None

    def day(text: str | None, where: str) -> Any:
        return session.day(text, where) if text else None

    return LetterDraft(
        kind=options.kind,
        customer=customer,
        invoices=invoices,
        currency=currency,
        amount=amount(options.amount, "--amount"),
        until=day(options.until, "--until"),
        since=session.past_day(options.since, "--since") if options.since else None,
        parts=options.parts,
        first=day(options.first, "--first"),
        every=options.every,
        deposit=amount(options.deposit, "--deposit"),
        grace=options.grace,
        accelerate=not options.no_acceleration,
        interest=options.interest,
        partner=options.to,
        items=options.items,
    )


def _list(session: Session) -> int:
    from arterm.desk.letters.texts import letter_texts

    found = letter_texts(session.desk, session.options.language)
    rows = [(one.kind, one.words, one.language, "yours" if one.yours else "") for one in found]
    session.tell({"texts": found}, lambda: table(("Kind", "Letter", "Language", ""), rows))
    return 0


def _show(session: Session) -> int:
    from arterm.desk.letters.texts import text_of

    options = session.options
    text = text_of(session.desk, options.kind, options.language)
    if options.out:
        return _to_file(session, text.encode())
    session.tell({"kind": options.kind, "text": text}, lambda: text.rstrip("\n").split("\n"))
    return 0


def _preview(session: Session) -> int:
    from arterm.desk.letters.texts import named, sample_page, sample_text

    options, kind, language, text = session.options, session.options.kind, session.options.language, ""
    if options.file:
        path = path_of(options.file)
        kind, language = named(path, kind, language or session.desk.setting("language"))
        text = _read(path)
    if options.out:
        return _to_file(session, sample_page(session.desk, kind, language, text))
    lines = sample_text(session.desk, kind, language, text)
    session.tell({"kind": kind, "lines": lines}, lambda: list(lines))
    return 0


def _use(session: Session) -> int:
    from arterm.desk.letters.texts import named, use_text

    options = session.options
    path = path_of(options.file)
    kind, language = named(path, options.kind, options.language)
    return session.receipt(use_text(session.desk, kind, language, _read(path), path.name))


def _reset(session: Session) -> int:
    from arterm.desk.letters.texts import reset_text
    from arterm.rules.countries import known_language

    language = session.options.language or session.desk.setting("language")
    return session.receipt(reset_text(session.desk, session.options.kind, known_language(language)))


def _read(path: Path) -> str:
    try:
        with path.open("rb") as file:
            content = file.read(100_001)
        if len(content) > 100_000:
            raise ArtermError("too_large.text", path.name)
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ArtermError("not_text", path.name) from None
    except (FileNotFoundError, IsADirectoryError):
        raise ArtermError("no_file.path", str(path)) from None


def _to_file(session: Session, content: bytes) -> int:
    from arterm.desk.letters.printing import save_new

    path = path_of(session.options.out)
    save_new(path, content)
    session.tell({"file": str(path)}, lambda: [f"Written to {path}"])
    return 0
