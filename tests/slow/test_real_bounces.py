"""Real bounces that nobody here wrote, held against what other readers made of them; where they are at hand."""

from __future__ import annotations

import csv
import os
from collections import defaultdict
from pathlib import Path

import pytest

from arterm.mail.bounces import AUTO, BOUNCE, DELAY, REPLY, read_mail

HERE = Path(os.environ.get("ARTERM_REAL_FILES", Path(__file__).resolve().parents[3] / "shared" / "data")) / "bounces"
pytestmark = pytest.mark.skipif(
    not HERE.is_dir(), reason="the folder of real files is not here (ARTERM_REAL_FILES names it)"
)

# Where the other reader's verdict cannot be ours. One of them (flufl) tells only permanent from temporary, not whether
# an address
# exists; the other (sisimai) calls `user unknown` a filter wherever it does not see that it answered RCPT.
NOT_DEAD = {
    "flufl/aol_01.txt": "they do not accept mail from this sender",
    "flufl/dsn_01.txt": "disk quota",
    "flufl/dsn_03.txt": "the message is too large",
    "flufl/newmailru_01.txt": "over quota",
    "flufl/postfix_03.txt": "a virus scanner died",
    "flufl/postfix_05.txt": "a header is missing",
    "flufl/qmail_07.txt": "mail folder full",
    "flufl/simple_02.txt": "an error while being processed, 'please try to resend'",
    "flufl/simple_14.txt": "quota",
    "flufl/simple_18.txt": "a mail loop",
    "flufl/simple_38.txt": "quota, told as a read receipt",
    "flufl/yahoo_01.txt": "no connection",
    "flufl/yahoo_03.txt": "disabled or discontinued; the other reader calls the same words suspended",
    "flufl/yahoo_05.txt": "disabled or discontinued",
    "flufl/yahoo_07.txt": "disabled or discontinued",
    "flufl/yahoo_09.txt": "disabled or discontinued",
}
DEAD_BY_ITS_WORDS = {
    "sisimai/lhost-activehunter-02.eml": "User unknown in local recipient table",
    "sisimai/lhost-amazonses-02.eml": "Unknown user",
    "sisimai/lhost-exchange2003-04.eml": "Recipient Not Found",
    "sisimai/lhost-mailfoundry-01.eml": "No such user here",
    "sisimai/lhost-messagingserver-03.eml": "User Unknown (with 5.7.1)",
    "sisimai/lhost-office365-04.eml": "unknown recipient; 5.1.351, which it calls unknown elsewhere",
    "sisimai/lhost-postfix-07.eml": "User unknown",
    "sisimai/lhost-receivingses-02.eml": "5.1.1 Mailbox does not exist",
    "sisimai/lhost-surfcontrol-01.eml": "No such user",
    "sisimai/lhost-x1-01.eml": "User unknown",
    "sisimai/lhost-x2-02.eml": "This user doesn't have an account; flufl calls the same words permanent",
    "sisimai/lhost-zoho-03.eml": "Invalid address, mailbox unavailable",
}
# What we do not see.
MISSED = {
    "flufl/dsn_09.txt": "unable to transfer, for no known reason: not dead",
    "flufl/simple_20.txt": "an answer by its subject (RE:), from an ordinary address",
    "flufl/smtp32_02.txt": "20 attempts failed, no reason: not dead",
    "sisimai/lhost-amazonses-09.eml": "a JSON notification of a mailing service",
    "sisimai/lhost-opensmtpd-12.eml": "delayed only: what is still tried is not dead",
    "sisimai/lhost-sendmail-14.eml": "a person forwards a bounce",
}
NO_BOUNCES = ("feedback", "vacation", "delivered")


def rows() -> dict[str, list[dict[str, str]]]:
    """What the other readers say, by file; a row is about one recipient, who is not always named."""
    found = defaultdict(list)
    for row in csv.DictReader((HERE / "expected.csv").read_text("utf-8").splitlines()):
        found[row["file"]].append(row)
    return found


def judged(file: str, told: list[dict[str, str]]) -> list[bool]:
    """For each row of a file whether we say the same: its recipient is dead, or is not.

    Recipients without a name in a file of several are counted: as many dead and as many living as it has rows for.
    """
    came = read_mail((HERE / file).read_bytes())
    dead, living = len(came.dead), len(set(came.failed) - set(came.dead))
    several = len(told) > 1 and any(row["hard_bounce"] != "1" for row in told)
    same = []
    for row in told:
        whom, hard = row["recipient"].strip("<>").lower(), row["hard_bounce"] == "1"
        if row["reason"] in NO_BOUNCES:
            same.append(came.kind == AUTO and not came.dead)
            continue
        if "@" in whom and whom in came.failed:
            ours = whom in came.dead
        elif several and hard:
            ours, dead = dead > 0, dead - 1
        elif several:
            ours, living = living <= 0, living - 1
        else:
            ours = bool(came.dead)
        same.append(ours == hard and (not hard or came.kind == BOUNCE))
    return same


def test_whether_an_address_is_dead_is_what_other_readers_say_or_it_is_told_why_not() -> None:
    verdicts = {file: judged(file, told) for file, told in rows().items()}
    other = {file for file, same in verdicts.items() if not all(same)}
    assert other == set(NOT_DEAD) | set(DEAD_BY_ITS_WORDS) | set(MISSED)
    ours = [
        one for file, same in verdicts.items() if file not in NOT_DEAD and file not in DEAD_BY_ITS_WORDS for one in same
    ]
    assert sum(ours) / len(ours) >= 0.97
    assert (
        sum(map(sum, verdicts.values())) >= 314
    )  # of all 354 rows, those included where the others' verdict is no measure


def test_what_is_no_bounce_is_none() -> None:
    for file in sorted((HERE / "not_a_bounce").iterdir()):
        assert read_mail(file.read_bytes()).kind in (REPLY, AUTO), file.name
    for file in sorted((HERE / "complaints").iterdir()):
        assert read_mail(file.read_bytes()).kind == AUTO, file.name


@pytest.mark.parametrize("folder", ["sisimai_dos", "sisimai_mac"])
def test_line_ends_make_no_difference(folder: str) -> None:
    for file in sorted((HERE / folder).iterdir()):
        came, same = read_mail(file.read_bytes()), read_mail((HERE / "sisimai" / file.name).read_bytes())
        assert (came.kind, came.failed, came.dead) == (same.kind, same.failed, same.dead), file.name


@pytest.mark.parametrize(
    ("file", "kind", "dead"),
    [
        ("broken-mime.eml", BOUNCE, False),
        ("delayed.eml", BOUNCE, False),
        ("no-mx.eml", DELAY, False),
        ("gmail-no-dns.eml", BOUNCE, True),
        ("zed.eml", BOUNCE, True),
    ],
)
def test_others(file: str, kind: str, dead: bool) -> None:
    came = read_mail((HERE / "flanker" / file).read_bytes())
    assert (came.kind, bool(came.dead)) == (kind, dead)
