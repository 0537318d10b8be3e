from __future__ import annotations

import json

import pytest

from midime_engine.catalogue.origin import FILENAME, Origin


@pytest.fixture
def folder(tmp_path):
    """Two files and the note about them."""
    (tmp_path / "a").write_bytes(b"abc")
    (tmp_path / "b").write_bytes(b"")
    Origin.of(tmp_path, ["a", "b"], url="https://example.org/x").write(tmp_path)
    return tmp_path


def test_a_note_says_what_it_was_told(folder) -> None:
    """Address, date, names, sizes and digests come back."""
    origin = Origin.read(folder)
    assert origin is not None
    assert origin.url == "https://example.org/x"
    assert [(file.name, file.n_bytes) for file in origin.files] == [("a", 3), ("b", 0)]
    assert origin.fetched.startswith("20")
    assert origin.has_sizes(folder)
    assert origin.changed(folder) == ()


def test_another_size_is_seen_without_reading(folder) -> None:
    """And so is a missing file."""
    origin = Origin.read(folder)
    assert origin is not None
    (folder / "a").write_bytes(b"abcd")
    assert not origin.has_sizes(folder)
    (folder / "a").unlink()
    assert not origin.has_sizes(folder)
    assert origin.changed(folder) == ("a",)


def test_another_content_of_equal_size_is_seen_by_reading(folder) -> None:
    """A rotten bit, or a hand."""
    origin = Origin.read(folder)
    assert origin is not None
    (folder / "a").write_bytes(b"abd")
    assert origin.has_sizes(folder)
    assert origin.changed(folder) == ("a",)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "null",
        "[" * 100_000,
        json.dumps({"version": 2, "url": "", "fetched": "", "files": {}}),
        json.dumps({"version": 1, "url": "", "fetched": ""}),
        json.dumps({"version": 1, "url": "", "fetched": "", "files": {"a": {"bytes": "x"}}}),
        json.dumps({"version": 1, "url": "", "fetched": "", "files": ["a"]}),
    ],
)
def test_a_damaged_note_is_no_note(folder, text: str) -> None:
    """What it stands beside counts as not downloaded."""
    (folder / FILENAME).write_text(text, encoding="utf-8")
    assert Origin.read(folder) is None


def test_an_empty_folder_has_no_note(tmp_path) -> None:
    """Nor has one that does not exist."""
    assert Origin.read(tmp_path) is None
    assert Origin.read(tmp_path / "gone") is None
