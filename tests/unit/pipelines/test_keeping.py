"""A file of a MidiMe is read, and refused when nothing here could play it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from midime_engine.errors import MidiMeFileError
from midime_engine.midime import persistence
from midime_engine.midime.config import MidiMeConfig
from midime_engine.midime.model import MidiMe
from midime_engine.music.playback import Playback
from midime_engine.pipelines.keeping import MAX_SLIDERS, Kept, read, require_playable
from midime_engine.pipelines.provenance import Provenance

TRIO = ("melody", "bass", "drums")
KEPT = Kept(MidiMeConfig(), Provenance("mel_2bar", ("melody",), Playback(qpm=90.0)))


def require(kept: Kept) -> None:
    """With the model that fits :data:`KEPT`."""
    require_playable(kept, parts=("melody",), n_steps=32, z_size=256)


def test_a_file_says_what_it_is() -> None:
    """Config and provenance come back."""
    data = persistence.to_bytes(MidiMe(KEPT.config), KEPT.provenance.to_json())
    assert read(data) == KEPT
    require(read(data))


@pytest.mark.parametrize("data", [b"", b"\x80\x04K\x01.", b"\x00" * 5000])
def test_bytes_that_are_no_midime_are_refused(data: bytes) -> None:
    """A pickle among them."""
    with pytest.raises(MidiMeFileError):
        read(data)


def test_a_file_without_provenance_is_refused() -> None:
    """Nobody knows to which model it belongs."""
    with pytest.raises(MidiMeFileError, match="made for"):
        read(persistence.to_bytes(MidiMe(MidiMeConfig()), {}))


@pytest.mark.parametrize(
    "other",
    [
        replace(KEPT, config=MidiMeConfig(input_size=512)),
        replace(KEPT, config=MidiMeConfig(latent_size=MAX_SLIDERS + 1)),
        replace(KEPT, provenance=replace(KEPT.provenance, parts=TRIO)),
    ],
    ids=["z_size", "sliders", "parts"],
)
def test_what_does_not_fit_is_refused(other: Kept) -> None:
    """Before it reaches the model, or the page."""
    with pytest.raises(MidiMeFileError):
        require(other)


@pytest.mark.parametrize(
    "playback",
    [
        Playback(qpm=1e-6),
        Playback(qpm=1e9),
        Playback(numerator=10**9),
        Playback(denominator=2**40),
        Playback(n_steps=33),
        Playback(programs=(0, 1)),
        Playback(velocities=(80, 80, 80)),
    ],
)
def test_music_of_any_length_or_number_of_instruments_is_refused(playback: Playback) -> None:
    """A file must not keep a server busy for ever."""
    with pytest.raises(MidiMeFileError, match="no song has"):
        require(replace(KEPT, provenance=replace(KEPT.provenance, playback=playback)))


def test_a_waltz_is_no_offence() -> None:
    """Nor any other music that was read from a file."""
    playback = Playback(qpm=90, numerator=3, n_steps=24, programs=(40,), velocities=(100,))
    require(replace(KEPT, provenance=replace(KEPT.provenance, playback=playback)))
