"""Calls, promises, limits."""
