"""Letters by command: seen, written, saved again, and made of texts that owners write; refusals name file and line."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.test_lawful import shop  # noqa: F401 - a fixture
from tests.conftest import Ran

Arterm = Callable[..., Ran]


def test_a_letter_is_seen_with_what_it_may_not_ask_before_it_is_written(shop: Arterm) -> None:  # noqa: F811
    seen = shop("notices", "show", "Jan")
    assert seen.code == 0
    assert "First reminder, free of charge" in seen.out
    assert "Not asked for, because it is not allowed:" in seen.out
    assert "no interest: the free first reminder has not been sent" in seen.out
    (found,) = shop("notices", "show", "Jan", "--json").json["letters"]
    assert {"kind", "language", "lines", "claims", "enclose"} == set(found)
    assert found["kind"] == "be-first"
    assert shop("notices").out.count("Written, and not yet") == 0


def test_a_letter_is_saved_again_as_it_went_out(shop: Arterm, tmp_path: Path) -> None:  # noqa: F811
    (written,) = shop("notices", "write", "--customer", "Acme", "--out", str(tmp_path / "a"), "--json").json["notices"]
    assert (written["kind"], written["state"]) == ("friendly", "issued")
    again = shop("notices", "save", str(written["id"]), "--out", str(tmp_path / "b"), "--json").json["notices"][0]
    assert Path(written["file"]).read_bytes() == Path(again["file"]).read_bytes()
    assert "Payment reminder: invoice R1" in shop("notices", "show", str(written["id"])).out


def test_another_letter_is_shown_first_and_written_only_with_a_folder(shop: Arterm, tmp_path: Path) -> None:  # noqa: F811
    words = ("letter", "agreement", "Acme", "--first", "2026-12-31", "--parts", "4", "--deposit", "40", "--grace", "5")
    shown = shop(*words)
    assert "Nothing was written" in shown.out
    assert "31/03/2027" in shown.out
    assert "5 days after its date" in shown.out
    assert not any(tmp_path.glob("**/*.pdf"))
    (written,) = shop(*words, "--out", str(tmp_path / "out"), "--draft", "--json").json["notices"]
    assert (written["kind"], written["state"], written["total"]) == ("agreement", "written", "40.00")
    assert Path(written["file"]).read_bytes().startswith(b"%PDF")
    assert shop("notices", "confirm", str(written["id"])).code == 0
    assert "agreement" in shop("show", "Acme").out


def test_statements_go_to_everybody_who_owes_and_to_nobody_else(shop: Arterm, tmp_path: Path) -> None:  # noqa: F811
    shop("customer", "add", "Paid Up", "--kind", "business")
    owing = {one["customer"] for one in shop("board", "--all", "--json").json["rows"]}
    written = shop("letter", "statement", "--all", "--since", "2026-01-01", "--out", str(tmp_path / "out"), "--json")
    assert {one["customer"] for one in written.json["notices"]} == owing
    assert "Paid Up" not in owing
    assert {one["state"] for one in written.json["notices"]} == {"issued"}
    assert len(list((tmp_path / "out").glob("*.pdf"))) == len(owing)
    refused = shop("letter", "promise", "--all", "--out", str(tmp_path / "out"))
    assert (refused.code, "Only statements go to all" in refused.err) == (1, True)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("letter", "statement"), "Say to whom"),
        (("letter", "statement", "--all", "--mail"), "E-mail is not set up"),
        (("letter", "agreement", "Acme"), "needs: first"),
        (("letter", "settlement", "Acme", "--until", "2026-12-01", "--amount", "9999"), "must be less than"),
        (("letter", "promise", "Acme"), "no promise"),
        (("letter", "statement", "Nobody"), "Nobody"),
        (("texts", "show", "nothing"), "There is no letter 'nothing'"),
        (("texts", "show", "friendly", "--language", "pl"), "Letters cannot be written in 'pl'"),
        (("texts", "use", "missing.en.txt"), "no letter 'missing'"),
        (("texts", "use", "friendly.txt"), "In which language"),
        (("texts", "use", "friendly.en.txt"), "no such file"),
        (("notices", "show", "999"), "no letter #999"),
        (("notices", "show", "Who"), "R3"),
    ],
)
def test_refusals_are_one_sentence(shop: Arterm, words: tuple[str, ...], said: str) -> None:  # noqa: F811
    ran = shop(*words)
    assert said in ran.err + ran.out
    assert ran.code == (0 if said == "R3" else 1)


def test_a_text_is_copied_out_changed_seen_and_taken_in(shop: Arterm, tmp_path: Path) -> None:  # noqa: F811
    mine = tmp_path / "friendly.en.txt"
    assert shop("texts", "show", "friendly", "--out", str(mine)).code == 0
    assert shop("texts", "show", "friendly", "--out", str(mine)).code == 1
    mine.write_text(mine.read_text().replace("Perhaps it has slipped", "Surely it has only slipped"))
    seen = shop("texts", "preview", "friendly", "--file", str(mine))
    assert "Surely it has only slipped" in seen.out
    assert "Surely" not in shop("notices", "show", "Acme").out
    page = tmp_path / "p.pdf"
    shop("texts", "preview", "friendly", "--file", str(mine), "--out", str(page))
    assert page.read_bytes().startswith(b"%PDF")
    assert "Your text is used from now on" in shop("texts", "use", str(mine)).out
    assert "Surely it has only slipped" in shop("notices", "show", "Acme").out
    assert [one["kind"] for one in shop("texts", "--json").json["texts"] if one["yours"]] == ["friendly"]
    mine.write_text(mine.read_text().replace("{table}", "{tabel}"))
    wrong = shop("texts", "use", str(mine))
    assert wrong.code == 1
    assert "friendly.en.txt:7: There is nothing to put for {tabel}" in wrong.err
    assert "as it came" in shop("texts", "reset", "friendly").out
    assert "Surely" not in shop("notices", "show", "Acme").out


def test_a_text_that_is_no_text_is_refused(shop: Arterm, tmp_path: Path) -> None:  # noqa: F811
    for content, said in (
        (b"\xff\xfe\x00subject", "not plain text"),
        (b"x" * 200_000, "shorter than this"),
        (os.urandom(50) + b"\xff", ""),
    ):
        mine = tmp_path / "friendly.en.txt"
        mine.write_bytes(content)
        ran = shop("texts", "use", str(mine))
        assert ran.code == 1
        assert said in ran.err


def test_the_american_letters_are_chosen_by_country(arterm: Arterm) -> None:
    arterm("setup", "--name", "Joe's Plumbing", "--country", "US")
    arterm("settings", "set", "account", "Routing 021000021, account 123456789")
    arterm("customer", "add", "Acme", "--kind", "business", "--country", "US")
    arterm(
        "invoice",
        "add",
        "R1",
        "--customer",
        "Acme",
        "--amount",
        "1234.50",
        "--issued",
        "2026-08-01",
        "--due",
        "2026-08-31",
    )
    told = arterm("notices", "show", "Acme").out
    for words in (
        "To Whom It May Concern:",
        "Sincerely,",
        "November 22, 2026",
        "USD 1,234.50",
        "08/31/2026",
        "Routing 021000021, account 123456789",
    ):
        assert words in told, words
