"""Commands about what comes next: today, dispute, pause, resume, ladder."""

from __future__ import annotations

from typing import Any

from arterm.cli.commands import Commands
from arterm.cli.output import table
from arterm.cli.session import Session
from arterm.desk import find
from arterm.rules.errors import ArtermError
from arterm.rules.ladder import ACTS, CHANNELS, FROM, TONES


def register(commands: Commands) -> None:
    """Add these commands."""
    commands.add_parser("today").set_defaults(run=_today)
    dispute = commands.add_parser("dispute")
    dispute.add_argument("invoice", metavar="INVOICE")
    dispute.add_argument("--reason", metavar="CODE")
    dispute.add_argument("--amount", metavar="N", help="only this part; else all that is open")
    dispute.add_argument("--who", default="", metavar="T", help="who looks after it")
    dispute.add_argument("--target", metavar="D", help="when it should be settled")
    dispute.add_argument("--note", default="", metavar="T")
    dispute.add_argument("--resolve", choices=("upheld", "credited", "withdrawn"))
    dispute.add_argument("--credit", metavar="N")
    dispute.set_defaults(run=_dispute)
    pause = commands.add_parser("pause")
    pause.add_argument("what", metavar="CUSTOMER|INVOICE")
    pause.add_argument("--until", required=True, metavar="D", help="the last day of the pause")
    pause.add_argument("--why", required=True, metavar="T")
    pause.set_defaults(run=_pause)
    resume = commands.add_parser("resume")
    resume.add_argument("what", metavar="CUSTOMER|INVOICE")
    resume.set_defaults(run=_resume)
    _register_ladder(commands)


def _register_ladder(commands: Commands) -> None:
    parts = commands.add_parser("ladder").add_subparsers(metavar="PART", required=True)
    parts.add_parser("list", help="every ladder").set_defaults(run=_list)
    show = parts.add_parser("show", help="one ladder, step by step")
    show.add_argument("ladder", metavar="LADDER")
    show.set_defaults(run=_show)
    add = parts.add_parser("add", help="a new ladder with the steps of another")
    add.add_argument("name", metavar="NAME")
    add.add_argument("--like", default="standard", metavar="LADDER")
    add.set_defaults(run=_add)
    step = parts.add_parser("step", help="change a step, or add one after the last")
    step.add_argument("ladder", metavar="LADDER")
    step.add_argument("n", type=int, metavar="N")
    step.add_argument("--name", metavar="T")
    step.add_argument("--days", type=int, metavar="N")
    step.add_argument("--after", choices=FROM)
    step.add_argument("--gap", type=int, metavar="N", help="least days after the last contact")
    step.add_argument("--channel", choices=CHANNELS)
    step.add_argument("--tone", choices=TONES)
    step.add_argument("--template", metavar="T")
    step.add_argument("--charges", choices=("yes", "no"))
    step.add_argument("--approval", choices=("yes", "no"))
    step.add_argument("--act", choices=(*ACTS, "none"))
    step.set_defaults(run=_step)
    drop = parts.add_parser("drop", help="take a step out")
    drop.add_argument("ladder", metavar="LADDER")
    drop.add_argument("n", type=int, metavar="N")
    drop.set_defaults(run=_drop)
    reset = parts.add_parser("reset", help="a ladder as it came; one that was added goes")
    reset.add_argument("ladder", metavar="LADDER")
    reset.set_defaults(run=_reset)
    choose = parts.add_parser("choose", help="choose a ladder for a customer or an invoice")
    choose.add_argument("what", metavar="CUSTOMER|INVOICE")
    choose.add_argument("ladder", nargs="?", default="", metavar="LADDER", help="without one: that of its kind again")
    choose.set_defaults(run=_choose)
    done = parts.add_parser("done", help="the act that is an invoice's next step was done or decided")
    done.add_argument("invoice", metavar="INVOICE")
    done.set_defaults(run=_done)


def _today(session: Session) -> int:
    from arterm.desk.worklist.worklist import worklist

    found = worklist(session.desk)

    def lines() -> list[str]:
        body = [
            (t.group, t.customer, t.action, session.show(t.amount), t.currency, str(t.priority), "; ".join(t.why))
            for t in found.tasks
        ]
        said = (
            table(("", "Customer", "What", "Amount", "Cur", "Points", "Why"), body, "lllrlr")
            if body
            else ["Nothing is to be done today."]
        )
        if found.set_aside:
            rows = [(one.customer, one.invoice, one.why) for one in found.set_aside]
            said += ["", "Set aside:", *table(("Customer", "Invoice", "Why"), rows)]
        for one in found.promises:
            said += [
                "",
                (
                    f"Promises kept so far: {one.kept} of {one.promises}, {session.show(one.received)} of"
                    f" {session.show(one.promised)} {one.currency} in time."
                ),
            ]
        return said

    session.tell(
        {"as_of": session.desk.today, "tasks": found.tasks, "set_aside": found.set_aside, "promises": found.promises},
        lines,
    )
    return 0


