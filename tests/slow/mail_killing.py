"""Kill a run that sends mail at every step, against a real server, and look: never two mails, none lost, no state
unknown.

`python -m tests.slow.mail_killing [--every N] [--random N --seed S]` prints what it did as one JSON line.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import smtplib
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

from arterm.desk.accounts import customers, invoices
from arterm.desk.business import settings
from arterm.desk.mail import account, outbox, sending
from arterm.desk.mail import run as mail_run
from arterm.desk.session import Desk
from arterm.rules.money import Money
from arterm.store import cases, verify
from tests.mail.loopback import PASSWORD, Post, smtp
from tests.slow.killing import _counted, install
from tests.slow.scenarios import NOW, TODAY

OWING = 3


def begin(folder: Path, post: Post) -> Path:
    """A business that mails, and customers who owe it."""
    from datetime import date

    path = folder / "book.arterm"
    desk = Desk.create(path, TODAY, now=lambda: NOW, anywhere=True)
    settings.set_up(desk, {"name": "Bakkerij", "country": "BE", "language": "en"})
    said = {
        "mail": "b@example.com",
        "mail_host": "127.0.0.1",
        "mail_port": str(post.port),
        "mail_tls": "implicit",
        "mail_ca": post.ca,
    }
    settings.change_settings(desk, said)
    for n in range(OWING):
        who = customers.add_customer(desk, {"name": f"Customer {n}", "kind": "business", "country": "BE"}).id
        customers.add_contact(desk, who, {"name": "An", "mail": f"an{n}@b.example"})
        invoices.add_invoice(
            desk, invoices.InvoiceDraft(who, f"R{n}", Money(10000 + n, "EUR"), date(2026, 8, 1), date(2026, 9, 1))
        )
    desk.close()
    return path


def run(path: Path) -> mail_run.RunReport:
    """One run of `send --due`."""
    desk = Desk.open(path, TODAY, now=lambda: NOW, anywhere=True)
    account.for_session(desk, "mail", PASSWORD)
    try:
        return mail_run.run(desk, any_hour=True)
    finally:
        desk.close()


def _steps_of_the_wire(kill_at: int) -> None:
    """Every line to the server and every answer from it is a step too."""
    count = 0

    def step(_: str) -> None:
        nonlocal count
        count += 1
        if count == kill_at:
            os.kill(os.getpid(), signal.SIGKILL)

    for name in ("send", "getreply", "close"):
        setattr(smtplib.SMTP, name, _counted(getattr(smtplib.SMTP, name), name, step))


def trial(original: Path, post: Post, kill_at: int = 0, wire_at: int = 0, after: float = 0.0) -> tuple[bool, list[str]]:
    """A run that is killed; returns whether it was, and what is wrong afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="mail-kill-"))
    path = folder / "book.arterm"
    try:
        shutil.copytree(original, folder, dirs_exist_ok=True)
        post.raws.clear()
        child = os.fork()
        if child == 0:
            if kill_at:
                install(kill_at)
            if wire_at:
                _steps_of_the_wire(wire_at)
            code = 1
            try:
                code = 1 if run(path).trouble else 0
            finally:
                os._exit(code)
        if after:
            time.sleep(after)
            os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        return os.WIFSIGNALED(status), _judged(path, post)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _ids(post: Post) -> Counter[str]:
    return Counter(str(mail["Message-ID"]) for mail in post.mails)


def _judged(path: Path, post: Post) -> list[str]:
    """What a person would call wrong: after the kill, and after the next runs have caught up."""
    time.sleep(0.02)  # the server may still be keeping what it was sent
    wrong: list[str] = []
    desk = Desk.open(path, TODAY, now=lambda: NOW, anywhere=True)
    try:
        with sending.alone(desk):
            pass
        arrived = _ids(post)
        for one in outbox.listed(desk):
            if one.message_id in arrived and one.state not in ("sent", "unclear"):
                wrong.append(f"{one.to} got a mail that is {one.state}")
            if one.message_id not in arrived and one.state not in ("planned", "unclear", "cancelled"):
                wrong.append(f"{one.to} got no mail, and it is {one.state}")
        for one in outbox.unclear(desk):  # the owner looks into the Sent folder
            outbox.resolve_unclear(desk, one.id, one.message_id in arrived)
    finally:
        desk.close()
    run(path)
    run(path)
    wrong += [f"{mail} arrived {n} times" for mail, n in _ids(post).items() if n != 1]
    per_customer = Counter(str(mail["To"]) for mail in post.mails)
    wrong += [f"{to}: {n} mails" for to, n in per_customer.items() if n != 1] + (
        ["somebody got none"] if len(per_customer) != OWING else []
    )
    desk = Desk.open(path, TODAY, now=lambda: NOW, anywhere=True)
    wrong += list(verify.complaints(desk.book)) + cases.find_inconsistencies(desk.book)
    desk.close()
    return wrong


def main() -> int:
    """Every step, or at random; one line of JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--random", type=int, default=0)
    parser.add_argument("--seed", type=int, default=20261122)
    options = parser.parse_args()
    original = Path(tempfile.mkdtemp(prefix="mail-kill-base-"))
    kills, wrong = 0, dict[str, list[str]]()
    try:
        with smtp(original) as post:
            begin(original, post)
            began = time.monotonic()
            _, first = trial(original, post)
            whole = time.monotonic() - began
            if first:
                wrong["no kill"] = first
            dice = random.Random(options.seed)
            for _ in range(options.random):
                after = dice.uniform(0.01, whole)
                killed, found = trial(original, post, after=after)
                kills += killed
                if found:
                    wrong[f"after {after}"] = found
                if not killed:
                    whole = after  # the run is shorter than that
            plan: list[dict[str, Any]] = []
            if not options.random:
                plan = [{"wire_at": n} for n in range(1, 200)] + [{"kill_at": n} for n in range(1, 5000, options.every)]
            done: set[str] = set()
            for how in plan:
                (name,) = how
                if name in done:
                    continue
                killed, found = trial(original, post, **how)
                kills += killed
                if found:
                    wrong[str(how)] = found
                if not killed:
                    done.add(name)  # the run is shorter than that
    finally:
        shutil.rmtree(original, ignore_errors=True)
    print(json.dumps({"kills": kills, "wrong": wrong}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
