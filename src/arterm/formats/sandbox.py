"""Foreign files read in a process of their own: what takes too long or dies there is refused here, and nothing else
suffers.
"""

from __future__ import annotations

import queue
import subprocess
import sys
import threading
from collections.abc import Mapping
from types import TracebackType

from arterm.formats import detect
from arterm.formats.records import Reading
from arterm.formats.sandbox_protocol import Answer, Request, decode_answer, encode
from arterm.formats.tables.column_mapping import ReadingHabits
from arterm.rules.errors import ArtermError

WAIT = 30  # seconds for one file


class Reader:
    """Reads files of every kind, tables here and everything else apart. Use it as a context: the other process ends
    with it.
    """

    def __init__(
        self,
        habits: ReadingHabits,
        kind: str,
        mapping: Mapping[str, str] | None,
        known: Mapping[str, dict[str, str]],
        wait: int = WAIT,
    ) -> None:
        self.habits, self.kind, self.mapping, self.known, self.wait = habits, kind, mapping, known, wait
        self._process: subprocess.Popen[bytes] | None = None
        self._lines: queue.Queue[bytes] = queue.Queue()

    def __enter__(self) -> Reader:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        self._end()

    def read(self, content: bytes, name: str) -> list[tuple[str, Reading]]:
        """What a file says: (name, reading), several for an archive. Raises ArtermError for one that says nothing."""
        if not content.strip():
            raise ArtermError("empty_file.file", name)
        if detect.is_plain(content):
            return detect.read_any(
                content, name, self.habits, self.kind, self.mapping, lambda shape: self.known.get(shape)
            )
        request = Request(name, len(content), self.habits, self.kind, self.mapping or None, self.known)
        answer = self._ask(encode(request) + b"\n" + content, name)
        if answer.refused:
            raise ArtermError(answer.refused.key, answer.refused.where, **answer.refused.values)
        return answer.readings

    def _ask(self, message: bytes, name: str) -> Answer:
        process = self._process or self._start()
        assert process.stdin is not None
        try:
            process.stdin.write(message)
            process.stdin.flush()
            line = self._lines.get(timeout=self.wait)
        except (OSError, queue.Empty):
            line = b""
        if not line:
            self._end()
            raise ArtermError("too_large.limits", name)
        return decode_answer(line)

    def _start(self) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            [sys.executable, "-I", "-m", "arterm.formats.sandbox_child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={},
        )
        self._process, self._lines = process, queue.Queue()
        threading.Thread(target=_listen, args=(process, self._lines), daemon=True).start()
        return process

    def _end(self) -> None:
        if self._process is not None:
            process, self._process = self._process, None
            process.kill()
            for pipe in (process.stdin, process.stdout):
                if pipe:
                    try:
                        pipe.close()
                    except OSError:
                        continue  # what was left to write has no reader any more
            process.wait()


def _listen(process: subprocess.Popen[bytes], lines: queue.Queue[bytes]) -> None:
    """Hand answers on as they come; an empty one says that there will be no more."""
    assert process.stdout is not None
    try:
        for line in process.stdout:
            lines.put(line)
    except ValueError:
        pass  # closed while it listened: the reader is done with it
    lines.put(b"")
