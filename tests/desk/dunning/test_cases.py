"""The acceptance cases of dunning, one test each, named by the case; where arterm rightly differs, the reason stands
below.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest

from arterm.desk import undo
from arterm.desk.accounts import ageing, invoices
from arterm.desk.accounts.board import Board, Query
from arterm.desk.business.settings import change_settings
from arterm.desk.claims import terms
from arterm.desk.claims.charges import open_charges, waive
from arterm.desk.claims.claims import claim_of
from arterm.desk.compromise import plans
from arterm.desk.compromise.quote import PlanDraft
from arterm.desk.contacts import log
from arterm.desk.dunning import pauses, schedules
from arterm.desk.dunning.run import DueNotice, DunningRun, plan_run
from arterm.desk.letters import notices
from arterm.desk.letters.views import NoticeView
from arterm.desk.payments import credit_views, payments
from arterm.desk.session import Desk
from arterm.formats.tables.column_mapping import ReadingHabits
from arterm.formats.tables.tables import read_file
from arterm.law import interest
from arterm.law.claim import claim
from arterm.law.question import Question
from arterm.rules.errors import ArtermError, Stale
from arterm.rules.instalments import Wanted, schedule
from arterm.rules.ladder import Ladder, Step, checked
from arterm.rules.messages import message
from arterm.rules.money import Money
from arterm.rules.number_style import POINT
from tests.conftest import customer

D = date(2026, 6, 1)  # a due day
DAY = timedelta(days=1)

GROUPS = "LV OV SC PP CN HD FE IN IP GR MN RR"
CASES = """
LV-01 LV-03 LV-04 LV-06 LV-07 LV-09 LV-10 LV-12 LV-13 LV-15 LV-16 LV-18 LV-19 LV-21 LV-22 LV-24 LV-25 OV-01 OV-02
  OV-04 OV-05 OV-07 OV-08
OV-10 OV-11 SC-01 SC-02 SC-04 SC-05 SC-07 SC-08 SC-10 SC-11 SC-13 SC-14 PP-02 PP-03 PP-05 PP-06 PP-08 PP-09 PP-11
  PP-12 PP-14 PP-15 CN-01
CN-02 CN-04 CN-05 CN-07 CN-08 CN-10 CN-11 CN-13 CN-14 HD-02 HD-03 HD-05 HD-06 HD-08 HD-09 HD-11 HD-12 HD-14 HD-15
  FE-02 FE-03 FE-05 FE-06
FE-08 FE-09 FE-11 FE-12 FE-14 FE-15 FE-17 FE-18 IN-01 IN-02 IN-04 IN-05 MN-01 MN-02 MN-04 MN-05 GR-01 GR-02 GR-04
  GR-05 GR-07 GR-08 GR-10
GR-11 RR-01 RR-02 RR-04 RR-05 RR-07 RR-08 RR-10 RR-11 IP-01 IP-02 IP-04 IP-05 IP-07 IP-08 IP-10 IP-11
"""
DIFFERS = {
    "LV-15 LV-16": "steps come by days; an amount decides only whether a customer is below the floor",
    "LV-21": "no step waits for the end of a month: the owner moves a due date instead",
    "SC-01 SC-02 SC-04 SC-07 SC-08 SC-11 SC-14": (
        "steps count from the due day; courtesy notices before it, hours and zones belong to the mail run"
    ),
    "PP-09 PP-12": "an invoice has one due day; parts with days of their own are a plan, of equal parts",
    "IP-07 IP-08 IP-10": "instalments are equal but for the last; shares of their own, and of a credit, are not made",
    "HD-11": "customers that are one are merged; there are no groups that share a state",
    "HD-14 HD-15": "supply is another matter than chasing: freezing and limits are acts of their own",
    "FE-06 FE-08 FE-09 FE-15": "there are no fees of the owner's choosing: only what the debtor's law gives is asked",
    "GR-10": "one book is one business",
    "RR-04": "a letter that is written waits until somebody says whether it went out; it is never quietly replaced",
    "RR-05": "a run is no record of its own: its letters and its act in the journal are",
    "RR-10 RR-11": "they stand with the cases of bank statements",
}


def test_every_case_is_a_test_or_differs_for_a_reason() -> None:
    here = {
        name.removeprefix("test_").replace("_", "-")[:5].upper()
        for name in globals()
        if re.match(r"test_[a-z]{2}_\d\d", name)
    }
    differs = {case for cases in DIFFERS for case in cases.split()}
    assert here | differs >= set(CASES.split())
    assert not here & differs
    assert set(GROUPS.split()) == {case[:2] for case in CASES.split()}


class Story:
    """A desk that moves through the days, with a ladder of letters of its own."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.on(D - 60 * DAY)
        self.who = customer(desk, "Debtor", country="BE", kind="business")

    def on(self, day: date) -> Story:
        self.desk.set_today(day)
        return self

    def steps(
        self, *days: int, after: str = "due", gap: int = 0, charges: bool = False, who: int | None = None
    ) -> None:
        made = [
            Step(n, f"level {n}", d, after if n > 1 else "due", gap, charges=charges) for n, d in enumerate(days, 1)
        ]
        key = f"levels-{'-'.join(map(str, days))}-{after}-{gap}"
        if key not in {one.key for one in schedules.every(self.desk)}:
            schedules.save(
                self.desk, Ladder(key, key, 9, tuple(made)), message("receipts.dunning.ladder_added", key=key, like="")
            )
        schedules.choose(self.desk, key, who or self.who)

    def owe(
        self, number: str = "R1", total: int = 10000, due: date = D, who: int | None = None, currency: str = "EUR"
    ) -> int:
        issued = min(self.desk.today, due - 30 * DAY)
        return invoices.add_invoice(
            self.desk, invoices.InvoiceDraft(who or self.who, number, Money(total, currency), issued, due)
        ).id

    def run(self, by_hand: bool = False) -> DunningRun:
        return plan_run(self.desk, self.who if by_hand else None, by_hand=by_hand)

    def letter(self) -> DueNotice:
        (one,) = self.run().letters
        return one

    def send(self) -> tuple[NoticeView, ...]:
        written = notices.write(self.desk, self.run().letters)
        notices.issue(self.desk, [one.id for one in written])
        return written

    def pay(self, amount: int, *rows: int, kind: str = "receipt", day: date | None = None) -> int:
        draft = payments.CreditDraft(self.who, Money(amount, "EUR"), day or self.desk.today, rows, kind)
        return payments.book_credit(self.desk, draft).id

    def step(self, row: int) -> int:
        return invoices.view(self.desk, row).step

    def why_not(self, row: int) -> str:
        return "; ".join(why for one in self.run().held if one.invoice_id == row for why in one.why_not)


