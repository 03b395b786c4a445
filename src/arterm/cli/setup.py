"""Commands to begin with: the screens, the demo, the set-up, settings, completion."""

from __future__ import annotations

import gc
import sys

from arterm.cli.commands import Commands
from arterm.cli.output import say
from arterm.cli.session import Session
from arterm.desk.paths import path_of
from arterm.desk.session import Desk, default_book
from arterm.rules.errors import ArtermError

_BUSINESS = [
    "name",
    "country",
    "street",
    "postcode",
    "city",
    "language",
    "currency",
    "iban",
    "bic",
    "vat",
    "mail",
    "phone",
    "logo",
]


def register(commands: Commands) -> None:
    """Add these commands."""
    demo = commands.add_parser("demo")
    demo.add_argument("--dir", metavar="DIR", help="where to put demo.arterm")
    demo.add_argument("--no-open", action="store_true", help="only make the book")
    demo.set_defaults(run=_demo)
    setup = commands.add_parser("setup")
    for key in _BUSINESS:
        setup.add_argument(f"--{key}", metavar=key.upper())
    setup.set_defaults(run=_setup)
    settings = commands.add_parser("settings")
    parts = settings.add_subparsers(metavar="PART")
    parts.add_parser("list", help="every setting and its value").set_defaults(run=_list)
    one = parts.add_parser("get", help="one setting's value")
    one.add_argument("key")
    one.set_defaults(run=_get)
    parts.add_parser("keys", help="every act of the screens by name, for the setting keymap").set_defaults(run=_keys)
    change = parts.add_parser("set", help="change a setting, or several at once")
    change.add_argument("pairs", nargs="+", metavar="KEY VALUE | KEY=VALUE…")
    change.set_defaults(run=_set)
    settings.set_defaults(run=_list)
    completion = commands.add_parser("completion")
    completion.add_argument("shell", choices=("bash", "zsh", "tcsh"))
    completion.set_defaults(run=_completion)


def open_screens(session: Session) -> int:
    """Without a command: the screens; where nobody sits, the board as text."""
    if not session.on_terminal:
        from arterm.cli.show import show_board

        code = show_board(session)
        say("Open the screens by running arterm in a terminal.", to_errors=True)
        return code
    gc.disable()  # as in __main__: until the screens are loaded
    from arterm.tui.app import open_app

    gc.enable()
    return open_app(session.path, lambda: session.today, session.options.here_anyway)


def _demo(session: Session) -> int:
    from arterm.desk.housekeeping.demo import make_demo

    folder = path_of(session.options.dir) if session.options.dir else default_book().parent
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / "demo.arterm"
    say(f"arterm: making a demo business in {path}", to_errors=True)
    session.sit_down(make_demo(path, session.today))
    session.options.book = str(path)
    if session.on_terminal and not session.options.no_open and not session.json:
        session.close()
        return open_screens(session)
    if session.options.no_open:
        session.tell({"book": str(path)}, lambda: [f"The demo book is {path}. Open it with: arterm --book '{path}'"])
        return 0
    from arterm.cli.show import show_board

    code = show_board(session)
    say(f"Open it in a terminal with: arterm --book '{path}'", to_errors=session.json)
    return code


def _setup(session: Session) -> int:
    from arterm.desk.business.settings import set_up

    values = {key: value for key in _BUSINESS if (value := getattr(session.options, key))}
    fresh = not session.path.exists()
    if not fresh:
        pass
    elif session.on_terminal and not session.json:
        values = _asked(values)
    if fresh and not (values.get("name") and values.get("country")):
        raise ArtermError("missing.business", "setup")
    if fresh:
        _begin_or_leave_nothing(session, values)
        return 0
    return session.receipt(set_up(session.desk, values))


def _begin_or_leave_nothing(session: Session, values: dict[str, str]) -> None:
    from arterm.desk.business.settings import set_up

    session.sit_down(Desk.create(session.path, session.today, anywhere=session.options.here_anyway))
    try:
        session.receipt(set_up(session.desk, values))
    except BaseException:
        session.discard()
        raise


def _asked(values: dict[str, str]) -> dict[str, str]:
    from arterm.rules.settings import SETTINGS

    say("A few facts about your business; an empty answer leaves one out.", to_errors=True)
    for key in _BUSINESS:
        if key not in values:
            hint = f" ({SETTINGS[key].hint})" if SETTINGS[key].hint else ""
            sys.stderr.write(f"{SETTINGS[key].words}{hint}: ")
            sys.stderr.flush()
            if answer := sys.stdin.readline().strip():
                values[key] = answer
    return values


def _list(session: Session) -> int:
    from arterm.cli.output import table
    from arterm.rules.settings import SETTINGS

    held = session.desk.settings
    session.tell(
        held,
        lambda: table(
            ("Setting", "Value", "What it is"),
            [(key, value or "-", SETTINGS[key].words) for key, value in held.items()],
        ),
    )
    return 0


def _get(session: Session) -> int:
    from arterm.desk.business.settings import known_setting

    key = known_setting(session.options.key)
    value = session.desk.setting(key)
    session.tell({key: value}, lambda: [value])
    return 0


def _keys(session: Session) -> int:
    from arterm.cli.output import table
    from arterm.tui.keys import CHANGEABLE, key_text

    rows = [{"act": act.id, "key": key_text(act), "words": act.tooltip} for act in CHANGEABLE]
    session.tell({"acts": rows}, lambda: table(("Act", "Key", "What it does"), [tuple(row.values()) for row in rows]))
    return 0


def _set(session: Session) -> int:
    from arterm.desk.business.settings import change_settings

    said = session.options.pairs
    values = dict([said]) if len(said) == 2 and "=" not in said[0] else dict(_pair(one) for one in said)
    if "keymap" in values:
        from arterm.tui.keys import checked_keymap

        checked_keymap(values["keymap"])
    return session.receipt(change_settings(session.desk, values))


def _pair(text: str) -> tuple[str, str]:
    key, equals, value = text.partition("=")
    if not equals:
        raise ArtermError("bad_choice.setting", "settings", text=text[:40])
    return key, value


def _completion(session: Session) -> int:
    import shtab

    from arterm.cli.parser import build

    sys.stdout.write(shtab.complete(build(), shell=session.options.shell))
    return 0
