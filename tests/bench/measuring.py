"""How things are measured: two at a time in turn, medians; peak memory of a process of their own."""

from __future__ import annotations

import os
import pickle
import resource
import statistics
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: what, our seconds, the limit or peer, its seconds, the goal; peak memory in kilobytes."""

    what: str
    ours: float
    peer: str
    theirs: float
    goal: str
    peak: int = 0


def paired(ours: Callable[[], Any], other: Callable[[], Any], times: int = 7) -> tuple[float, float]:
    """Median seconds of two things, measured in turn after one warm-up each."""
    ours()
    other()
    mine, theirs = list[float](), list[float]()
    for _ in range(times):
        for do, held in ((ours, mine), (other, theirs)):
            began = time.perf_counter()
            do()
            held.append(time.perf_counter() - began)
    return statistics.median(mine), statistics.median(theirs)


def apart(measure: Callable[..., list[Row]], *words: Any) -> list[Row]:
    """Measure in a process of its own; rows that tell no peak get that of the process."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        code = 1
        try:
            rows = measure(*words)
            with os.fdopen(writing, "wb") as pipe:
                pickle.dump((rows, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss), pipe)
            code = 0
        except BaseException:  # told by the parent
            traceback.print_exc()
        finally:
            os._exit(code)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        said = pipe.read()
    _, status = os.waitpid(child, 0)
    if status:
        raise RuntimeError(f"{measure.__name__}{words} failed")
    rows, peak = pickle.loads(said)
    return [row if row.peak else Row(row.what, row.ours, row.peer, row.theirs, row.goal, peak) for row in rows]