@pytest.fixture
def story(desk: Desk) -> Story:
    """The business, at the beginning."""
    return Story(desk)


# Levels


def test_lv_01_nothing_goes_out_before_its_day(story: Story) -> None:
    story.steps(5, 20, 40)
    row = story.owe()
    assert story.on(D + 4 * DAY).run().letters == ()
    assert "level 1 comes on 06 Jun" in story.why_not(row)
    assert story.on(D + 5 * DAY).letter().lines[0].step == 1


def test_lv_03_a_letter_that_nobody_said_went_out_never_climbs(story: Story) -> None:
    story.steps(5, 20, 40)
    row = story.owe()
    story.on(D + 6 * DAY)
    (held,) = notices.write(story.desk, story.run().letters)
    story.on(D + 30 * DAY)
    assert (story.run().letters, story.step(row)) == ((), 0)
    assert notices.views(story.desk, [held.id])[0].state == "written"
    assert "did it go out?" in story.why_not(row)


def test_lv_04_a_letter_that_went_out_leads_to_the_next(story: Story) -> None:
    story.steps(5, 20, 40)
    row = story.owe()
    story.on(D + 6 * DAY).send()
    assert story.step(row) == 1
    story.on(D + 30 * DAY).send()
    assert story.step(row) == 2


def test_lv_06_after_the_last_step_a_person_decides(story: Story) -> None:
    story.steps(0)
    row = story.owe()
    story.on(D + DAY).send()
    story.on(D + 2 * DAY)
    assert story.run().letters == ()
    assert "every step of its ladder was taken" in story.why_not(row)


def test_lv_07_the_due_day_belongs_to_the_debtor_even_at_level_0(story: Story) -> None:
    story.steps(0)
    story.owe()
    assert story.on(D).run() == DunningRun((), ())
    assert len(story.on(D + DAY).run().letters) == 1


def test_lv_09_never_two_letters_about_one_invoice_on_a_day(story: Story) -> None:
    story.steps(5, 20, 40)
    row = story.owe()
    story.on(D + 100 * DAY)
    for _ in range(5):
        story.send()
    assert story.step(row) == 1
    assert story.run(by_hand=True).letters == ()
    assert len(notices.notices_of(story.desk, story.who)) == 1


def test_lv_10_levels_count_from_the_due_day(story: Story) -> None:
    story.steps(30, 40, 50)
    row = story.owe(due=date(2026, 5, 31))
    for day, step in (((6, 29), 0), ((6, 30), 1), ((7, 9), 1), ((7, 10), 2), ((7, 19), 2), ((7, 20), 3)):
        story.on(date(2026, *day)).send()
        assert story.step(row) == step


def test_lv_12_each_invoice_has_its_own_days_when_an_older_one_is_paid(story: Story) -> None:
    story.steps(5, 7, 11)
    older, newer = story.owe("R1", due=date(2026, 5, 31)), story.owe("R2", due=date(2026, 6, 2))
    story.on(date(2026, 6, 2)).pay(10000, older)
    for day, step in ((5, 0), (7, 1), (9, 2)):
        story.on(date(2026, 6, day)).send()
        assert story.step(newer) == step


def test_lv_13_a_full_credit_of_the_oldest_clears_until_the_next_ones_own_day(story: Story) -> None:
    story.steps(30)
    older = story.owe("R1")
    newer = story.owe("R2", due=D + 26 * DAY)
    assert len(story.on(D + 31 * DAY).run().letters) == 1
    story.pay(10000, older, kind="credit_note")
    assert story.run().letters == ()
    assert story.on(D + 56 * DAY).letter().lines[0].found.id == newer


