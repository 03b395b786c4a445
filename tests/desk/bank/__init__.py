"""Statements, matching, returned debits."""
