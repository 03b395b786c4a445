"""Forms of the records: customers, contacts, invoices, payments."""
