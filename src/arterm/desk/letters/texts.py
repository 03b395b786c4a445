"""The owner's own letter texts: looked at, copied out, checked and taken in, given up again. The book keeps them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from arterm.desk import acts
from arterm.desk.business import settings
from arterm.desk.letters.reminder import own_texts
from arterm.desk.receipt import Receipt
from arterm.desk.session import Desk
from arterm.letters.layout import usual_layout
from arterm.letters.letter import Letter, Sender
from arterm.letters.sample import sample
from arterm.letters.words import checked_text, shipped_text
from arterm.rules.countries import LETTER_LANGUAGES, known_language
from arterm.rules.errors import ArtermError
from arterm.rules.letter_kinds import KINDS
from arterm.rules.messages import message
from arterm.store.models.letters import LetterText
from arterm.store.reads import letters as reads


@dataclass(frozen=True, slots=True)
class TextView:
    """A letter text there is: its kind and language, and whether it is the owner's own."""

    kind: str
    words: str
    language: str
    yours: bool
    places: tuple[str, ...]


def letter_texts(desk: Desk, language: str = "") -> tuple[TextView, ...]:
    """Every text in a language (else the owner's), kind by kind."""
    tongue = known_language(language) if language else _language(desk)
    own = own_texts(desk)
    return tuple(
        TextView(kind.key, kind.words, tongue, (tongue, kind.key) in own, tuple(sorted(kind.names | kind.needs)))
        for kind in KINDS.values()
    )


def text_of(desk: Desk, kind: str, language: str = "") -> str:
    """A text as it is used now. Refuses (`no_kind`, `unknown_language`)."""
    tongue = known_language(language) if language else _language(desk)
    return own_texts(desk).get((tongue, kind)) or shipped_text(tongue, kind)


def named(path: Path, kind: str, language: str) -> tuple[str, str]:
    """Which text a file is, by its name (`friendly.nl.txt`) unless that is said. Refuses (`no_kind`,
    `unknown_language`).
    """
    parts = path.name.split(".")
    kind = kind or (parts[0] if len(parts) > 1 else "")
    language = language or (parts[1] if len(parts) > 2 else "")
    if kind not in KINDS:
        raise ArtermError("no_kind.letter", path.name, kind=kind[:30], kinds=tuple(KINDS))
    if not language:
        raise ArtermError("missing.language", path.name, letter_languages=tuple(LETTER_LANGUAGES))
    return kind, known_language(language)


def use_text(desk: Desk, kind: str, language: str, text: str, where: str) -> Receipt:
    """Take a text in, checked on two made-up letters: one with everything, one with only what it must have.

    Refuses (`bad_template`) with file and line; then nothing has changed.
    """
    from arterm.letters.content import content

    checked_text(text, kind, where)
    for full in (True, False):
        try:
            content(replace(_sample(desk, kind, language, full), text=text))
        except ArtermError as error:
            where_now = (error.where or "").replace(f"{kind}.{language}.txt", where)
            raise error.at(where_now) from None
    held = reads.own_text(desk.book, language, kind)
    words = message("letters.texts.text_in", words=KINDS[kind].words, language=LETTER_LANGUAGES[language])
    if text == (held.text if held else shipped_text(language, kind)):
        return Receipt(message("receipts.letters.text_same", words=words))
    with desk.act(acts.LETTER_TEXT) as work:
        if held:
            work.update(LetterText, held.id, text=text)
        else:
            work.insert(LetterText, language=language, kind=kind, text=text)
    return Receipt(message("receipts.letters.own_text", words=words), work.id)


def reset_text(desk: Desk, kind: str, language: str) -> Receipt:
    """Give up the owner's text for the one that comes with arterm."""
    shipped_text(language, kind)
    held = reads.own_text(desk.book, language, kind)
    if held is None:
        return Receipt(message("receipts.letters.text_as_it_came"))
    with desk.act(acts.LETTER_TEXT) as work:
        work.void(LetterText, held.id)
    return Receipt(
        message("receipts.letters.text_reset", words=KINDS[kind].words, letter_languages=LETTER_LANGUAGES[language]),
        work.id,
    )


def sample_text(desk: Desk, kind: str, language: str = "", text: str = "") -> tuple[str, ...]:
    """A made-up letter with a text (else the one used now), as lines. Refuses (`bad_template`)."""
    from arterm.letters.plain import as_text

    return as_text(_sample_of(desk, kind, language, text))


def sample_page(desk: Desk, kind: str, language: str = "", text: str = "") -> bytes:
    """The same as a PDF."""
    from arterm.letters.paper import render

    return render(_sample_of(desk, kind, language, text))


def _sample_of(desk: Desk, kind: str, language: str, text: str) -> Letter:
    tongue = known_language(language) if language else _language(desk)
    used = text or text_of(desk, kind, tongue)
    return replace(_sample(desk, kind, tongue, True), text=used)


def _sample(desk: Desk, kind: str, language: str, full: bool) -> Letter:
    sender = settings.sender(desk) if desk.setting("name") else Sender("Example Ltd", (), desk.country)
    layout = desk.setting("layout") or usual_layout(desk.country)
    return sample(
        kind,
        language,
        sender if full else Sender(sender.name, (), sender.country),
        desk.today,
        desk.currency,
        layout,
        full,
    )


def _language(desk: Desk) -> str:
    return desk.setting("language")
