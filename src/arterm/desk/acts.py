"""Every act: its name in the journal, its words, who may do it, whether it can be undone, whether a past day allows it.

An act is something an owner does: one function of the desk, one transaction, one line in the journal. What is not said
here is refused: only owners may, and never while a past day is looked at.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from arterm.rules.errors import ArtermError
from arterm.rules.roles import CLERK, OWNER, READER, role_of


class Undo(StrEnum):
    """What undo does: takes the act back; takes it back and withdraws what it issued; refuses, because it stands."""

    YES = "yes"
    WITHDRAWS = "withdraws"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Act:
    """An act. `words` tell of it afterwards; {0} is whom or what it was about. `right`: the least role that may."""

    name: str
    words: str
    right: str = OWNER
    undo: Undo = Undo.YES
    past_day: bool = False


def refuse_without_right(act: Act, account: str, roles: str) -> None:
    """Refuse (`not_allowed`) an act that the account's role (of the setting `roles`) does not reach to."""
    role = role_of(account, roles)
    if role == READER or (role == CLERK and act.right == OWNER):
        only = "only look" if role == READER else "do the day's work: this is for an owner"
        raise ArtermError("not_allowed.role", "roles", account=account, role=role, only=only)


BOOK_BEGIN = Act("book.begin", "began the book", CLERK, undo=Undo.NEVER, past_day=True)
BUSINESS_SETUP = Act("business.setup", "set up the business")
SETTINGS_CHANGE = Act("settings.change", "changed the settings")
IMPORT = Act("import", "brought in a file", CLERK)
CUSTOMER_ADD = Act("customer.add", "added customer {0}", CLERK)
CUSTOMER_EDIT = Act("customer.edit", "changed customer {0}", CLERK)
CUSTOMER_MERGE = Act("customer.merge", "merged a double into {0}")
CUSTOMER_ARCHIVE = Act("customer.archive", "archived {0}", CLERK)
CUSTOMER_UNARCHIVE = Act("customer.unarchive", "brought back {0}", CLERK)
CONTACT_ADD = Act("contact.add", "added a contact for {0}", CLERK)
CONTACT_EDIT = Act("contact.edit", "changed a contact of {0}", CLERK)
CONTACT_REMOVE = Act("contact.remove", "removed a contact of {0}", CLERK)
CONTACT_LOG = Act("contact.log", "logged a contact with {0}", CLERK)
INVOICE_ADD = Act("invoice.add", "added invoice {0}", CLERK)
INVOICE_EDIT = Act("invoice.edit", "changed invoice {0}", CLERK)
INVOICE_VOID = Act("invoice.void", "took out invoice {0}")
INVOICE_ATTACH = Act("invoice.attach", "attached a file to invoice {0}", CLERK)
INVOICE_LOWER = Act("invoice.lower", "lowered or postponed invoice {0}")
LOG_ATTACH = Act("log.attach", "attached a file to the log of {0}", CLERK)
MONEY_RECEIPT = Act("money.receipt", "booked a payment from {0}", CLERK)
MONEY_CREDIT_NOTE = Act("money.credit_note", "booked a credit note for {0}")
MONEY_WRITE_OFF = Act("money.write_off", "wrote off a debt of {0}")
MONEY_DISCOUNT = Act("money.discount", "gave {0} a discount")
MONEY_REFUND = Act("money.refund", "refunded {0}")
MONEY_BOUNCE = Act("money.bounce", "booked a bounced payment of {0}", CLERK)
MONEY_MOVE = Act("money.move", "moved a payment to {0}", CLERK)
MONEY_USE = Act("money.use", "used a credit of {0}", CLERK)
MONEY_MATCH = Act("money.match", "matched receipts", CLERK)
MONEY_UNMATCH = Act("money.unmatch", "took a match back", CLERK)
NOTICES_WRITE = Act("notices.write", "wrote letters", CLERK, undo=Undo.WITHDRAWS)
NOTICES_ISSUE = Act("notices.issue", "sent out letters", CLERK, undo=Undo.WITHDRAWS)
NOTICES_DISCARD = Act("notices.discard", "discarded letters", CLERK)
NOTICES_STATEMENTS = Act("notices.statements", "wrote statements of account", CLERK, undo=Undo.WITHDRAWS)
LETTER_WRITE = Act("letter.write", "wrote {0} a letter", CLERK, undo=Undo.WITHDRAWS)
LETTER_TEXT = Act("letter.text", "changed the text of a letter")
LETTER_SETTLEMENT = Act("letter.settlement", "offered {0} by letter to take less", undo=Undo.WITHDRAWS)
LETTER_MORE_TIME = Act("letter.more_time", "gave {0} more time by letter", undo=Undo.WITHDRAWS)
LETTER_AGREEMENT = Act("letter.agreement", "wrote {0} an instalment agreement", undo=Undo.WITHDRAWS)
LETTER_REINSTATED = Act("letter.reinstated", "told {0} by letter that supply goes on", undo=Undo.WITHDRAWS)
WISH_BEGIN = Act("wish.begin", "noted that {0} does not want to be called", CLERK)
WISH_END = Act("wish.end", "noted that {0} may be called again", CLERK)
PAUSE_BEGIN = Act("pause.begin", "paused chasing {0}", CLERK)
PAUSE_END = Act("pause.end", "went on chasing {0}", CLERK)
PAUSE_LONG = Act("pause.long", "paused chasing {0} for long")
DISPUTE_OPEN = Act("dispute.open", "opened a dispute on invoice {0}", CLERK)
DISPUTE_CLOSE = Act("dispute.close", "settled the dispute on invoice {0}", CLERK)
DISPUTE_CREDIT = Act("dispute.credit", "settled the dispute on invoice {0} with a credit note")
CHARGE_WAIVE = Act("charge.waive", "waived charges on invoice {0}")
LADDER_CHANGE = Act("ladder.change", "changed a ladder")
LADDER_RESET = Act("ladder.reset", "put a ladder back")
LADDER_CHOOSE = Act("ladder.choose", "chose a ladder for {0}")
LADDER_ACT = Act("ladder.act", "decided a step of invoice {0}", CLERK)
PLAN_PROPOSE = Act("plan.propose", "proposed a plan to {0}", CLERK, undo=Undo.WITHDRAWS)
PLAN_TERMS = Act("plan.terms", "noted instalments of invoice {0}", CLERK)
PLAN_ACCEPT = Act("plan.accept", "{0} accepted a plan", CLERK)
PLAN_CANCEL = Act("plan.cancel", "cancelled a plan of {0}", CLERK)
PLAN_REMIND = Act("plan.remind", "reminded {0} of an instalment", CLERK)
PLAN_LONG = Act("plan.long", "proposed a long plan to {0}", undo=Undo.WITHDRAWS)
OFFER_DISCOUNT = Act("offer.discount", "offered {0} to take less", undo=Undo.WITHDRAWS)
OFFER_EXTEND = Act("offer.extend", "offered {0} more time", undo=Undo.WITHDRAWS)
OFFER_GOODWILL = Act("offer.goodwill", "offered {0} goodwill", undo=Undo.WITHDRAWS)
OFFER_ACCEPT = Act("offer.accept", "{0} accepted an offer")
OFFER_DECLINE = Act("offer.decline", "an offer to {0} was declined")
ASSUME = Act("assume", "changed what is assumed about {0}")
BANK_IGNORE = Act("bank.ignore", "left a receipt alone", CLERK)
BANK_WRONG = Act("bank.wrong", "said what a receipt is not for", CLERK)
TERMS_ACCEPT = Act("terms.accept", "noted terms accepted by {0}")
RATES_ADD = Act("rates.add", "added a rate")
MAIL_PLAN = Act("mail.plan", "planned e-mail to {0}", CLERK)
MAIL_RESERVE = Act("mail.reserve", "reserved e-mail to {0}", CLERK, undo=Undo.NEVER)
MAIL_SETTLE = Act("mail.settle", "noted what became of e-mail to {0}", CLERK, undo=Undo.NEVER)
MAIL_SAID = Act("mail.said", "said whether e-mail to {0} went", CLERK, undo=Undo.NEVER)
MAIL_CANCEL = Act("mail.cancel", "took e-mail out of the outbox", CLERK)
MAIL_RUN = Act("mail.run", "sent what was due", CLERK, undo=Undo.NEVER)
MAIL_FETCH = Act("mail.fetch", "looked into the mailbox", CLERK, undo=Undo.NEVER)
MAIL_READ = Act("mail.read", "read what {0} wrote", CLERK)
MAIL_HABIT = Act("mail.habit", "chose when {0} hears of invoices before they are due", CLERK)
MAIL_ALERT = Act("mail.alert", "told of alerts", CLERK, undo=Undo.NEVER)
STANDING_CHECK = Act("standing.check", "kept a credit check of {0}", CLERK)
STANDING_TERMS = Act("standing.terms", "changed the terms of supply of {0}")
STANDING_FREEZE = Act("standing.freeze", "stopped supply to {0}", CLERK)
STANDING_RELEASE = Act("standing.release", "supplied {0} again")
PRIVACY_ERASE = Act("privacy.erase", "erased what was held about {0}", undo=Undo.NEVER)
PARTNER_ADD = Act("partner.add", "added a partner")
PARTNER_EDIT = Act("partner.edit", "changed a partner")
PARTNER_REMOVE = Act("partner.remove", "took a partner off the list")
PARTNER_REVIEW = Act("partner.review", "reviewed a partner")
HANDOVER_GIVE = Act("handover.give", "handed invoices of {0} over")
HANDOVER_REPORT = Act("handover.report", "booked what a partner reported of {0}")
HANDOVER_END = Act("handover.end", "ended a hand-over of {0}")
MEDIATION_ACCEPT = Act("mediation.accept", "noted that {0} accepts a mediation")
MEDIATION_END = Act("mediation.end", "ended a mediation with {0}")
UNDO = Act("undo", "took back: {0}", CLERK, undo=Undo.NEVER)

OFFERS: Final = {"discount": OFFER_DISCOUNT, "extend": OFFER_EXTEND, "goodwill": OFFER_GOODWILL}
CREDITS: Final = {
    "receipt": MONEY_RECEIPT,
    "credit_note": MONEY_CREDIT_NOTE,
    "write_off": MONEY_WRITE_OFF,
    "discount": MONEY_DISCOUNT,
}
ACTS: Final[dict[str, Act]] = {act.name: act for act in list(globals().values()) if isinstance(act, Act)}
NEVER_UNDONE: Final = tuple(act.name for act in ACTS.values() if act.undo is Undo.NEVER)


def of_letter(kind: str, usual: Act = LETTER_WRITE) -> Act:
    """The act that writes a letter of this kind. What a letter gives away is an owner's, as it is where the same is
    offered without one: such a kind has an act of its own.
    """
    return ACTS.get(f"letter.{kind.replace('-', '_')}", usual)
