"""The reports there are: from this table commands, screens, help and refusals are made.

A report is its row here and the function that makes it, named in its row.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReportKind:
    """A report: `maker` is the function of `desk.reports` that makes it; `whole`: it tells of all customers at once."""

    key: str
    maker: str
    whole: bool = False


REPORTS: dict[str, ReportKind] = {
    kind.key: kind
    for kind in (
        ReportKind("ageing", "catalogue.ageing_report"),
        ReportKind("dso", "dso.flow_report", whole=True),
        ReportKind("forecast", "forecast.forecast_report"),
        ReportKind("statement", "catalogue.statement_report"),
        ReportKind("effectiveness", "effectiveness.effectiveness_report", whole=True),
        ReportKind("behaviour", "behaviour.behaviour_report"),
    )
}
