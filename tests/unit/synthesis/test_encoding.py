"""Files that other programs play."""

from __future__ import annotations

import io

import numpy as np
import pytest
import soundfile

from midime_engine.errors import SynthesisError
from midime_engine.synthesis import MIME_TYPES, Audio, AudioFormat, encode

FORMATS: tuple[AudioFormat, ...] = ("wav", "mp3", "ogg", "flac")


@pytest.fixture(scope="module")
def tone() -> Audio:
    """Two seconds of 440 Hz, left louder than right."""
    t = np.arange(2 * 44_100) / 44_100
    wave = np.sin(2 * np.pi * 440 * t)
    return Audio(np.stack([0.5 * wave, 0.1 * wave], axis=1).astype(np.float32), 44_100, "test")


@pytest.mark.parametrize("name", FORMATS)
def test_what_is_written_can_be_read(name: AudioFormat, tone: Audio) -> None:
    """The sound comes back at its rate, length, loudness and in its channels."""
    samples, rate = soundfile.read(io.BytesIO(encode(tone, name)))
    assert rate == 44_100
    assert abs(len(samples) - 2 * 44_100) < 2500  # MP3 pads with silence.
    middle = samples[30_000:60_000]
    np.testing.assert_allclose(np.max(np.abs(middle), axis=0), [0.5, 0.1], atol=0.02)


@pytest.mark.parametrize("name", FORMATS)
def test_mono_is_the_mean_of_both_sides(name: AudioFormat, tone: Audio) -> None:
    """Nothing is lost but the width."""
    samples, _ = soundfile.read(io.BytesIO(encode(tone, name, mono=True)), always_2d=True)
    assert samples.shape[1] == 1
    assert np.max(np.abs(samples[30_000:60_000])) == pytest.approx(0.3, abs=0.02)


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_sound_is_the_same_file(name: AudioFormat, tone: Audio) -> None:
    """A cache may be keyed by what went in; Ogg, whose serial number is drawn, excepted."""
    if name == "ogg":
        pytest.skip("libsndfile draws a serial number for each Ogg stream")
    assert encode(tone, name) == encode(tone, name)


def test_an_mp3_is_a_fraction_of_a_wav(tone: Audio) -> None:
    """Worth its time where the network is slow."""
    assert len(encode(tone, "mp3", mono=True)) < len(encode(tone, "wav")) / 10


@pytest.mark.parametrize("name", ["ogg", "mp3"])
def test_a_long_piece_can_be_written(name: AudioFormat) -> None:
    """Five minutes go through in blocks."""
    long = Audio(np.zeros((300 * 8_000, 2), np.float32), 8_000, "test")
    assert encode(long, name)


def test_an_impossible_rate_is_said_with_a_remedy() -> None:
    """MP3 knows few sample rates."""
    odd = Audio(np.zeros((96_000, 2), np.float32), 96_000, "test")
    with pytest.raises(SynthesisError, match="MP3 at 96000 Hz") as caught:
        encode(odd, "mp3")
    assert "WAV" in caught.value.remedy


def test_an_unknown_format_is_a_mistake(tone: Audio) -> None:
    """The known ones are named."""
    with pytest.raises(ValueError, match="wav, mp3, ogg, flac"):
        encode(tone, "wma")  # type: ignore[arg-type]


def test_every_format_has_a_mime_type() -> None:
    """A browser is told what it gets."""
    assert set(MIME_TYPES) == set(FORMATS)
