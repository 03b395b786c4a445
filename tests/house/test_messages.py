"""Every sentence stands in the catalogue once, is used, and gets exactly the values it has places for."""

from __future__ import annotations

import ast
import re
import string
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from arterm.rules.errors import ArtermError, Stale
from arterm.rules.messages import Message, message
from arterm.rules.money import Money

TOP = Path(__file__).parents[2]
SOURCE, CATALOGUE = TOP / "src/arterm", TOP / "assets/messages/en"


def entries() -> dict[str, tuple[str, ...]]:
    """Every entry of the catalogue with its sentences."""

    def within(held: dict[str, Any], path: str) -> Iterator[tuple[str, tuple[str, ...]]]:
        for name, found in held.items():
            if isinstance(found, dict):
                yield from within(found, f"{path}.{name}")
            else:
                yield f"{path}.{name}", (found,) if isinstance(found, str) else tuple(found)

    files = [path for path in sorted(CATALOGUE.glob("*.toml")) if path.stem != "counted"]
    return {key: texts for path in files for key, texts in within(tomllib.loads(path.read_text("utf-8")), path.stem)}


def places(texts: tuple[str, ...]) -> set[str]:
    """The names of the places in some sentences."""
    return {name for text in texts for _, name, _, _ in string.Formatter().parse(text) if name}


def calls() -> Iterator[tuple[str, str, set[str], bool]]:
    """Where a message is made whose key stands there: (file and line, key, names of the values, whether those are
    all).
    """
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or not node.args or not isinstance(node.func, ast.Name):
                continue
            key = node.args[0]
            if node.func.id not in ("ArtermError", "message"):
                continue
            if isinstance(key, ast.Constant) and isinstance(key.value, str):
                whole = f"errors.{key.value}" if node.func.id == "ArtermError" else key.value
                named = {one.arg for one in node.keywords if one.arg}
                every = all(one.arg for one in node.keywords)
                yield f"{path.relative_to(SOURCE)}:{node.lineno}", whole, named, every


def test_every_message_has_its_sentence_and_its_values() -> None:
    known, wrong = entries(), []
    for where, key, named, every in calls():
        if key not in known:
            wrong.append(f"{where}: the catalogue has no {key}")
        elif not named <= places(known[key]) or (every and named != places(known[key])):
            wrong.append(f"{where}: {key} has places {sorted(places(known[key]))}, and gets {sorted(named)}")
    assert wrong == []


def test_no_sentence_of_the_catalogue_is_never_said() -> None:
    texts, beginnings = set(), set()
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                texts.add(node.value)
            elif isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
                beginnings.add(str(node.values[0].value))
    unsaid = [
        key
        for key in entries()
        if (bare := key.removeprefix("errors.")) not in texts
        and key not in texts
        and key.rpartition(".")[0] not in texts  # a section of labels
        and not any("." in one and bare.startswith(one) for one in beginnings)
    ]
    assert unsaid == []


# Codes of more than one word, names of things outside, and the table of acts, whose words are its own.
CODES = {"call back", "closed here last", "letters waiting", "not yet issued", "partly kept", "promises due", "put off"}
CODES |= {"unclear mail", "handed over", "over the limit", "calls in a row"}
OWN_WORDS = {"desk/acts.py", "desk/housekeeping/demo.py"}


def test_the_desk_has_no_sentences_of_its_own() -> None:
    found = []
    for path in sorted((SOURCE / "desk").rglob("*.py")):
        name, tree = str(path.relative_to(SOURCE)), ast.parse(path.read_text("utf-8"))
        told = {id(one.value) for one in ast.walk(tree) if isinstance(one, ast.Expr)}
        for node in ast.walk(tree):
            if name in OWN_WORDS or id(node) in told:
                continue
            if isinstance(node, ast.JoinedStr):
                text = "".join(str(one.value) if isinstance(one, ast.Constant) else "{}" for one in node.values)
            else:
                text = node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
            if re.search(r"[a-z]{2,} [a-z(]", text) and text not in CODES:
                found.append(f"{name}: {text[:60]!r}")
    assert found == []


def test_an_error_says_what_is_wrong_and_what_to_do() -> None:
    for key, texts in entries().items():
        if key.startswith("errors."):
            assert len(texts) == 2, key
            assert texts[0], key


def test_what_stands_in_a_value_is_never_read_as_a_place() -> None:
    found = ArtermError("no_customer.text", "customer", text="{text} {0.__class__} %s [b]", names="")
    assert found.message == "There is no customer '{text} {0.__class__} %s [b]'."
    assert (found.code, found.key, found.where) == ("no_customer", "no_customer.text", "customer")


def test_values_are_shown_by_their_kind() -> None:
    assert "12 Mar" in str(ArtermError("bad_date.acceptance", proposed="12 Mar", lapses=date(2026, 3, 14)))
    assert str(ArtermError("exists.invoice", number="7", total=Money(123450, "EUR"))).count("1,234.50 EUR") == 1


def test_a_message_that_nobody_wrote_is_a_mistake() -> None:
    with pytest.raises(KeyError):
        Message("errors.no_such_thing")
    with pytest.raises(KeyError):
        message("errors.nothing.at.all")


def test_somebody_else_changed_it() -> None:
    assert Stale("This customer").code == Stale("This customer", "anna").code == "stale"
    assert "anna" in Stale("This customer", "anna").message
