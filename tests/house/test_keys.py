"""All keys, walked one by one: each is in the table, does what the table names, and is told by hints and `?`."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from textual.screen import Screen

from arterm.tui import acts
from arterm.tui.app import ArtermApp
from arterm.tui.host import Host
from arterm.tui.keys import ACTS, acts_of, bindings_of, face_text, function_of, key_text, read_keymap, widget_bindings
from arterm.tui.list_acts import LIST_ACTS, LISTS
from arterm.tui.sheet_acts import FACES, SHEET_ACTS
from arterm.tui.shell.list_screen import ListScreen
from arterm.tui.shell.modal import Sheet
from arterm.tui.widget_acts import CHOICE_ACTS, GRID_ACTS, WIDGET_ACTS
from tests.conftest import TODAY
from tests.tui.conftest import at

SOURCE = Path(acts.__file__).parents[1]
FILES = sorted((SOURCE / "tui").rglob("*.py"))
EVERY = [pytest.param(act, id=act.id) for act in ACTS]
# Words on a face beside those of acts: keys that are several, or Textual's own.
_SAID = ("", "digit or enter: what came of it", "↑ ↓ and page keys for more", "A digit or enter chooses")
_BINDS = ("Binding", "bind")
# What hears keys without the table, and why.
HEARS_BY_ITSELF = {"too_small.py": "keeps every key from what cannot be seen, whichever it is"}


def subclasses(kind: type[Any]) -> set[type[Any]]:
    """All classes made of one."""
    return {one for made in kind.__subclasses__() for one in (made, *subclasses(made))}


@pytest.fixture(scope="module")
def screens() -> dict[str, type[Any]]:
    """Every list and sheet by its name in the table."""
    for path in FILES:
        import_module(".".join(("arterm", *path.relative_to(SOURCE).with_suffix("").parts)).removesuffix(".__init__"))
    named = [one for one in subclasses(ListScreen) | subclasses(Sheet) if one.SCREEN]
    assert len({one.SCREEN for one in named}) == len(named)
    return {one.SCREEN: one for one in named}


def test_the_app_is_what_screens_know_of_it() -> None:
    def host(app: ArtermApp) -> Host:
        return app  # the type checker says whether it is one

    assert host.__name__ == "host"


@pytest.mark.parametrize("act", EVERY)
def test_an_act_does_what_it_names(act: acts.ScreenAct, screens: dict[str, type[Any]]) -> None:
    assert act.tooltip
    assert sum(one.id == act.id for one in ACTS) == 1
    if act in WIDGET_ACTS:
        return
    assert set(act.screens) <= set(screens), "a screen of that name does not exist"
    if "." in act.run:
        assert function_of(act).__doc__
    elif act.run:
        for screen in act.screens:
            assert callable(getattr(screens[screen], f"action_{act.run}")), screen


def test_widgets_have_the_keys_of_the_table(screens: dict[str, type[Any]]) -> None:
    from arterm.tui.widgets.fields import Choice
    from arterm.tui.widgets.filterbar import FilterBar
    from arterm.tui.widgets.grid import Grid

    for name, widget in {"grid": Grid, "choice": Choice, "filter": FilterBar, "app": ArtermApp}.items():
        assert widget.__dict__["BINDINGS"] == widget_bindings(name)
        for act in WIDGET_ACTS:
            if act.id.startswith(name):
                assert callable(getattr(widget, f"action_{act.run}"))


def test_every_screen_has_the_keys_of_the_table(screens: dict[str, type[Any]]) -> None:
    for name, screen in screens.items():
        assert [one for made in screen.__mro__[:-1] for one in made.__dict__.get("BINDINGS", ())][
            : len(bindings_of(name))
        ] == bindings_of(name), name
        assert bindings_of(name), name


def test_no_key_stands_twice_on_a_screen(screens: dict[str, type[Any]]) -> None:
    for name in screens:
        bound = [act for act in (*LIST_ACTS, *SHEET_ACTS) if act.run and name in act.screens]
        keys = [key for act in bound for key in act.key.split(",")]
        assert len(keys) == len(set(keys)), name
        # A row or a choice that has the focus answers first: a key of the screen would never be heard.
        first = [act for act in GRID_ACTS if name in act.screens]
        first += CHOICE_ACTS if name in ("form", "plan", "call") else ()
        heard = {key for act in first for key in act.key.split(",")}
        assert not [act.id for act in bound if not act.priority and heard & set(act.key.split(","))], name


def test_keys_are_bound_in_one_place() -> None:
    made = 0
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text())):
            where = f"{path}:{getattr(node, 'lineno', 0)}"
            if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in _BINDS:
                made += 1
                assert path.name == "acts.py", where
            if isinstance(node, ast.AnnAssign) and ast.unparse(node.target) == "BINDINGS" and node.value:
                assert ast.unparse(node.value).startswith(("bindings_of(", "widget_bindings(")), where
            if isinstance(node, ast.Assign):
                assert "BINDINGS" not in [ast.unparse(one) for one in node.targets], where
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and path.name not in HEARS_BY_ITSELF:
                method = bool(node.args.args) and node.args.args[0].arg == "self"
                assert not (method and re.match(r"_?(key_|on_key$)", node.name)), where
    assert made == 1


def test_only_what_starts_the_screens_imports_the_app() -> None:
    importers = {
        str(path.relative_to(SOURCE))
        for path in SOURCE.rglob("*.py")
        if re.search(r"arterm\.tui\.app\b|from arterm\.tui import .*\bapp\b", path.read_text())
    }
    assert importers == {"cli/setup.py"}


def test_a_class_of_the_screens_has_a_name_of_its_own() -> None:
    names = [node.name for path in FILES for node in ast.parse(path.read_text()).body if isinstance(node, ast.ClassDef)]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("name", FACES)
def test_the_face_of_a_sheet_tells_keys_that_work_there(name: str, screens: dict[str, type[Any]]) -> None:
    sheet = name.split(".")[0]
    told = re.findall(r"\{(\w+)", FACES[name])
    assert told
    assert sheet in screens
    assert face_text(name, {})  # every act it tells is one of the sheet
    assert re.sub(r"\{[^}]*\}", "", FACES[name]).strip(" ·") in _SAID, "a key that the table does not know"


def test_the_owners_keys_work_on_sheets_too() -> None:
    assert read_keymap("mail.turn=f9 sheet.back=f10") == ({"mail.turn": "f9", "sheet.back": "f10"}, [])
    assert face_text("mail.in", {"mail.turn": "f9"}).split("   ")[3] == "f9 what went out"
    assert read_keymap("mail.turn=s")[1] == ["s already stands for mail.send."]
    assert read_keymap("row.call=j")[1] == ["j already stands for grid.down."]
    for told in ("mail.read=f9", "pick.take=f9"):  # not one key of ours
        assert "is not act=key" in read_keymap(told)[1][0]


async def test_a_changed_key_of_a_sheet_does_its_act_and_is_told(demo: Path) -> None:
    from arterm.desk.business.settings import change_settings
    from arterm.desk.session import Desk

    desk = Desk.open(demo, TODAY)
    change_settings(desk, {"keymap": "mail.turn=f9"})
    desk.close()
    async with at(demo) as hand:
        await hand.press("E", "v")
        assert "Outbox" in hand.text
        assert "f9 came in" in hand.text
        await hand.press("f9")
        assert "What came in" in hand.text
        await hand.press("question_mark", *"other")
        assert "f9" in hand.text


@pytest.mark.parametrize("keys", ["E", "L", "M", "n", "c", "x", "o"])
async def test_a_sheet_tells_its_keys(demo: Path, keys: str) -> None:
    async with at(demo, (120, 60)) as hand:
        await hand.press(*keys)
        sheet = hand.screen
        await hand.press("question_mark")
        assert "Keys that work here" in hand.text
        lines = hand.text.split("\n")
        for act in acts_of(sheet.SCREEN):
            assert any(key_text(act) in line and act.words in line and act.tooltip in line for line in lines), act.id
        await hand.press("escape")
        assert hand.screen is sheet


async def test_where_a_question_mark_is_typed_another_key_tells_the_keys(demo: Path) -> None:
    async with at(demo) as hand:
        await hand.press("p", "tab", "tab", "question_mark")
        form = hand.screen
        assert form.lines[2].text == "?"
        await hand.press("f1")
        assert "From the last one" in hand.text or "from the last one" in hand.text
        await hand.press("escape")
        assert hand.screen is form
        assert form.lines[2].text == "?"


def sheets() -> dict[str, Callable[[Any], Screen[Any]]]:
    """How each sheet that may write is made."""
    from arterm.tui.calls.sheet import CallSheet
    from arterm.tui.compromise.options import OptionsSheet
    from arterm.tui.compromise.plan import PlanSheet
    from arterm.tui.dunning.ladders import LaddersSheet
    from arterm.tui.dunning.rates import RatesSheet
    from arterm.tui.importing.match import MatchSheet
    from arterm.tui.importing.screen import ImportSheet
    from arterm.tui.letters.sheet import LetterSheet
    from arterm.tui.letters.shown import to_go
    from arterm.tui.letters.texts import LetterTextsSheet
    from arterm.tui.mail.sheet import MailSheet
    from arterm.tui.partners.sheet import PartnersSheet
    from arterm.tui.shell.text_editor import TextEditor

    return {
        "call": lambda host: CallSheet(1, ()),
        "editor": lambda host: TextEditor("", "", "", lambda text: None),
        "import": lambda host: ImportSheet(),
        "ladders": lambda host: LaddersSheet("standard"),
        "letter_texts": lambda host: LetterTextsSheet(),
        "letters": lambda host: LetterSheet("", to_go(host.desk), 1),
        "mail": lambda host: MailSheet(),
        "match": lambda host: MatchSheet(),
        "options": lambda host: OptionsSheet(1, ()),
        "partners": lambda host: PartnersSheet(),
        "plan": lambda host: PlanSheet(1, ()),
        "rates": lambda host: RatesSheet(),
    }


# What writes, or leads to what does, written out a second time: who opens the past to an act says so here too.
WRITES = """
    row.call row.notice row.mail app.mail app.letters row.pay row.out row.dispute row.freeze row.standing row.hold
    row.log row.add row.edit row.attach row.calls row.more figures.statements app.undo app.match app.import go.settings
    call.save editor.save letters.file letters.print letters.mail letters.kinds letters.went letters.did_not
    letter_texts.edit letter_texts.reset mail.went mail.did_not mail.take_out mail.send mail.answer mail.look plan.save
    options.assume partners.add partners.review partners.remove ladders.add ladders.drop ladders.reset rates.add
    match.take match.customer match.ignore match.wrong match.certain import.commit import.good import.map
    import.vanished
