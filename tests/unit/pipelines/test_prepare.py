from __future__ import annotations

import pytest

from midime_engine.converters.tracks import Selection
from midime_engine.errors import NoUsableTrackError
from midime_engine.music.midi_io import read_midi
from midime_engine.pipelines.prepare import prepare
from tests.support.songs import midi, scale_song, track

DRUMS = midi([track("C2 . . . " * 32, channel=9)])
WALTZ = midi([track("C4 . . . E4 . . . G4 . . . " * 8)], qpm=150, numerator=3)


def test_a_song_becomes_chunks_of_whole_bars(song) -> None:
    """Eight bars are four windows of two."""
    material = prepare([song], parts=("melody",), n_steps=32)
    assert [chunk.first_bar for chunk in material.chunks.items] == [1, 3, 5, 7]
    assert material.chunks.tokens.shape == (4, 32, 1)


def test_chunks_of_several_songs_are_numbered_through(song) -> None:
    """Two songs make one song book, and each chunk still says whose it is."""
    other = read_midi(scale_song(4), name="other.mid")
    items = prepare([song, other], parts=("melody",), n_steps=32).chunks.items
    assert [chunk.index for chunk in items] == list(range(6))
    assert [chunk.song for chunk in items] == ["scale.mid"] * 4 + ["other.mid"] * 2


def test_a_chosen_track_wins_over_the_guess() -> None:
    """What the user selects is what is cut."""
    song = read_midi(
        midi([track("C5 . E5 . " * 16, name="Melody"), track("C3 . . . " * 16, channel=1)]),
        name="two.mid",
    )
    guess = prepare([song], parts=("melody",), n_steps=32)
    chosen = prepare(
        [song],
        parts=("melody",),
        n_steps=32,
        selections={song.sha256: Selection(tracks={"melody": 1})},
    )
    assert guess.selections[0].tracks["melody"] == 0
    assert chosen.selections[0].tracks["melody"] == 1
    assert (chosen.chunks.tokens != guess.chunks.tokens).any()


def test_a_song_without_the_part_is_left_out_by_name(song) -> None:
    """Of a drum loop beside a melody the report tells; nothing is dropped silently."""
    drums = read_midi(DRUMS, name="loop.mid")
    material = prepare([drums, song], parts=("melody",), n_steps=32)
    assert material.songs == (song,)
    assert material.chunks.report.count("song_left_out") == 1
    assert any("loop.mid" in sentence for sentence in material.chunks.report.sentences())


def test_when_no_song_has_the_part_the_first_reason_is_raised() -> None:
    """Drums alone cannot personalise a melody model."""
    with pytest.raises(NoUsableTrackError, match="melody"):
        prepare([read_midi(DRUMS, name="loop.mid")], parts=("melody",), n_steps=32)


def test_songs_of_different_metre_play_like_the_first(song) -> None:
    """Somebody has to give the tempo and the metre; the report says who."""
    waltz = read_midi(WALTZ, name="waltz.mid")
    material = prepare([waltz, song], parts=("melody",), n_steps=32)
    playback = material.chunks.playback
    assert (playback.numerator, playback.denominator, playback.n_steps) == (3, 4, 24)
    assert playback.qpm == pytest.approx(150)
    assert material.chunks.report.count("mixed_tempo_or_metre") == 1


def test_one_song_keeps_its_own_report() -> None:
    """With a single song no sentence repeats its name."""
    high = read_midi(midi([track("C9 . E9 . " * 16)]), name="high.mid")
    sentences = prepare([high], parts=("melody",), n_steps=32).chunks.report.sentences()
    assert sentences
    assert not any("high.mid" in sentence for sentence in sentences)


def test_no_song_at_all_is_a_mistake_of_the_caller() -> None:
    """The pages and the command line always have one."""
    with pytest.raises(ValueError, match="at least one"):
        prepare([], parts=("melody",), n_steps=32)
