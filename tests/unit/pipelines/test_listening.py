"""Translations that are played and measured."""

from __future__ import annotations

import numpy as np

from midime_engine.music.midi_io import read_midi
from midime_engine.pipelines.carried import NAMES, measure
from midime_engine.pipelines.listening import listen
from midime_engine.pipelines.partners import find, to_pairs
from midime_engine.pipelines.teach import own_scales
from tests.support.songs import midi, track
from tests.support.translation import toy_models, toy_translator

TRANSLATOR = toy_translator()
DOMAINS = TRANSLATOR.config.domains


def _pairs():
    tracks = [
        track("C5 . E5 . G5 . E5 . " * 16, name="Flute", program=73),
        track("C2 . D2 . " * 32, name="Drums", channel=9),
    ]
    found = find([read_midi(midi(tracks), name="band.mid")], DOMAINS)
    scales = own_scales(found, DOMAINS)
    return to_pairs(found, toy_models(), DOMAINS, scales), scales


def test_labels_are_those_of_the_music_that_was_played() -> None:
    """Measured on what the vectors decode to, on the scale of their side."""
    pairs, scales = _pairs()
    played = listen(TRANSLATOR, pairs, toy_models(), scales, n=5, seed=2)
    for side, model in enumerate(toy_models()):
        assert played.x[side].shape == (5, 32)
        music = model.decode_tokens(played.x[side])
        expected = scales[side].share(measure(music, parts=DOMAINS[side].parts))
        np.testing.assert_array_equal(played.labels[side], expected)
        assert played.labels[side].shape == (5, len(NAMES))


def test_only_the_latest_are_remembered() -> None:
    """What an earlier network played is of less and less use."""
    pairs, scales = _pairs()
    one, two = (listen(TRANSLATOR, pairs, toy_models(), scales, n=3, seed=s) for s in (0, 1))
    both = one.with_more(two, 4)
    assert [len(x) for x in (*both.x, *both.labels)] == [4] * 4
    np.testing.assert_array_equal(both.x[0][1:], two.x[0])
