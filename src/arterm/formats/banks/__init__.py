"""Bank statements: CAMT, MT940, CODA, OFX, QIF and the banks' own tables."""
