"""All acts, walked one by one: who may do each, that none writes while a past day is looked at, that each is used."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from arterm.desk import acts
from arterm.desk.acts import ACTS, Act, Undo
from arterm.desk.business import settings
from arterm.desk.session import Desk
from arterm.rules.errors import ArtermError
from arterm.rules.letter_kinds import BY_HAND
from arterm.rules.roles import CLERK, OWNER
from arterm.tui.keys import acts_of
from arterm.tui.list_acts import LISTS
from tests.conftest import TODAY, Ran
from tests.tui.conftest import at

SOURCE = Path(acts.__file__).parents[1]
EVERY = [pytest.param(act, id=act.name) for act in ACTS.values()]
# The day's work of a clerk, written out a second time: who loosens a right says so here too.
OF_A_CLERK = """
    book.begin import undo customer.add customer.edit customer.archive customer.unarchive
    contact.add contact.edit contact.remove contact.log invoice.add invoice.edit invoice.attach log.attach
    money.receipt money.bounce money.move money.use money.match money.unmatch bank.ignore bank.wrong
    notices.write notices.issue notices.discard notices.statements letter.write wish.begin wish.end
    pause.begin pause.end dispute.open dispute.close ladder.act plan.propose plan.terms plan.accept
    plan.cancel plan.remind mail.plan mail.reserve mail.settle mail.said mail.cancel mail.run mail.fetch
    mail.read mail.habit mail.alert standing.check standing.freeze
