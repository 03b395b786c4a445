"""The letter that an act wrote: where it went, and as JSON."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from arterm.cli.session import Session
from arterm.desk.paths import path_of


def saved(session: Session, notice: int) -> str:
    """Put the letter that an act wrote where it is wanted."""
    from arterm.desk.letters.notices import views
    from arterm.desk.letters.printing import save

    if not session.options.out or not notice:
        return ""
    return save(session.desk, views(session.desk, [notice]), path_of(session.options.out))[0].file


def file_words(file: str) -> list[str]:
    """Where a letter was written."""
    return [f"Written to {file}; say with arterm notices confirm when it went out."] if file else []


def as_json(view: Any, receipt: Any = None, file: str = "") -> dict[str, Any]:
    """A view as JSON, with what was done and the file its letter went to."""
    found = {field.name: getattr(view, field.name) for field in fields(view)}
    if receipt is not None:
        found |= {"done": receipt.words, "act": receipt.act, "id": receipt.id}
    return found | ({"file": file} if file else {})
