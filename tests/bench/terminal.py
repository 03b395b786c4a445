"""Whole programs in a pseudo-terminal that understands synchronised output: when a frame ends is known to the byte."""

from __future__ import annotations

import os
import pty
import select
import struct
import sys
import termios
import time
from collections.abc import Sequence
from fcntl import ioctl
from pathlib import Path

SIZE = (140, 40)
_ASKS, _ANSWER, _FRAME_ENDS = b"\x1b[?2026$p", b"\x1b[?2026;2$y", b"\x1b[?2026l"


class Screen:
    """A program started in a terminal of its own; seconds are counted from its start."""

    def __init__(self, words: Sequence[str]) -> None:
        self.out = b""
        self.began = time.perf_counter()
        self.pid, self.handle = pty.fork()
        if self.pid == 0:
            os.environ.update(TERM="xterm-256color", TEXTUAL_ANIMATIONS="none", COLUMNS="", LINES="")
            os.execv(sys.executable, [sys.executable, *words])
        ioctl(self.handle, termios.TIOCSWINSZ, struct.pack("HHHH", SIZE[1], SIZE[0], 0, 0))

    def until(self, words: bytes, seconds: float = 120) -> float:
        """Wait for bytes in the output; the seconds since the start."""
        before = time.perf_counter()
        while words not in self.out:
            self._read(before + seconds)
        return time.perf_counter() - self.began

    def press(self, keys: bytes) -> float:
        """Press a key; the seconds until the frame that it draws has ended."""
        self.quiet()
        self.out = b""
        began = time.perf_counter()
        os.write(self.handle, keys)
        while _FRAME_ENDS not in self.out:
            self._read(began + 30)
        return time.perf_counter() - began

    def quiet(self, seconds: float = 0.05) -> None:
        """Wait until nothing more is drawn."""
        while select.select([self.handle], [], [], seconds)[0]:
            self._read(time.perf_counter() + 5)

    def peak(self) -> int:
        """The most memory it has held so far, in kilobytes."""
        status = Path(f"/proc/{self.pid}/status").read_text()
        return int(status.split("VmHWM:")[1].split()[0])

    def end(self) -> None:
        """End it."""
        os.write(self.handle, b"\x11")
        os.waitpid(self.pid, 0)
        os.close(self.handle)

    def _read(self, until: float) -> None:
        left = until - time.perf_counter()
        if left <= 0 or not select.select([self.handle], [], [], left)[0]:
            raise TimeoutError(f"nothing came: {self.out[-300:]!r}")
        piece = os.read(self.handle, 1 << 20)
        self.out = (self.out + piece)[-4_000_000:]
        if _ASKS in piece:
            os.write(self.handle, _ANSWER)
