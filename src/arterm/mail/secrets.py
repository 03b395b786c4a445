"""Secrets in the system's keyring, and only there: asked for in a process of its own that may take five seconds."""

from __future__ import annotations

import json
import os
import subprocess
import sys

from arterm.rules.errors import ArtermError

SECONDS = 5
SERVICE = "arterm"


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
        raise ArtermError("no_keyring.silent", "keyring") from None
    try:
        answer: dict[str, str] = json.loads(ran.stdout)
    except ValueError:
        raise ArtermError("no_keyring.unasked", "keyring") from None
    if "refused" in answer:
        raise ArtermError(f"no_keyring.{answer['refused']}", "keyring", found=answer["found"])
    return answer["answer"]
