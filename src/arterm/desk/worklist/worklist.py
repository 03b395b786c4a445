"""Today's worklist: whom to call, what to send, what came due or broke, ranked by points that explain themselves."""

from __future__ import annotations

from collections.abc import Sequence

from arterm.desk.bank.lines import bank_state
from arterm.desk.claims.limitation import WARNED, running_out, warns
from arterm.desk.compromise.watch import watched
from arterm.desk.contacts.limits import limits
from arterm.desk.contacts.promises import kept_rates
from arterm.desk.dunning.run import DueNotice, DunningRun, plan_run
from arterm.desk.letters.notices import waiting
from arterm.desk.letters.views import NoticeView
from arterm.desk.mail.alerts import alerts
from arterm.desk.mail.inbox import came_in
from arterm.desk.mail.outbox import unclear
from arterm.desk.session import Desk
from arterm.desk.supply.credit_standing import to_look_again
from arterm.desk.supply.holds import to_release, to_stop
from arterm.desk.worklist.model import GROUPS, Achieved, SetAside, Task, Worklist, timed
from arterm.desk.worklist.profile import CustomerProfile, profiles
from arterm.rules.assessment import status_of
from arterm.rules.day_words import in_words
from arterm.rules.decision import Decision, decide, stopped
from arterm.rules.messages import message
from arterm.rules.money import Money
from arterm.rules.outcomes import OUTCOMES
from arterm.rules.text import count
from arterm.rules.worklist import Portrait, better_later, points_of, read_weights
from arterm.store import cases
from arterm.store.cases import OpenInvoice
from arterm.store.reads import worklist as reads


def today(desk: Desk) -> tuple[Task, ...]:
    """The tasks of today's worklist."""
    return worklist(desk).tasks


def worklist(desk: Desk) -> Worklist:
    """Everything to do today. The same decisions make it as the run of letters; what waits is set aside with its
    reason.
    """
    return _Maker(desk).made()


def achieved(desk: Desk, since: int) -> Achieved:
    """What came of the work since an act (its number)."""
    outcomes, kinds = reads.outcomes_since(desk.book, since), reads.letters_since(desk.book, since)
    reached = sum(OUTCOMES[outcome].reached for outcome in outcomes if outcome in OUTCOMES)
    promised = tuple(Money(one.amount, one.currency) for one in reads.promised_since(desk.book, since))
    return Achieved(len(outcomes), reached, promised, len(kinds), kinds.count("agreement"))


