"""Runs a chain in surroundings that are the same everywhere, and writes down what every command did.

What is frozen: the day and the clock (09:00 UTC, a minute later for every command), the account, the language, the time
zone, the width of help, the folder (a fresh one, in which the commands are run, so that paths are short), the keyring
(none that is trusted), programs of the machine (none is found). What cannot be frozen gets other words by `plain`.
"""

from __future__ import annotations

import io
import logging
import os
import re
import shutil
import sys
import time
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from unittest import mock
from zipfile import ZipFile

import time_machine
from keyring.backends import fail
from pypdfium2 import PdfDocument

from arterm.cli import main, parser
from arterm.desk.housekeeping.demo import make_demo
from tests.contract.chain import DAY, OWNER, Chain, Step, steps
from tests.mail import loopback

TOP = Path(__file__).resolve().parents[2]
BOOK = "book.arterm"
MOST_LINES = 120
KEYRING = "tests.mail.keyring_of_tests.TestsKeyring"
_TEXT = {".csv", ".json", ".txt", ".ics", ".eml", ".html", ".sh", ".md"}
_whole = cache(parser.build)  # one parser for all commands: half of the time would go into making it anew
_OURS = re.compile(r".*\.arterm(\.head|\.sending|-journal)?|keyring\.json|[^/]*\.pem")

# What no clock or name makes the same twice, each with what stands in its place.
_VOLATILE: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"^arterm \d+\.\d+\.\d+$"), "arterm <version>"),
    # the journal's hashes (salted), and those of letters (which name the version of their maker)
    (re.compile(r"\b[0-9a-f]{64}\b"), "<sha256>"),
    # the first half of a Message-ID, and the boundaries of a mail
    (re.compile(r"\b[0-9a-f]{32}(?=@)"), "<random>"),
    (re.compile(r"(=_\d_)[0-9a-f]{32}\b"), r"\1<random>"),
    # the hash of several letters in one file
    (re.compile(r"(-letters-)[0-9a-f]{8}\b"), r"\1<hash>"),
    # how large a file in an archive is
    (re.compile(r",\d+,<sha256>"), ",<size>,<sha256>"),
    # the doctor on this machine: its Python, its SQLite, the file time of a backup
    (re.compile(r"SQLite \d+\.\d+\.\d+"), "SQLite <version>"),
    (
        re.compile(r'"name": "python",(\s+)"state": "\w+",(\s+)"words": "[^"]*",(\s+)"hint": "[^"]*"'),
        r'"name": "python",\1"words": "<version>"',
    ),
    (re.compile(r"(?m)^(?:ok|note)  ( *python) .*$"), r"<ok> \1 <version>"),
    (re.compile(r"(backup beside the book was made on )\d{4}-\d\d-\d\d"), r"\1<day>"),
)


class Shelf:
    """Books to begin with, each made once in a folder: the demo book, and those that a chain of that name makes."""

    def __init__(self, folder: Path, chains: Mapping[str, Chain]) -> None:
        self.folder = folder
        self.chains = chains

    def book(self, name: str) -> Path:
        """The book of that name."""
        folder = self.folder / name
        if not folder.exists():
            folder.mkdir(parents=True)
            if name == "demo":
                with surroundings(folder), _clock(DAY, OWNER):
                    make_demo(folder / BOOK, DAY).close()
            else:
                play(self.chains[name], folder, self)
        return folder / BOOK


def play(chain: Chain, folder: Path, shelf: Shelf) -> list[str]:
    """What every step of a chain did, as text, run in an empty folder."""
    begun = shelf.book(chain.book) if chain.book else None
    with _server(chain, folder) as said, surroundings(folder):
        if begun:
            shutil.copy(begun, folder / BOOK)
        for name, content in chain.files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
        seen = _files(folder)
        told = []
        for n, step in enumerate(steps(chain, **said)):
            told.append(_told(step, n, folder, seen, said))
            seen = _files(folder)
    return told


@contextmanager
def surroundings(folder: Path) -> Iterator[None]:
    """A machine on which nothing is set but what every machine has."""
    held = {
        "LANG": "C",
        "TZ": "UTC",
        "COLUMNS": "100",
        "LINES": "40",
        "PATH": str(folder / "nothing"),
        "HOME": str(folder / "owner"),
        "XDG_DATA_HOME": str(folder / "data"),
        "ARTERM_BOOK": BOOK,
        "ARTERM_KEYRING": KEYRING,
        "PYTHON_KEYRING_BACKEND": KEYRING,
        "KEYRING_OF_TESTS": str(folder / "keyring.json"),
        "PYTHONPATH": os.pathsep.join((str(TOP / "src"), str(TOP))),
    }
    before, mask = Path.cwd(), os.umask(0o077)
    try:
        with (
            mock.patch.dict(os.environ, held, clear=True),
            mock.patch("keyring.get_keyring", fail.Keyring),
            mock.patch.object(main, "build", return_value=_whole()),
        ):
            time.tzset()
            os.chdir(folder)
            yield
    finally:
        os.chdir(before)
        os.umask(mask)
        time.tzset()


