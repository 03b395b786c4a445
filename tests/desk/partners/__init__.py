"""Hand-overs, case files, sold claims."""
