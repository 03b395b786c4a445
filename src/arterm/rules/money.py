"""Money: whole minor units and a currency, read and written the way people write it, split without losing a cent."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from arterm.rules.currencies import DIGITS
from arterm.rules.errors import ArtermError
from arterm.rules.number_style import POINT, NumberStyle

LARGEST: Final = 10**15  # minor units: far above any invoice, far below what SQLite's integers hold


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """An amount in whole minor units (cents, yen, fils) of one currency."""

    minor: int
    currency: str

    def __add__(self, other: Money) -> Money:
        return Money(self.minor + self._same(other), self.currency)

    def __sub__(self, other: Money) -> Money:
        return Money(self.minor - self._same(other), self.currency)

    def __neg__(self) -> Money:
        return Money(-self.minor, self.currency)

    def __bool__(self) -> bool:
        return self.minor != 0

    def __str__(self) -> str:
        return f"{self.plain()} {self.currency}"

    def shown(self, style: NumberStyle) -> str:
        """`1.234,50 EUR`, as people of that style write it."""
        return f"{show(self.minor, self.currency, style)} {self.currency}"

    def _same(self, other: Money) -> int:
        if other.currency != self.currency:
            raise ValueError(f"{self.currency} and {other.currency} cannot be added")
        return other.minor

    def plain(self) -> str:
        """`1234.50`: the contract form, a point and exactly the currency's digits."""
        return plain(self.minor, self.currency)

    def split(self, parts: int) -> list[Money]:
        """`parts` amounts that differ by at most one minor unit and add up to this one; the larger come last."""
        if parts < 1:
            raise ValueError("money is split into one part or more")
        low, extra = divmod(self.minor, parts)
        return [Money(low + (1 if n >= parts - extra else 0), self.currency) for n in range(parts)]


def plain(minor: int, currency: str) -> str:
    """Minor units as text with a point and the currency's digits: the form of JSON, CSV and the command line."""
    digits = DIGITS[currency]
    if not digits:
        return str(minor)
    whole, part = divmod(abs(minor), 10**digits)
    return f"{'-' if minor < 0 else ''}{whole}.{part:0{digits}d}"


def show(minor: int, currency: str, style: NumberStyle = POINT) -> str:
    """Minor units as people of that style write them, grouped by thousands, without the currency."""
    text = plain(abs(minor), currency)
    whole, _, part = text.partition(".")
    grouped = f"{int(whole):,}".replace(",", style.group)
    return ("-" if minor < 0 else "") + grouped + (style.decimal + part if part else "")


_SPACES = str.maketrans("", "", "\u00a0\u202f\u2009 '’")
_LOOSE_GROUP = re.compile(
    r"\d[\u00a0\u202f\u2009 '’]+(?!\d{3}(?!\d))\d"
)  # a blank inside a number stands before three digits
_CORE = re.compile(r"\d+(?:[.,]\d+)*")
_SIGNS = "€$£¥"
SIGN_OF = {
    "€": ("EUR",),
    "£": ("GBP", "GIP", "FKP", "SHP", "EGP"),
    "¥": ("JPY", "CNY"),
    "$": (
        "USD",
        "CAD",
        "AUD",
        "NZD",
        "SGD",
        "HKD",
        "MXN",
        "ARS",
        "CLP",
        "COP",
        "TWD",
        "BRL",
        "XCD",
        "BSD",
        "BBD",
        "JMD",
        "TTD",
        "NAD",
        "FJD",
    ),
}
_DASHED = re.compile(r"(\d)[.,][-–—]+$")


