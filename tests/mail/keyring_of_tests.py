"""A keyring backend for tests: secrets in one file of the test's folder."""

from __future__ import annotations

import json
import os
from pathlib import Path

from keyring.backend import KeyringBackend


class TestsKeyring(KeyringBackend):
    """What a system's keyring does, as far as arterm asks."""

    priority = 1

    @property
    def _path(self) -> Path:
        return Path(os.environ["KEYRING_OF_TESTS"])

    def _all(self) -> dict[str, str]:
        return dict(json.loads(self._path.read_text())) if self._path.exists() else {}

    def get_password(self, service: str, username: str) -> str | None:
        return self._all().get(f"{service} {username}")

    def set_password(self, service: str, username: str, password: str) -> None:
        self._path.write_text(json.dumps(self._all() | {f"{service} {username}": password}))

    def delete_password(self, service: str, username: str) -> None:
        held = self._all()
        del held[f"{service} {username}"]
        self._path.write_text(json.dumps(held))


class Forgetful(TestsKeyring):
    """Says that it keeps a secret, and keeps none."""

    def set_password(self, service: str, username: str, password: str) -> None:
        pass


class Sleeping(TestsKeyring):
    """Waits for a password that nobody types."""

    def get_password(self, service: str, username: str) -> str | None:
        import time

        time.sleep(60)
        return None