def test_lv_18_the_oldest_comes_first_and_the_sum_is_of_all(story: Story) -> None:
    for n, total in enumerate((1, 1000, 10000)):
        story.owe(f"R{n}", total, D + n * DAY)
    story.on(D + 10 * DAY)
    board = Board(story.desk, Query(sort="late"))
    assert [row.invoice for row in board.rows()] == ["R0", "R1", "R2"]
    assert board.totals[0].overdue == Money(11001, "EUR")


def test_lv_19_a_missed_ladder_is_caught_up_one_step_a_run(story: Story) -> None:
    story.steps(10, 40, 50)
    row = story.owe()
    for n, later in enumerate((365, 370, 375), 1):
        story.on(D + later * DAY).send()
        assert story.step(row) == n


def test_lv_22_two_equal_steps_are_refused() -> None:
    twice = Ladder("x", "x", 1, (Step(1, "one", 5), Step(2, "one", 9)))
    with pytest.raises(ArtermError, match="Steps 1 and 2 are both called 'one'"):
        checked(twice)


def test_lv_24_the_gap_after_a_contact_is_in_whole_days(story: Story) -> None:
    story.steps(5, gap=4)
    row = story.owe()
    story.on(D + 20 * DAY)
    log.log_contact(story.desk, log.ContactDraft(story.who, "email", "other"))
    assert story.on(D + 23 * DAY).run().letters == ()
    assert "too soon after the last contact" in story.why_not(row)
    assert len(story.on(D + 24 * DAY).run().letters) == 1


def test_lv_25_when_all_attempts_are_made_nothing_more_goes_out(story: Story) -> None:
    story.steps(1, 2, 3, 4, 5)
    story.owe()
    for n in range(1, 40):  # a week between some of them: three contacts a week are the most
        story.on(D + n * DAY).send()
    assert len(notices.notices_of(story.desk, story.who)) == 5


# What is overdue


def test_ov_01_unpaid_the_day_after_is_overdue(story: Story) -> None:
    row = story.owe()
    assert invoices.view(story.on(D + DAY).desk, row).status == "overdue"


def test_ov_02_drafts_of_a_bookkeeping_program_are_left_out() -> None:
    text = (
        b"Invoice,Customer,Date,Due,Amount,Status\nR1,A,2026-01-01,2026-02-01,10,Draft\n"
        b"R2,A,2026-01-01,2026-02-01,10,Sent\n"
    )
    reading = read_file(text, "x.csv", ReadingHabits("EUR", POINT, False, D))
    assert [record.number for record in reading.invoices] == ["R2"]


def test_ov_04_what_is_due_later_is_open_and_not_chased(story: Story) -> None:
    row = story.owe()
    story.on(D - 5 * DAY)
    assert invoices.view(story.desk, row).status == "open"
    assert story.run(by_hand=True) == DunningRun((), ())


def test_ov_05_what_is_disputed_is_not_chased(story: Story) -> None:
    row = story.owe()
    story.on(D + 30 * DAY)
    pauses.dispute(story.desk, pauses.DisputeDraft(row, "quality"))
    assert invoices.view(story.desk, row).status == "disputed"
    assert story.run(by_hand=True).letters == ()


def test_ov_07_charges_that_were_only_written_never_count(story: Story) -> None:
    story.steps(5, 10, 15, charges=True)
    row = story.owe()
    for n in (5, 10):
        story.on(D + n * DAY).send()
    story.on(D + 15 * DAY)
    notices.write(story.desk, story.run().letters)
    assert invoices.view(story.desk, row).charges == Money(0, "EUR")
    assert Board(story.desk).totals[0].charges == Money(0, "EUR")


def test_ov_08_only_what_is_past_due_counts_as_overdue(story: Story) -> None:
    story.owe("R1", 50000)
    story.owe("R2", 100000, D + 35 * DAY)
    total = Board(story.on(D + 5 * DAY).desk).totals[0]
    assert (total.overdue_invoices, total.overdue) == (1, Money(50000, "EUR"))


def test_ov_10_a_paid_invoice_is_never_reminded_of(story: Story) -> None:
    story.pay(10000, story.owe())
    assert story.on(D + 90 * DAY).run() == DunningRun((), ())


def test_ov_11_an_invoice_that_was_taken_out_is_never_reminded_of(story: Story) -> None:
    invoices.take_out(story.desk, story.owe())
    assert story.on(D + 90 * DAY).run() == DunningRun((), ())


# Days


def test_sc_05_without_steps_left_there_is_no_next_day(story: Story) -> None:
    story.steps(1)
    story.owe()
    story.on(D + DAY).send()
    assert [one.on for one in story.on(D + 9 * DAY).run().held] == [None]


def test_sc_10_a_step_whose_day_has_passed_is_not_skipped(story: Story) -> None:
    story.steps(1, 2, 3)
    story.owe()
    story.on(D + 3 * DAY).send()
    assert story.on(D + 4 * DAY).letter().lines[0].step == 2


