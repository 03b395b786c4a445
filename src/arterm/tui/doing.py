"""What the acts do: each opens a sheet or calls one desk function, then shows the receipt."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

from arterm.rules.errors import ArtermError

if TYPE_CHECKING:
    from arterm.tui.board.screen import BoardScreen
    from arterm.tui.host import Host
    from arterm.tui.reports.screen import FiguresScreen
    from arterm.tui.shell.list_screen import Place, Selection


def _chosen(place: Place) -> tuple[Selection, int]:
    selection = place.selection()
    assert selection is not None
    assert selection.customer is not None
    return selection, selection.customer


def call(place: Place) -> None:
    """Open the call sheet."""
    from arterm.tui.calls.sheet import CallSheet

    selection, customer = _chosen(place)
    place.host.push_screen(CallSheet(customer, selection.invoices))


def log_other(place: Place) -> None:
    """Open the call sheet for another channel."""
    from arterm.tui.calls.sheet import CallSheet

    selection, customer = _chosen(place)
    place.host.push_screen(CallSheet(customer, selection.invoices, channel="email"))


def pay(place: Place) -> None:
    """Ask for a payment."""
    from arterm.tui.records.money_forms import payment_form

    selection, customer = _chosen(place)
    place.host.push_screen(payment_form(place.host, customer, selection.invoices))


def notice(place: Place) -> None:
    """Open the letter sheet for the customers chosen."""
    from arterm.tui.letters.sheet import LetterSheet
    from arterm.tui.letters.shown import for_customers

    selection = place.selection()
    assert selection is not None
    shown = for_customers(place.desk, selection.customers)
    place.host.push_screen(LetterSheet("Letters", shown, selection.customer, selection.invoices))


def mail(place: Place) -> None:
    """Ask what to mail."""
    from arterm.tui.mail import actions
    from arterm.tui.shell.pick import Pick

    selection, customer = _chosen(place)
    host, to = place.host, actions.can_mail(place.desk, customer)
    if not to:
        from arterm.desk.mail.account import is_ready

        missing = "This customer has no good e-mail address: add one with a, or write a letter with n."
        host.tell(
            missing if is_ready(place.desk) else "E-mail is not set up: fill in the mail server under 5, settings.",
            "warning",
        )
        return
    choices: list[tuple[str, Callable[[], None]]] = [
        ("A reminder, after a look at it (then m)", lambda: notice(place)),
        ("A message in your own words", lambda: actions.write_mail(host, customer)),
        ("Copies of the invoices", lambda: actions.copies_by_mail(host, customer, selection.invoices)),
        ("Confirm what was promised", lambda: actions.confirm_by_mail(host, customer)),
    ]
    host.push_screen(Pick(f"E-mail to {selection.name} <{to}>", choices))


def mails(place: Place) -> None:
    """Open the outbox and what came in."""
    from arterm.tui.mail.sheet import MailSheet

    place.host.push_screen(MailSheet())


def letters_to_go(place: Place) -> None:
    """Open the letter sheet on everything that is due or waits for an answer."""
    from arterm.tui.letters.sheet import LetterSheet
    from arterm.tui.letters.shown import to_go

    place.host.push_screen(LetterSheet("Letters to go", to_go(place.desk)))


def add(place: Place) -> None:
    """Ask what to add."""
    from arterm.tui.records.forms import add_choices
    from arterm.tui.shell.pick import Pick

    selection = place.selection()
    customer = selection.customer if selection else None
    invoices = selection.invoices if selection else ()
    place.host.push_screen(Pick("Add", add_choices(place.host, customer, invoices)))


def edit(place: Place) -> None:
    """Correct the invoice, or the customer on screens that show one."""
    from arterm.tui.records.forms import edit_choices
    from arterm.tui.shell.pick import Pick

    selection, customer = _chosen(place)
    place.host.push_screen(Pick("Edit", edit_choices(place.host, customer, selection.invoices)))


def more(place: Place) -> None:
    """The rarer acts on a customer."""
    from arterm.tui.records.forms import more_choices
    from arterm.tui.shell.pick import Pick

    selection, customer = _chosen(place)
    place.host.push_screen(Pick("More", more_choices(place.host, customer, selection.invoices)))


def attach(place: Place) -> None:
    """Ask for a file to keep beside the invoice."""
    from arterm.tui.records.forms import attach_form

    selection, _ = _chosen(place)
    place.host.push_screen(attach_form(place.host, selection.invoices[0]))


def why(place: Place) -> None:
    """Explain the invoice: its place, what comes next, what may be claimed."""
    from arterm.desk.worklist.why import explain
    from arterm.tui.board.why import explained
    from arterm.tui.shell.text import WordsScreen

    selection, _ = _chosen(place)
    found = explain(place.desk, selection.invoices[0])
    place.host.push_screen(WordsScreen(f"Why {found.invoice} is here", explained(place.desk, found)))


def dispute(place: Place) -> None:
    """Open a dispute on the invoice, or settle the one there is."""
    from arterm.tui.dunning.forms import dispute_form

    selection, _ = _chosen(place)
    place.host.push_screen(dispute_form(place.host, selection.invoices[0]))


def compromise(place: Place) -> None:
    """Offer the ways out, and what can be done with a plan or offer that stands."""
    from arterm.tui.compromise.forms import ways_out
    from arterm.tui.shell.pick import Pick

    selection, customer = _chosen(place)
    place.host.push_screen(Pick(f"Ways out for {selection.name}", ways_out(place.host, customer, selection.invoices)))


def hold(place: Place) -> None:
    """Pause chasing the customer or the one invoice that is marked; where it is paused, go on."""
    from arterm.desk.dunning.pauses import pauses, resume
    from arterm.tui.dunning.forms import hold_form

    selection, customer = _chosen(place)
    if pauses(place.desk, customer):
        place.host.done(resume(place.desk, customer))
    else:
        place.host.push_screen(hold_form(place.host, customer, selection.invoices))


def freeze(place: Place) -> None:
    """Stop supply; where it is stopped, begin again, with the letter if it is wanted."""
    from arterm.desk.supply.holds import stop_of
    from arterm.tui.supply.forms import freeze_form, offer_release

    _, customer = _chosen(place)
    held = stop_of(place.desk, customer)
    if held:
        offer_release(place.host, held)
    else:
        place.host.push_screen(freeze_form(place.host, customer))


def standing(place: Place) -> None:
    """Everything that speaks for and against supplying."""
    from arterm.tui.supply.forms import show_standing

    show_standing(place.host, _chosen(place)[1])


def dossier(place: Place) -> None:
    """Open the customer's dossier."""
    open_dossier(place.host, _chosen(place)[1])


