"""Secrets in the system's keyring, and only there: asked for in a process of its own that may take five seconds."""

from __future__ import annotations

import json
import os
import subprocess
import sys

from arterm.rules.errors import ArtermError

SECONDS = 5
SERVICE = "arterm"
HELP = (
    "On Linux install gnome-keyring or KWallet and sign in to the desktop; for runs without one set password_command"
    " (arterm settings set password_command=…)."
)


def backend() -> str:
    """Which keyring is in use, by name. Refuses (`no_keyring`) where there is none that keeps secrets secret."""
    return _asked("backend")


def get(name: str) -> str:
    """A secret, or empty where none is kept. Refuses (`no_keyring`)."""
    return _asked("get", name)


def put(name: str, secret: str) -> str:
    """Keep a secret, read it back, and tell in which keyring. Refuses (`no_keyring`)."""
    return _asked("put", name, secret)


def clear(name: str) -> bool:
    """Forget a secret; False where there was none. Refuses (`no_keyring`)."""
    return _asked("clear", name) == "yes"


def _asked(what: str, name: str = "", secret: str = "") -> str:
    """What the child answers. The secret goes through pipes, never through arguments or files."""
    request = json.dumps({"what": what, "name": name, "secret": secret})
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONSTARTUP"}
    try:
        ran = subprocess.run(
            [sys.executable, "-P", "-m", "arterm.mail.keyring_child"],
            input=request,
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
            env=environment,
        )
    except subprocess.TimeoutExpired:
        raise ArtermError(
            "no_keyring", "The keyring did not answer within five seconds.", "keyring", "Unlock it and try again."
        ) from None
    try:
        answer: dict[str, str] = json.loads(ran.stdout)
    except ValueError:
        raise ArtermError("no_keyring", "The keyring cannot be asked on this machine.", "keyring", HELP) from None
    if "refused" in answer:
        raise ArtermError("no_keyring", answer["refused"], "keyring", HELP)
    return answer["answer"]
