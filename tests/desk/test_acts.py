"""What an owner does at the desk, what it comes to, and that each of it can be taken back."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from arterm.desk import undo
from arterm.desk.accounts import ageing, attachments, customers, invoices
from arterm.desk.accounts.board import Board, Query
from arterm.desk.business import settings
from arterm.desk.contacts import log, promises
from arterm.desk.dunning.run import due_notices
from arterm.desk.letters import notices, printing
from arterm.desk.payments import payments
from arterm.desk.session import Desk
from arterm.desk.worklist import dossier
from arterm.rules.errors import ArtermError, Stale
from arterm.rules.money import Money
from arterm.store import cases, verify
from tests.conftest import TODAY, customer, invoice


def eur(minor: int) -> Money:
    return Money(minor, "EUR")


def pay(desk: Desk, who: int, amount: int, *on: int, day: date = TODAY, kind: str = "receipt") -> int:
    return payments.book_credit(desk, payments.CreditDraft(who, eur(amount), day, on, kind)).id


def sound(desk: Desk) -> None:
    assert list(verify.complaints(desk.book)) == []
    assert cases.find_inconsistencies(desk.book) == []


def test_a_part_payment_leaves_the_rest_on_the_board(desk: Desk) -> None:
    who = customer(desk)
    owed = invoice(desk, who, total=10000)
    pay(desk, who, 2500, owed)
    (row,) = Board(desk).rows()
    assert (row.total, row.paid, row.balance) == (eur(10000), eur(2500), eur(7500))
    assert row.days_overdue == 52
    assert row.bucket == "31-60"
    sound(desk)


def test_more_than_is_open_is_refused_for_an_invoice_and_waits_for_a_customer(desk: Desk) -> None:
    who = customer(desk)
    owed = invoice(desk, who, total=10000)
    with pytest.raises(ArtermError, match=r"Only 100\.00 EUR is open"):
        pay(desk, who, 10001, owed)
    pay(desk, who, 12000)
    assert Board(desk).ids == []
    assert Board(desk).totals[0].unapplied == eur(2000)
    assert ageing.ageing(desk).totals[0].total == eur(-2000)


@pytest.mark.parametrize(
    ("draft", "code"),
    [
        ({"amount": eur(0)}, "bad_amount"),
        ({"amount": eur(-5)}, "bad_amount"),
        ({"day": TODAY + timedelta(days=1)}, "future_day"),
        ({"amount": Money(5, "USD")}, "other_currency"),
        ({"kind": "gift"}, "bad_choice"),
        ({"kind": "write_off", "invoices": ()}, "missing"),
        ({"invoices": (999,)}, "no_invoice"),
    ],
)
def test_a_payment_that_makes_no_sense_is_refused_and_nothing_is_written(
    desk: Desk, draft: dict[str, object], code: str
) -> None:
    who = customer(desk)
    owed = invoice(desk, who)
    acts = desk.book.one("SELECT count(*) FROM act")
    good: dict[str, object] = {"customer": who, "amount": eur(100), "day": TODAY, "invoices": (owed,)}
    with pytest.raises(ArtermError) as refused:
        payments.book_credit(desk, payments.CreditDraft(**{**good, **draft}))  # type: ignore[arg-type]
    assert refused.value.code == code
    assert desk.book.one("SELECT count(*) FROM act") == acts


def test_any_past_day_shows_what_was_open_then(desk: Desk) -> None:
    who = customer(desk)
    owed = invoice(desk, who, total=10000, due=date(2026, 10, 1))
    pay(desk, who, 10000, owed, day=date(2026, 11, 10))
    assert Board(desk).ids == []
    past = Desk(desk.book, date(2026, 11, 9))
    (row,) = Board(past).rows()
    assert (row.balance, row.days_overdue) == (eur(10000), 39)
    assert Board(Desk(desk.book, date(2026, 9, 30)), Query(everything=True)).rows()[0].days_overdue == 0
    assert Board(Desk(desk.book, date(2026, 8, 1)), Query(everything=True)).rows() == []
    settled = invoices.view(desk, owed)
    assert (settled.settled, settled.days_late) == (date(2026, 11, 10), 40)


def test_a_bounced_payment_opens_the_invoice_again_from_that_day(desk: Desk) -> None:
    who = customer(desk)
    owed = invoice(desk, who)
    credit = pay(desk, who, 10000, owed, day=date(2026, 11, 1))
    payments.bounce(desk, credit, date(2026, 11, 12))
    assert Board(desk).rows()[0].balance == eur(10000)
    assert Board(Desk(desk.book, date(2026, 11, 5))).rows() == []
    assert Board(desk).totals[0].unapplied == eur(0)
    with pytest.raises(ArtermError, match="bounced already"):
        payments.bounce(desk, credit, TODAY)
    sound(desk)
    undo.undo(desk)
    assert Board(desk).rows() == []
    sound(desk)


def test_a_payment_for_the_wrong_customer_is_moved_with_its_day(desk: Desk) -> None:
    wrong, right = customer(desk, "Wrong"), customer(desk, "Right")
    owed_wrong, owed_right = invoice(desk, wrong, "1"), invoice(desk, right, "2")
    credit = pay(desk, wrong, 10000, owed_wrong, day=date(2026, 11, 1))
    payments.move(desk, credit, right)
    assert invoices.view(desk, owed_wrong).balance == eur(10000)
    assert invoices.view(desk, owed_right).settled == date(2026, 11, 1)
    sound(desk)


def test_credit_notes_write_offs_and_refunds(desk: Desk) -> None:
    who = customer(desk)
    owed = invoice(desk, who, total=10000)
    pay(desk, who, 3000, owed, kind="credit_note")
    pay(desk, who, 7000, owed, kind="write_off")
    assert invoices.view(desk, owed).paid == eur(0)
    assert Board(desk).ids == []
    pay(desk, who, 500)
    with pytest.raises(ArtermError, match=r"Only 5\.00 EUR"):
        payments.refund(desk, who, eur(501), TODAY)
    payments.refund(desk, who, eur(500), TODAY)
    assert Board(desk).totals[0].unapplied == eur(0)
    sound(desk)


def test_a_promise_holds_the_row_back_until_its_day_and_raises_it_when_broken(desk: Desk) -> None:
    who = customer(desk)
    owed = invoice(desk, who, total=10000)
    before = Board(desk).rows()[0].priority
    log.log_contact(
        desk,
        log.ContactDraft(
            who, "call", "promise", promised=eur(10000), promised_for=TODAY + timedelta(days=5), note="After the fair"
        ),
    )
    (row,) = Board(desk).rows()
    assert (row.status, row.next_on) == ("promised", TODAY + timedelta(days=5))
    assert row.priority < before
    later = Desk(desk.book, TODAY + timedelta(days=6))
    (row,) = Board(later).rows()
    assert (row.status, row.why[0]) == ("overdue", "promise broken 1 d ago")
    assert promises.promises_of(later, who)[0].state == "broken"
    assert log.log_entries(desk)[0].note == "After the fair"
    assert owed in Board(later).ids
    sound(desk)


@pytest.mark.parametrize(
    ("draft", "code"),
    [
        ({"outcome": "shrug"}, "bad_choice"),
        ({"channel": "pigeon"}, "bad_choice"),
        ({"outcome": "promise"}, "missing"),
        ({"promised": eur(10)}, "missing"),
        ({"outcome": "promise", "promised": eur(10001), "promised_for": TODAY}, "over_balance"),
        ({"outcome": "promise", "promised": eur(1), "promised_for": date(2026, 11, 21)}, "past_day"),
        ({"look_again": date(2026, 1, 1)}, "past_day"),
        ({"invoices": (999,)}, "other_customer"),
    ],
)
def test_a_contact_that_makes_no_sense_is_refused(desk: Desk, draft: dict[str, object], code: str) -> None:
    who = customer(desk)
    invoice(desk, who, total=10000)
    good: dict[str, object] = {
        "customer": who,
        "channel": "call",
        "outcome": "promise" if "promised" in draft and "outcome" not in draft else "no_answer",
    }
    with pytest.raises(ArtermError) as refused:
        log.log_contact(desk, log.ContactDraft(**{**good, **draft}))  # type: ignore[arg-type]
    assert refused.value.code == code
    assert log.log_entries(desk) == ()


def test_everything_can_be_taken_back_to_the_beginning_across_restarts(demo: Path) -> None:
    desk = Desk.open(demo, TODAY)
    for _ in range(60):
        undo.undo(desk)
    sound(desk)
    desk.close()
    desk = Desk.open(demo, TODAY)
    n = 60
    while undo.undoable(desk):
        undo.undo(desk)
        n += 1
    assert n > 390
    with pytest.raises(ArtermError, match="nothing to take back"):
        undo.undo(desk)
    sound(desk)
    assert Board(desk, Query(everything=True)).ids == []
    assert customers.everyone(desk) == ()
    assert desk.setting("name") == ""
    desk.close()


def test_undo_says_what_it_took_back_and_knows_no_redo(desk: Desk) -> None:
    who = customer(desk, "Café Zuid")
    invoice(desk, who)
    assert "added invoice 2026-1" in undo.undo(desk).words
    assert "added customer Café Zuid" in undo.undo(desk).words
    assert [act.name for act in undo.undoable(desk)] == ["business.setup"]
    assert [act.words for act in undo.history(desk)][0] == "took back: added customer Café Zuid"


def test_two_that_change_the_same_fact_the_second_is_told(desk: Desk) -> None:
    who = customer(desk)
    read = customers.view(desk, who)
    customers.edit_customer(desk, who, {"city": "Gent"}, read.version)
    with pytest.raises(Stale, match="changed elsewhere"):
        customers.edit_customer(desk, who, {"city": "Aalst"}, read.version)
    assert customers.view(desk, who).city == "Gent"


def test_two_customers_that_are_one_are_seen_as_one(desk: Desk) -> None:
    double, real = customer(desk, "Van Dame"), customer(desk, "Van Damme")
    invoice(desk, double, "1")
    invoice(desk, real, "2")
    pay(desk, double, 500)
    customers.merge(desk, double, real)
    page = dossier.dossier(desk, real)
    assert [view.number for view in page.invoices] == ["1", "2"]
    assert page.merged == ("Van Dame",)
    assert [row.customer for row in Board(desk).customers()] == ["Van Damme"]
    pay(desk, real, 19500)
    assert Board(desk).ids == []
    sound(desk)
    undo.undo(desk)
    undo.undo(desk)
    assert len(Board(desk).customers()) == 2
    sound(desk)


def test_who_owes_is_not_archived_and_who_is_archived_is_out_of_sight(desk: Desk) -> None:
    who = customer(desk)
    owed = invoice(desk, who)
    with pytest.raises(ArtermError, match="still owes"):
        customers.archive(desk, who)
    pay(desk, who, 10000, owed)
    customers.archive(desk, who)
    assert customers.everyone(desk) == ()
    assert len(customers.everyone(desk, archived=True)) == 1


def test_an_invoice_is_corrected_but_not_below_what_is_settled(desk: Desk) -> None:
    who = customer(desk)
    owed = invoice(desk, who, total=10000)
    pay(desk, who, 6000, owed)
    with pytest.raises(ArtermError, match="already settled"):
        invoices.edit_invoice(desk, owed, total=eur(5999))
    invoices.edit_invoice(desk, owed, due=date(2026, 12, 1), total=eur(8000))
    view = invoices.view(desk, owed)
    assert (view.balance, view.due, view.original_due) == (eur(2000), date(2026, 12, 1), date(2026, 10, 1))
    sound(desk)
    with pytest.raises(ArtermError, match="already has an invoice"):
        invoice(desk, who, "2026-1")


def test_attached_files_are_kept_in_the_book(desk: Desk, tmp_path: Path) -> None:
    owed = invoice(desk, customer(desk))
    paper = tmp_path / "../odd name.pdf"
    paper.write_bytes(b"%PDF-1.4 hello")
    row = attachments.attach(desk, owed, paper).id
    paper.unlink()
    assert attachments.attachment(desk, row) == ("odd name.pdf", b"%PDF-1.4 hello")
    assert invoices.view(desk, owed).attachments == ("odd name.pdf",)
    with pytest.raises(ArtermError, match="no such file"):
        attachments.attach(desk, owed, tmp_path / "none")


def test_letters_climb_only_when_issued_and_never_twice_a_day(desk: Desk) -> None:
    who = customer(desk, language="nl")
    owed = invoice(desk, who)
    written = notices.write(desk, due_notices(desk))
    assert invoices.view(desk, owed).step == 0
    notices.issue(desk, [written[0].id])
    assert invoices.view(desk, owed).step == 1
    assert due_notices(desk) == []
    assert due_notices(desk, who) == []
    later = Desk(desk.book, TODAY + timedelta(days=15))
    (due,) = due_notices(later)
    assert due.step == 2
    undo.undo(desk)
    assert invoices.view(desk, owed).step == 0
    assert notices.views(desk, [written[0].id])[0].state == "withdrawn"
    sound(desk)


def test_a_promise_that_runs_is_not_reminded_of(desk: Desk) -> None:
    who = customer(desk)
    invoice(desk, who, total=10000)
    log.log_contact(
        desk, log.ContactDraft(who, "call", "promise", promised=eur(10000), promised_for=TODAY + timedelta(days=5))
    )
    assert due_notices(desk, who) == []


def test_settings_are_checked_one_by_one_and_nothing_is_half_set(desk: Desk) -> None:
    with pytest.raises(ArtermError) as refused:
        settings.change_settings(desk, {"city": "Gent", "iban": "BE00 0000 0000 0000"})
    assert refused.value.where == "iban"
    assert desk.setting("city") == ""
    with pytest.raises(ArtermError, match="no setting"):
        settings.known_setting("colour")


def test_a_logo_is_a_picture_or_it_is_refused(desk: Desk, tmp_path: Path) -> None:
    from PIL import Image

    Image.new("RGB", (40, 20), "red").save(tmp_path / "logo.png")
    settings.change_settings(desk, {"logo": str(tmp_path / "logo.png")})
    assert settings.sender(desk).logo.startswith(b"\x89PNG")
    (tmp_path / "no.png").write_bytes(b"not a picture")
    with pytest.raises(ArtermError, match="not a picture"):
        settings.change_settings(desk, {"logo": str(tmp_path / "no.png")})


def test_board_ageing_and_invoices_agree_on_any_day(demo: Path) -> None:
    for back in (0, 3, 20, 45, 90, 150):
        desk = Desk.open(demo, TODAY - timedelta(days=back))
        board = Board(desk, Query(everything=True))
        for total in board.totals:
            rows = sum(row.balance.minor for row in board.rows() if row.currency == total.currency)
            aged = next((row for row in ageing.ageing(desk).totals if row.currency == total.currency), None)
            open_sum = sum(
                v.balance.minor
                for v in invoices.views(desk)
                if v.currency == total.currency and v.kind != "refund" and v.issued <= desk.today
            )
            assert rows == total.open.minor == open_sum == sum(b.amount.minor for b in total.buckets)
            assert aged is None or sum(age.minor for age in aged.buckets) == total.open.minor
            assert aged is None or aged.unapplied == total.unapplied
        desk.close()


def undone_to_the_start(desk: Desk) -> None:
    """Take everything back; it never sticks, and the books add up all the way."""
    while undo.undoable(desk):
        undo.undo(desk)
        sound(desk)
    assert Board(desk, Query(everything=True)).ids == []


def test_an_edit_after_an_undone_edit_does_not_block_undo(desk: Desk) -> None:
    who = customer(desk)
    customers.edit_customer(desk, who, {"city": "Gent"})
    customers.edit_customer(desk, who, {"city": "Aalst"})
    undo.undo(desk)
    assert customers.view(desk, who).city == "Gent"
    undone_to_the_start(desk)


def test_bounce_move_and_use_can_be_undone_and_what_was_before_them_too(desk: Desk) -> None:
    one, other = customer(desk, "One"), customer(desk, "Other")
    owed = invoice(desk, one)
    credit = pay(desk, one, 10000, owed, day=date(2026, 11, 1))
    payments.bounce(desk, credit, date(2026, 11, 5))
    undo.undo(desk)
    assert invoices.view(desk, owed).balance == eur(0)
    payments.move(desk, credit, other)
    undo.undo(desk)
    assert invoices.view(desk, owed).balance == eur(0)
    assert invoices.view(Desk(desk.book, date(2026, 10, 31)), owed).balance == eur(10000)
    undone_to_the_start(desk)


def test_a_refund_then_a_bounce_leaves_both_debts_and_undoes(desk: Desk) -> None:
    who = customer(desk)
    invoice(desk, who, total=8000)
    credit = pay(desk, who, 13000)
    payments.refund(desk, who, eur(2000), TODAY)
    payments.bounce(desk, credit, TODAY)
    open_sum = Board(desk, Query(everything=True)).totals[0].open
    assert open_sum == eur(10000) == dossier.dossier(desk, who).sums[0].open
    undone_to_the_start(desk)


def test_money_that_went_back_is_not_moved_and_a_write_off_is_no_money(desk: Desk) -> None:
    one, other = customer(desk, "One"), customer(desk, "Other")
    owed = invoice(desk, one)
    credit = pay(desk, one, 10000, owed)
    payments.bounce(desk, credit, TODAY)
    with pytest.raises(ArtermError, match="went back"):
        payments.move(desk, credit, other)
    forgiven = pay(desk, one, 10000, owed, kind="write_off")
    with pytest.raises(ArtermError, match="belongs to its invoice"):
        payments.move(desk, forgiven, other)


def test_what_is_left_of_a_credit_settles_an_invoice_and_the_board_knows(desk: Desk) -> None:
    who = customer(desk)
    credit = pay(desk, who, 15000, day=date(2026, 11, 1))
    owed = invoice(desk, who)
    payments.settle_with(desk, credit, ())
    assert Board(desk).ids == []
    assert ageing.ageing(desk).totals[0].unapplied == eur(5000)
    payments.bounce(desk, credit, date(2026, 11, 10))
    assert invoices.view(Desk(desk.book, date(2026, 11, 15)), owed).balance == eur(10000)
    sound(desk)


def test_ageing_counts_all_that_is_unallocated(desk: Desk) -> None:
    who = customer(desk)
    owed = invoice(desk, who)
    pay(desk, who, 10000, owed)
    pay(desk, who, 5000)
    assert ageing.ageing(desk).totals[0].unapplied == eur(5000) == Board(desk).totals[0].unapplied


def test_money_before_its_invoice_is_unapplied_until_the_invoice_is_issued(desk: Desk) -> None:
    who = customer(desk)
    invoice(desk, who, due=date(2026, 12, 10))
    pay(desk, who, 10000, day=date(2026, 10, 1))
    between = Board(Desk(desk.book, date(2026, 10, 20)), Query(everything=True))
    assert (between.totals[0].open, between.totals[0].unapplied) == (eur(0), eur(10000))
    assert Board(desk, Query(everything=True)).ids == []


def test_what_was_paid_before_a_promise_on_its_day_does_not_keep_it(desk: Desk) -> None:
    who = customer(desk)
    owed = invoice(desk, who, total=10000)
    old = pay(desk, who, 2500, owed)
    log.log_contact(
        desk, log.ContactDraft(who, "call", "promise", promised=eur(7500), promised_for=TODAY + timedelta(days=3))
    )
    pay(desk, who, 5000, owed)
    assert promises.promises_of(desk, who)[0].received == eur(5000)
    payments.bounce(desk, old, TODAY)
    assert promises.promises_of(desk, who)[0].received == eur(5000)
    assert promises.promises_of(Desk(desk.book, TODAY + timedelta(days=4)), who)[0].state == "partly kept"


def test_a_corrected_entry_takes_its_promise_with_it(desk: Desk) -> None:
    who = customer(desk)
    invoice(desk, who, total=10000)
    first = log.log_contact(
        desk, log.ContactDraft(who, "call", "promise", promised=eur(10000), promised_for=TODAY + timedelta(days=3))
    ).id
    log.log_contact(desk, log.ContactDraft(who, "call", "voicemail", corrects=first))
    assert Board(desk).rows()[0].status == "overdue"
    assert promises.promises_of(desk, who) == ()
    with pytest.raises(ArtermError, match="corrected already"):
        log.log_contact(desk, log.ContactDraft(who, "call", "voicemail", corrects=first))
    undo.undo(desk)
    assert Board(desk).rows()[0].status == "promised"
    log.log_contact(desk, log.ContactDraft(who, "call", "voicemail", corrects=first))
    with pytest.raises(ArtermError, match="no log entry #99"):
        log.log_contact(desk, log.ContactDraft(who, "call", "voicemail", corrects=99))


def test_an_issued_letter_stays_in_the_file_whatever_is_undone(desk: Desk) -> None:
    who = customer(desk)
    invoice(desk, who)
    (written,) = notices.write(desk, due_notices(desk))
    assert due_notices(desk, who) == []
    notices.issue(desk, [written.id])
    undo.undo(desk)
    undo.undo(desk)
    assert notices.views(desk, [written.id])[0].state == "withdrawn"
    assert notices.document(desk, written.document).startswith(b"%PDF")


def test_a_step_counts_from_the_day_the_letter_went_out(desk: Desk) -> None:
    owed = invoice(desk, customer(desk))
    (written,) = notices.write(desk, due_notices(desk))
    later = Desk(desk.book, TODAY + timedelta(days=5))
    notices.issue(later, [written.id])
    assert invoices.view(later, owed).step == 1
    assert invoices.view(Desk(desk.book, TODAY + timedelta(days=3)), owed).step == 0


def test_letters_that_cannot_be_saved_are_not_written_at_all(desk: Desk, tmp_path: Path) -> None:
    invoice(desk, customer(desk))
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(ArtermError, match="cannot be put here"):
        printing.write_to(desk, due_notices(desk), tmp_path / "taken")
    assert notices.waiting(desk) == ()
    assert [act.name for act in undo.undoable(desk)][0] == "invoice.add"


def test_a_file_is_kept_beside_a_log_entry(desk: Desk, tmp_path: Path) -> None:
    who = customer(desk)
    entry = log.log_contact(desk, log.ContactDraft(who, "email", "other", direction="in")).id
    paper = tmp_path / "mail.eml"
    paper.write_bytes(b"From: them")
    row = attachments.attach_to_log(desk, entry, paper).id
    assert attachments.attachment(desk, row) == ("mail.eml", b"From: them")
    assert log.log_entries(desk, who)[0].attachments == ("mail.eml",)
    for wrong, code in ((entry, "exists"), (999, "no_log")):
        with pytest.raises(ArtermError) as refused:
            attachments.attach_to_log(desk, wrong, paper)
        assert refused.value.code == code
    undo.undo(desk)
    assert log.log_entries(desk, who)[0].attachments == ()


def test_a_merged_customer_keeps_what_only_the_double_knew(desk: Desk) -> None:
    double = customer(desk, "Jan P", kind="consumer", country="BE", city="Gent")
    real = customer(desk, "Jan Peeters")
    invoice(desk, double, "7")
    customers.merge(desk, double, real)
    held = customers.view(desk, real)
    assert (held.kind, held.country, held.city) == ("consumer", "BE", "Gent")
    with pytest.raises(ArtermError, match="already has an invoice 7"):
        invoice(desk, real, "007")
    undo.undo(desk)
    assert customers.view(desk, real).kind == "unknown"


def test_money_entered_late_settles_from_the_day_there_is_room(desk: Desk) -> None:
    who = customer(desk)
    owed = invoice(desk, who, total=10000)
    first = pay(desk, who, 6000, owed, day=date(2026, 10, 22))
    payments.bounce(desk, first, date(2026, 10, 28))
    pay(desk, who, 10000, owed, day=date(2026, 10, 14))
    for day in range(14, 32):
        past = Desk(desk.book, date(2026, 10, day))
        view = invoices.view(past, owed)
        assert 0 <= view.balance.minor <= 10000
        assert Board(past, Query(everything=True)).totals[0].open == view.balance
    assert invoices.view(desk, owed).balance == eur(0)
