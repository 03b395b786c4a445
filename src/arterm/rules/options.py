"""Every way out of an unpaid debt in money: what comes in, when, at what cost, with what probability, worth what today.

Amounts are minor units; assumptions are whole numbers (per cent, days, whole units of the currency). Nothing here says
which way is best: the figures stand side by side with what they rest on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from arterm.rules.errors import ArtermError

_YEAR = 365


@dataclass(frozen=True, slots=True)
class Assumption:
    """Something that is assumed: its unit is `%`, `% a year`, `days`, `units` (of the currency) or `yes/no`."""

    key: str
    words: str
    unit: str
    default: int
    least: int = 0
    most: int = 100


# What is assumed until the owner says otherwise: starting points, no statistics.
ASSUMPTIONS: dict[str, Assumption] = {
    one.key: one
    for one in (
        Assumption("money", "What money costs you", "% a year", 8, 0, 100),
        Assumption("wait_chance", "Waiting: they pay in the end", "%", 50),
        Assumption("wait_days", "Waiting: how long", "days", 90, 1, 3650),
        Assumption("call_chance", "Calling again: they pay", "%", 60),
        Assumption("call_days", "Calling again: how long", "days", 21, 1, 3650),
        Assumption("call_cost", "Calling again: what your time costs", "units", 20, 0, 10**6),
        Assumption("plan_chance", "Instalments: all of them come", "%", 70),
        Assumption("plan_parts", "Instalments: how many", "parts", 3, 1, 120),
        Assumption("plan_every", "Instalments: days between two", "days", 30, 1, 365),
        Assumption("plan_cost", "Instalments: what watching them costs", "units", 15, 0, 10**6),
        Assumption("settle_share", "Settlement: what you take", "% of it", 80, 1, 99),
        Assumption("settle_chance", "Settlement: they take it", "%", 75),
        Assumption("settle_days", "Settlement: how long they have", "days", 14, 1, 365),
        Assumption("factor_advance", "Factoring: paid at once", "% of it", 80, 70, 90),
        Assumption("factor_fee", "Factoring: the fee", "% of it", 4, 0, 50),
        Assumption("factor_days", "Factoring: until the advance is there", "days", 5, 0, 365),
        Assumption("factor_recourse", "Factoring: with recourse (you pay back what never comes)", "yes/no", 1, 0, 1),
        Assumption("factor_chance", "Factoring: they pay the factor", "%", 60),
        Assumption("factor_wait", "Factoring: how long the factor waits", "days", 90, 1, 3650),
        Assumption("agency_chance", "Agency: it collects", "%", 45),
        Assumption("agency_days", "Agency: how long", "days", 75, 1, 3650),
        Assumption("agency_share", "Agency, no cure no pay: its share", "% of it", 20, 0, 60),
        Assumption("agency_flat", "Agency, flat fee", "units", 75, 0, 10**6),
        Assumption("court_chance", "Attorney and court: they pay", "%", 55),
        Assumption("court_days", "Attorney and court: how long", "days", 240, 1, 3650),
        Assumption("court_cost", "Attorney and court: what it costs first", "units", 600, 0, 10**7),
        Assumption("court_share", "Attorney and court: and of what comes", "% of it", 5, 0, 60),
        Assumption("court_from", "Attorney and court: worth it from", "units", 2000, 0, 10**7),
        Assumption("tax", "Write-off: tax it saves", "%", 25, 0, 60),
        Assumption("tax_days", "Write-off: until it is saved", "days", 240, 0, 3650),
    )
}


@dataclass(frozen=True, slots=True)
class Way:
    """A way out. `brings` is what comes in where it works, less nothing; `after` the days until then; `cost` what it
    costs where it works; `chance` per cent; `worth` the probable net value today; `rests_on` the assumptions it is made
    of.
    """

    key: str
    words: str
    brings: int
    after: int
    cost: int
    chance: int
    worth: int
    relation: str
    note: str
    rests_on: tuple[str, ...]


def checked(key: str, text: str) -> int:
    """A value for an assumption, or refused (`bad_assumption`) in a sentence."""
    one = ASSUMPTIONS.get(key)
    if one is None:
        raise ArtermError("bad_assumption.unknown", "assumption", key=key[:30], assumptions=tuple(ASSUMPTIONS))
    words = text.strip().lower()
    if one.unit == "yes/no" and words in ("yes", "no"):
        return int(words == "yes")
    if not (words.isascii() and words.isdigit()) or not one.least <= int(words) <= one.most:
        wanted = (
            "yes or no" if one.unit == "yes/no" else f"a whole number from {one.least:,} to {one.most:,} ({one.unit})"
        )
        raise ArtermError("bad_assumption.value", key, words=one.words, text=text[:20], wanted=wanted)
    return int(words)


def today_value(minor: Fraction | int, days: int, percent: int) -> Fraction:
    """What a sum in some days is worth today, at simple interest (per cent a year)."""
    return Fraction(minor) * Fraction(100 * _YEAR, 100 * _YEAR + percent * days)


def ways(debt: int, unit: int, held: Mapping[str, int], instalments: Sequence[tuple[int, int]] = ()) -> tuple[Way, ...]:
    """Every way out for a debt (minor units; `unit` of them make one whole). `instalments`: (days from now, minor
    units) of the plan that is thought of, else equal parts are assumed.
    """

    def pct(key: str) -> Fraction:
        return Fraction(held[key], 100)

    def way(
        key: str,
        words: str,
        brings: Fraction | int,
        after: int,
        cost: Fraction | int,
        chance: int,
        worth: Fraction,
        relation: str,
        note: str,
        *rests: str,
    ) -> Way:
        return Way(
            key, words, _whole(brings), after, _whole(cost), chance, _whole(worth), relation, note, ("money", *rests)
        )

    rate = held["money"]

    def single(key: str, brings: Fraction | int, fixed: int = 0, share: Fraction = Fraction(0)) -> Fraction:
        """A sum that comes with the chance and after the days of `key`, less a fixed cost now and a share of it
        then.
        """
        expected = Fraction(brings) * (1 - share) * pct(f"{key}_chance")
        return today_value(expected, held[f"{key}_days"], rate) - fixed

    call = held["call_cost"] * unit
    found = [
        way(
            "wait",
            "Wait",
            debt,
            held["wait_days"],
            0,
            held["wait_chance"],
            single("wait", debt),
            "stays as it is",
            "Nothing is done; the longer it lasts, the less is paid.",
            "wait_chance",
            "wait_days",
        ),
        way(
            "call",
            "Call again",
            debt,
            held["call_days"],
            call,
            held["call_chance"],
            single("call", debt, call),
            "good, if the call is",
            "",
            "call_chance",
            "call_days",
            "call_cost",
        ),
    ]
    parts = list(instalments) or _parts(debt, held["plan_parts"], held["plan_every"])
    watch = held["plan_cost"] * unit
    worth = sum((today_value(amount, days, rate) for days, amount in parts), Fraction(0)) * pct("plan_chance") - watch
    found.append(
        way(
            "plan",
            f"Instalments ({len(parts)})",
            sum(amount for _, amount in parts),
            parts[-1][0],
            watch,
            held["plan_chance"],
            worth,
            "good: they can keep their word",
            "If one stays out, the rest falls due and the ladder goes on.",
            "plan_chance",
            "plan_parts",
            "plan_every",
            "plan_cost",
        )
    )
    taken = debt * pct("settle_share")
    found.append(
        way(
            "settle",
            f"Settlement at {held['settle_share']} %",
            taken,
            held["settle_days"],
            debt - _whole(taken),
            held["settle_chance"],
            single("settle", taken),
            "good, but they learn that you give in",
            "The rest is waived only if the money comes in time.",
            "settle_share",
            "settle_chance",
            "settle_days",
        )
    )
    found.append(_factoring(debt, held))
    flat, share = held["agency_flat"] * unit, pct("agency_share")
    found += [
        way(
            "agency_share",
            "Agency, no cure no pay",
            debt,
            held["agency_days"],
            debt * share,
            held["agency_chance"],
            single("agency", debt, 0, share),
            "strained: a stranger asks",
            "It costs nothing where nothing comes.",
            "agency_chance",
            "agency_days",
            "agency_share",
        ),
        way(
            "agency_flat",
            "Agency, flat fee",
            debt,
            held["agency_days"],
            flat,
            held["agency_chance"],
            single("agency", debt, flat),
            "strained: a stranger asks",
            "The fee is owed whatever comes.",
            "agency_chance",
            "agency_days",
            "agency_flat",
        ),
    ]
    first, part = held["court_cost"] * unit, pct("court_share")
    small = debt < held["court_from"] * unit
    found.append(
        way(
            "court",
            "Attorney and court",
            debt,
            held["court_days"],
            first + debt * part,
            held["court_chance"],
            single("court", debt, first, part),
            "as a rule over",
            (
                "Below what you think it is worth it for."
                if small
                else "The loser often bears a part of the costs; that is not counted."
            ),
            "court_chance",
            "court_days",
            "court_cost",
            "court_share",
            "court_from",
        )
    )
    saved = debt * pct("tax")
    found.append(
        way(
            "write_off",
            "Write off",
            0,
            held["tax_days"],
            debt,
            100,
            today_value(saved, held["tax_days"], rate),
            "over, without a quarrel",
            "Only the tax it saves; ask your bookkeeper about VAT and the proof that is wanted.",
            "tax",
            "tax_days",
        )
    )
    return tuple(found)


def _factoring(debt: int, held: Mapping[str, int]) -> Way:
    """An advance now; the rest less the fee when they pay. With recourse the advance goes back when they never do."""
    rate, chance = held["money"], Fraction(held["factor_chance"], 100)
    advance = Fraction(debt * held["factor_advance"], 100)
    fee = Fraction(debt * held["factor_fee"], 100)
    rest = debt - advance - fee
    later = held["factor_days"] + held["factor_wait"]
    worth = today_value(advance, held["factor_days"], rate)
    worth += today_value(rest * chance, later, rate)
    if held["factor_recourse"]:
        worth -= today_value((advance + fee) * (1 - chance), later, rate)
    words = "with recourse" if held["factor_recourse"] else "without recourse"
    return Way(
        "factor",
        f"Factoring, {words}",
        _whole(debt - fee),
        held["factor_days"],
        _whole(fee),
        held["factor_chance"],
        _whole(worth),
        "another collects from now on",
        "Few factors take what is overdue; ask first.",
        ("money", "factor_advance", "factor_fee", "factor_days", "factor_recourse", "factor_chance", "factor_wait"),
    )


def through(name: str, kind: str, debt: int, cost: int, owed_anyway: bool, days: int, held: Mapping[str, int]) -> Way:
    """A named agency or attorney with their real price: `cost` (minor units) is what they ask if all of it comes."""
    key = "agency" if kind == "agency" else "court"
    chance = held[f"{key}_chance"]
    came = Fraction(debt * chance, 100)
    worth = today_value(came if owed_anyway else came - Fraction(cost * chance, 100), days, held["money"]) - (
        cost if owed_anyway else 0
    )
    note = "Their fee is owed whatever comes." if owed_anyway else "It costs nothing where nothing comes."
    return Way(
        f"{kind}: {name}",
        name,
        debt,
        days,
        cost,
        chance,
        _whole(worth),
        "strained: a stranger asks",
        note,
        ("money", f"{key}_chance"),
    )


def sold_to(name: str, debt: int, advance: int, fee: int, recourse: bool, held: Mapping[str, int]) -> Way:
    """A named factor with their real terms: `advance` per cent, `fee` in minor units."""
    own = {**held, "factor_advance": advance, "factor_recourse": int(recourse), "factor_fee": 0}
    way = _factoring(debt - fee, own)
    return Way(
        f"factor: {name}", name, debt - fee, way.after, fee, way.chance, way.worth, way.relation, way.note, way.rests_on
    )


def _parts(debt: int, parts: int, every: int) -> list[tuple[int, int]]:
    count = min(parts, max(1, debt))
    each = debt // count
    sums = [each] * (count - 1) + [debt - each * (count - 1)]
    return [(every * n, amount) for n, amount in enumerate(sums, 1)]


def _whole(value: Fraction | int) -> int:
    """To the nearest minor unit, halves away from nothing."""
    exact = Fraction(value)
    sign = -1 if exact < 0 else 1
    return sign * int(abs(exact) + Fraction(1, 2))
