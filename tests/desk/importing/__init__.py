"""Files brought in."""