""".split()  # noqa: SIM905 - easier to read
STANDS = (
    *("book.begin", "undo", "privacy.erase"),
    *("mail.reserve", "mail.settle", "mail.said", "mail.run", "mail.fetch", "mail.alert"),
)


def refusal(desk: Desk, act: Act) -> str:
    """The code with which an act is refused; empty where it is done."""
    before = desk.newest_act()
    try:
        with desk.act(act):
            pass
    except ArtermError as error:
        assert desk.newest_act() == before
        return error.code
    return ""


def test_the_table_is_what_it_says() -> None:
    constants = {name: act for name, act in vars(acts).items() if isinstance(act, Act)}
    assert {act.name for act in constants.values()} == set(ACTS)
    assert len(constants) == len(ACTS)
    for name, act in constants.items():
        assert name == act.name.upper().replace(".", "_")
        assert act.words
        assert act.words != act.name
    assert {act.name for act in ACTS.values() if act.right == CLERK} == set(OF_A_CLERK)
    assert {act.name for act in ACTS.values() if act.undo is Undo.NEVER} == set(STANDS)
    assert {act.name for act in ACTS.values() if act.past_day} == {"book.begin"}


@pytest.mark.parametrize("act", EVERY)
def test_an_act_is_used_and_no_act_is_a_bare_string(act: Act) -> None:
    constant = act.name.upper().replace(".", "_")
    text = "".join(path.read_text() for path in SOURCE.rglob("*.py") if path.name != "acts.py")
    own = (SOURCE / "desk" / "acts.py").read_text()
    if act.name.removeprefix("letter.").replace("_", "-") in BY_HAND:
        return  # found by the kind of the letter that it writes
    assert re.search(rf"\bacts\.{constant}\b", text) or len(re.findall(rf"\b{constant}\b", own)) > 1
    assert not re.search(r"\.act\(\s*f?\"", text)


@pytest.mark.parametrize("act", EVERY)
def test_a_reader_does_nothing_and_a_clerk_the_days_work(act: Act, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.change_settings(desk, {"roles": "anna=clerk piet=reader"})
    monkeypatch.setenv("LOGNAME", "piet")
    assert refusal(desk, act) == "not_allowed"
    monkeypatch.setenv("LOGNAME", "anna")
    assert refusal(desk, act) == ("not_allowed" if act.right == OWNER else "")
    monkeypatch.setenv("LOGNAME", "els")
    assert refusal(desk, act) == ""


@pytest.mark.parametrize("act", EVERY)
def test_nothing_is_done_on_a_past_day_that_is_looked_at(act: Act, desk: Desk) -> None:
    desk.set_today(TODAY - timedelta(days=30), looking_back=True)
    assert refusal(desk, act) == ("" if act.past_day else "past_day")
    desk.set_today(TODAY)
    assert refusal(desk, act) == ""


@pytest.fixture
def clerk(arterm: Callable[..., Ran], demo: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Ran]:
    """A command run by a clerk on the demo book."""
    monkeypatch.setenv("LOGNAME", "els")
    assert arterm("settings", "set", "roles", "anna=clerk", book=demo).code == 0
    monkeypatch.setenv("LOGNAME", "anna")
    return lambda *words: arterm(*words, "--json", book=demo)


@pytest.mark.parametrize(
    "words",
    [
        "offer discount 2026-0242 --amount 100 --until 2026-12-20",
        "letter settlement {0} --amount 100 --until 2026-12-20 --out {out}",
        "letter settlement {0} --amount 100 --until 2026-12-20 --mail",
        "letter more-time {0} --until 2027-12-20 --out {out}",
        "letter agreement {0} --parts 4 --first 2026-12-15 --out {out}",
        "pause {0} --until 2029-01-01 --why x",
        "plan propose {0} --invoice 2026-0242 --parts 48 --first 2026-12-15 --every month",
        "dispute 2026-0198 --resolve upheld",
        "dispute 2026-0198 --resolve credited --credit 10",
        "invoice edit 2026-0242 --amount 1",
        "invoice edit 2026-0242 --due 2029-01-01",
        "invoice void 2026-0242",
        "waive 2026-0242 --why x",
        "credit add 2026-0242 --kind write_off --amount 10",
        "settings set roles anna=owner",
        "release {0}",
    ],
)
def test_a_clerk_gives_nothing_away_by_any_door(words: str, clerk: Callable[..., Ran], tmp_path: Path) -> None:
    ran = clerk(*(word.format("WZC Avondrust", out=tmp_path / "lt") for word in words.split()))
    assert ran.code == 1, ran.out + ran.err
    assert ran.json["error"]["code"] == "not_allowed"
    assert not list((tmp_path / "lt").glob("*.pdf"))


@pytest.mark.parametrize(
    "words",
    [
        "letter promise {0} --out {out}",
        "letter statement {0} --out {out}",
        "pause {0} --until 2026-12-10 --why holiday",
        "plan propose {0} --invoice 2026-0242 --parts 3 --first 2026-12-15 --every month",
        "dispute 2026-0198 --resolve withdrawn",
        "invoice edit 2026-0242 --note x",
        "pay 2026-0242 --amount 10 --on 2026-11-20",
    ],
)
def test_a_clerk_does_the_days_work_by_command(words: str, clerk: Callable[..., Ran], tmp_path: Path) -> None:
    ran = clerk(*(word.format("WZC Avondrust", out=tmp_path / "lt") for word in words.split()))
    assert ran.code in (0, 3) or ran.json["error"]["code"] != "not_allowed", ran.out + ran.err


@pytest.mark.parametrize("place", LISTS)
async def test_no_key_writes_on_a_past_day(place: str, demo: Path) -> None:
    async with at(demo, (120, 40)) as hand:
        await hand.press(
            {"dossier": "1", "board": "1", "today": "2", "log": "3", "figures": "4", "settings": "5"}[place]
        )
        if place == "dossier":
            await hand.press("enter")
        assert place == hand.screen.SCREEN
        desk = hand.app.desk
        desk.set_today(TODAY - timedelta(days=60), looking_back=True)
        hand.app.changed()
        await hand.press()
        newest = desk.newest_act()
        for act in acts_of(place):
            if not act.writes:
                continue
            hand.app.clear_notifications()  # none that goes by itself while a slow machine works
            await hand.press(act.key.split(",")[0])
            assert place == hand.screen.SCREEN, act.id
            assert hand.toasts, act.id
        assert desk.newest_act() == newest


async def test_statements_to_everybody_are_one_act(demo: Path, tmp_path: Path) -> None:
    async with at(demo, (120, 40)) as hand:
        await hand.press("4", "n")
        newest = hand.app.desk.newest_act()
        form = hand.screen
        for field in form.query("Input").results():
            if "letters" in field.value:
                field.value = str(tmp_path / "statements")
        await hand.press("ctrl+s")
        assert hand.app.desk.newest_act() == newest + 1
        assert len(list((tmp_path / "statements").glob("*.pdf"))) > 5
        await hand.press("u")
        states = {row[0] for row in hand.app.desk.book.rows("SELECT state FROM notice WHERE act = ?", (newest + 1,))}
        assert states <= {"withdrawn", "written"}
        assert not hand.app.desk.book.rows(
            "SELECT 1 FROM notice WHERE act = ? AND void_act IS NULL AND state <> 'withdrawn'", (newest + 1,)
        )


def test_no_file_calls_an_act_by_its_name() -> None:
    for path in (SOURCE / "desk").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "act" and node.args:
                assert not isinstance(node.args[0], ast.Constant | ast.JoinedStr), f"{path}:{node.lineno}"