def wish(place: Place) -> None:
    """Note the wish not to be called; where there is one, end it."""
    from arterm.desk.contacts.limits import end_wish, limits
    from arterm.tui.dunning.forms import wish_form

    _, customer = _chosen(place)
    if limits(place.desk, customer).wish:
        place.host.done(end_wish(place.desk, customer))
    else:
        place.host.push_screen(wish_form(place.host, customer))


def start_filter(place: Place) -> None:
    """Begin to type a filter."""
    cast("Any", place).filter_bar.begin()


def sort(place: Place) -> None:
    """Ask for an order."""
    from arterm.desk.accounts.board import SORTS
    from arterm.tui.shell.pick import Pick

    board = _board(place)
    choices = [(name, _setter(board, name)) for name in SORTS]
    place.host.push_screen(Pick("Sort by", choices))


def _setter(board: BoardScreen, name: str) -> Callable[[], None]:
    return lambda: board.ask(sort=name, reverse=False)


def reverse(place: Place) -> None:
    """Turn the order round."""
    board = _board(place)
    board.ask(reverse=not board.query_now.reverse)


def view(place: Place) -> None:
    """The next view."""
    cast("BoardScreen | FiguresScreen", place).next_view()


def bucket(place: Place) -> None:
    """The next age, then all again."""
    from arterm.rules.ageing import BUCKETS

    board = _board(place)
    ages = ("", *BUCKETS[1:], BUCKETS[0])
    board.ask(bucket=ages[(ages.index(board.query_now.bucket) + 1) % len(ages)])


def everything(place: Place) -> None:
    """Also what is not due yet, or only what is."""
    board = _board(place)
    board.ask(everything=not board.query_now.everything)


def past_day(place: Place) -> None:
    """Ask for a day to look back to; `today` comes back."""
    from arterm.tui.records.forms import day_form

    place.host.push_screen(day_form(place.host))


def story(place: Place) -> None:
    """Show or hide the story of the row."""
    _board(place).toggle_story()


def undo(place: Place) -> None:
    """Take back the last act."""
    from arterm.desk.undo import undo as take_back
    from arterm.desk.undo import undoable

    try:
        place.host.done(take_back(place.desk))
    except ArtermError as error:
        before = undoable(place.desk, 1)
        if error.code != "mail_went" or not before:
            raise
        from arterm.tui.shell.pick import Pick

        choices = [
            ("Nothing", lambda: None),
            (
                f"Take back what was done before it: {before[0].words}",
                lambda: place.host.done(take_back(place.desk, past_mail=True)),
            ),
        ]
        place.host.push_screen(Pick(error.message, choices))


def history(place: Place) -> None:
    """Show the journal in words."""
    from arterm.desk.undo import history as journal
    from arterm.tui.shell.text import WordsScreen

    lines = [
        f"{act.day.isoformat()}  {act.who:<10.10}  {act.words}{'  (taken back)' if act.undone_by else ''}"
        for act in journal(place.desk)
    ]
    place.host.push_screen(WordsScreen("What was done, newest first", lines))


def match_receipts(place: Place) -> None:
    """Open the receipts that wait."""
    from arterm.tui.importing.match import MatchSheet

    place.host.push_screen(MatchSheet())


def radar(place: Place) -> None:
    """Open the claims that may run out of time."""
    from arterm.tui.partners.limitation import RadarSheet

    place.host.push_screen(RadarSheet())


def bring_in(place: Place) -> None:
    """Open the import screen."""
    from arterm.tui.importing.screen import IntakeScreen

    place.host.push_screen(IntakeScreen())


def backup(place: Place) -> None:
    """Make a verified copy beside the book."""
    from arterm.desk.housekeeping.backup import back_up
    from arterm.desk.session import utc_now

    place.host.tell(back_up(place.desk, None, utc_now()).words)


def go(where: str) -> Callable[[Place], None]:
    """An act that leads to a place."""
    return lambda place: _go(place, where)


def _go(place: Place, where: str) -> None:
    place.host.switch_mode(where)


def show_keys(place: Place) -> None:
    """Every key that works here."""
    from arterm.tui.help.keys import KeysScreen

    place.host.push_screen(KeysScreen(place.PLACE))


def leave(place: Place) -> None:
    """One step back; from the board out: everything is saved already."""
    if place.step_back():
        return
    if len(place.host.screen_stack) > 1:
        place.host.pop_screen()
    elif place.PLACE == "board":
        place.host.exit(0)
    else:
        place.host.switch_mode("board")


def open_dossier(host: Any, customer: int) -> None:
    """Open a customer's dossier."""
    from arterm.tui.board.dossier import DossierScreen

    cast("Host", host).push_screen(DossierScreen(customer))


def _board(place: Place) -> BoardScreen:
    return cast("BoardScreen", place)
