"""Supply on screen: checks, terms, stop and resume."""
