"""Real IMAP servers on loopback: pymap from the test extra, and Dovecot where the machine has it."""

from __future__ import annotations

import getpass
import grp
import os
import pwd
import shutil
import socket
import ssl
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import trustme
from imap_tools import BaseMailBox, MailBox, MailBoxStartTls

DOVECOT = shutil.which("dovecot") or ("/usr/sbin/dovecot" if Path("/usr/sbin/dovecot").exists() else "")


@dataclass
class Box:
    """A server with a mailbox on it."""

    port: int
    tls: str
    user: str
    password: str
    ca: str

    def client(self) -> BaseMailBox:
        """A mail program of the test's own."""
        checked = ssl.create_default_context(cafile=self.ca)
        made = MailBox if self.tls == "implicit" else MailBoxStartTls
        return made("127.0.0.1", self.port, ssl_context=checked).login(self.user, self.password)

    def put(self, raw: bytes, folder: str = "INBOX") -> None:
        """Lay a message into a folder."""
        with self.client() as box:
            if not box.folder.exists(folder):
                box.folder.create(folder)
            box.append(raw, folder, flag_set=[])

    def flags(self, folder: str = "INBOX") -> list[tuple[str, ...]]:
        """The flags of every message there."""
        with self.client() as box:
            box.folder.set(folder, readonly=True)
            return [one.flags for one in box.fetch(mark_seen=False)]


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port), 0.2).close()
            return
        except OSError:
            assert process.poll() is None, "the server did not start"
            time.sleep(0.05)
    raise AssertionError("the server does not answer")


def _certificate(folder: Path) -> tuple[str, str, str]:
    authority = trustme.CA()
    made = authority.issue_cert("127.0.0.1")
    paths = str(folder / "imap-ca.pem"), str(folder / "imap.pem"), str(folder / "imap.key")
    authority.cert_pem.write_to_path(paths[0])
    made.cert_chain_pems[0].write_to_path(paths[1])
    made.private_key_pem.write_to_path(paths[2])
    return paths


@contextmanager
def pymap(folder: Path) -> Iterator[Box]:
    """The server written in Python, with its own sample mail in the mailbox."""
    ca, certificate, key = _certificate(folder)
    port = _free_port()
    code = "import sys; from pymap.main import main; sys.argv[0] = 'pymap'; main()"
    options = ["--host", "127.0.0.1", "--port", str(port), "--cert", certificate, "--key", key]
    silent = ["--no-service", "admin", "--no-service", "managesieve", "--no-service", "swim"]
    command = [sys.executable, "-c", code, *options, *silent, "dict", "--demo-data"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait(port, process)
        yield Box(port, "starttls", "demouser", "demopass", ca)
    finally:
        process.terminate()
        process.wait(10)


@contextmanager
def dovecot(folder: Path) -> Iterator[Box]:
    """Dovecot as an ordinary process on a port of its own."""
    ca, certificate, key = _certificate(folder)
    port, me = _free_port(), getpass.getuser()
    group = grp.getgrgid(os.getgid()).gr_name
    owner, shared = (me, group) if os.getuid() else ("nobody", grp.getgrgid(pwd.getpwnam("nobody").pw_gid).gr_name)
    mail, run = (
        folder / "mail",
        Path(tempfile.gettempdir()) / f"arterm-dovecot-{os.getpid()}-{port}",
    )  # a socket's path must be short
    for made in (mail, run):
        made.mkdir(mode=0o755)
        if not os.getuid():
            shutil.chown(made, owner, shared)
    for above in mail.parents:
        if Path(tempfile.gettempdir()) in above.parents and not os.getuid():
            above.chmod(0o755)
    config = folder / "dovecot.conf"
    config.write_text(
        f"""
base_dir = {run}
log_path = {folder}/dovecot.log
protocols = imap
listen = 127.0.0.1
default_login_user = {owner}
default_internal_user = {owner}
default_internal_group = {shared}
ssl = required
ssl_cert = <{certificate}
ssl_key = <{key}
mail_location = maildir:{mail}/%u
first_valid_uid = 1
passdb {{
  driver = static
  args = password=dovepass
}}
userdb {{
  driver = static
  args = uid={owner} gid={shared} home={mail}/%u
}}
namespace inbox {{
  inbox = yes
  mailbox Sent {{
    special_use = \\Sent
    auto = create
  }}
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = 0
  }}
  inet_listener imaps {{
    port = {port}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
}}
"""
    )
    process = subprocess.Popen([DOVECOT, "-F", "-c", str(config)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait(port, process)
        yield Box(port, "implicit", "baker", "dovepass", ca)
    finally:
        process.terminate()
        process.wait(10)
        shutil.rmtree(run, ignore_errors=True)