def test_sc_13_nothing_more_goes_out_on_the_day_of_a_reminder(story: Story) -> None:
    story.steps(1, 2)
    story.owe()
    story.on(D + 5 * DAY).send()
    assert story.run().letters == ()


# Part payments


def test_pp_02_one_payment_over_two_invoices_leaves_the_rest_on_the_second(story: Story) -> None:
    one, two = story.owe("R1", 10000), story.owe("R2", 15000, D + DAY)
    story.pay(18000)
    assert [invoices.view(story.desk, row).balance.minor for row in (one, two)] == [0, 7000]


def test_pp_03_what_is_too_much_stays_and_settles_nothing_twice(story: Story) -> None:
    story.owe("R1", 5000)
    credit = story.pay(6000)
    assert credit_views.credit_view(story.desk, credit).free == Money(1000, "EUR")
    with pytest.raises(ArtermError, match="nothing open"):
        payments.settle_with(story.desk, credit, ())


def unmatched(story: Story, amount: int, kind: str = "receipt") -> None:
    """Money that came before there was anything to settle, on a day the invoice is not yet chased."""
    story.pay(amount, kind=kind)


def test_pp_05_unmatched_money_is_taken_off_and_the_letter_asks_for_the_rest(story: Story) -> None:
    unmatched(story, 5000)
    story.owe()
    letter = story.on(D + 5 * DAY).letter()
    assert (letter.total, letter.unmatched) == (Money(5000, "EUR"), Money(5000, "EUR"))


def in_parts(story: Story, row: int, *days: int, total: int = 10000) -> int:
    """Instalments of an invoice, agreed when it was written, that many days apart from the due day."""
    first = D + days[0] * DAY
    draft = PlanDraft(story.who, first, (row,), parts=len(days), every="week", any_day=True)
    return plans.agree_terms(story.desk, draft).id


def test_pp_06_of_two_halves_only_the_one_that_is_due_is_asked_for(story: Story) -> None:
    row = story.owe(total=10000)
    plan = in_parts(story, row, 0, 7)
    letter = story.on(D + 5 * DAY).letter()
    assert [line.open for line in letter.lines] == [5000]
    assert letter.total == Money(5000, "EUR")
    story.pay(5000, row)
    assert story.run().letters == ()
    view = plans.view(story.desk, plan)
    assert [one.state for one in view.instalments] == ["paid", "open"]
    assert invoices.view(story.desk, row).balance == Money(5000, "EUR")


def schedule_of(total: int, **wanted: Any) -> list[tuple[date, int]]:
    return list(schedule(total, Wanted(D, **wanted)))


def test_ip_01_three_monthly_parts(story: Story) -> None:
    assert schedule_of(10000, parts=3) == [(D, 3333), (date(2026, 7, 1), 3333), (date(2026, 8, 1), 3334)]


def test_ip_02_parts_of_an_amount_leave_the_rest_for_the_last(story: Story) -> None:
    assert [amount for _, amount in schedule_of(10000, each=3000)] == [3000, 3000, 3000, 1000]


def test_ip_04_parts_change_nothing_of_what_is_owed(story: Story) -> None:
    row = story.owe(total=1000)
    plan = in_parts(story, row, 0, 7)
    assert invoices.view(story.desk, row).balance == Money(1000, "EUR")
    assert [one.amount.minor for one in plans.view(story.desk, plan).instalments] == [500, 500]
    story.on(D).pay(1000, row)
    assert invoices.view(story.desk, row).settled == D
    assert plans.view(story.desk, plan).state == "kept"


def test_ip_05_each_part_is_chased_from_its_own_day_and_no_step_is_skipped(story: Story) -> None:
    story.steps(5, 20, 40)
    row = story.owe(total=10000)
    in_parts(story, row, 10, 17, 24)
    assert story.on(D + 14 * DAY).run().letters == ()
    letter = story.on(D + 16 * DAY).letter()
    assert ([line.open for line in letter.lines], letter.step) == ([3333], 1)
    letter = story.on(D + 80 * DAY).letter()
    assert ([line.open for line in letter.lines], letter.step) == ([10000], 1)


def test_ip_11_only_the_first_half_is_on_the_letter(story: Story) -> None:
    story.steps(1)
    row = story.owe(total=10000)
    in_parts(story, row, 5, 12)
    letter = story.on(D + 6 * DAY).letter()
    assert letter.total == Money(5000, "EUR")


def test_pp_08_a_payment_that_bounces_opens_what_it_settled(story: Story) -> None:
    row = story.owe("R1", 20000)
    first = story.pay(5500, row)
    story.pay(3500, row)
    assert invoices.view(story.desk, row).balance == Money(11000, "EUR")
    payments.bounce(story.desk, first, story.desk.today)
    assert invoices.view(story.desk, row).balance == Money(16500, "EUR")


def test_pp_11_more_than_is_open_on_the_invoice_is_refused(story: Story) -> None:
    row = story.owe()
    with pytest.raises(ArtermError, match="Only 100"):
        story.pay(10001, row)


