"""Calls: the sheet, what follows from each outcome, the log."""
