"""What the book knows of customers, invoices and what is owed: records, the board's order and sums, statements."""
