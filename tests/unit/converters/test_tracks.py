"""Which track is what, and what to begin with."""

from __future__ import annotations

import pickle

import pytest

from midime_engine.converters.tracks import best_selection, list_tracks, pitch_name
from midime_engine.errors import NoUsableTrackError
from tests.support.midi_files import song
from tests.support.songs import Track

TUNE = (60, 62, 64, 67, 65, 64, 62, 69, 67, 71, 72, 67)


def _tune(name: str = "", *, low: int = 0, program: int = 0, channel: int = 0) -> Track:
    """Eight bars of a tune in quarter notes that does not repeat by the chunk."""
    pitches = [TUNE[(i * (1 + i // 12)) % 12] - low for i in range(32)]
    notes = tuple((4 * i, 4 * i + 4, pitch) for i, pitch in enumerate(pitches))
    return Track(notes, name=name, program=program, channel=channel)


def _chords(name: str = "", *, program: int = 0, channel: int = 1) -> Track:
    notes = tuple((8 * i, 8 * i + 8, p) for i in range(16) for p in (52, 55, 60, 64))
    return Track(notes, name=name, program=program, channel=channel)


def _bass(name: str = "", *, program: int = 33, channel: int = 2) -> Track:
    notes = tuple((8 * i, 8 * i + 8, 36 + i % 5) for i in range(16))
    return Track(notes, name=name, program=program, channel=channel)


def _drums(pitch: int = 36) -> Track:
    return Track(tuple((4 * i, 4 * i + 1, pitch) for i in range(32)), name="Beat", channel=9)


def test_each_choice_has_its_reasons() -> None:
    """For the place where it is shown; together they are the explanation."""
    tracks = list_tracks(song(_tune("Vox"), _bass(), _drums()), n_steps=32)
    chosen = best_selection(tracks, ("melody", "bass", "drums"))
    assert chosen.reasons["melody"].startswith("its name says melody, one note at a time")
    assert chosen.reasons["bass"].startswith("a bass instrument")
    assert chosen.reasons["drums"] == "32 hits on the drum channel, heard in 4 of 4 pieces"
    assert all(reason in chosen.explanation for reason in chosen.reasons.values())


def test_a_track_says_what_is_in_it() -> None:
    """Name, instrument, number of notes, range and polyphony."""
    tune, chords, drums = list_tracks(
        song(_tune("Vox", program=73), _chords("Keys", program=4), _drums()), n_steps=32
    )
    assert (tune.index, tune.name, tune.program_name, tune.n_notes) == (0, "Vox", "Flute", 32)
    assert (tune.lowest, tune.highest, tune.polyphony) == (60, 72, 1.0)
    assert tune.label == "Vox (Flute)"
    assert (chords.polyphony, chords.single_share) == (4.0, 0.0)
    assert (drums.is_drum, drums.program_name) == (True, "Drum kit")


def test_each_track_has_a_verdict_for_each_role() -> None:
    """Usable with so many chunks, or the reason why not."""
    tune, bass, drums = list_tracks(song(_tune(), _bass(), _drums()), n_steps=32)
    assert tune.verdicts["melody"].sentence == "usable as melody, 4 pieces"
    assert tune.verdicts["melody"].n_chunks == 4
    assert tune.verdicts["bass"].sentence.startswith("too high for a bass")
    assert tune.verdicts["drums"].sentence == "not on the drum channel (10)"
    assert bass.verdicts["bass"].usable
    assert drums.verdicts["drums"].n_chunks == 4
    assert drums.verdicts["melody"].sentence == "a drum kit has no pitches"


def test_a_verdict_counts_only_chunks_that_are_heard() -> None:
    """A solo of one bar in a song of eight is one chunk."""
    solo = Track(((40, 44, 72), (44, 48, 74)), channel=3)
    assert list_tracks(song(_tune(), solo), n_steps=32)[1].verdicts["melody"].n_chunks == 1


def test_of_chords_the_highest_voice_can_be_a_melody() -> None:
    """The verdict says what will be taken."""
    (chords,) = list_tracks(song(_chords()), n_steps=32)
    assert chords.verdicts["melody"].usable
    assert "highest note" in chords.verdicts["melody"].sentence


def test_percussion_that_no_class_knows_is_no_beat() -> None:
    """Notes alone do not make drums."""
    (drums,) = list_tracks(song(_drums(pitch=99)), n_steps=32)
    assert not drums.verdicts["drums"].usable
    assert "nine drum classes" in drums.verdicts["drums"].sentence


@pytest.mark.parametrize("name", ["MELODY", "Vocals", "Lead Vox", "melody 1", "Gesang", "Voice"])
def test_a_track_that_is_called_melody_is_the_melody(name: str) -> None:
    """Whatever else looks like one, and wherever it stands."""
    tracks = list_tracks(song(_tune(channel=0), _chords(), _tune(name, channel=3)), n_steps=32)
    selection = best_selection(tracks, ("melody",))
    assert selection.tracks == {"melody": 2}
    assert name in selection.explanation
    assert "name says" in selection.explanation


@pytest.mark.parametrize("name", ["Melodic Tom", "Bassoon", "Basics", "Pleading"])
def test_names_are_read_as_words(name: str) -> None:
    """A bassoon is no bass, and pleading is no lead."""
    tracks = list_tracks(song(_tune(name, program=70), _bass("Bass")), n_steps=32)
    assert best_selection(tracks, ("melody", "bass", "drums")).tracks == {"melody": 0, "bass": 1}


def test_without_names_one_voice_in_singing_register_is_the_melody() -> None:
    """Not the chords with more notes, not the bass, and never the drums, in whatever order."""
    order = (_drums(), _chords(), _bass(), _tune(channel=4))
    tracks = list_tracks(song(*order), n_steps=32)
    selection = best_selection(tracks, ("melody", "bass", "drums"))
    assert selection.tracks == {"melody": 3, "bass": 2, "drums": 0}


def test_a_tune_that_goes_on_beats_one_that_is_heard_once() -> None:
    """More notes decide between equals."""
    short = Track(_tune().notes[:4], channel=0)
    tracks = list_tracks(song(short, _tune(channel=1)), n_steps=32)
    assert best_selection(tracks, ("melody",)).tracks == {"melody": 1}


def test_sound_effects_are_no_melody() -> None:
    """A helicopter has pitches, but nobody sings it."""
    tracks = list_tracks(song(_tune(program=125), _chords()), n_steps=32)
    assert best_selection(tracks, ("melody",)).tracks == {"melody": 1}


def test_any_program_can_be_the_melody() -> None:
    """Violins, brass, leads: 40..127 are as good as pianos."""
    for program in (40, 56, 73, 80, 104):
        tracks = list_tracks(song(_tune(program=program), _bass()), n_steps=64)
        assert best_selection(tracks, ("melody", "bass", "drums")).tracks["melody"] == 0


def test_a_trio_may_lack_bass_and_drums() -> None:
    """They are silent, and the explanation says so."""
    selection = best_selection(list_tracks(song(_tune()), n_steps=64), ("melody", "bass", "drums"))
    assert selection.tracks == {"melody": 0}
    assert "Bass: no track, so this part is silent." in selection.explanation
    assert "Drums: no track, so this part is silent." in selection.explanation


@pytest.mark.parametrize(
    ("tracks", "parts", "sentence"),
    [
        ((_drums(),), ("melody",), "a drum kit has no pitches"),
        ((_drums(),), ("melody", "bass", "drums"), "a drum kit has no pitches"),
        ((_tune(),), ("drums",), "not on the drum channel"),
    ],
)
def test_a_missing_part_is_explained(
    tracks: tuple[Track, ...], parts: tuple, sentence: str
) -> None:
    """The message names the track and the reason, the remedy what to do."""
    with pytest.raises(NoUsableTrackError, match=sentence) as caught:
        best_selection(list_tracks(song(*tracks), n_steps=32), parts)
    assert "Choose a song" in caught.value.remedy


def test_tracks_and_selections_survive_a_session() -> None:
    """Streamlit wants everything in its session state to be plain data."""
    tracks = list_tracks(song(_tune(), _bass()), n_steps=32)
    selection = best_selection(tracks, ("melody",))
    assert pickle.loads(pickle.dumps((tracks, selection))) == (tracks, selection)  # noqa: S301


def test_pitches_have_names() -> None:
    """60 is C4, the middle one."""
    assert [pitch_name(p) for p in (21, 60, 61, 108)] == ["A0", "C4", "C#4", "C8"]
