"""Promises in SQL: which still stand, and the money that came after each was made."""

from __future__ import annotations

# Money for the invoices of promises that came after each was made: an older payment, and what became of it, does not
# count.
PROMISE_RECEIPTS = """
  SELECT l.promise, a.value_day, sum(a.amount) FROM promise_line l JOIN promise p ON p.id = l.promise
  JOIN allocation a ON a.invoice = l.invoice JOIN credit c ON c.id = a.credit LEFT
    JOIN allocation o ON o.id = a.reverses
  LEFT JOIN allocation r ON r.id = coalesce(o.restores, a.restores)
  WHERE c.kind IN ('receipt', 'reported') AND (coalesce(r.value_day, o.value_day, a.value_day) > p.made
    OR (coalesce(r.value_day, o.value_day, a.value_day) = p.made AND coalesce(r.act, o.act, a.act) > p.act))"""


# A promise whose log entry was corrected by another no longer counts.
STANDING_PROMISE = "p.log NOT IN (SELECT corrects FROM log WHERE corrects IS NOT NULL AND void_act IS NULL)"


STANDING_LOG = "l.id NOT IN (SELECT corrects FROM log WHERE corrects IS NOT NULL AND void_act IS NULL)"
