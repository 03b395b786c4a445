"""Every act of the screens, once: name, key, words, where it works, and why it may not.

Bindings, the hints row, `?`, the palette, the keymap and the key list of the README are all made from this table.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.binding import Binding

from arterm.rules.errors import ArtermError
from arterm.tui import doing
from arterm.tui.reports import actions

if TYPE_CHECKING:
    from arterm.tui.shell.list_screen import Place

Why = Callable[["Place"], str]


def _always(place: Place) -> str:
    return ""


def _with_row(place: Place) -> str:
    return "" if place.selection() else "Choose a row first: there is none here."


def _one_customer(place: Place) -> str:
    chosen = place.selection()
    if chosen is None:
        return "Choose a row first: there is none here."
    return "" if chosen.customer else "The marked rows are of several customers; mark those of one."


def _with_invoice(place: Place) -> str:
    chosen = place.selection()
    return "" if chosen and chosen.customer and len(chosen.invoices) == 1 else "Choose one invoice first."


@dataclass(frozen=True, slots=True)
class Act:
    """An act: `id` never changes (keymaps name it), `key` can; `places` are the screens it works on; `rank` orders
    hints; what `writes`, or leads to what does, is refused while a past day is looked at.
    """

    id: str
    key: str
    words: str
    tooltip: str
    places: tuple[str, ...]
    run: Callable[[Place], None]
    why_not: Why = _always
    rank: int = 0
    writes: bool = True

    @property
    def binding(self) -> Binding:
        """The act as Textual binds it."""
        return Binding(self.key, f"do('{self.id}')", self.words, show=False, id=self.id, tooltip=self.tooltip)


_ROWS = ("board", "dossier", "today")
_LISTS = ("board", "today", "dossier", "log", "figures", "settings")

ACTS: tuple[Act, ...] = (
    Act("row.call", "c", "call", "Log a call: what was said, what was promised", _ROWS, doing.call, _one_customer, 90),
    Act(
        "row.notice",
        "n",
        "notice",
        "Write a reminder letter about everything overdue",
        _ROWS,
        doing.notice,
        _with_row,
        80,
    ),
    Act(
        "row.mail",
        "m",
        "mail",
        "E-mail: remind, copies, confirm a promise, or your own words",
        _ROWS,
        doing.mail,
        _one_customer,
        42,
    ),
    Act(
        "app.mail",
        "E",
        "e-mails",
        "The outbox, what became of each e-mail, and what came in",
        _LISTS,
        doing.mails,
        _always,
        24,
    ),
    Act(
        "app.letters",
        "N",
        "letters to go",
        "Every letter that is due, and those of which nobody said whether they went out",
        _ROWS,
        doing.letters_to_go,
        _always,
        27,
    ),
    Act("row.pay", "p", "payment", "Record a payment for the invoices chosen", _ROWS, doing.pay, _one_customer, 85),
    Act(
        "row.out",
        "o",
        "way out",
        "Instalments, less for money now, more time, goodwill; every way out compared",
        _ROWS,
        doing.compromise,
        _one_customer,
        58,
    ),
    Act(
        "row.why",
        "w",
        "why",
        "Why it is here, what comes next, what may be claimed",
        _ROWS,
        doing.why,
        _with_invoice,
        60,
        writes=False,
    ),
    Act(
        "row.dispute",
        "d",
        "dispute",
        "Open or settle a dispute on the invoice",
        _ROWS,
        doing.dispute,
        _with_invoice,
        55,
    ),
    Act(
        "row.freeze",
        "f",
        "stop supply",
        "Stop supply, with the reason; where it is stopped, begin again",
        _ROWS,
        doing.freeze,
        _one_customer,
        51,
    ),
    Act(
        "row.standing",
        "f8",
        "standing",
        "May we supply? Credit checks, own record, limit and terms",
        _ROWS,
        doing.standing,
        _one_customer,
        16,
    ),
    Act("row.hold", "h", "hold", "Pause chasing for a while, or go on", _ROWS, doing.hold, _one_customer, 52),
    Act("row.log", "l", "log", "Log an e-mail, letter, visit or note", _ROWS, doing.log_other, _one_customer, 40),
    Act("row.add", "a", "add", "Add an invoice, customer, contact or credit", (*_ROWS, "log"), doing.add, _always, 50),
    Act("row.edit", "e", "edit", "Correct the invoice or the customer", _ROWS, doing.edit, _one_customer, 45),
    Act(
        "row.attach", "t", "attach", "Keep a copy of a file beside the invoice", _ROWS, doing.attach, _with_invoice, 20
    ),
    Act(
        "row.open",
        "f5",
        "dossier",
        "The customer on one page",
        ("today", "log", "figures"),
        doing.dossier,
        _one_customer,
        14,
        writes=False,
    ),
    Act(
        "row.calls",
        "f7",
        "may call",
        "Note that they do not want to be called, or may be again",
        _ROWS,
        doing.wish,
        _one_customer,
        7,
    ),
    Act(
        "row.more",
        "x",
        "more",
        "Bounced or misplaced payment, refund, merge, archive, take out",
        _ROWS,
        doing.more,
        _one_customer,
        15,
    ),
    Act(
        "list.filter",
        "/",
        "filter",
        "Show only rows with these words",
        ("board", "today", "log", "figures"),
        doing.start_filter,
        _always,
        70,
        writes=False,
    ),
    Act(
        "figures.file",
        "x",
        "as file",
        "This report as a spreadsheet, CSV, JSON or PDF",
        ("figures",),
        actions.report_file,
        _always,
        34,
        writes=False,
    ),
    Act(
        "figures.without",
        "w",
        "what if",
        "The forecast as if somebody never paid",
        ("figures",),
        actions.what_if,
        _always,
        31,
        writes=False,
    ),
    Act(
        "figures.statements",
        "n",
        "statements",
        "A statement of every account on which something stands",
        ("figures",),
        actions.statements,
        _always,
        29,
    ),
    Act("list.sort", "s", "sort", "Sort by something else", ("board",), doing.sort, _always, 30, writes=False),
    Act("list.reverse", "S", "reverse", "Turn the order round", ("board",), doing.reverse, _always, 10, writes=False),
    Act(
        "list.view",
        "v",
        "view",
        "On the board by invoice, customer, stage; of the figures the next report",
        ("board", "figures"),
        doing.view,
        _always,
        35,
        writes=False,
    ),
    Act(
        "list.before",
        "b",
        "before",
        "Compare with a month, a quarter, a year before",
        ("figures",),
        actions.compare,
        _always,
        33,
        writes=False,
    ),
    Act(
        "figures.period",
        "p",
        "period",
        "The last month, quarter, year; ahead in the forecast",
        ("figures",),
        actions.next_period,
        _always,
        32,
        writes=False,
    ),
    Act(
        "figures.currency",
        "c",
        "currency",
        "The reports in another currency",
        ("figures",),
        actions.next_currency,
        _always,
        22,
        writes=False,
    ),
    Act(
        "figures.disputed",
        "d",
        "disputed",
        "Days outstanding with what is disputed, or without it",
        ("figures",),
        actions.turn_disputed,
        _always,
        21,
        writes=False,
    ),
    Act("list.bucket", "b", "age", "Show one age after the other", ("board",), doing.bucket, _always, 32, writes=False),
    Act(
        "list.all",
        "f4",
        "all open",
        "Also what is not due yet",
        ("board",),
        doing.everything,
        _always,
        12,
        writes=False,
    ),
    Act(
        "list.day",
        "f3",
        "past day",
        "Show any past day as it was; 'today' comes back",
        ("board", "figures", "log"),
        doing.past_day,
        _always,
        13,
        writes=False,
    ),
    Act(
        "list.story",
        "i",
        "story",
        "Show or hide the story of the row",
        ("board",),
        doing.story,
        _always,
        11,
        writes=False,
    ),
    Act("app.undo", "u,ctrl+z", "undo", "Take back the last thing done", _LISTS, doing.undo, _always, 65),
    Act("app.history", "H", "history", "What was done, when, by whom", _LISTS, doing.history, _always, 9, writes=False),
    Act(
        "app.match",
        "M",
        "receipts",
        "Money that came in and waits to be matched",
        _LISTS,
        doing.match_receipts,
        _always,
        26,
    ),
    Act(
        "app.radar",
        "L",
        "time limits",
        "Claims that may run out of time, and what stops the clock",
        _LISTS,
        doing.radar,
        _always,
        6,
        writes=False,
    ),
    Act("app.import", "f2", "bring in", "Bring in a file", _LISTS, doing.bring_in, _always, 25),
    Act(
        "app.backup", "f6", "backup", "Make a verified copy of the book", _LISTS, doing.backup, _always, 8, writes=False
    ),
    Act("go.board", "1", "board", "What is overdue", _LISTS, doing.go("board"), _always, 5, writes=False),
    Act(
        "go.today",
        "2",
        "today",
        "What to do today; enter begins the round",
        _LISTS,
        doing.go("today"),
        _always,
        28,
        writes=False,
    ),
    Act("go.log", "3", "log", "Every contact, newest first", _LISTS, doing.go("log"), _always, 4, writes=False),
    Act("go.figures", "4", "figures", "Aged receivables", _LISTS, doing.go("figures"), _always, 3, writes=False),
    Act("go.settings", "5", "settings", "Your business and your habits", _LISTS, doing.go("settings"), _always, 2),
    Act(
        "app.help",
        "question_mark",
        "keys",
        "Every key that works here",
        _LISTS,
        doing.show_keys,
        _always,
        100,
        writes=False,
    ),
    Act("app.quit", "q", "leave", "Back, and from the board out", _LISTS, doing.leave, _always, 1, writes=False),
)

BY_ID = {act.id: act for act in ACTS}
_SHOWN_KEYS = {"question_mark": "?", "u,ctrl+z": "u"}


def key_words(key: str) -> str:
    """A key as people call it."""
    return _SHOWN_KEYS.get(key, key.replace(",", " or "))


def acts_of(place: str) -> tuple[Act, ...]:
    """The acts that work on a screen, the most used first."""
    return tuple(sorted((act for act in ACTS if place in act.places), key=lambda act: -act.rank))


def bindings_of(place: str) -> list[Binding]:
    """A screen's bindings."""
    return [act.binding for act in acts_of(place)]


def checked_keymap(text: str) -> str:
    """The same, refused (`bad_keymap`) when anything in it is wrong."""
    _, wrong = read_keymap(text)
    if wrong:
        raise ArtermError("bad_keymap", " ".join(wrong), "keymap", "See every act with: arterm settings keys")
    return text


def read_keymap(text: str) -> tuple[dict[str, str], list[str]]:
    """The owner's keys (`row.call=x go.log=f9`) as a keymap, and what is wrong with it in words.

    A key that another act on the same screen has is refused: Textual would drop one of the two without a word.
    """
    keymap: dict[str, str] = {}
    wrong: list[str] = []
    for pair in text.split():
        name, equals, key = pair.partition("=")
        if name not in BY_ID or not equals or not key:
            wrong.append(f"'{pair}' is not act=key with an act that exists.")
            continue
        taken = [
            act.id
            for act in ACTS
            if act.id != name
            and set(act.places) & set(BY_ID[name].places)
            and key in keymap.get(act.id, act.key).split(",")
        ]
        if taken:
            wrong.append(f"{key} already stands for {taken[0]}.")
        else:
            keymap[name] = key
    return keymap, wrong
