"""What a rule hears."""

from __future__ import annotations

import numpy as np
import pytest

from midime_engine.attributes.passage import Passage, Passages, passages
from midime_engine.converters.tokens import sequence_from_tokens
from midime_engine.music.playback import Playback
from tests.support.melodies import melody
from tests.support.notes import add, sequence
from tests.support.passages import TRIO, drummed, random_passages, random_tokens, sung, trio


def _notes(passage: Passage) -> list[tuple[int, ...]]:
    columns = (passage.part, passage.start, passage.pitch, passage.end)
    return sorted(zip(*(column.tolist() for column in columns), strict=True))


def test_tokens_become_the_notes_that_they_stand_for() -> None:
    """A note lasts until the next event, a hit one step."""
    passage = trio(melody="C4 . off E4", drums="k . sh")
    assert _notes(passage) == [
        (0, 0, 60, 2),
        (0, 3, 64, 32),
        (2, 0, 36, 1),
        (2, 2, 38, 3),
        (2, 2, 42, 3),
    ]
    assert (passage.parts, passage.n_steps, passage.n_bars, len(passage)) == (TRIO, 32, 2, 5)


@pytest.mark.parametrize("parts", [("melody",), ("drums",), TRIO])
def test_windows_hold_the_notes_of_the_music_that_is_written_from_them(parts, rng) -> None:
    """The quick way and the public way agree, silence included."""
    tokens = random_tokens(rng, parts, n=12)
    batch = passages(tokens, parts=parts)
    assert len(batch) == 12
    for window, passage in zip(tokens, batch, strict=True):
        music = sequence_from_tokens(window, parts=parts, playback=Playback())
        heard = Passage.of(music)
        assert _notes(heard) == _notes(passage)
        assert (heard.parts, heard.n_steps, heard.steps_per_bar) == (parts, 32, 16)


@pytest.mark.parametrize("steps_per_bar", [16, 12, 14])
def test_a_passage_comes_back_from_the_music_that_it_becomes(steps_per_bar) -> None:
    """Notes, parts, length and metre."""
    passage = sung("C4 . off E4", n_steps=28, steps_per_bar=steps_per_bar)
    again = Passage.of(passage.sequence())
    assert _notes(again) == _notes(passage)
    assert (again.parts, again.n_steps, again.steps_per_bar) == (("melody",), 28, steps_per_bar)


def test_music_in_seconds_is_brought_to_the_grid() -> None:
    """At 120 quarters a minute an eighth of a second is a sixteenth."""
    music = sequence([(0.0, 0.25, 60), (0.24, 0.5, 64)])
    assert _notes(Passage.of(music)) == [(0, 0, 60, 2), (0, 2, 64, 4)]


def test_music_says_by_itself_which_parts_it_has() -> None:
    """A bass by its program, drums by their mark; chords stay whole."""
    music = sequence([(0.0, 0.5, 60), (0.0, 0.5, 64)])
    add(music, [(0.0, 0.5, 40)], program=33, instrument=1)
    add(music, [(0.0, 0.1, 36)], instrument=9, is_drum=True)
    passage = Passage.of(music)
    assert passage.parts == TRIO
    assert passage.pitch[passage.plays("melody")].tolist() == [60, 64]
    assert passage.pitch[passage.plays("bass")].tolist() == [40]
    assert Passage.of(music, parts=("drums",)).pitch.tolist() == [36]


def test_music_without_a_note_is_a_silent_melody() -> None:
    """Of one step at least."""
    passage = Passage.of(sequence())
    assert (passage.parts, len(passage), passage.n_steps) == (("melody",), 0, 1)


def test_the_grids_of_a_passage_show_onsets_and_hits() -> None:
    """By role, and by drum class."""
    passage = trio(bass=". C3", drums="k . sh")
    assert np.flatnonzero(passage.onset_grid("bass")).tolist() == [1]
    assert not passage.onset_grid("melody").any()
    assert np.argwhere(passage.hits()).tolist() == [[0, 0], [2, 1], [2, 2]]


def test_a_batch_is_a_sequence_of_its_passages(rng) -> None:
    """By number, from the end, in slices, put together again."""
    batch = random_passages(rng, TRIO, n=6)
    assert _notes(batch[-1]) == _notes(batch[5])
    assert [_notes(each) for each in batch[1:4]] == [_notes(batch[i]) for i in (1, 2, 3)]
    again = Passages.of(list(batch))
    assert again.pitch.tolist() == batch.pitch.tolist()
    assert again.first.tolist() == batch.first.tolist()
    assert Passages.of(batch) is batch
    with pytest.raises(IndexError):
        batch[6]


def test_passages_of_different_parts_share_all_of_them() -> None:
    """What one has not is silent there."""
    batch = Passages.of([drummed("k"), sung("C4", n_steps=16)])
    assert batch.parts == ("melody", "drums")
    assert batch.part.tolist() == [1, 0]
    assert batch.n_steps.tolist() == [32, 16]
    assert len(Passages.of([])) == 0


def test_tokens_of_another_shape_are_refused() -> None:
    """A column too few is a mistake of the caller."""
    with pytest.raises(ValueError, match=r"\[n, steps, 3\]"):
        passages(melody("C4")[None, :, None], parts=TRIO)