def test_pp_14_a_letter_asks_for_what_is_left(story: Story) -> None:
    one, two = story.owe("R1", 20000), story.owe("R2", 50000)
    story.pay(10000, one)
    story.pay(20000, two)
    assert story.on(D + 5 * DAY).letter().total == Money(40000, "EUR")


@pytest.mark.parametrize("first_paid", [True, False])
def test_pp_15_one_paid_invoice_does_not_end_the_chase_of_the_other(story: Story, first_paid: bool) -> None:
    story.steps(1, 5)
    rows = [story.owe("R1"), story.owe("R2")]
    story.on(D + DAY).send()
    story.pay(10000, rows[0 if first_paid else 1])
    (line,) = story.on(D + 5 * DAY).letter().lines
    assert line.found.id == rows[1 if first_paid else 0]


# Credit notes


def test_cn_01_a_full_credit_note_ends_the_chase_and_taking_it_back_resumes_it(story: Story) -> None:
    story.steps(1, 5)
    row = story.owe()
    story.on(D + DAY).send()
    story.on(D + 5 * DAY).pay(10000, row, kind="credit_note")
    assert story.run() == DunningRun((), ())
    undo.undo(story.desk)
    assert story.letter().lines[0].step == 2


def test_cn_02_a_credit_note_that_stands_alone_is_netted_and_stops_the_letter(story: Story) -> None:
    unmatched(story, 10000, "credit_note")
    row = story.owe()
    assert story.on(D + 5 * DAY).run().letters == ()
    assert "not yet matched would cover it" in story.why_not(row)


def test_cn_04_credit_note_and_receipt_settle_in_turn(story: Story) -> None:
    row = story.owe("R1", 10000)
    story.pay(4000, row, kind="credit_note")
    credit = story.pay(100000)
    assert credit_views.credit_view(story.desk, credit).free == Money(94000, "EUR")


def test_cn_05_a_credit_after_payment_can_be_refunded_and_no_more(story: Story) -> None:
    story.pay(10000, story.owe())
    story.pay(10000, kind="credit_note")
    with pytest.raises(ArtermError, match="Only 100"):
        payments.refund(story.desk, story.who, Money(30000, "EUR"), story.desk.today)
    payments.refund(story.desk, story.who, Money(10000, "EUR"), story.desk.today)
    assert Board(story.desk).totals[0].unapplied == Money(0, "EUR")
    undo.undo(story.desk)
    assert Board(story.desk).totals[0].unapplied == Money(10000, "EUR")


def test_cn_07_a_whole_invoice_credited_is_settled_and_open_again_when_taken_back(story: Story) -> None:
    row = story.owe("R1", 24000)
    story.pay(24000, row, kind="credit_note")
    assert invoices.view(story.desk, row).status == "settled"
    undo.undo(story.desk)
    assert invoices.view(story.desk, row).balance == Money(24000, "EUR")


def test_cn_08_a_credit_is_refunded_in_parts(story: Story) -> None:
    credit = story.pay(22000, kind="credit_note")
    for part in (12000, 10000):
        payments.refund(story.desk, story.who, Money(part, "EUR"), story.desk.today)
    assert credit_views.credit_view(story.desk, credit).free == Money(0, "EUR")


def test_cn_10_interest_is_on_what_is_left_after_netting(story: Story) -> None:
    story.steps(5, 10, 60, charges=True)
    unmatched(story, 5000, "credit_note")
    story.owe()
    for n in (5, 10):
        story.on(D + n * DAY).send()
    (line,) = story.on(D + 60 * DAY).letter().lines
    half = claim(Question("BE", "business", 5000, "EUR", D, D + 60 * DAY)).interest
    assert (line.open, [one.amount for one in line.charges if one.kind == "interest"]) == (5000, [half])


def test_cn_11_credit_notes_that_were_set_off_lower_the_letter(story: Story) -> None:
    one, two = story.owe("R1", 20000), story.owe("R2", 50000)
    story.pay(10000, one)
    story.pay(20000, two)
    story.pay(5000, one, kind="credit_note")
    story.pay(10000, two, kind="credit_note")
    assert story.on(D + 5 * DAY).letter().total == Money(25000, "EUR")


def test_cn_13_of_a_credit_that_was_partly_refunded_only_the_rest_comes_off(story: Story) -> None:
    story.pay(5000, kind="credit_note")
    payments.refund(story.desk, story.who, Money(2500, "EUR"), story.desk.today)
    story.owe("R1", 40000)
    assert story.on(D + 5 * DAY).letter().total == Money(37500, "EUR")


def test_cn_14_unmatched_money_is_said_before_anything_is_sent(story: Story) -> None:
    unmatched(story, 100)
    story.owe()
    assert story.on(D + 5 * DAY).letter().unmatched == Money(100, "EUR")


# Blocks


def test_hd_02_nothing_leaves_for_what_is_paused_not_even_by_hand(story: Story) -> None:
    row = story.owe()
    story.on(D + 20 * DAY)
    pauses.pause(story.desk, story.who, D + 40 * DAY, "in hospital", row)
    assert story.run(by_hand=True).letters == ()
    assert Board(story.desk).rows()[0].status == "hold"