class _Maker:
    """The facts of the day, asked once, and the tasks that follow from them."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.run: DunningRun = plan_run(desk)
        self.open = [one for one in cases.facts(desk.book, desk.today) if one.case.open or one.case.charges]
        self.seen = profiles(desk, self.open)
        self.weights = read_weights(desk.setting("weights"))
        self.aside: dict[str, SetAside] = {}

    def made(self) -> Worklist:
        """Tasks by group and points; then what is set aside."""
        on_letters = {line.found.id for letter in self.run.letters for line in letter.lines}
        tasks, called = self._call_backs(), set[int]()
        called |= {task.customer_id for task in tasks}
        tasks += [self._letter(letter) for letter in self.run.letters]
        late = [one for one in self.open if one.case.due < self.desk.today and one.id not in on_letters]
        decided = [(one, decide(one.case, self.desk.today)) for one in late if one.customer not in called]
        tasks += self._calls(decided)
        called |= {task.customer_id for task in tasks if task.group == "calls"}
        tasks += self._due() + self._instalments() + self._broken(called)
        tasks += self._decisions(decided)
        tasks += [self._waiting(one) for one in waiting(self.desk)]
        tasks += self._receipts() + self._answers() + self._unclear() + self._ignored(called)
        busy = {number for task in tasks for number in task.invoice_ids}
        for one, decision in decided:
            if one.id not in busy and decision.why_not:
                self._set_aside(one, decision.why_not[0])
        tasks.sort(key=lambda task: (GROUPS.index(task.group), task.at or "99", -task.priority, task.customer_id))
        return Worklist(tuple(tasks), tuple(self.aside.values()), kept_rates(self.desk))

    def _call_backs(self) -> list[Task]:
        """Whom to look at again today: the day that was asked for, or promised, has come."""
        due = [
            one
            for one in self.open
            if one.case.follow_up and one.case.follow_up <= self.desk.today and not self._stops(one)
        ]
        times = reads.call_times(self.desk.book, self.desk.today)
        tasks = self._allowed(
            self._grouped(due, "call-backs", "call back", (message("worklist.worklist.follow_up_due"),)), due
        )
        return [timed(task, times.get(task.customer_id, "")) for task in tasks]

    def _stops(self, one: OpenInvoice) -> bool:
        return bool(stopped(one.case, self.desk.today))

    def _put_off(self, one: OpenInvoice) -> bool:
        return bool(one.case.waits == "put off" and one.case.follow_up and one.case.follow_up > self.desk.today)

    def _allowed(self, tasks: Sequence[Task], rows: Sequence[OpenInvoice]) -> list[Task]:
        """The calls that may be made today; the others are set aside with what speaks against them."""
        found = []
        for task in tasks:
            against = limits(self.desk, task.customer_id).against
            if not against:
                found.append(task)
            for one in rows if against else ():
                if one.id in task.invoice_ids:
                    self._set_aside(one, against[0])
        return found

    def _calls(self, decided: Sequence[tuple[OpenInvoice, Decision]]) -> list[Task]:
        """Whose next step is a call, unless they had better be left alone today."""
        due = []
        for one, decision in decided:
            if not (decision.is_due and decision.step and decision.channel == "call"):
                continue
            again, seen = one.case.follow_up, self.seen.get((one.customer, one.case.currency))
            later = (
                message("worklist.worklist.put_off_until", again=in_words(again, self.desk.today))
                if again and again > self.desk.today
                else ""
            )
            later = later or (better_later(seen, self.desk.today) if seen else "")
            if later:
                self._set_aside(one, later)
            else:
                due.append(one)
        return self._allowed(self._grouped(due, "calls", "call", ()), due)

    def _broken(self, called: set[int]) -> list[Task]:
        """Whose newest promise was broken, and who is not called anyway."""
        found = [
            one
            for one in self.open
            if one.case.promised(self.desk.today) in ("broken", "partly kept")
            and one.customer not in called
            and not self._stops(one)
            and not (one.case.last_contact and one.case.promise and one.case.last_contact > one.case.promise.last_day)
        ]
        return self._allowed(self._grouped(found, "promises", message("worklist.worklist.promise_broken"), ()), found)

    def _due(self) -> list[Task]:
        """Whose promise is due today: look whether the money has come."""
        found = [
            one
            for one in self.open
            if one.case.promised(self.desk.today) == "open"
            and one.case.promise
            and one.case.promise.day == self.desk.today
        ]
        return self._grouped(found, "promises due", message("worklist.worklist.come"), ())

    def _instalments(self) -> list[Task]:
        """What plans and offers want today."""
        found = []
        for one in watched(self.desk):
            points = self._points((one.customer_id, one.amount.currency))
            found.append(
                Task(
                    "instalments",
                    one.customer,
                    one.customer_id,
                    one.action,
                    one.on,
                    one.amount,
                    one.amount.currency,
                    one.invoices,
                    one.invoice_ids,
                    sum(part for part, _ in points),
                    points,
                    one.why,
                    watched=one.kind,
                    row=one.row,
                )
            )
        return found

    def _decisions(self, decided: Sequence[tuple[OpenInvoice, Decision]]) -> list[Task]:
        """Steps that are acts, ladders at their end, disputes; whom to supply again, and whom no longer."""
        ends: dict[str, list[OpenInvoice]] = {}
        for one, decision in decided:
            at_end = decision.step is None and len(decision.why_not) == 1
            if at_end or (decision.is_due and decision.channel == "act"):
                ends.setdefault(decision.step.name if decision.step else "", []).append(one)
        tasks = []
        for name, rows in ends.items():
            words = message("worklist.worklist.decide", name=name or message("worklist.worklist.what_follows"))
            tasks += self._grouped(rows, "decisions", words, ())
        disputed = [
            one for one in self.open if status_of(one.case, self.desk.today) == "disputed" and not self._put_off(one)
        ]
        return (
            tasks
            + self._grouped(disputed, "decisions", message("worklist.worklist.settle_dispute"), ())
            + self._supply()
        )

    def _supply(self) -> list[Task]:
        """CustomerProfile has paid and is still stopped, who is beyond the owner's lines, whose credit check is to be
        looked at again.
        """
        desk, none = self.desk, Money(0, self.desk.currency)

        def task(customer: str, row: int, action: str, amount: Money, why: str) -> Task:
            return Task("decisions", customer, row, action, desk.today, amount, amount.currency, why=(why,))

        found = [
            task(
                one.customer,
                one.customer_id,
                message("worklist.worklist.supply_again"),
                none,
                message("worklist.worklist.paid_up", why=one.why),
            )
            for one in to_release(desk)
        ]
        found += [
            task(
                name,
                row,
                message("worklist.worklist.stop_supply"),
                owed,
                message("worklist.worklist.oldest_days_late", days=days),
            )
            for row, name, owed, days in to_stop(desk)
        ]
        found += [
            task(one.customer, one.customer_id, said, one.open, f"{one.invoice}: {one.words}")
            for one in running_out(desk, WARNED[0], self.open)
            if one.days is not None and (said := warns(one.days))
        ]
        return found + [
            task(
                one.name,
                one.customer,
                message("worklist.worklist.credit_again"),
                none,
                message("worklist.worklist.its_time_come", source=one.source),
            )
            for one in to_look_again(desk)
        ]

    def _letter(self, letter: DueNotice) -> Task:
        points = self._points((letter.customer, letter.currency))
        action = message("worklist.worklist.letter", tone=letter.tone) + (
            message("worklist.worklist.asks_approval") if letter.approval else ""
        )
        on = max(
            (line.decision.on for line in letter.lines if line.moves and line.decision.on), default=self.desk.today
        )
        return Task(
            "letters",
            letter.name,
            letter.customer,
            action,
            on,
            letter.total,
            letter.currency,
            tuple(line.found.number for line in letter.lines),
            tuple(line.found.id for line in letter.lines),
            sum(part for part, _ in points),
            points,
            letter.why,
        )

    def _waiting(self, notice: NoticeView) -> Task:
        return Task(
            "letters waiting",
            notice.customer,
            notice.customer_id,
            message("worklist.worklist.did_it_go_out"),
            notice.day,
            notice.total,
            notice.currency,
            notice.invoices,
            why=(notice.kind,),
        )

    def _receipts(self) -> list[Task]:
        """Money that waits to be matched comes before everything: who has paid is not to be called."""
        bank = bank_state(self.desk)
        return [
            Task(
                "receipts",
                message("worklist.worklist.bank"),
                0,
                message("worklist.worklist.match_receipts"),
                self.desk.today,
                amount,
                amount.currency,
                why=(
                    message("worklist.worklist.all", receipts=bank.waiting),
                    message("worklist.worklist.not_to_be_chased"),
                ),
            )
            for amount in bank.amounts
        ]

    def _answers(self) -> list[Task]:
        """What customers wrote comes before they are written to again."""
        return [
            Task(
                "answers",
                one.customer,
                one.customer_id,
                message("worklist.worklist.read_answer"),
                one.day,
                Money(0, self.desk.currency),
                self.desk.currency,
                why=(one.subject, message("worklist.worklist.from", sender_mail=one.sender_mail)),
                row=one.id,
            )
            for one in came_in(self.desk, ("new",))
        ]

    def _ignored(self, called: set[int]) -> list[Task]:
        """Whose reminder's day has just passed without a word, and who is not called anyway."""
        return [
            Task(
                "alerts",
                one.customer,
                one.customer_id,
                message("worklist.worklist.reminder_ignored"),
                one.on,
                one.amount,
                one.amount.currency,
                one.invoices,
                why=(message("worklist.worklist.day_passed"),),
            )
            for one in alerts(self.desk)
            if one.kind == "ignored" and one.customer_id not in called
        ]

    def _unclear(self) -> list[Task]:
        """E-mails of which nobody knows whether they went: they block a repeat."""
        return [
            Task(
                "unclear mail",
                one.customer,
                one.customer_id,
                message("worklist.worklist.did_e_mail_go"),
                one.day,
                Money(0, self.desk.currency),
                self.desk.currency,
                why=(one.subject, one.said),
                row=one.id,
            )
            for one in unclear(self.desk)
        ]

    def _points(self, who: CustomerProfile) -> tuple[tuple[int, str], ...]:
        seen: Portrait | None = self.seen.get(who)
        return points_of(seen, self.desk.today, self.weights) if seen else ()

    def _grouped(self, rows: Sequence[OpenInvoice], group: str, action: str, why: tuple[str, ...]) -> list[Task]:
        """One task a customer and currency out of their invoices."""
        found: dict[CustomerProfile, list[OpenInvoice]] = {}
        for one in rows:
            found.setdefault((one.customer, one.case.currency), []).append(one)
        tasks = []
        for (customer, currency), members in found.items():
            points = self._points((customer, currency))
            owed = sum(one.case.open + one.case.charges for one in members)
            said = (
                *why,
                *(words for _, words in points),
                *((count(len(members), "invoice"),) if len(members) > 1 else ()),
            )
            tasks.append(
                Task(
                    group,
                    members[0].name,
                    customer,
                    action,
                    self.desk.today,
                    Money(owed, currency),
                    currency,
                    tuple(one.number for one in members),
                    tuple(one.id for one in members),
                    sum(part for part, _ in points),
                    points,
                    said,
                )
            )
        return tasks

    def _set_aside(self, one: OpenInvoice, why: str) -> None:
        self.aside.setdefault(f"{one.id}", SetAside(one.name, one.customer, one.number, why))
