"""SQL that another database takes as it stands: what can be told from the text is held here, without one.

SQLite lets through what PostgreSQL refuses, or reads otherwise. The few places that speak to SQLite itself are named.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator

import pytest

from arterm.store.catalogue import JOURNALLED
from tests.house.syntax import texts, trees

# Who speaks to SQLite itself, and why: file or folder of the store, and what it says.
ITS_OWN = {
    "migrations/": "make SQLite's tables, indexes, views and guards",
    "book.py": "PRAGMA: how safely the file is written, its version, whether another program wrote to it",
    "copies.py": "PRAGMA and the schema: whether a file from elsewhere is a whole book of ours and nothing more",
    "backup.py": "the schema: reading it rolls back what a crash left half done in the file",
    "verify.py": "PRAGMA: whether the file is sound",
    "erasing.py": "PRAGMA, VACUUM and the schema: guards are set aside, and nothing may be left in the file's pages",
}
SQL = re.compile(r"\b(SELECT|FROM|WHERE|JOIN|UPDATE|DELETE|INSERT|PRAGMA|VACUUM|TRIGGER|HAVING|AND|CASE|GROUP BY)\b")
NAMES = {*JOURNALLED, *(name for model in JOURNALLED.values() for name in model._meta.fields)}
# What only SQLite has, or means otherwise elsewhere.
ONLY_ITS_OWN = {
    r"\bPRAGMA\b|\bVACUUM\b|\bsqlite_\w+": "speaks to SQLite itself",
    r"\bDROP TRIGGER\b|\bRAISE\(|\bSTRICT\b|\bWITHOUT ROWID\b|\bAUTOINCREMENT\b": "its schema",
    r"\bINDEXED BY\b": "says which index to use",
    r"\browid\b|\boid\b": "a number that no table says it has",
    r"\?\d": "a numbered value: give it as often as it is asked, or by name",
    r"\b(ifnull|iif|total|group_concat|printf|instr|typeof|hex|unicode|last_insert_rowid|changes)\(": "its function",
    r"\bjson\w*\(": "its function: read JSON in Python",
    r"\b(strftime|julianday|unixepoch|date|time|datetime)\(": "reckons with days: do it in Python",
    r"\b(GLOB|REGEXP|MATCH)\b|\bCOLLATE\b": "its way to compare",
    r"\bI?LIKE\b": "blind to capitals here and not elsewhere: compare what is folded",
    r"\b(INSERT|UPDATE) OR\b|\bREPLACE INTO\b": "its way to meet a conflict: ON CONFLICT … DO",
    r"\bAS (INTEGER|INT)\)": "holds no more than 21 million euros elsewhere: BIGINT",
    r"\bIN \( ?\)": "a list of nothing",
    r"==": "two signs for one",
    r"\bLIMIT \S+, |\bLIMIT -1\b": "OFFSET, and no LIMIT at all",
    r"\bIS (NOT )?(\?|:)": "compares what may be NULL",
    r"(?:[(,=<>+*/-]|\b(?:SELECT|WHERE|AND|OR|ON|BY|THEN|ELSE|WHEN|NOT)) *\+ *[\w(]": "a sign to keep an index out",
    r"\b(FROM|JOIN|INTO|UPDATE|TABLE) (\{table\}|freeze\b)": "a name that may be a word of the language: in quotes",
    r"\bHAVING (?!sum\(|count\(|min\(|max\(|coalesce\(|NOT\b)": "the name of a sum: say the sum again",
}


def faults(text: str) -> list[str]:
    """What another database would not take in a piece of SQL."""
    plain = " ".join(re.sub(r"'[^']*'", "''", text).split())
    found = [why for pattern, why in ONLY_ITS_OWN.items() if re.search(pattern, plain, re.IGNORECASE)]
    return [*found, *(why for rule, why in RULES.items() if rule(plain))]


def _greatest(text: str) -> bool:
    return any(len(parts) > 1 for name in ("max", "min") for parts in _calls(text, name))


def _counts_truths(text: str) -> bool:
    """A sum of what is true or not, outside of CASE."""
    for name in ("sum", "avg", "total"):
        for parts in _calls(text, name):
            told = re.sub(r"\bCASE\b.*\bEND\b", "n", _outermost(", ".join(parts)))
            if re.search(r"<|>|=|\b(AND|OR|NOT|IN|IS|LIKE|BETWEEN|EXISTS)\b", told):
                return True
    return False


def _unnamed(text: str) -> bool:
    """A query in FROM that goes by no name."""
    for start in re.finditer(r"\b(?:FROM|JOIN) ?(?=\((?:SELECT|WITH|\{))", text):
        inner = _within(text, start.end())
        rest = text[start.end() + len(inner) + 2 :].strip()
        if text[start.end() + len(inner) + 1 :] and not re.match(
            r"(AS )?(?!WHERE|ON|JOIN|LEFT|GROUP|ORDER)[a-z]", rest
        ):
            return True
    return False


def _misquotes(text: str) -> bool:
    """Double quotes around what is no name: SQLite takes it for a text."""
    return any(one not in NAMES and "{" not in one for one in re.findall(r'"([^"]*)"', text))


RULES: dict[Callable[[str], bool], str] = {
    _greatest: "max or min of two: CASE",
    _counts_truths: "adds up what is true: CASE … THEN 1 ELSE 0 END",
    _unnamed: "a query in FROM without a name",
    _misquotes: "double quotes are for names",
}


def _within(text: str, start: int) -> str:
    """What stands between a parenthesis that opens there and its end, or the end of the text."""
    depth = 0
    for at in range(start, len(text)):
        depth += {"(": 1, ")": -1}.get(text[at], 0)
        if depth == 0:
            return text[start + 1 : at]
    return text[start + 1 :]


def _calls(text: str, name: str) -> Iterator[list[str]]:
    """What a function is given, each time it is called."""
    for call in re.finditer(rf"\b{name}(?=\()", text, re.IGNORECASE):
        inner = _within(text, call.end())
        parts, depth = [""], 0
        for sign in inner:
            depth += {"(": 1, ")": -1}.get(sign, 0)
            if sign == "," and depth == 0:
                parts.append("")
            else:
                parts[-1] += sign
        yield parts


def _outermost(text: str) -> str:
    """A text without what stands in its parentheses, but for those around a condition."""
    inside = re.compile(r"(?<!\w)\((?! ?SELECT\b)([^()]*)\)|\([^()]*\)")
    while (less := inside.sub(lambda one: one[1] or "", text)) != text:
        text = less
    return text


def spoken() -> Iterator[tuple[str, str]]:
    """Every piece of SQL in the store, with the file it is in."""
    for name, tree in trees().items():
        if name.startswith("store/"):
            for line, text in texts(tree):
                if SQL.search(text):
                    yield f"{name.removeprefix('store/')}:{line}", text


def test_what_the_store_asks_another_database_takes_too() -> None:
    asked = [(where, text) for where, text in spoken() if not where.split(":")[0].startswith(tuple(ITS_OWN))]
    assert len(asked) > 300
    assert [(where, why) for where, text in asked for why in faults(text)] == []


def test_a_list_of_values_may_be_empty() -> None:
    """`IN ()` is known to SQLite alone: `store.sql.marks` gives what no value is equal to."""
    made = ("store/sql.py", "store/journal.py")  # the journal's are the columns of a row
    assert [
        f"{name}:{node.lineno}"
        for name, tree in trees().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult) and name not in made
        if isinstance(node.left, ast.Constant) and node.left.value == "?"
    ] == []


def test_those_who_speak_to_sqlite_say_no_more_than_they_must() -> None:
    for name, why in ITS_OWN.items():
        found = {fault for where, text in spoken() if where.startswith(name) for fault in faults(text)}
        assert found & {"speaks to SQLite itself", "its schema"}, f"{name} needs no exception ({why})"
        if name != "migrations/":
            assert found <= {"speaks to SQLite itself", "its schema", ONLY_ITS_OWN[r"\bI?LIKE\b"]}, name


@pytest.mark.parametrize(
    "text",
    [
        "SELECT id FROM invoice INDEXED BY invoice_parent",
        "SELECT id FROM invoice WHERE due < ?1",
        "SELECT max(open, 0) FROM invoice",
        "SELECT min(coalesce(a, b), c) FROM invoice",
        "SELECT sum(open > 0) FROM invoice",
        "SELECT sum((a = 1) OR b) FROM invoice",
        "SELECT id FROM (SELECT id FROM invoice) WHERE id > 1",
        "SELECT id FROM ({SALES}) JOIN invoice ON 1",
        "SELECT count(*) FROM (SELECT id FROM invoice)) x",
        "SELECT id FROM credit WHERE +day <= ?",
        "SELECT id FROM credit WHERE act = 1 AND + day <= ?",
        'SELECT id FROM credit WHERE kind = "receipt"',
        "SELECT ifnull(open, 0) FROM invoice",
        "SELECT id FROM invoice WHERE due < date('now')",
        "SELECT julianday(due) FROM invoice",
        "SELECT json_extract(after, '$.first') FROM change",
        "INSERT OR IGNORE INTO setting VALUES (1)",
        "SELECT sum(open) AS rest FROM invoice GROUP BY act HAVING rest > 0",
        "SELECT id FROM freeze",
        "SELECT CAST(? AS INTEGER) FROM invoice",
    ],
)
def test_what_another_would_not_take_is_found(text: str) -> None:
    assert faults(text)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT max(coalesce(issued, day)), min(open) FROM invoice",
        "SELECT sum(CASE WHEN open > 0 AND act = 1 THEN 1 ELSE 0 END) FROM invoice",
        "SELECT sum(i.open - coalesce((SELECT sum(a.amount) FROM allocation a WHERE a.act = 1), 0)) FROM invoice i",
        "SELECT max((SELECT min(n) FROM a, b WHERE a.n = 1))",
        "SELECT a, (SELECT max(due) FROM instalment) FROM plan",
        "SELECT s.id FROM (SELECT id FROM invoice) s JOIN ({SALES}) AS sales ON s.id = sales.id",
        'SELECT "row" FROM change WHERE rows = \'a "quoted" text, max(a, b)\'',
        "SELECT a + b FROM invoice WHERE id IN (SELECT id FROM (SELECT 1 AS id) one)",
        "SELECT sum(n), 'x' FROM open_day HAVING sum(n) > 0",
    ],
)
def test_what_all_take_is_not(text: str) -> None:
    assert faults(text) == []
