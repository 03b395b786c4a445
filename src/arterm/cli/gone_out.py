"""What is asked after letters were written."""

from __future__ import annotations


def printed(n: int) -> bool:
    """Ask whether letters went out; nobody's word is no."""
    if not n:
        return False
    answer = input(f"Did the {n} letter(s) go out, or will they today? [y/N] ")
    return answer.strip().lower() in ("y", "yes")
