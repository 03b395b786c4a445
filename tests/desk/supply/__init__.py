"""Whether to supply."""
