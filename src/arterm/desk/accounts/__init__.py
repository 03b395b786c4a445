"""Customers and what they owe: invoices, ageing, the board, statements, how they pay."""