def _dispute(session: Session) -> int:
    from arterm.desk.accounts.invoices import view
    from arterm.desk.dunning.pauses import DISPUTE_REASONS, DisputeDraft, dispute, settle

    options, desk = session.options, session.desk
    row = find.invoice(desk, options.invoice)
    currency = view(desk, row).currency
    if options.resolve:
        credit = session.amount(options.credit, currency, "--credit") if options.credit else None
        return session.receipt(settle(desk, row, options.resolve, credit, options.note))
    if not options.reason:
        raise ArtermError("missing.dispute_reason", "--reason", dispute_reasons=tuple(DISPUTE_REASONS))
    amount = session.amount(options.amount, currency, "--amount") if options.amount else None
    target = session.day(options.target, "--target") if options.target else None
    return session.receipt(dispute(desk, DisputeDraft(row, options.reason, amount, options.who, target, options.note)))


def _meant(session: Session) -> tuple[int, int | None]:
    """The customer, and the invoice when one was named."""
    from arterm.desk.accounts.invoices import view

    kind, row = find.either(session.desk, session.options.what)
    return (row, None) if kind == "customer" else (view(session.desk, row).customer_id, row)


def _pause(session: Session) -> int:
    from arterm.desk.dunning.pauses import pause

    customer, invoice = _meant(session)
    until = session.day(session.options.until, "--until")
    return session.receipt(pause(session.desk, customer, until, session.options.why, invoice))


def _resume(session: Session) -> int:
    from arterm.desk.dunning.pauses import resume

    return session.receipt(resume(session.desk, *_meant(session)))


def _list(session: Session) -> int:
    from arterm.desk.dunning.schedules import every

    rows = every(session.desk)
    body = [(one.key, one.words, str(len(one.steps)), "yours" if one.yours else "", str(one.chosen)) for one in rows]
    session.tell({"ladders": rows}, lambda: table(("Ladder", "Name", "Steps", "", "Chosen"), body, "llrlr"))
    return 0


def _show(session: Session) -> int:
    from arterm.desk.dunning.schedules import view

    found = view(session.desk, session.options.ladder)
    body = [
        (
            str(s.n),
            s.name,
            f"{s.days} days after {'the due day' if s.after == 'due' else 'the step before'}",
            s.channel,
            s.tone,
            str(s.gap),
            "charges" if s.charges else "",
            "asks approval" if s.approval else "",
            s.act,
        )
        for s in found.steps
    ]
    header = ("", "Step", "When", "By", "Tone", "Gap", "", "", "Act")
    session.tell(found, lambda: [f"{found.words} ({found.key})", *table(header, body, "rllllr")])
    return 0


def _add(session: Session) -> int:
    from arterm.desk.dunning.schedules import add

    return session.receipt(add(session.desk, session.options.name, session.options.like))


def _step(session: Session) -> int:
    from arterm.desk.dunning.schedules import FIELDS, change_step

    held = vars(session.options)
    said: dict[str, Any] = {name: held[name] for name in FIELDS if held.get(name) is not None}
    for name in ("charges", "approval"):
        if name in said:
            said[name] = said[name] == "yes"
    if said.get("act") == "none":
        said["act"] = ""
    return session.receipt(change_step(session.desk, session.options.ladder, session.options.n, said))


def _drop(session: Session) -> int:
    from arterm.desk.dunning.schedules import drop_step

    return session.receipt(drop_step(session.desk, session.options.ladder, session.options.n))


def _reset(session: Session) -> int:
    from arterm.desk.dunning.schedules import reset

    return session.receipt(reset(session.desk, session.options.ladder))


def _choose(session: Session) -> int:
    from arterm.desk.dunning.schedules import choose

    kind, row = find.either(session.desk, session.options.what)
    customer, invoice = (row, None) if kind == "customer" else (None, row)
    return session.receipt(choose(session.desk, session.options.ladder, customer, invoice))


def _done(session: Session) -> int:
    from arterm.desk.dunning.pauses import decided

    return session.receipt(decided(session.desk, find.invoice(session.desk, session.options.invoice)))
