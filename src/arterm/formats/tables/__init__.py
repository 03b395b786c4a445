"""Tables of rows: CSV and spreadsheets of invoices, customers and payments, their headers and columns."""
