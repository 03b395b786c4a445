"""Telephone numbers handed to the system, which dials them."""

from __future__ import annotations

import shutil
import subprocess
import sys

from arterm.rules.messages import message


def open_number(phone: str) -> str:
    """Hand a telephone number to the system's own program for it; returns what was done, in words."""
    opener = {"darwin": "open", "win32": "explorer"}.get(sys.platform, "xdg-open")
    command = shutil.which(opener)
    if not command:
        return message("contacts.dialling.no_program")
    number = "".join(char for char in phone if char in "+0123456789")
    subprocess.Popen(
        [command, f"tel:{number}"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    return message("contacts.dialling.dialling", phone=phone)
