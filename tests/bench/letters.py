"""Letters of one page with logo, table and code to scan: by us, by Platypus as its guide has it, and the least there
can be.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import date
from functools import partial
from io import BytesIO
from os import cpu_count
from pathlib import Path
from typing import Any

from arterm.letters.letter import Letter, Line, Sender
from arterm.letters.paper import render
from tests.bench.books import TODAY
from tests.bench.measuring import Row, paired

_LINES = tuple(Line(f"R{n}", date(2026, 8, 1), date(2026, 9, 1), 80, 12345, 0, 12345) for n in range(5))


def logo() -> bytes:
    """A plain logo, 600 points to the inch."""
    from PIL import Image, ImageDraw

    picture, target = Image.new("RGB", (945, 378), "white"), BytesIO()
    ImageDraw.Draw(picture).ellipse((40, 40, 800, 340), fill=(20, 60, 120))
    picture.save(target, "PNG")
    return target.getvalue()


def batch(count: int) -> list[Letter]:
    """That many letters, each with its own reference and so its own code."""
    sender = Sender("Bench", ("Street 1", "1000 Town"), "BE", "BE68539007547034", logo=logo())
    letter = Letter("en", 1, TODAY, TODAY, sender, ("Customer", "Street 2", "2000 Town"), "K1", "R1", "EUR", _LINES)
    return [replace(letter, reference=f"R{n}") for n in range(count)]


def guide(numbers: Sequence[int], target: Any, picture: bytes) -> None:
    """The same letters as the Platypus guide would make them."""
    from reportlab.graphics.barcode.qr import QrCode
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import Image, PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table

    styles, story = getSampleStyleSheet(), list[Any]()
    words = (
        "Bench",
        "Customer<br/>Street 2<br/>2000 Town",
        "Payment reminder",
        "Perhaps it has slipped your attention. " * 3,
        "Please pay. " * 5,
    )
    head = ["Invoice", "Date", "Due", "Late", "Amount", "Paid", "Open"]
    for n in numbers:
        story.append(Image(BytesIO(picture), 113, 45))
        for part in words:
            story += [Paragraph(part, styles["Normal"]), Spacer(1, 12)]
        story += [
            Table([head, *[["R1", "01/08/2026", "01/09/2026", "80", "123.45", "0.00", "123.45"]] * 5]),
            QrCode(f"BCD\n002\n1\nSCT\n\nBench\nBE68539007547034\nEUR617.25\n\n\nR{n}"),
            PageBreak(),
        ]
    SimpleDocTemplate(target, pagesize=A4).build(story)


def replay(count: int, target: Any) -> None:
    """The least: ready pages handed to ReportLab's canvas, nothing drawn."""
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(target, pagesize=A4, pageCompression=1)
    for _ in range(count):
        canvas._code.append("BT /F1 10 Tf 72 700 Td (Bench) Tj ET\n" * 60)  # type: ignore[attr-defined] # the page, without drawing it
        canvas.showPage()
    canvas.save()


def together(folder: Path, count: int) -> list[Row]:
    """One document of many letters, in one process."""
    letters, picture = batch(count), logo()
    times = 1 if count > 500 else 3
    mine, theirs = paired(lambda: render(*letters), lambda: guide(range(count), BytesIO(), picture), times)
    again, least = paired(lambda: render(*letters), lambda: replay(count, BytesIO()), times)
    what = f"letters: {count:,} in one document"
    return [
        Row(what, mine, "Platypus as its guide has it", theirs, "1/10x"),
        Row(what, again, "ready streams replayed", least, "2.5x at 2,000"),
    ]


def each_apart(folder: Path, count: int) -> list[Row]:
    """A document for each letter, as the book keeps them: memory does not grow with their number."""
    letters, picture = batch(count), logo()

    def ours() -> None:
        for letter in letters:
            (folder / "one.pdf").write_bytes(render(letter))

    def theirs() -> None:
        for n in range(min(count, 100)):
            guide([n], BytesIO(), picture)

    mine, other = paired(ours, theirs, 1 if count > 500 else 3)
    return [
        Row(
            f"letters: {count:,}, a document each",
            mine,
            "Platypus, a document each",
            other * count / min(count, 100),
            "1/10x; memory flat",
        )
    ]


def all_cores(folder: Path, count: int) -> list[Row]:
    """A document for each letter on every core, beside one process."""
    letters, cores = batch(count), cpu_count() or 1
    with ProcessPoolExecutor(cores) as pool:
        spread = partial(pool.map, _made, [letters[n::cores] for n in range(cores)])
        mine, one = paired(lambda: list(spread()), lambda: _made(letters), 1 if count > 500 else 3)
    return [Row(f"letters: {count:,}, on {cores} cores", mine, "one process", one, f"1/{cores}x")]


def _made(letters: Sequence[Letter]) -> int:
    return sum(len(render(letter)) for letter in letters)
