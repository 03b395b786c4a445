"""One module per country (or group of countries under one rule). A new one is a module here plus rows in
`rates.csv`.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from arterm.law.regime import Country
from arterm.rules.errors import ArtermError


@cache
def every() -> dict[str, Country]:
    """All jurisdictions by code."""
    found: dict[str, Country] = {}
    for module in iter_modules(__path__):
        for country in import_module(f"{__name__}.{module.name}").COUNTRIES:
            found[country.code] = country
    return dict(sorted(found.items()))


@cache
def country(code: str) -> Country:
    """A jurisdiction. Refuses (`unknown_jurisdiction`) one whose law arterm does not know."""
    found = every().get(code.upper())
    if found is None:
        raise ArtermError("unknown_jurisdiction.law", "jurisdiction", code=code[:20], every=tuple(every()))
    return found
