"""Foreign files are read in a process of their own: what is vast, slow or deadly there is refused in words here."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import zipfile
from datetime import date

import pytest

from arterm.formats.sandbox import Reader
from arterm.formats.sandbox_child import SECONDS
from arterm.formats.tables.column_mapping import ReadingHabits
from arterm.rules.errors import ArtermError
from arterm.rules.number_style import COMMA
from tests.formats.test_statements import OFX, camt, ntry

HABITS = ReadingHabits("EUR", COMMA, month_first=False, today=date(2026, 11, 22))


def reader(wait: int = 30) -> Reader:
    return Reader(HABITS, "auto", None, {}, wait)


def test_what_comes_back_is_what_was_read() -> None:
    from arterm.formats.detect import read_any

    with reader() as apart:
        for content in (camt(ntry("100.00")).encode(), OFX.encode()):
            assert apart.read(content, "f") == read_any(content, "f", HABITS)
        with pytest.raises(ArtermError, match="broken") as refused:
            apart.read(b"<Document><a></Document>", "bad.xml")
        assert (refused.value.code, refused.value.hint) == ("bad_xml", "Export it again.")
        assert apart.read(OFX.encode(), "again")[0][1].read == 2


def test_a_process_that_dies_refuses_its_file_and_the_next_is_read() -> None:
    with reader() as apart:
        apart.read(OFX.encode(), "first")
        assert apart._process
        apart._process.kill()
        with pytest.raises(ArtermError, match="within its limits"):
            apart.read(OFX.encode(), "second")
        assert apart.read(OFX.encode(), "third")[0][1].read == 2


@pytest.mark.skipif(sys.platform == "win32", reason="limits are those of Unix")
def test_an_archive_that_blows_up_is_refused_and_memory_stays() -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb", b"\0" * (300 * 2**20))
    with reader() as apart, pytest.raises(ArtermError, match=r"larger than 100 MB|more memory"):
        apart.read(held.getvalue(), "bomb.zip")


@pytest.mark.skipif(sys.platform == "win32", reason="limits are those of Unix")
def test_the_child_can_write_nothing_and_runs_for_seconds_only() -> None:
    code = (
        "import arterm.formats.sandbox_child as c, os, resource, sys\n"
        "c._limit(); c._more_time()\n"
        "assert resource.getrlimit(resource.RLIMIT_CPU)[0] <= c.SECONDS + 5\n"
        "import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "f = os.open(sys.argv[1], os.O_CREAT | os.O_WRONLY)\n"
        "try:\n    os.write(f, b'x'); print('wrote')\nexcept OSError: print('refused')\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code, os.path.join(os.environ.get("TMPDIR", "/tmp"), f"arterm-child-{os.getpid()}")],
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stdout.strip() == "refused"
    assert 0 < SECONDS <= 60
