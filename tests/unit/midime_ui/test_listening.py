"""What a browser is given to hear."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
import soundfile
import streamlit as st
from note_seq import NoteSequence

from midime_engine import synthesis
from midime_engine.errors import SynthesisError
from midime_ui import listening, reading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from midime_ui.studies import Study


@pytest.fixture(autouse=True)
def _empty_caches() -> Iterator[None]:
    st.cache_data.clear()
    yield
    st.cache_data.clear()


def a_note(seconds: float) -> NoteSequence:
    """One note that is held so long."""
    sequence = NoteSequence(total_time=seconds)
    sequence.notes.add(pitch=60, velocity=90, start_time=0.0, end_time=seconds)
    return sequence


def test_a_short_clip_is_exact() -> None:
    """FLAC, one channel, the music and what rings after it to the sample."""
    clip = listening.clip(a_note(2.0))
    audio, rate = soundfile.read(io.BytesIO(clip.data))
    assert (clip.kind, clip.mime, clip.seconds, clip.is_cut) == ("flac", "audio/flac", 2.0, False)
    assert audio.shape == (round((2.0 + synthesis.TAIL_SECONDS) * rate),)
    assert abs(audio).max() > 0.01


def test_a_long_clip_is_small() -> None:
    """MP3 takes less than a third of the bytes that FLAC would, for each second."""
    short, long = listening.clip(a_note(20.0)), listening.clip(a_note(60.0))
    assert long.mime == "audio/mpeg"
    assert len(long.data) / 60.0 < len(short.data) / 20.0


def test_a_preview_says_that_it_is_cut() -> None:
    """Only where something is missing."""
    assert listening.clip(a_note(5.0), seconds=2.0).is_cut
    assert listening.clip(a_note(5.0), seconds=2.0).seconds == 2.0
    assert not listening.clip(a_note(5.0), seconds=5.0).is_cut


def test_a_clip_has_a_largest_size(monkeypatch: pytest.MonkeyPatch) -> None:
    """However long the piece; a slow one of 64 bars is whole."""
    assert listening.LONGEST_SECONDS >= 64 * 4 * 60.0 / 40.0
    monkeypatch.setattr(listening, "LONGEST_SECONDS", 40.0)
    clip = listening.clip(a_note(500.0))
    assert (clip.seconds, clip.is_cut) == (40.0, True)
    per_second = len(clip.data) / (40.0 + synthesis.TAIL_SECONDS)
    assert per_second * 402 < listening.MOST_BYTES


def test_what_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """In a sentence, with a way out."""
    monkeypatch.setattr(listening, "MOST_BYTES", 1000)
    with pytest.raises(SynthesisError, match="MB; a page takes") as caught:
        listening.clip(a_note(2.0))
    assert "MIDI" in caught.value.remedy


def test_sound_is_encoded_as_asked(study: Study) -> None:
    """WAV and MP3 begin as they must, and a preview is shorter."""
    sequence = reading.song(study.sources[0]).sequence
    whole, preview = (listening.sound(sequence, "wav", seconds=s) for s in (None, 2.0))
    assert whole[:4] == preview[:4] == b"RIFF"
    assert len(preview) < len(whole) / 2
    assert listening.sound(sequence, "mp3", seconds=2.0)[:2] in {b"\xff\xfb", b"\xff\xf3", b"ID"}
