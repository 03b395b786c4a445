"""Signing in with Google (by this machine's browser) or Microsoft (by a code typed anywhere); the permission goes to
the keyring.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable

from arterm.desk.mail import account
from arterm.desk.receipt import Receipt
from arterm.desk.session import Desk
from arterm.rules.messages import message


def sign_in(desk: Desk, show: Callable[[str], object]) -> Receipt:
    """Get the provider's permission to send and keep it. `show` is given what the owner must read and do.

    Refuses (`bad_choice`, `no_client`, `oauth`, `no_keyring`); nothing is kept then.
    """
    from arterm.mail import oauth

    account.keyring_words()
    provider, client = account.client(desk)
    if provider.device:
        device = oauth.begin_device(provider, client)
        show(message("mail.sign_in.type_code", address=device.address, code=device.code))
        refresh = oauth.finish_device(provider, client, device)
    else:
        refresh = oauth.by_loopback(provider, client, lambda address: _open(address, show))
    account.set_secret(desk, "oauth", refresh)
    return Receipt(
        message(
            "receipts.mail.permission", name=provider.name, setting=desk.setting("mail_user") or desk.setting("mail")
        )
    )


def _open(address: str, show: Callable[[str], object]) -> None:
    """The owner's browser, where there is a command to open it; the address is shown in any case."""
    show(message("mail.sign_in.open_here", address=address))
    command = shutil.which({"darwin": "open", "win32": "explorer"}.get(sys.platform, "xdg-open"))
    if command:
        subprocess.Popen(
            [command, address],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
