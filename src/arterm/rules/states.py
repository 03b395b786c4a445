"""What becomes of things: the states each of them may have, listed once."""

from __future__ import annotations

from typing import Literal

PromiseState = Literal["open", "kept", "partly kept", "broken"]
InstalmentState = Literal["paid", "part_paid", "open", "late", "missed"]
PlanState = Literal["proposed", "running", "kept", "broken", "cancelled"]
OfferState = Literal["offered", "accepted", "declined", "lapsed", "kept"]
CaseStatus = Literal["handed_over", "plan", "hold", "disputed", "promised", "overdue", "open"]
InvoiceStatus = CaseStatus | Literal["settled", "sold", "not yet issued"]
NoticeState = Literal["planned", "written", "issued", "withdrawn"]
ReceiptState = Literal["waiting", "booked", "ignored"]
HandoverState = Literal["proposed", "open", "ended"]
MailState = Literal["planned", "reserved", "sent", "failed", "unclear", "cancelled"]
IncomingState = Literal["new", "read"]
RunState = Literal["running", "done", "failed"]
SendState = Literal["sent", "refused", "later", "unclear"]
CreditCheckState = Literal["valid", "due", "expired"]
Finding = Literal["ok", "note", "bad"]