def test_hd_03_a_pause_that_is_lifted_lets_the_step_go_at_once(story: Story) -> None:
    story.steps(5)
    pauses.pause(story.desk, story.who, D + 90 * DAY, "family")
    story.owe()
    assert story.on(D + 36 * DAY).run().letters == ()
    pauses.resume(story.desk, story.who)
    assert len(story.run().letters) == 1


def test_hd_05_an_excluded_customer_gets_nothing_whatever_is_owed(story: Story) -> None:
    pauses.pause(story.desk, story.who, D + 999 * DAY, "never")
    story.owe(total=10**8)
    assert story.on(D + 90 * DAY).run().letters == ()


def test_hd_06_why_a_customer_is_skipped_is_said(story: Story) -> None:
    row = story.owe()
    pauses.pause(story.desk, story.who, D + 90 * DAY, "agreed with the owner")
    story.on(D + 10 * DAY)
    assert story.why_not(row).startswith("paused until 30 Aug: agreed with the owner")


def test_hd_08_a_pause_between_deciding_and_writing_stops_the_letter(story: Story) -> None:
    story.owe()
    letters = story.on(D + 10 * DAY).run().letters
    pauses.pause(story.desk, story.who, D + 20 * DAY, "called meanwhile")
    with pytest.raises(Stale):
        notices.write(story.desk, letters)
    assert notices.waiting(story.desk) == ()


def test_hd_09_a_pause_until_a_day_includes_that_day(story: Story) -> None:
    story.owe()
    pauses.pause(story.desk, story.who, D + 10 * DAY, "holiday")
    assert story.on(D + 10 * DAY).run().letters == ()
    assert len(story.on(D + 11 * DAY).run().letters) == 1
    assert Board(story.desk).rows()[0].status == "overdue"


def test_hd_12_a_pause_of_the_customer_holds_every_invoice(story: Story) -> None:
    story.owe("R1")
    pauses.pause(story.desk, story.who, D + 90 * DAY, "by hand")
    story.owe("R2")
    assert {row.status for row in Board(story.on(D + 30 * DAY).desk).rows()} == {"hold"}


# Charges


@pytest.fixture
def charged(story: Story) -> tuple[Story, int]:
    """An invoice whose third reminder asked for interest and the fixed sum."""
    story.steps(5, 10, 15, 45, charges=True)
    row = story.owe(total=100000)
    for n in (5, 10, 15):
        story.on(D + n * DAY).send()
    return story, row


def kinds(story: Story, row: int) -> dict[str, int]:
    return {
        kind: sum(
            amount
            for held, amount in story.desk.book.rows(
                "SELECT kind, amount FROM charge WHERE invoice = ? AND debit IS NOT NULL AND void_act IS NULL", (row,)
            )
            if held == kind
        )
        for kind in ("interest", "compensation")
    }


def test_fe_02_the_fixed_sum_is_asked_once_and_interest_only_for_new_days(charged: tuple[Story, int]) -> None:
    story, row = charged
    first = claim(Question("BE", "business", 100000, "EUR", D, D + 15 * DAY)).interest
    assert kinds(story, row) == {"interest": first, "compensation": 4000}
    story.on(D + 45 * DAY).send()
    whole = claim(Question("BE", "business", 100000, "EUR", D, D + 45 * DAY)).interest
    assert kinds(story, row) == {"interest": whole, "compensation": 4000}


def test_fe_03_nothing_is_charged_for_what_is_paused(story: Story) -> None:
    story.steps(5, 10, 15, charges=True)
    row = story.owe()
    for n in (5, 10):
        story.on(D + n * DAY).send()
    pauses.pause(story.desk, story.who, D + 90 * DAY, "ill")
    story.on(D + 15 * DAY).send()
    assert kinds(story, row) == {"interest": 0, "compensation": 0}


def test_fe_05_without_interest_the_fixed_sum_is_still_in_the_total(story: Story) -> None:
    terms.accept(story.desk, story.who, "1", story.desk.today, "0")
    story.steps(5, 10, 15, charges=True)
    story.owe()
    for n in (5, 10):
        story.on(D + n * DAY).send()
    letter = story.on(D + 15 * DAY).letter()
    assert [one.kind for one in letter.lines[0].charges] == ["compensation"]
    assert letter.total == Money(14000, "EUR")


def test_fe_11_a_charge_is_a_debt_of_its_own_dated_the_day_it_went_out(charged: tuple[Story, int]) -> None:
    story, row = charged
    debts = story.desk.book.rows("SELECT issued, kind, parent FROM invoice WHERE kind = 'charge'")
    assert set(debts) == {((D + 15 * DAY).isoformat(), "charge", row)}


def test_fe_12_the_invoice_itself_never_changes(charged: tuple[Story, int]) -> None:
    story, row = charged
    view = invoices.view(story.desk, row)
    assert (view.total, view.balance, view.charges.minor > 4000) == (Money(100000, "EUR"), Money(100000, "EUR"), True)


