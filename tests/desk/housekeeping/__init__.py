"""Privacy and its erasure."""
