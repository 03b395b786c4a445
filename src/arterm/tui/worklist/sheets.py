"""Which sheet a thing to do needs."""

from __future__ import annotations

from arterm.desk.worklist.model import Task
from arterm.tui.calls.sheet import CallSheet
from arterm.tui.compromise.choices import plan_letter
from arterm.tui.dunning.forms import dispute_form
from arterm.tui.host import Host, OpenDossier
from arterm.tui.importing.match import MatchSheet
from arterm.tui.letters.sheet import LetterSheet
from arterm.tui.letters.shown import for_customers
from arterm.tui.mail.sheet import MailSheet
from arterm.tui.partners.forms import choose_partner
from arterm.tui.supply.forms import decide_supply


def open_task(host: Host, task: Task, nth: str) -> None:
    """Open it; `nth` says in its title how far the round is."""
    if task.group == "receipts":
        host.push_screen(MatchSheet())
    elif task.group in ("answers", "unclear mail"):
        host.push_screen(MailSheet(coming=task.group == "answers"))
    elif task.watched in ("broken", "remind"):
        host.push_screen(plan_letter(host, task.row, f"{nth}Letter"))
    elif task.group in ("call-backs", "calls", "promises") or task.watched in ("late", "due", "proposal", "offer"):
        host.push_screen(CallSheet(task.customer_id, task.invoice_ids, nth=nth))
    elif task.group in ("letters", "letters waiting"):
        host.push_screen(
            LetterSheet(
                f"{nth}Letters",
                for_customers(host.desk, (task.customer_id,)),
                task.customer_id,
                task.invoice_ids,
            )
        )
    elif task.action in ("supply again?", "stop supply?", "check credit again"):
        decide_supply(host, task.customer_id)
    elif task.action == "settle the dispute":
        host.push_screen(dispute_form(host, task.invoice_ids[0]))
    elif task.action == "decide: hand over?":
        choose_partner(host, task.customer_id, task.invoice_ids)
    else:
        host.post_message(OpenDossier(task.customer_id))
