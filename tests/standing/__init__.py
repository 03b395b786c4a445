"""Whether to supply, and those who help."""
