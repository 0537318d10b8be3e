"""Where the SoundFont comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from midime_engine.synthesis import soundfont

if TYPE_CHECKING:
    from pathlib import Path


def test_a_font_is_found_without_any_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    """At least pretty_midi's is there, since note-seq depends on it."""
    monkeypatch.delenv(soundfont.SOUNDFONT_VARIABLE, raising=False)
    choice = soundfont.find()
    assert any("pretty_midi" in str(path) for path in choice.paths)
    assert all(path.is_file() for path in choice.paths)
    assert choice.complaint is None


def test_the_hosts_choice_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The variable is followed, and the others stay as a way out."""
    font = tmp_path / "mine.sf2"
    font.write_bytes(b"RIFF\0\0\0\0sfbk")
    monkeypatch.setenv(soundfont.SOUNDFONT_VARIABLE, str(font))
    choice = soundfont.find()
    assert choice.paths[0] == font
    assert len(choice.paths) > 1


@pytest.mark.parametrize(
    ("content", "reason"), [(None, "not a file"), (b"MThd junk", "not a SoundFont")]
)
def test_a_choice_that_cannot_be_followed_is_said(
    content: bytes | None, reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A typing error does not silence the app, and does not go unnoticed."""
    font = tmp_path / "mine.sf2"
    if content is not None:
        font.write_bytes(content)
    monkeypatch.setenv(soundfont.SOUNDFONT_VARIABLE, str(font))
    choice = soundfont.find()
    assert font not in choice.paths
    assert choice.paths
    assert reason in str(choice.complaint)
    assert str(font) in str(choice.complaint)