def whole(minor: int, currency: str, style: NumberStyle = POINT) -> str:
    """The amount without its cents, rounded half up, for where there is no room for more."""
    unit = 10 ** DIGITS[currency]
    text = show((minor + unit // 2) // unit * unit, currency, style)
    return text[: -1 - DIGITS[currency]] if unit > 1 else text


def read_amount(text: str, currency: str, style: NumberStyle | None, where: str = "amount") -> int:
    """What somebody wrote as an amount, in minor units of `currency`.

    Understands `1.234,56`, `1,234.56`, `1 234,56`, `(12.00)`, `12.00-`, `-£10.99`, `10 EUR`. `style` decides where a
    single separator before three digits could mean either; with None such an amount is refused (`ambiguous_amount`).
    Raises ArtermError `bad_amount`, `ambiguous_amount`, `too_many_decimals` or `amount_too_large`.
    """
    digits = DIGITS[currency]
    core, negative = _strip(text, currency, where)
    whole, part = _separate(core, digits, style, text, where)
    part = part.rstrip("0") if len(part) > digits else part
    if len(part) > digits:
        whole, part = _float_noise(whole, part, digits, text, currency, where)
    minor = int(whole + part.ljust(digits, "0"))
    if minor > LARGEST:
        raise ArtermError("amount_too_large", where, text=_short(text))
    return -minor if negative else minor


def _strip(text: str, currency: str, where: str) -> tuple[str, bool]:
    """The digits and separators of an amount, and whether it is negative."""
    core = text.strip().replace("\u2212", "-")
    if _LOOSE_GROUP.search(core):
        raise ArtermError("bad_amount.text", where, text=_short(text))
    core = _DASHED.sub(r"\1", core)  # 10,- is ten
    if any(sign in core and currency not in meant for sign, meant in SIGN_OF.items()):
        raise ArtermError("other_currency.text", where, text=_short(text), currency=currency)
    if core.upper().startswith(currency) or core.upper().endswith(currency):
        core = re.sub(rf"^{currency}|{currency}$", "", core, flags=re.IGNORECASE)
    core = core.translate(_SPACES).strip(_SIGNS)
    negative = False
    if core.startswith("(") and core.endswith(")"):
        negative, core = True, core[1:-1].strip(_SIGNS)
    elif core[-1:] in ("-", "+"):
        negative, core = core[-1] == "-", core[:-1].strip(_SIGNS)
    elif core[:1] in ("-", "+"):
        negative, core = core[0] == "-", core[1:].strip(_SIGNS)
    elif core[:2] and core[0] in "-" + _SIGNS and core[1:2] == "-":
        negative, core = True, core[2:]
    core = core.strip(_SIGNS)
    if core[:1] in (".", ",") and core[1:].isdigit():
        core = "0" + core
    if core[-1:] in (".", ",") and core[:-1].isdigit():
        core = core[:-1]
    if len(core) > 40 or not core.isascii() or not _CORE.fullmatch(core):
        raise ArtermError("bad_amount.text", where, text=_short(text))
    return core, negative


def _separate(core: str, digits: int, style: NumberStyle | None, text: str, where: str) -> tuple[str, str]:
    """Whole and fractional digits of a bare number; the thousands must stand where thousands stand."""
    last = max(core.rfind("."), core.rfind(","))
    if last < 0:
        return core, ""
    sign = core[last]
    head, tail = core[:last], core[last + 1 :]
    others = {c for c in head if c in ".,"}
    if len(others) == 2:
        raise ArtermError("bad_amount.text", where, text=_short(text))
    if others == {sign}:  # 1.234.567: the same sign twice can only separate thousands
        return _thousands(core, sign, text, where), ""
    if others:  # both signs: the last is the decimal one
        (group,) = others
        return _thousands(head, group, text, where), tail
    if len(tail) == 3 and 1 <= len(head) <= 3 and head != "0":
        if style is not None and style.decimal != sign:
            return head + tail, ""
        if style is None or digits != 3:  # three decimals where the currency has two: who knows what was meant
            raise ArtermError(
                "ambiguous_amount",
                where,
                text=_short(text),
                head=head,
                tail=tail,
                get={2: f" or {head}{sign}{tail[:2]}", 3: f" or {head}{sign}{tail}0"}.get(digits, ""),
            )
    return head, tail


def _thousands(text: str, sign: str, whole: str, where: str) -> str:
    first, *rest = text.split(sign)
    if not 1 <= len(first) <= 3 or any(len(group) != 3 for group in rest):
        raise ArtermError("bad_amount.number", where, whole=_short(whole))
    return first + "".join(rest)


def _float_noise(whole: str, part: str, digits: int, text: str, currency: str, where: str) -> tuple[str, str]:
    """Take 2309.7899999999995 for 2309.79, as spreadsheets mean it; refuse real extra digits."""
    scaled, rest = int(whole + part[:digits].ljust(digits, "0")), part[digits:]
    if len(rest) >= 5 and rest.startswith("9999"):
        scaled += 1
    elif not (len(rest) >= 5 and rest.startswith("0000")):
        raise ArtermError("too_many_decimals", where, text=_short(text), currency=currency)
    exact = str(scaled).rjust(digits + 1, "0")
    return (exact[:-digits], exact[-digits:]) if digits else (exact, "")


def decimal_sign(samples: list[str]) -> str:
    """The decimal sign that unambiguous amounts of a file show: `.`, `,`, or empty when none tells."""
    votes = {".": 0, ",": 0}
    for text in samples:
        core = re.sub(r"[^\d.,]", "", text)
        last = max(core.rfind("."), core.rfind(","))
        if last < 0:
            continue
        sign, head, tail = core[last], core[:last], core[last + 1 :]
        if any(c in ".," and c != sign for c in head):
            votes[sign] += 1
        elif sign in head:
            votes["," if sign == "." else "."] += 1
        elif len(tail) != 3 or len(head) > 3 or head in ("", "0"):
            votes[sign] += 1
    if votes["."] == votes[","]:
        return ""
    return "." if votes["."] > votes[","] else ","


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= 30 else flat[:29] + "…"
