"""Several letters bound into one file, for one trip to the printer: written as it goes, so that memory does not grow
with them.

It understands the files that our own letters are: objects one after the other, told by a plain table at the end.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from typing import BinaryIO

from arterm.rules.errors import ArtermError

# A reference, or a string in which something may only look like one.
_REFERENCE = re.compile(rb"\((?:\\.|[^()\\])*\)|\b(\d+) 0 R\b", re.S)
_SHARED = 500  # bytes: larger parts that are the same in several letters (typefaces, logos) are written once


def bind(letters: Iterable[bytes], target: BinaryIO) -> int:
    """Write one PDF with the pages of all letters, in order; returns how many pages.

    Each starts on a sheet of its own, also where the printer prints on both sides: an odd letter gets an empty back.
    Refuses (`damaged`) what is no letter of ours.
    """
    binder = _Binder(target)
    for letter in letters:
        binder.back()
        binder.add(letter)
    binder.close()
    return len(binder.pages)


class _Binder:
    """The file being written: objects get new numbers as they come."""

    def __init__(self, target: BinaryIO) -> None:
        self.target = target
        self.at = target.write(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
        self.places: dict[int, int] = {}
        self.count = 2  # 1 is the catalogue, 2 the list of pages
        self.pages: list[int] = []
        self.box = b"[ 0 0 595 842 ]"
        self.known: dict[bytes, int] = {}

    def add(self, letter: bytes) -> None:
        """Copy a letter's pages with everything they need."""
        objects, root = _objects(letter)
        pages = _number(rb"/Pages (\d+) 0 R", objects[root])
        kids = re.search(rb"/Kids \[([^\]]*)\]", objects[pages])
        info = {number for number, held in objects.items() if b"/Producer (arterm)" in held[:400]}
        numbers = {pages: 2}
        rest = [number for number in objects if number not in {root, pages} | info]
        for number in [*rest]:
            held = objects[number]
            if len(held) >= _SHARED and not _REFERENCE.search(held.partition(b"stream")[0]):
                mark = hashlib.sha256(held).digest()
                numbers[number] = self.known.get(mark) or self._write(held)
                self.known[mark] = numbers[number]
                rest.remove(number)
        for number in rest:
            self.count += 1
            numbers[number] = self.count
        for number in rest:
            self._write(_renumbered(objects[number], numbers), numbers[number])
        found = [int(n) for n in re.findall(rb"(\d+) 0 R", kids[1])] if kids else []
        self.pages += [numbers[number] for number in found]
        box = re.search(rb"/MediaBox (\[[^\]]*\])", objects[found[-1]]) if found else None
        if not box:
            raise _damaged()
        self.box = box[1]

    def back(self) -> None:
        """An empty back, where the last letter ended on a front."""
        if len(self.pages) % 2:
            page = b"<< /Type /Page /Parent 2 0 R /Resources << >> /MediaBox " + self.box + b" >>"
            self.pages.append(self._write(page + b"\nendobj\n"))

    def close(self) -> None:
        """The list of pages, the catalogue and the table that tells where everything is."""
        kids = b" ".join(b"%d 0 R" % page for page in self.pages)
        self._write(b"<< /Type /Pages /Count %d /Kids [ %s ] >>\nendobj\n" % (len(self.pages), kids), 2)
        self._write(b"<< /Type /Catalog /Pages 2 0 R >>\nendobj\n", 1)
        table = b"".join(b"%010d 00000 n \n" % self.places[number] for number in range(1, self.count + 1))
        start = self.at
        self.target.write(b"xref\n0 %d\n0000000000 65535 f \n%s" % (self.count + 1, table))
        self.target.write(b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (self.count + 1, start))

    def _write(self, held: bytes, number: int = 0) -> int:
        if not number:
            self.count += 1
            number = self.count
        self.places[number] = self.at
        self.at += self.target.write(b"%d 0 obj\n%s" % (number, held))
        return number


def _objects(letter: bytes) -> tuple[dict[int, bytes], int]:
    """A letter's objects by number (without their first line), and the number of its catalogue."""
    end = re.search(rb"startxref\s+(\d+)\s+%%EOF\s*$", letter[-60:])
    if not end:
        raise _damaged()
    table = letter[int(end[1]) :]
    places = [int(place) for place in re.findall(rb"(\d{10}) 00000 n", table)]
    if not places:
        raise _damaged()
    ends = dict(zip(sorted(places), [*sorted(places)[1:], int(end[1])], strict=True))
    found = {}
    for number, place in enumerate(places, 1):
        head, _, held = letter[place : ends[place]].partition(b" 0 obj\n")
        if head != b"%d" % number or not held.rstrip().endswith(b"endobj"):
            raise _damaged()
        found[number] = held
    return found, _number(rb"/Root (\d+) 0 R", table)


def _renumbered(held: bytes, numbers: dict[int, int]) -> bytes:
    """An object with the references in its dictionary following the new numbers; a stream is left as it is."""
    head, stream, rest = held.partition(b"stream")

    def moved(found: re.Match[bytes]) -> bytes:
        return b"%d 0 R" % numbers[int(found[1])] if found[1] else found[0]

    return _REFERENCE.sub(moved, head) + stream + rest


def _number(pattern: bytes, held: bytes) -> int:
    found = re.search(pattern, held)
    if not found:
        raise _damaged()
    return int(found[1])


def _damaged() -> ArtermError:
    return ArtermError("damaged.letter", "letter")
