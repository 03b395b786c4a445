"""Arrangements on screen: the plan builder, offers, every option compared."""
