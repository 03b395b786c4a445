"""Arrangements: instalment plans, settlements, more time, goodwill; watched until kept or broken."""