def test_fe_14_principal_and_charges_make_up_what_the_customer_owes(charged: tuple[Story, int]) -> None:
    story, row = charged
    owed = sum(kinds(story, row).values())
    (line,) = ageing.ageing(story.desk).rows
    assert (line.charges.minor, line.total.minor) == (owed, 100000 + owed)
    board = Board(story.desk)
    assert (board.rows()[0].balance.minor, board.rows()[0].charges.minor, board.totals[0].charges.minor) == (
        100000,
        owed,
        owed,
    )


def test_fe_17_interest_is_never_on_charges(charged: tuple[Story, int]) -> None:
    story, row = charged
    story.on(D + 45 * DAY)
    (line,) = story.letter().lines
    whole = claim(Question("BE", "business", 100000, "EUR", D, D + 45 * DAY)).interest
    assert sum(one.amount for one in line.charges) == whole - kinds(story, row)["interest"]


def test_fe_18_a_charge_is_never_chased_alone_but_stays_in_the_total_until_paid_or_waived(
    charged: tuple[Story, int],
) -> None:
    story, row = charged
    owed = sum(kinds(story, row).values())
    assert story.on(D + 45 * DAY).letter().lines[0].earlier == owed
    story.pay(100000, row)
    assert story.run().letters == ()
    (line,) = Board(story.desk).rows()
    assert (line.balance, line.charges) == (Money(0, "EUR"), Money(owed, "EUR"))
    with pytest.raises(ArtermError, match="needs a reason"):
        waive(story.desk, row, " ")
    waive(story.desk, row, "a good customer")
    assert Board(story.desk).rows() == []
    undo.undo(story.desk)
    assert Board(story.desk).rows()[0].charges == Money(owed, "EUR")


def test_a_claim_is_less_what_was_paid_or_waived_of_its_charges(charged: tuple[Story, int]) -> None:
    story, row = charged
    story.on(D + 45 * DAY)
    before = claim_of(story.desk, row)
    (sum_asked,) = [one.debit for one in open_charges(story.desk, row) if one.kind == "compensation"]
    story.pay(1500, sum_asked)
    paid = claim_of(story.desk, row)
    assert (paid.principal, paid.total) == (before.principal, before.total - Money(1500, "EUR"))
    assert paid.total == paid.principal + paid.interest + paid.compensation + paid.costs
    assert claim_of(story.desk, row, D + 44 * DAY).total > paid.total  # of the day before, when nothing was paid
    waive(story.desk, row, "a good customer")
    left = claim_of(story.desk, row)
    assert left.compensation == left.costs == Money(0, "EUR")
    assert before.total - left.total == Money(sum(kinds(story, row).values()), "EUR")


# Interest


def test_in_01_fifteen_days_at_ten_per_cent() -> None:
    on = interest.path([(D, D + 99 * DAY, Fraction(10))])
    assert interest.total(interest.accrue(10000, D, D + 14 * DAY, on)) == 41


def test_in_02_a_rate_of_nothing_gives_nothing() -> None:
    on = interest.path([(D, D + 99 * DAY, Fraction(0))])
    assert interest.accrue(10000, D, D + 19 * DAY, on) == []


def test_in_04_before_the_due_day_there_is_no_interest() -> None:
    assert claim(Question("BE", "business", 10000, "EUR", D, D - 5 * DAY)).interest == 0


def test_in_05_each_invoice_is_rounded_once_and_a_letter_adds_them(story: Story) -> None:
    story.steps(5, 10, 15, charges=True)
    for n in range(3):
        story.owe(f"R{n}", 10007 + n)
    for n in (5, 10):
        story.on(D + n * DAY).send()
    letter = story.on(D + 15 * DAY).letter()
    each = [claim(Question("BE", "business", 10007 + n, "EUR", D, D + 15 * DAY)).interest for n in range(3)]
    assert [one.amount for line in letter.lines for one in line.charges if one.kind == "interest"] == each
    assert letter.total.minor == sum(10007 + n for n in range(3)) + sum(each) + 3 * 4000


# Minimum amounts


@pytest.mark.parametrize(("owed", "letters"), [((5000, 100), 1), ((5099,), 0), ((5100,), 1)])
def test_mn_01_and_mn_02_a_customer_is_chased_from_the_floor_on(
    story: Story, owed: tuple[int, ...], letters: int
) -> None:
    change_settings(story.desk, {"floor": "51"})
    for n, total in enumerate(owed):
        story.owe(f"R{n}", total)
    assert len(story.on(D + 5 * DAY).run().letters) == letters


test_mn_02 = test_mn_01_and_mn_02_a_customer_is_chased_from_the_floor_on


def test_mn_04_once_the_sum_reaches_the_floor_everything_is_asked_for(story: Story) -> None:
    change_settings(story.desk, {"floor": "150"})
    story.owe("R1", 14900)
    assert story.on(D + 5 * DAY).run().letters == ()
    story.owe("R2", 600, D)
    assert story.letter().total == Money(15500, "EUR")


@pytest.mark.parametrize(("open_", "letters"), [(999, 0), (1000, 1)])
def test_mn_05_exactly_the_floor_is_chased(story: Story, open_: int, letters: int) -> None:
    change_settings(story.desk, {"floor": "10"})
    row = story.owe(total=open_)
    assert len(story.on(D + 5 * DAY).run().letters) == letters
    assert letters or "too small" in story.why_not(row)


