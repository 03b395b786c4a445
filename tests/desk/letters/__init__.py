"""Letters written, shown, issued, discarded."""
