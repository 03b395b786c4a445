"""What stands in a letter, part by part and in words, before anything is drawn: paper and terminal show the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from arterm.letters.letter import Charge, Letter, Stretch
from arterm.letters.scan import transfer_code
from arterm.letters.slip import PaymentSlip, slip_of
from arterm.letters.template import fill
from arterm.letters.words import amount, day_figures, day_words, law, rate, template, texts, with_currency
from arterm.rules.addresses import grouped_iban
from arterm.rules.letter_kinds import SHARED

DETAIL = 8.0  # size of what explains a figure


@dataclass(frozen=True, slots=True)
class PaperText:
    """A paragraph."""

    text: str
    bold: bool = False


@dataclass(frozen=True, slots=True)
class PaperColumn:
    """A column: its name and its right edge in millimetres from the left margin; the first one starts at the margin."""

    name: str
    edge: float


@dataclass(frozen=True, slots=True)
class PaperTable:
    """Rows under column names; the first cell is set left and wrapped, the others right. `foot`: the sum, set bold.

    A row of one cell is a remark on the row above it.
    """

    columns: tuple[PaperColumn, ...]
    rows: tuple[tuple[str, ...], ...]
    foot: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sums:
    """What a total is made of: (what, how it comes about, amount), and the total."""

    rows: tuple[tuple[str, str, str], ...]
    foot: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Ways:
    """Every way to pay, line by line; `code` is what a banking app reads, `link` an address to open."""

    title: str
    lines: tuple[str, ...]
    code: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Signatures:
    """Two places to sign: who, where and when, signature."""

    parties: tuple[str, str]
    place: str
    sign: str


Part = PaperText | PaperTable | Sums | Ways | Signatures


@dataclass(frozen=True, slots=True)
class Content:
    """A letter in words: its subject, its parts in order, and the payment slip at its end, if there is one."""

    subject: str
    parts: tuple[Part, ...]
    slip: PaymentSlip | None = None


def content(letter: Letter) -> Content:
    """Everything a letter says. Refuses (`bad_template`) a text that names what this letter has not."""
    text = template(letter.language, letter.kind, letter.text)
    teller = _Teller(letter, "claim" in text.names)
    parts: list[Part] = []
    for paragraph in text.paragraphs:
        if paragraph.block:
            parts += teller.block(paragraph.block)
            continue
        said = paragraph.say(teller.values, SHARED)
        if said:
            parts.append(PaperText(said, paragraph.bold))
    if teller.values["supply"] and parts:  # stricter terms of supply stand before the closing words
        parts.insert(-1, PaperText(teller.values["supply"]))
    slip = teller.slip if any(isinstance(part, Ways) for part in parts) else None
    return Content(text.subject.say(teller.values), tuple(parts), slip)


class _Teller:
    """Finished words for one letter: values for its places, and its blocks."""

    def __init__(self, letter: Letter, has_claim: bool) -> None:
        self.of = letter
        self.has_claim = has_claim
        self.words = texts(letter.language)
        self.values = self._values()
        sender = letter.sender
        self.slip = slip_of(
            sender.address, letter.customer, sender.iban, letter.to_pay, letter.currency, letter.reference, letter.coded
        )

    def _values(self) -> dict[str, str]:
        of, sender = self.of, self.of.sender
        numbers = [line.number for line in of.lines]
        flat: dict[str, str] = {
            "business": sender.name,
            "contact_details": sender.contact,
            "customer": of.customer.name or (of.recipient or ("",))[0],
            "customer_no": of.customer_no,
            "numbers": joined(numbers),
            "principal": self.sum(of.principal),
            "total": self.sum(of.total),
            "charges": self.sum(of.total - of.principal) if of.charges else "",
            "day": day_words(of.day, of.language),
            "deadline": day_words(of.deadline, of.language),
            "step": str(of.step),
            "terms": "",
            "single": "1" if len(of.lines) == 1 else "",
            "consumer": "1" if of.consumer else "",
            "interest_law": law(of.interest_law, of.language),
            "costs_law": law(of.costs_law, of.language),
            "mixed": "",
            "prepay_all": "",
            "prepay_part": "",
            "pay_days": "",
            "carve_outs": "",
            "credit_limit": "",
            **of.said,
        }
        flat |= {name: self.sum(minor) if minor else "" for name, minor in of.sums.items()}
        flat |= {name: day_words(day, of.language) for name, day in of.days.items()}
        shared = self.words["paragraphs"]
        return flat | {name: fill(said, flat, f"words.toml, {name}").strip() for name, said in shared.items()}

    def sum(self, minor: int) -> str:
        """An amount with its currency."""
        return with_currency(minor, self.of.currency, self.of.language, self.of.sender.country)

    def bare(self, minor: int) -> str:
        """An amount alone, for columns."""
        return amount(minor, self.of.currency, self.of.language, self.of.sender.country)

    def say(self, table: str, name: str, values: Mapping[str, str]) -> str:
        """One of the language's words with its places filled."""
        return fill(self.words[table][name], values, f"words.toml, {table}.{name}")

    def block(self, name: str) -> list[Part]:
        """What is drawn for a block; nothing where the letter has none of it."""
        found: list[Part] = getattr(self, name)()
        return found

    def legal(self) -> list[Part]:
        """The paragraph that the law asks for."""
        return [PaperText(self.of.legal)] if self.of.legal else []

    def table(self) -> list[Part]:
        """The invoices."""
        of, names = self.of, self.words["table"]
        edges = {"issued": 45, "due": 66, "late": 89, "total": 114, "paid": 139, "open": 165}
        rows = list[tuple[str, ...]]()
        for line in of.lines:
            rows.append(
                (
                    line.number,
                    day_figures(line.issued, of.language),
                    day_figures(line.due, of.language),
                    str(line.days_late),
                    self.bare(line.total),
                    self.bare(line.paid),
                    self.bare(line.open),
                )
            )
            if line.disputed:
                rows.append((self.say("table", "disputed", {"amount": self.bare(line.disputed)}),))
        if not rows:
            return []
        columns = (PaperColumn(names["number"], 26), *(PaperColumn(names[name], edge) for name, edge in edges.items()))
        table = PaperTable(columns, tuple(rows), () if of.charges else (names["sum"], self.sum(of.total)))
        return [table] if self.has_claim else [table, *self.claim()]  # a total never stands without what it is made of

    def claim(self) -> list[Part]:
        """What the total is made of, with the law and the sum behind each part."""
        of = self.of
        if not of.charges:
            return []
        rows = [(self.words["claim"]["principal"], "", self.bare(of.principal))]
        for charge in of.charges:
            rows += self._charge(charge)
        return [Sums(tuple(rows), (self.words["table"]["sum"], self.sum(of.total)))]

    def _charge(self, charge: Charge) -> list[tuple[str, str, str]]:
        of = self.of
        day = day_figures(charge.until or of.day, of.language)
        rows = [
            (
                self.say("claim", charge.kind, {"law": law(charge.law, of.language), "day": day}),
                "",
                self.bare(charge.amount),
            )
        ]
        if charge.kind == "interest":
            rows += [(self._stretch(one), self.bare(one.interest), "") for one in of.stretches]
            asked = sum(one.interest for one in of.stretches) - charge.amount
            if of.stretches and asked:
                rows.append((self.words["claim"]["asked"], self.bare(-asked), ""))
        return rows

    def _stretch(self, one: Stretch) -> str:
        of = self.of
        said = self.say(
            "claim",
            "period",
            {
                "rate": rate(one.rate, of.language, of.sender.country),
                "amount": self.bare(one.principal),
                "from": day_figures(one.start, of.language),
                "to": day_figures(one.end, of.language),
                "days": str(one.days),
                "one": "1" if one.days == 1 else "",
            },
        )
        return f"{one.number}: {said}" if len({other.number for other in of.stretches}) > 1 else said

    def history(self) -> list[Part]:
        """What went out before, and when."""
        names = self.words["history"]
        said = [
            self.say("history", "line", {"day": day_words(one.day, self.of.language), "kind": names[one.kind]})
            for one in self.of.history
            if one.kind in names
        ]
        return [PaperText(self.say("history", "title", {"list": "; ".join(said)}))] if said else []

    def ways(self) -> list[Part]:
        """Every way to pay that the owner has."""
        of, sender, names = self.of, self.of.sender, self.words["ways"]
        if of.to_pay <= 0:
            return []
        lines = []
        if sender.iban:
            lines.append(self.say("ways", "iban", {"holder": sender.name, "iban": grouped_iban(sender.iban)}))
        if sender.iban and sender.bic:
            lines.append(self.say("ways", "bic", {"bic": sender.bic}))
        if sender.account:
            lines.append(self.say("ways", "account", {"holder": sender.name, "account": sender.account}))
        if sender.link:
            lines.append(self.say("ways", "link", {"link": sender.link}))
        if sender.ways:
            lines.append(sender.ways)
        if of.reference:
            lines.append(self.say("ways", "quote", {"reference": of.reference}))
        code = ""
        if self.slip:
            lines.append(names["slip"])
        else:
            code = transfer_code(sender.name, sender.iban, sender.bic, of.to_pay, of.currency, of.reference, of.coded)
            lines += [names["scan"]] if code else []
        return [Ways(names["title"], tuple(lines), code, sender.link)] if lines else []

    def schedule(self) -> list[Part]:
        """The instalments."""
        of, names = self.of, self.words["schedule"]
        columns = (
            PaperColumn(names["n"], 20),
            PaperColumn(names["due"], 60),
            PaperColumn(names["amount"], 110),
            PaperColumn(names["left"], 165),
        )
        rows = [
            (str(one.n), day_figures(one.due, of.language), self.bare(one.amount), self.bare(one.left))
            for one in of.schedule
        ]
        total = sum(one.amount for one in of.schedule)
        return [PaperTable(columns, tuple(rows), (names["sum"], self.sum(total)))] if rows else []

    def movements(self) -> list[Part]:
        """What was invoiced, paid and credited, line by line, with the balance after each."""
        of, names = self.of, self.words["movements"]
        columns = (
            PaperColumn(names["what"], 60),
            PaperColumn(names["day"], 80),
            PaperColumn(names["debit"], 104),
            PaperColumn(names["credit"], 138),
            PaperColumn(names["balance"], 165),
        )
        rows = []
        for one in of.movements:
            values = {"number": one.number, "due": day_figures(one.due, of.language) if one.due else ""}
            what = names["before"] if one.kind == "before" else self.say("movements", one.kind, values)
            debit = self.bare(one.amount) if one.amount > 0 and one.kind != "before" else ""
            credit = self.bare(-one.amount) if one.amount < 0 and one.kind != "before" else ""
            rows.append((what, day_figures(one.day, of.language), debit, credit, self.bare(one.balance)))
        closing = of.movements[-1].balance if of.movements else 0
        foot = (self.say("movements", "sum", {"day": self.values["day"]}), self.sum(closing))
        return [PaperTable(columns, tuple(rows), foot)]

    def signatures(self) -> list[Part]:
        """Where both sign."""
        names = self.words["signatures"]
        creditor = self.say("signatures", "creditor", {"name": self.values["business"]})
        debtor = self.say("signatures", "debtor", {"name": self.values["customer"]})
        return [Signatures((creditor, debtor), names["place"], names["sign"])]


def joined(numbers: list[str], limit: int = 80) -> str:
    """Invoice numbers as a payment reference, shortened by count where there are too many."""
    shown: list[str] = []
    for number in numbers:
        if len(", ".join([*shown, number])) > limit and shown:
            return f"{', '.join(shown)} (+{len(numbers) - len(shown)})"
        shown.append(number)
    return ", ".join(shown)
