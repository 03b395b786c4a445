"""From the figures: a report as a file, a forecast without somebody, statements to everybody who owes something."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from arterm.desk import find
from arterm.desk.accounts.ageing import save
from arterm.desk.mail.statement_run import plan_statements, write_statements
from arterm.desk.paths import path_of
from arterm.desk.reports.catalogue import report
from arterm.desk.reports.files import FORMATS, as_file
from arterm.desk.reports.model import ReportOptions
from arterm.desk.session import Desk
from arterm.tui.host import Host
from arterm.tui.mail.aside import send_aside
from arterm.tui.shell.form import FormScreen
from arterm.tui.widgets.fields import Field


def file_form(host: Host, name: str, asked: ReportOptions) -> FormScreen:
    """Which format, and where to."""

    def submit(draft: dict[str, Any]) -> None:
        path = path_of(draft["file"]).with_suffix("." + draft["form"])
        host.tell(save(as_file(host.desk, report(host.desk, name, asked), draft["form"]), path).words)

    forms = [(one, one) for one in FORMATS if one != "table"]
    fields = [
        Field("form", "Format", "choice", "xlsx", choices=forms),
        Field("file", "File", value=f"~/{name}-{host.desk.today.isoformat()}", needed=True),
    ]
    return FormScreen(f"The {name} as a file", fields, host.habits, submit, "It gets the ending of its format.")


def without_form(host: Host, show: Callable[[int | None], None]) -> FormScreen:
    """Who never pays; nobody brings the whole forecast back."""

    def submit(draft: dict[str, Any]) -> None:
        show(find.customer(host.desk, draft["name"], "name") if draft["name"].strip() else None)

    return FormScreen(
        "What if somebody never pays?",
        [Field("name", "Customer", hint="name or number; empty: everybody pays")],
        host.habits,
        submit,
    )


def statements_form(host: Host) -> FormScreen:
    """From which day, and how they go."""

    def submit(draft: dict[str, Any]) -> None:
        items = draft["what"] == "items"
        if draft["way"] == "mail":
            send_aside(host, lambda desk: _planned(host, desk, draft["since"], items))
            return
        host.tell(write_statements(host.desk, draft["since"], path_of(draft["folder"]), items).words)
        host.changed()

    month = host.desk.today.replace(day=1)
    fields = [
        Field(
            "what", "They show", "choice", "moved", choices=[("moved", "all movements"), ("items", "open items only")]
        ),
        Field("since", "Movements from", "past", month.isoformat(), "1 jan"),
        Field("way", "They go", "choice", "paper", choices=[("paper", "as PDFs"), ("mail", "by e-mail")]),
        Field("folder", "Folder", value="~/letters", needed=True),
    ]
    lead = "One for every account on which something stands. `N` asks afterwards whether those on paper went out."
    return FormScreen("Statements of account", fields, host.habits, submit, lead)


def _planned(host: Host, desk: Desk, since: date | None, items: bool) -> list[int]:
    """The planned e-mails; who gets none is told from the thread that writes them."""
    rows, refused = plan_statements(desk, since, items)
    if refused:
        host.call_from_thread(host.tell, " ".join(refused), "warning")
    return rows
