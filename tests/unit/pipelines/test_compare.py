from __future__ import annotations

import json

import numpy as np
import pytest

from midime_engine.music.midi_io import read_midi
from midime_engine.pipelines.compare import compare
from midime_engine.pipelines.prepare import prepare
from tests.support.songs import midi, track


def test_the_song_itself_is_all_likeness_and_no_originality(material) -> None:
    """Everything overlaps, every bar is copied."""
    compared = compare(material.chunks, material.chunks.tokens, parts=("melody",))
    assert list(compared.similarity["melody"].values()) == pytest.approx([1] * 5)
    assert compared.originality.copied_bars == 1
    assert [near.chunk for near in compared.originality.nearest] == [0, 1, 2, 3]


def test_a_transposed_song_is_original_in_pitch_and_alike_in_rhythm(material) -> None:
    """A step up keeps the rhythm and copies no bar."""
    samples = np.where(material.chunks.tokens >= 2, material.chunks.tokens + 1, 0)
    compared = compare(material.chunks, samples.astype(np.int32), parts=("melody",))
    assert compared.similarity["melody"]["onset_position"] == 1
    assert compared.similarity["melody"]["pitch_class"] < 0.5
    assert compared.originality.copied_bars == 0


def test_what_a_waltz_cuts_away_is_not_compared() -> None:
    """Notes after the second bar of three four are never heard, so they cost nothing."""
    waltz = read_midi(midi([track("C4 . . . E4 . . . G4 . . . " * 8)], numerator=3), name="w.mid")
    chunks = prepare([waltz], parts=("melody",), n_steps=32).chunks
    samples = chunks.tokens.copy()
    samples[:, 24:] = 60
    compared = compare(chunks, samples, parts=("melody",))
    assert list(compared.similarity["melody"].values()) == pytest.approx([1] * 5)
    assert compared.originality.n_bars == 2 * len(samples)


def test_it_can_be_written_to_a_report(material) -> None:
    """Plain data only."""
    compared = compare(material.chunks, material.chunks.tokens, parts=("melody",))
    assert set(json.loads(json.dumps(compared.to_json()))) == {"similarity", "originality"}
