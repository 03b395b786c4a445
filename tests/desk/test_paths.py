"""Files as people name them."""

from __future__ import annotations

from pathlib import Path

import pytest

from arterm.desk.paths import files_named, path_of


@pytest.mark.parametrize("text", ["~nobody-of-this-name/x.csv", "a" * 5000, "**x[", "'open", "\x00", "~", ""])
def test_whatever_is_typed_is_a_path_and_never_an_error(text: str) -> None:
    assert isinstance(path_of(text), Path)
    assert all(isinstance(one, Path) for one in files_named(text))


def test_a_folder_a_pattern_and_several_names_are_their_files(tmp_path: Path) -> None:
    for name in ("a 1.csv", "b.csv", "c.xml"):
        (tmp_path / name).write_text("x")
    assert [one.name for one in files_named(str(tmp_path))] == ["a 1.csv", "b.csv", "c.xml"]
    assert [one.name for one in files_named(f"{tmp_path}/*.csv")] == ["a 1.csv", "b.csv"]
    assert [one.name for one in files_named(f"'{tmp_path}/a 1.csv' {tmp_path}/c.xml")] == ["a 1.csv", "c.xml"]
    assert [one.name for one in files_named(f"{tmp_path}/a 1.csv")] == ["a 1.csv"]