@contextmanager
def _clock(day: date, who: str, minute: int = 0) -> Iterator[None]:
    """That day by the clock and for arterm, with that account at the desk."""
    moment = datetime(day.year, day.month, day.day, 9, tzinfo=UTC) + timedelta(minutes=minute)
    with (
        mock.patch.dict(os.environ, {"ARTERM_TODAY": day.isoformat(), "LOGNAME": who}),
        time_machine.travel(moment, tick=False),
    ):
        yield


@contextmanager
def _server(chain: Chain, folder: Path) -> Iterator[dict[str, str]]:
    """The mail server where a chain wants one, as what its lines say for it."""
    if not chain.post:
        yield {}
        return
    logging.disable()  # what the server says of itself would stand among the words of arterm
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with loopback.smtp(folder) as post:
                post.hang_up_after = chain.hangs_up
                yield {"port": str(post.port), "ca": post.ca}
    finally:
        logging.disable(logging.NOTSET)


def _told(step: Step, minute: int, folder: Path, seen: dict[str, tuple[int, ...]], said: dict[str, str]) -> str:
    """One command: its line, exit code, output and errors, and the files that are new or other than before."""
    out, err = io.StringIO(), io.StringIO()
    with (
        _clock(step.day, step.who, minute),
        mock.patch.object(sys, "stdin", io.StringIO(step.stdin)),
        redirect_stdout(out),
        redirect_stderr(err),
    ):
        try:
            code = main.run(step.words)
        except SystemExit as stopped:
            code = int(stopped.code or 0)
    if step.words[:1] == ("completion",) and not code:  # thousands of lines that are not arterm's own
        out = io.StringIO("".join(out.getvalue().splitlines(keepends=True)[:1]))
    where = f"{step.day.isoformat()} {step.who}"
    lines = [f"$ arterm {step.line}", f"{where}: exit {code}"]
    lines += [*_marked("|", plain(out.getvalue(), folder, said)), *_marked("!", plain(err.getvalue(), folder, said))]
    after = _files(folder)
    for name in sorted(after):
        if seen.get(name) != after[name]:
            lines += [f"+ {plain(name, folder, said)}", *_contents(folder / name, folder, said)]
    lines += [f"- {plain(name, folder, said)}" for name in sorted(seen) if name not in after]
    return "\n".join(lines) + "\n"


def plain(text: str, folder: Path, said: dict[str, str] | None = None) -> str:
    """What a command printed, with other words for what is never the same twice."""
    for place in {str(folder.resolve()), str(folder)}:
        text = text.replace(place, "<here>")
    for name, value in (said or {}).items():
        text = re.sub(rf"\b{re.escape(value)}\b", f"{{{name}}}", text)
    for pattern, words in _VOLATILE:
        text = pattern.sub(words, text)
    return text


def _marked(mark: str, text: str) -> list[str]:
    """Lines with a mark before each; text that does not end in a line break says so."""
    if not text:
        return []
    lines = [f"{mark} {line}" for line in text.removesuffix("\n").split("\n")]
    return lines if text.endswith("\n") else [*lines, f"{mark}\\ no line break at the end"]


def _files(folder: Path) -> dict[str, tuple[int, ...]]:
    """Every file in a folder but the books, by name, with what tells whether it was written anew."""
    found: dict[str, tuple[int, ...]] = {}
    for path in folder.rglob("*"):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and not _OURS.fullmatch(name):
            held = path.stat()
            found[name] = (held.st_ino, held.st_size, held.st_mtime_ns)
    return found


def _contents(path: Path, folder: Path, said: dict[str, str]) -> list[str]:
    """What stands in a file: text as it is, of a PDF how many pages, of an archive what is in it."""
    content = path.read_bytes()
    if content.startswith(b"%PDF-1") and len(content) > 100:
        return [f"  PDF, pages: {_pages(content)}"]
    if path.suffix == ".zip":
        lines = []
        with ZipFile(io.BytesIO(content)) as archive:
            for name in archive.namelist():
                lines += [f"  + {plain(name, folder, said)}", *_shown(name, archive.read(name), folder, said)]
        return lines
    return _shown(path.name, content, folder, said)


def _shown(name: str, content: bytes, folder: Path, said: dict[str, str]) -> list[str]:
    if Path(name).suffix not in _TEXT:
        return []
    lines = plain(content.decode("utf-8-sig").replace("\r\n", "\n"), folder, said).removesuffix("\n").split("\n")
    more = [f"  … {len(lines)} lines in all"] if len(lines) > MOST_LINES else []
    return [*(f"  | {line}" for line in lines[: 10 if more else MOST_LINES]), *more]


def _pages(content: bytes) -> int:
    document = PdfDocument(content)
    try:
        return len(document)
    finally:
        document.close()
