"""A model is proposed that the songs can feed."""

from __future__ import annotations

import pytest

from midime_engine import examples
from midime_engine.converters.tracks import list_tracks
from midime_engine.music.midi_io import read_midi
from midime_engine.pipelines.suggest import suggest_parts
from tests.support.midi_files import song
from tests.support.songs import Track

MELODY, TRIO, DRUMS = ("melody",), ("melody", "bass", "drums"), ("drums",)


def _tune() -> Track:
    return Track(tuple((4 * i, 4 * i + 4, 60 + i * 5 % 12) for i in range(32)), name="Lead")


def _bass() -> Track:
    notes = tuple((8 * i, 8 * i + 8, 36 + i % 5) for i in range(16))
    return Track(notes, name="Bass", program=33, channel=1)


def _drums(n_hits: int = 32) -> Track:
    return Track(tuple((4 * i, 4 * i + 1, 36 + i % 7) for i in range(n_hits)), channel=9)


def _tracks(*tracks: Track):
    return list_tracks(song(*tracks), n_steps=32)


@pytest.mark.parametrize(
    ("tracks", "parts"),
    [
        ((_tune(),), MELODY),
        ((_tune(), _bass()), MELODY),
        ((_tune(), _drums()), MELODY),
        ((_tune(), _bass(), _drums()), TRIO),
        ((_drums(),), DRUMS),
    ],
)
def test_what_a_song_has_is_what_is_proposed(tracks: tuple[Track, ...], parts: tuple) -> None:
    """A band needs all three parts."""
    assert suggest_parts([_tracks(*tracks)]) == parts


def test_one_roll_of_the_drums_makes_no_band() -> None:
    """A part that is heard once in eight bars is an effect."""
    assert suggest_parts([_tracks(_tune(), _bass(), _drums(n_hits=2))]) == MELODY


@pytest.mark.parametrize(
    ("songs", "parts"),
    [
        (((_tune(),), (_tune(), _bass(), _drums())), MELODY),
        (((_drums(),), (_tune(), _bass(), _drums())), DRUMS),
        (((_tune(), _bass(), _drums()),) * 2, TRIO),
        (((_tune(),), (_tune(),), (_drums(),)), MELODY),
    ],
)
def test_of_several_songs_as_many_as_possible_are_fed(songs: tuple, parts: tuple) -> None:
    """What only one of them has is not asked of all."""
    assert suggest_parts([_tracks(*tracks) for tracks in songs]) == parts


def test_no_song_asks_for_nothing_special() -> None:
    """Then it stays at a melody."""
    assert suggest_parts([]) == MELODY
    assert suggest_parts([()]) == MELODY


@pytest.mark.parametrize("example", examples.EXAMPLES, ids=lambda example: example.slug)
def test_the_examples_are_what_they_say(example: examples.Example) -> None:
    """A trio is proposed for those with three parts, drums for the groove, else a melody."""
    read = read_midi(examples.read(example.slug), name=example.title)
    expected = {3: TRIO}.get(len(example.roles), DRUMS if example.roles == DRUMS else MELODY)
    assert suggest_parts([list_tracks(read, n_steps=32)]) == expected
