"""The program in a real pseudo-terminal: keys in, the screen out."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time
from pathlib import Path

import pyte


class Terminal:
    """One run of the screens in a terminal of its own."""

    def __init__(self, book: Path, columns: int = 80, lines: int = 24, today: str = "2026-11-22") -> None:
        self.screen = pyte.Screen(columns, lines)
        self._stream = pyte.ByteStream(self.screen)
        self.out = b""
        self.pid, self.handle = pty.fork()
        if self.pid == 0:
            os.environ.update(TERM="xterm-256color", TEXTUAL_ANIMATIONS="none", COLUMNS="", LINES="")
            os.execv(sys.executable, [sys.executable, "-m", "arterm", "--book", str(book), "--today", today])
        self.resize(columns, lines)
        self._modes = termios.tcgetattr(self.handle)[:4]

    def resize(self, columns: int, lines: int) -> None:
        """Another window size."""
        with contextlib.suppress(OSError):
            fcntl.ioctl(self.handle, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
        self.screen.resize(lines, columns)

    def send(self, keys: bytes) -> None:
        """Type."""
        with contextlib.suppress(OSError):
            os.write(self.handle, keys)

    def read(self, seconds: float = 0.05) -> None:
        """Take what the program has drawn."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            if not select.select([self.handle], [], [], left)[0]:
                return
            try:
                piece = os.read(self.handle, 65536)
            except OSError:
                return
            self.out = (self.out + piece)[-2_000_000:]
            with contextlib.suppress(Exception):  # pyte does not know every sequence; the bytes are kept all the same
                self._stream.feed(piece)

    @property
    def text(self) -> str:
        """What a person sees."""
        return "\n".join(self.screen.display)

    def until(self, words: str, seconds: float = 20) -> None:
        """Wait until words are on the screen."""
        until = time.monotonic() + seconds
        while words not in self.text:
            if time.monotonic() > until:
                raise AssertionError(f"'{words}' never came:\n{self.text}")
            self.read(0.1)

    def until_gone(self, words: str, seconds: float = 20) -> None:
        """Wait until words have left the screen."""
        until = time.monotonic() + seconds
        while words in self.text:
            if time.monotonic() > until:
                raise AssertionError(f"'{words}' stayed:\n{self.text}")
            self.read(0.1)

    def kill(self, number: int = signal.SIGKILL) -> None:
        """Send a signal."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, number)

    def ended(self, seconds: float = 10) -> int:
        """Wait for the end; the exit code, negative for a signal."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            self.read(0.05)
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                left = termios.tcgetattr(self.handle)[:4]
                os.close(self.handle)
                code = os.waitstatus_to_exitcode(status)
                assert code < 0 or left == self._modes, "the terminal was left in other modes"
                return code
        raise AssertionError("it did not end")

    @property
    def is_alive(self) -> bool:
        """Whether it still runs."""
        return os.waitpid(self.pid, os.WNOHANG)[0] == 0

    @property
    def memory(self) -> int:
        """Resident memory in kilobytes."""
        return int(Path(f"/proc/{self.pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") // 1024
