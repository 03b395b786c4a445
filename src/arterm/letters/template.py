"""Letter texts: paragraphs with named places and simple conditions, checked when they are read.

A text is plain: its first line is `subject: …`, then paragraphs between empty lines. `! ` before a paragraph sets it
bold, `#` before a line is a remark. `{name}` is filled in; `{if name}…{else}…{end}` (or `{if not name}`) stays within
its paragraph. Nothing else is understood, and a value is never looked at again: braces in it stay braces.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from functools import lru_cache

from arterm.rules.errors import ArtermError

MOST = 20_000  # characters of a text
_MARK = re.compile(r"\{([^{}]*)\}|[{}]")
_NAME = re.compile(r"[a-z][a-z0-9_-]*")
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Put:
    """A place to fill."""

    name: str


@dataclass(frozen=True, slots=True)
class Conditional:
    """What is said when a name has a value (or, with `wanted` False, has none), and what otherwise."""

    name: str
    wanted: bool
    then: tuple[Node, ...]
    other: tuple[Node, ...]


Node = str | Put | Conditional


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph and where it begins; `block` names what is drawn in its place."""

    where: str
    nodes: tuple[Node, ...]
    bold: bool = False
    block: str = ""

    def say(self, values: Mapping[str, str], free: Set[str] = frozenset()) -> str:
        """The paragraph with its places filled; those in `free` may be empty.

        Refuses (`bad_template`) any other place with nothing to put there.
        """
        return _say(self.nodes, values, self.where, free).strip()


@dataclass(frozen=True, slots=True)
class Template:
    """A whole letter text."""

    subject: Paragraph
    paragraphs: tuple[Paragraph, ...]
    names: frozenset[str] = field(default=frozenset())


def read_template(text: str, where: str, names: Set[str], blocks: Set[str], needed: Set[str]) -> Template:
    """A letter text, checked: only these names and blocks, each needed one among them.

    Refuses (`bad_template`) anything else, with the file and the line.
    """
    if len(text) > MOST:
        raise _wrong("too_long", where, 0, most=MOST)
    lines = text.lstrip("\ufeff").replace("\r\n", "\n").split("\n")
    groups, subject = _paragraphs(lines, where)
    said: set[str] = set()
    head = _read(subject[1], where, subject[0], names, said)
    found = []
    for line, words in groups:
        bold = words.startswith("! ")
        block = re.fullmatch(r"\{([a-z]+)\}", words)
        if block and block[1] in blocks:
            said.add(block[1])
            found.append(Paragraph(f"{where}:{line}", (), block=block[1]))
            continue
        nodes = _read(words[2:] if bold else words, where, line, names, said, blocks)
        found.append(Paragraph(f"{where}:{line}", nodes, bold))
    for name in sorted(needed - said):
        raise _wrong("missing", where, 0, name=name)
    return Template(Paragraph(f"{where}:{subject[0]}", head), tuple(found), frozenset(said))


def fill(text: str, values: Mapping[str, str], where: str = "letter text") -> str:
    """Put values into the places of one line of text.

    Refuses (`bad_template`) a name that is not among the values, an empty value, a lone brace, an open condition.
    """
    return _say(_line(text, where), values, where)


@lru_cache(maxsize=2000)
def _line(text: str, where: str) -> tuple[Node, ...]:
    return _read(text, where, 0, None, set())


def _paragraphs(lines: list[str], where: str) -> tuple[list[tuple[int, str]], tuple[int, str]]:
    """The paragraphs as (first line, words), the subject apart."""
    subject, groups, open_ = (0, ""), list[tuple[int, str]](), False
    for n, line in enumerate(lines, 1):
        found = _CONTROL.search(line)
        if found:
            raise _wrong("control", where, n, code=ord(found[0]))
        words = line.strip()
        if words.startswith("#"):
            continue
        if not subject[0] and words:
            if not words.startswith("subject:") or not words[8:].strip():
                raise _wrong("subject", where, n)
            subject = (n, words[8:].strip())
        elif words and open_:
            groups[-1] = (groups[-1][0], f"{groups[-1][1]} {words}")
        elif words:
            groups.append((n, words))
        open_ = bool(words) and n != subject[0]
    if not subject[0] or not groups:
        raise _wrong("empty", where, 1)
    return groups, subject


def _read(
    words: str, where: str, line: int, names: Set[str] | None, said: set[str], blocks: Set[str] = frozenset()
) -> tuple[Node, ...]:
    """The pieces of a paragraph; conditions are kept on a stack until their end."""
    stack: list[tuple[str, bool, list[Node], list[Node] | None]] = [("", True, [], None)]

    def into() -> list[Node]:
        _, _, then, other = stack[-1]
        return then if other is None else other

    at = 0
    for mark in _MARK.finditer(words):
        if mark.start() > at:
            into().append(words[at : mark.start()])
        at = mark.end()
        what = (mark[1] or "").split()
        if mark[1] is None or not what:
            raise _wrong("brace", where, line)
        if what == ["end"] and len(stack) > 1:
            name, wanted, then, other = stack.pop()
            into().append(Conditional(name, wanted, tuple(then), tuple(other or ())))
        elif what == ["else"] and len(stack) > 1 and stack[-1][3] is None:
            stack[-1] = (*stack[-1][:3], [])
        elif what[0] == "if" and len(what) in (2, 3) and (len(what) == 2 or what[1] == "not"):
            _known(what[-1], where, line, names)
            stack.append((what[-1], len(what) == 2, [], None))
        elif what in (["end"], ["else"]):
            raise _wrong("no_if", where, line, name=what[0])
        elif len(what) == 1 and what[0] in blocks:
            raise _wrong("not_alone", where, line, name=what[0])
        elif len(what) == 1 and what[0] not in ("if", "end", "else") and _NAME.fullmatch(what[0]):
            _known(what[0], where, line, names)
            said.add(what[0])
            into().append(Put(what[0]))
        else:
            raise _wrong("not_understood", where, line, name=mark[1])
    if len(stack) > 1:
        raise _wrong("no_end", where, line, name=stack[-1][0])
    if at < len(words):
        into().append(words[at:])
    return tuple(stack[0][2])


def _known(name: str, where: str, line: int, names: Set[str] | None) -> None:
    if names is not None and name not in names:
        raise _wrong("unknown_name", where, line, name=name, names=sorted(names))


def _say(nodes: tuple[Node, ...], values: Mapping[str, str], where: str, free: Set[str] = frozenset()) -> str:
    said = []
    for node in nodes:
        if isinstance(node, str):
            said.append(node)
        elif isinstance(node, Conditional):
            said.append(
                _say(node.then if bool(values.get(node.name)) == node.wanted else node.other, values, where, free)
            )
        elif values.get(node.name):
            said.append(values[node.name])
        elif node.name in free:
            continue
        elif node.name in values:
            raise ArtermError("bad_template.no_value", where, name=node.name)
        else:
            raise ArtermError("bad_template.unknown_place", where, name=node.name[:40], values=sorted(values))
    return "".join(said)


def _wrong(what: str, where: str, line: int, **values: object) -> ArtermError:
    return ArtermError(f"bad_template.{what}", f"{where}:{line}" if line else where, **values)
