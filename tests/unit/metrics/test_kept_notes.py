"""Which notes are the song's, counted by hand."""

from __future__ import annotations

import numpy as np
import pytest

from midime_engine.converters.tokens import sequence_from_tokens
from midime_engine.metrics.kept_notes import kept_notes
from midime_engine.music.playback import Playback
from tests.support.melodies import drums


def _melody(*windows: list[int]) -> np.ndarray:
    """Windows of pitches, with 0 for nothing and 1 for note off."""
    tokens = np.array(windows)
    return np.where(tokens > 1, tokens - 19, tokens)[:, :, None]


_SONG = _melody([60, 0, 62, 0, 64, 0, 65, 0], [67, 0, 0, 0, 0, 0, 72, 1])


def test_a_note_is_kept_when_it_begins_at_the_same_step_with_the_same_pitch() -> None:
    """The second one has another pitch, the last one stands elsewhere."""
    found = kept_notes(_SONG, _melody([60, 0, 63, 0, 64, 0, 0, 65])[0], parts=("melody",))
    assert found.notes == (True, False, True, False)
    assert (found.chunk, found.share) == (0, 0.5)


def test_how_long_a_note_is_held_does_not_count() -> None:
    """Three notes that are cut short are the three notes of the song; offs are no notes."""
    found = kept_notes(_SONG, _melody([60, 1, 62, 1, 64, 1, 0, 0])[0], parts=("melody",))
    assert found.notes == (True, True, True)
    assert found.share == 1.0


def test_the_nearest_window_is_compared_not_any() -> None:
    """The 67 of the second window does not make the same note kept in a copy of the first."""
    window = _melody([67, 0, 62, 0, 64, 0, 65, 0])[0]
    found = kept_notes(_SONG, window, parts=("melody",))
    assert (found.chunk, found.notes) == (0, (False, True, True, True))


def test_of_several_hits_at_one_step_each_counts_for_itself() -> None:
    """The kick is the song's, the hi-hat over it is new."""
    found = kept_notes(
        drums("k . s .")[None, :, None], drums("kh . s k")[:, None], parts=("drums",)
    )
    assert found.notes == (True, False, True, False)


def test_notes_come_in_the_order_of_the_sequence() -> None:
    """Part by part: what is marked in the sequence is what the song has."""
    parts = ("melody", "drums")
    song = np.stack([_melody([60, 0, 62, 0])[0, :, 0], drums("k . s .")], axis=-1)
    window = np.stack([_melody([61, 0, 62, 64])[0, :, 0], drums("ks h s .")], axis=-1)
    found = kept_notes(song[None], window, parts=parts)
    sequence = sequence_from_tokens(window, parts=parts, playback=Playback())
    marked = [
        (note.pitch, note.quantized_start_step)
        for note, is_kept in zip(sequence.notes, found.notes, strict=True)
        if is_kept
    ]
    assert marked == [(62, 2), (36, 0), (38, 2)]


def test_silence_keeps_nothing() -> None:
    """No notes, no share."""
    found = kept_notes(_SONG, np.zeros((8, 1), np.int32), parts=("melody",))
    assert (found.notes, found.share) == ((), 0.0)


def test_there_must_be_a_song() -> None:
    """And windows of one length."""
    with pytest.raises(ValueError, match="window of the song"):
        kept_notes(_SONG[:0], _SONG[0], parts=("melody",))
    with pytest.raises(ValueError, match="length"):
        kept_notes(_SONG, _SONG[0, :4], parts=("melody",))
