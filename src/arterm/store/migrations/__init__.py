"""How a book grew: one numbered file per change of its tables, run in order, never edited once released."""

from __future__ import annotations

from collections.abc import Callable
from sqlite3 import Connection
from typing import Final

from arterm.store.migrations import (
    m0001_book,
    m0002_caches,
    m0003_ladder,
    m0004_letters,
    m0005_calls,
    m0006_compromise,
    m0007_bank,
    m0008_mail,
    m0009_standing,
    m0010_privacy,
    m0011_mediation,
    m0012_terms_document,
    m0013_sold,
    m0014_paid_by,
    m0015_views,
)

STEPS: tuple[Callable[[Connection], None], ...] = (
    m0001_book.run,
    m0002_caches.run,
    m0003_ladder.run,
    m0004_letters.run,
    m0005_calls.run,
    m0006_compromise.run,
    m0007_bank.run,
    m0008_mail.run,
    m0009_standing.run,
    m0010_privacy.run,
    m0011_mediation.run,
    m0012_terms_document.run,
    m0013_sold.run,
    m0014_paid_by.run,
    m0015_views.run,
)
NEWEST = len(STEPS)
APPLICATION_ID: Final = 0x41525431  # "ART1": what SQLite files of ours say that they are
