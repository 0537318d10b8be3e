"""Which synthesiser plays, and how the listener learns it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from midime_engine.synthesis import SynthInfo, fluid, render, rust, soundfont, synth_info
from tests.support.notes import sequence

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def _no_choice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(soundfont.SOUNDFONT_VARIABLE, raising=False)


def test_fluidsynth_is_preferred(fluidsynth: SynthInfo) -> None:
    """Where the library is installed it plays, and the sentence names it and the font."""
    info = synth_info()
    assert info.backend == fluidsynth.backend
    assert info.soundfont is not None
    assert "FluidSynth" in info.sentence
    assert info.soundfont.name in info.sentence


def test_midirenderer_steps_in(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without libfluidsynth the pip-only synthesiser plays, and says why."""
    if not rust.is_available():
        pytest.skip("midirenderer is not installed")
    monkeypatch.setattr(fluid, "is_available", lambda: False)
    info = synth_info()
    assert info.backend == "midirenderer"
    assert "FluidSynth is not installed" in info.sentence
    assert render(sequence([(0, 0.2, 60)])).synth == rust.NAME


def test_the_built_in_one_always_plays(monkeypatch: pytest.MonkeyPatch) -> None:
    """With neither library there is still sound, and a sentence."""
    monkeypatch.setattr(fluid, "is_available", lambda: False)
    monkeypatch.setattr(rust, "is_available", lambda: False)
    info = synth_info()
    assert info.backend == "additive"
    assert info.soundfont is None
    assert "built-in" in info.sentence
    assert render(sequence([(0, 0.2, 60)])).peak > 0.01


def test_the_built_in_one_plays_without_a_font(monkeypatch: pytest.MonkeyPatch) -> None:
    """A synthesiser without a font is no synthesiser."""
    monkeypatch.setattr(soundfont, "_candidates", tuple)
    assert synth_info().backend == "additive"


def test_a_font_that_does_not_exist_is_mentioned(monkeypatch: pytest.MonkeyPatch) -> None:
    """The app goes on with another font, and says so."""
    monkeypatch.setenv(soundfont.SOUNDFONT_VARIABLE, "/nowhere/grand.sf2")
    info = synth_info()
    assert "/nowhere/grand.sf2, which is not a file." in info.sentence
    assert info.soundfont is not None


def test_a_font_that_cannot_be_loaded_is_mentioned(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fluidsynth: SynthInfo
) -> None:
    """A broken SoundFont with the right first bytes neither plays nor stays a secret."""
    font = tmp_path / "broken.sf2"
    font.write_bytes(b"RIFF\x10\0\0\0sfbkLIST\xff\xff")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv(soundfont.SOUNDFONT_VARIABLE, "~/broken.sf2")
    info = synth_info()
    assert info.backend == fluidsynth.backend
    assert "which cannot be loaded" in info.sentence
    assert info.soundfont != font


def test_the_hosts_font_plays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fluidsynth: SynthInfo
) -> None:
    """A font under another name is used."""
    assert fluidsynth.soundfont is not None
    font = tmp_path / "grand.sf2"
    font.symlink_to(fluidsynth.soundfont)
    monkeypatch.setenv(soundfont.SOUNDFONT_VARIABLE, str(font))
    info = synth_info()
    assert info.soundfont == font
    assert "grand.sf2" in info.sentence