# Several invoices on one letter


def test_gr_01_one_letter_a_customer_with_every_line(story: Story) -> None:
    for n in range(4):
        story.owe(f"R{n}", due=D + n * DAY)
    other = customer(story.desk, "Other")
    story.owe("X1", who=other)
    run = story.on(D + 20 * DAY).run()
    assert sorted(len(letter.lines) for letter in run.letters) == [1, 4]


def test_gr_02_and_gr_04_lines_at_different_levels_share_a_letter_each_with_its_own_step(story: Story) -> None:
    story.steps(5, 20, charges=False)
    one = story.owe("R1")
    story.on(D + 5 * DAY).send()
    two = story.owe("R2", due=D + 10 * DAY)
    letter = story.on(D + 20 * DAY).letter()
    assert {line.found.id: line.step for line in letter.lines} == {one: 2, two: 1}


test_gr_04 = test_gr_02_and_gr_04_lines_at_different_levels_share_a_letter_each_with_its_own_step


def test_gr_05_what_is_overdue_but_not_due_for_a_step_is_listed_and_does_not_move(story: Story) -> None:
    story.steps(10)
    one, two = story.owe("R1"), story.owe("R2", due=D + 12 * DAY)
    story.on(D + 15 * DAY)
    assert {line.found.id: line.moves for line in story.letter().lines} == {one: True, two: False}
    story.send()
    assert (story.step(one), story.step(two)) == (1, 0)
    assert story.on(D + 22 * DAY).letter().lines[0].step == 1


def test_gr_07_a_call_is_no_reminder_letter(story: Story) -> None:
    row = story.owe()
    story.on(D + 20 * DAY)
    log.log_contact(story.desk, log.ContactDraft(story.who, "call", "call_back", invoices=(row,), note="later"))
    assert story.step(row) == 0
    assert log.log_entries(story.desk)[0].note == "later"


def test_gr_08_no_letter_where_unmatched_money_covers_it(story: Story) -> None:
    unmatched(story, 20000)
    story.owe("R1", 12000)
    story.owe("R2", 8000)
    assert story.on(D + 20 * DAY).run().letters == ()


def test_gr_11_what_is_promised_is_left_off_the_letter(story: Story) -> None:
    one, two = story.owe("R1"), story.owe("R2")
    story.on(D + 20 * DAY)
    promised = log.ContactDraft(
        story.who, "email", "promise", "in", (one,), promised=Money(10000, "EUR"), promised_for=D + 40 * DAY
    )
    log.log_contact(story.desk, promised)
    (line,) = story.on(D + 30 * DAY).letter().lines
    assert line.found.id == two


# Running twice


def test_rr_01_a_second_run_on_a_day_changes_nothing(story: Story) -> None:
    for n in range(30):
        story.owe(f"X{n}", who=customer(story.desk, f"C{n}"))
    story.on(D + 5 * DAY)
    assert len(story.send()) == 30
    before = story.desk.newest_act()
    assert story.send() == ()
    assert story.desk.newest_act() == before


def test_rr_02_a_run_dated_before_the_last_is_refused(story: Story) -> None:
    story.owe()
    story.on(D + 20 * DAY).send()
    story.owe("R2", who=customer(story.desk, "Other"), due=D - 20 * DAY)
    story.on(D + 10 * DAY)
    with pytest.raises(ArtermError, match="were written on 2026-06-21 already"):
        notices.write(story.desk, story.run().letters)


def test_rr_07_money_that_went_back_brings_the_case_back(story: Story) -> None:
    story.steps(30)
    credit = story.pay(10000, story.owe())
    assert story.on(D + 35 * DAY).run().letters == ()
    payments.bounce(story.desk, credit, story.desk.today)
    assert story.letter().lines[0].step == 1


def test_rr_08_a_payment_taken_back_leaves_the_case_where_it_was(story: Story) -> None:
    story.steps(5, 10, 20)
    row = story.owe()
    for n in (5, 10):
        story.on(D + n * DAY).send()
    story.pay(10000, row)
    assert Board(story.desk).rows() == []
    undo.undo(story.desk)
    assert story.step(row) == 2
    assert story.on(D + 20 * DAY).letter().lines[0].step == 3


# And two of other groups


def test_pc_04_an_invoices_own_ladder_comes_before_its_customers_and_the_kinds(story: Story) -> None:
    row = story.owe()
    schedules.choose(story.desk, "known", story.who)
    assert invoices.view(story.desk, row).ladder == "known"
    schedules.choose(story.desk, "large", invoice=row)
    assert invoices.view(story.desk, row).ladder == "large"
    schedules.choose(story.desk, "", invoice=row)
    schedules.choose(story.desk, "", story.who)
    assert invoices.view(story.desk, row).ladder == "standard"


def test_cu_05_two_currencies_are_two_letters(story: Story) -> None:
    story.owe("R1")
    story.owe("R2", currency="USD")
    assert {letter.total.currency for letter in story.on(D + 20 * DAY).run().letters} == {"EUR", "USD"}
