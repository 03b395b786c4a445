"""The process in which foreign files are read: little memory, little time, no files to write; one request after the
other.
"""

from __future__ import annotations

import sys

from arterm.formats.detect import read_any
from arterm.formats.sandbox_protocol import Answer, Refusal, Request, decode_request, encode
from arterm.rules.errors import ArtermError

MEMORY, SECONDS, OPEN = 2**30, 20, 64


def _limit() -> None:
    """Hold this process to its limits, where the system has such."""
    try:
        import resource
    except ImportError:  # Windows: the parent's clock is the only limit
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (OPEN, OPEN))


def _more_time() -> None:
    """So many seconds for the next file."""
    try:
        import resource
    except ImportError:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    most = int(used.ru_utime + used.ru_stime) + SECONDS
    resource.setrlimit(resource.RLIMIT_CPU, (most, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def _answer(request: Request, content: bytes) -> Answer:
    try:
        found = read_any(
            content, request.name, request.habits, request.kind, request.mapping, lambda shape: request.known.get(shape)
        )
        return Answer(found)
    except ArtermError as error:
        values = {name: _sendable(value) for name, value in error.values.items()}
        return Answer(refused=Refusal(error.key, error.where, values))
    except MemoryError:
        return Answer(refused=Refusal("too_large.memory", request.name))
    except RecursionError:
        return Answer(refused=Refusal("too_large.depth", request.name))


def _sendable(value: object) -> str | int | list[str]:
    if isinstance(value, list | tuple):
        return [str(one) for one in value]
    return value if isinstance(value, str | int) else str(value)


def main() -> None:
    """Answer until nobody asks any more."""
    import pypdfium2  # noqa: F401
    import python_calamine  # noqa: F401 - while it may still be loaded

    _limit()
    source, target = sys.stdin.buffer, sys.stdout.buffer
    while line := source.readline():
        request = decode_request(line)
        content = source.read(request.size)
        _more_time()
        target.write(encode(_answer(request, content)) + b"\n")
        target.flush()


if __name__ == "__main__":
    main()
