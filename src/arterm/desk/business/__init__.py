"""The owner's business: its settings, each with its kind and check."""