""".split()  # noqa: SIM905 - easier to read

LOOKS = """
    row.why row.open list.filter figures.file figures.without list.sort list.reverse list.view list.before
    figures.period figures.currency figures.disputed list.bucket list.all list.day list.story app.history app.radar
    app.backup go.board go.today go.log go.figures app.help app.quit list.open list.mark list.back app.palette
    call.outcome call.enter call.next call.script call.copy call.dial form.onward form.save form.down form.up
    form.choose editor.back pick.take text.back letters.view letters.picture letters.next letters.before
    letters.leave_out letter_texts.open letter_texts.language mail.read mail.turn plan.next plan.down plan.up
    plan.compare options.open options.why limitation.open limitation.why partners.open partners.turn ladders.open
    match.book match.next match.before import.look welcome.take welcome.quit keys.back keys.down keys.up
    keys.page_down keys.page_up palette.take palette.back sheet.back entry.back sheet.close sheet.keys grid.down
    grid.up grid.page_down grid.page_up grid.first grid.last grid.mark grid.choose choice.next choice.before
    filter.clear filter.rows app.close
""".split()  # noqa: SIM905 - easier to read


def test_which_acts_the_past_is_closed_to() -> None:
    assert [act.id for act in (*LIST_ACTS, *SHEET_ACTS, *WIDGET_ACTS) if act.writes] == WRITES
    assert [act.id for act in (*LIST_ACTS, *SHEET_ACTS, *WIDGET_ACTS) if not act.writes] == LOOKS


def test_every_sheet_that_writes_is_walked_on_a_past_day() -> None:
    assert {screen for act in SHEET_ACTS if act.writes for screen in act.screens} == set(sheets())


@pytest.mark.parametrize("name", sheets())
async def test_no_key_of_a_sheet_writes_on_a_past_day(demo: Path, name: str) -> None:
    async with at(demo, (120, 40)) as hand:
        desk = hand.app.desk
        sheet = sheets()[name](hand.app)
        hand.app.push_screen(sheet)
        await hand.press()
        desk.set_today(TODAY - timedelta(days=60), looking_back=True)
        newest = desk.newest_act()
        if name == "import":  # keys are letters while its name is typed
            hand.screen.grid.focus()
        for act in SHEET_ACTS:
            if act.writes and name in act.screens:
                hand.app.clear_notifications()  # none that goes by itself while a slow machine works
                await hand.press(act.key.split(",")[0])
                assert hand.screen is sheet, act.id
                assert hand.toasts, act.id
                assert "past day" in hand.toasts.split("\n")[-1]
        assert desk.newest_act() == newest


@pytest.mark.parametrize("name", LISTS)
def test_hints_and_help_of_a_list_come_from_the_table(name: str) -> None:
    told = acts_of(name)
    assert told[0].id == "app.help"
    assert [act.words for act in told[-6:]] == ["move", "open", "mark", "back", "palette", "leave"]


async def test_enter_on_a_way_out_tells_why(demo: Path) -> None:
    async with at(demo, (120, 40)) as hand:
        from arterm.tui.compromise.options import OptionsSheet

        hand.app.push_screen(OptionsSheet(hand.screen.selection().customer, ()))
        await hand.press("enter")
        assert "It rests on:" in hand.text


async def test_enter_in_a_field_of_a_plan_leads_to_the_next(demo: Path) -> None:
    async with at(demo, (120, 40)) as hand:
        await hand.press("o", "1", "4", "enter")
        assert hand.app.focused is hand.screen.line("each").entry
        assert hand.screen.line("parts").text == "4"


def test_the_layout_of_a_room_lies_beside_its_screens() -> None:
    from arterm.tui.app import STYLES

    assert {str(path.relative_to(SOURCE / "tui")) for path in (SOURCE / "tui").rglob("*.tcss")} == set(map(str, STYLES))
