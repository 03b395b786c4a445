"""E-invoices: UBL, CII and FatturaPA, and the XML they stand in."""
