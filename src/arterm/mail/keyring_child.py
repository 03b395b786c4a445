"""The process that speaks to the keyring: it trusts only backends that keep secrets in the system's own store."""

from __future__ import annotations

import json
import os
import sys
from typing import Any

from arterm.mail.secrets import SERVICE

_TRUSTED = ("SecretService", "libsecret", "kwallet", "macOS", "Windows")
_NEVER = ("alt", "null", "file", "plain", "fail", "chainer")
_NAMED = "ARTERM_KEYRING"  # module.Class of another backend that the owner trusts, such as that of a password manager


class KeyringRefused(Exception):
    """No keyring that may be used: why, as the end of an error's key, and the names of what was found."""

    def __init__(self, why: str, found: str) -> None:
        super().__init__(why)
        self.why, self.found = why, found


def trusted() -> Any:
    """The keyring to use. Raises KeyringRefused."""
    import keyring
    from keyring.backends import chainer

    held = keyring.get_keyring()
    choices = held.backends if isinstance(held, chainer.ChainerBackend) else [held]
    for one in choices:
        if _may(one):
            return one
    names = ", ".join(_name(one) for one in choices)
    raise KeyringRefused("none", names)


def _name(one: Any) -> str:
    return f"{type(one).__module__}.{type(one).__name__}"


def _may(one: Any) -> bool:
    name = _name(one)
    if any(
        word in name.lower().replace("keyring", "").split(".") or word in type(one).__name__.lower() for word in _NEVER
    ):
        return False
    module = type(one).__module__
    return module in {f"keyring.backends.{known}" for known in _TRUSTED} or name == os.environ.get(_NAMED)


def answer(request: dict[str, str]) -> dict[str, str]:
    """Do what was asked."""
    try:
        held = trusted()
        what, name = request["what"], request["name"]
        if what == "backend":
            return {"answer": _name(held)}
        if what == "get":
            return {"answer": held.get_password(SERVICE, name) or ""}
        if what == "put":
            held.set_password(SERVICE, name, request["secret"])
            if held.get_password(SERVICE, name) != request["secret"]:
                raise KeyringRefused("not_kept", _name(held))
            return {"answer": _name(held)}
        if held.get_password(SERVICE, name) is None:
            return {"answer": "no"}
        held.delete_password(SERVICE, name)
        return {"answer": "yes"}
    except KeyringRefused as refused:
        return {"refused": refused.why, "found": refused.found}
    except Exception as error:  # a backend has many errors of its own; none may carry the secret out
        return {"refused": "error", "found": type(error).__name__}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(answer(json.loads(sys.stdin.read()))))
