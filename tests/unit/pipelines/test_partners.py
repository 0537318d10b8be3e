"""What sounds together in a song."""

from __future__ import annotations

import numpy as np
import pytest

from midime_engine.errors import NoUsableTrackError
from midime_engine.music.midi_io import read_midi
from midime_engine.pipelines.carried import NAMES
from midime_engine.pipelines.partners import find, to_pairs, union
from midime_engine.pipelines.teach import own_scales
from tests.support.songs import midi, scale_song, track
from tests.support.translation import toy_models, toy_translator

DOMAINS = toy_translator().config.domains


def _band(drums_from: int = 0, n_bars: int = 8):
    rest = "off . . . " * 4 * drums_from
    tracks = [
        track("C5 . E5 . G5 . E5 . " * 2 * n_bars, name="Flute", program=73),
        track(rest + "C2 . D2 . " * 4 * (n_bars - drums_from), name="Drums", channel=9),
    ]
    return read_midi(midi(tracks), name="band.mid")


def test_bars_in_which_both_sides_play_are_pairs() -> None:
    """The same bars on both sides; what comes before the drums begin is left out."""
    found = find([_band(drums_from=4)], DOMAINS)
    assert len(found) == 2
    assert found.chunks == (2, 3)
    melody, drums = found.tokens
    assert melody.shape == drums.shape == (2, 32, 1)
    assert (melody >= 2).any(axis=1).all()
    assert (drums >= 1).any(axis=1).all()


def test_pairs_hold_vectors_and_shares_of_both_sides() -> None:
    """Each by its own model, on its own scale."""
    found = find([_band()], DOMAINS)
    pairs = to_pairs(found, toy_models(), DOMAINS, own_scales(found, DOMAINS))
    assert len(pairs) == len(found) == 4
    assert pairs.together.all()
    assert [side.latents.mu.shape for side in pairs.sides] == [(4, 32), (4, 32)]
    np.testing.assert_array_equal(pairs.sides[1].latents.mu, found.tokens[1][:, :, 0])
    for side in pairs.sides:
        assert side.labels.shape == (4, len(NAMES))
        assert ((side.labels >= 0) & (side.labels <= 1)).all()


def test_a_song_without_drums_says_what_is_missing_and_what_is_possible() -> None:
    """It has a melody; the general translator needs no more."""
    with pytest.raises(NoUsableTrackError, match=r"scale\.mid has no drums") as refused:
        find([read_midi(scale_song(8), name="scale.mid")], DOMAINS)
    assert "general translator" in refused.value.remedy


def test_parts_that_never_play_at_once_make_no_pairs() -> None:
    """The drums come when the melody is over."""
    tracks = [
        track("C5 . E5 . G5 . E5 . " * 8 + "off . . . " * 16, name="Flute", program=73),
        track("off . . . " * 16 + "C2 . D2 . " * 16, name="Drums", channel=9),
    ]
    with pytest.raises(NoUsableTrackError, match="never sound in the same bars"):
        find([read_midi(midi(tracks), name="turns.mid")], DOMAINS)


def test_parts_of_both_sides_stand_in_the_order_of_a_score() -> None:
    """A melody and a trio are a trio."""
    assert union(DOMAINS[::-1]) == ("melody", "drums")
