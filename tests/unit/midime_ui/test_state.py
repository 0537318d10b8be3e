"""What a visitor has chosen is kept as plain data and recognised by its content."""

from __future__ import annotations

import pickle
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from midime_engine.errors import MidiReadError
from midime_engine.music.playback import Playback
from midime_ui import dropped_files, model_at_work, rulebook, state, watched_training
from midime_ui.personal import Personal
from midime_ui.rules import Applied
from midime_ui.state import Visit
from midime_ui.studies import Songless, Source, Study
from midime_ui.watched_training import WatchedJob
from tests.support.ruling import some_rules

PERSONAL = Personal(b"w", "f", (), n_vectors=3, seconds=0.1, stopped_early=False)

pytestmark = pytest.mark.usefixtures("bare_session")


def test_there_is_no_study_before_the_first_song() -> None:
    """A new visitor has nothing, and asking is no error."""
    assert state.study() is None
    assert state.sources() == ()
    assert state.personal() is None
    assert watched_training.job() is None


def test_a_study_holds_songs_tracks_and_model() -> None:
    """The choice of a track belongs to its song."""
    song, other = Source("a.mid", b"a"), Source("b.mid", b"b")
    state.set_sources((song,))
    state.set_track(song.sha256, "melody", 2)
    state.set_track(other.sha256, "melody", 1)

    study = state.study()

    assert study == Study((song,), ((song.sha256, "melody", 2),), "mel_2bar")


def test_going_back_to_the_best_guess_forgets_the_choice() -> None:
    """Then the study is the one of before, and so is its training."""
    song = Source("a.mid", b"a")
    state.set_sources((song,))
    before = state.study()
    state.set_track(song.sha256, "melody", 2)
    assert state.study() != before

    state.set_track(song.sha256, "melody", None)

    assert state.study() == before


def test_the_chosen_track_can_be_asked_for() -> None:
    """None where the best guess holds."""
    state.set_track("song", "bass", 3)
    assert state.track("song", "bass") == 3
    assert state.track("song", "melody") is None


def test_everything_in_the_session_can_be_serialised(bare_session: dict[str, object]) -> None:
    """A server may keep sessions outside its memory."""
    song = Source("a.mid", b"a")
    state.set_sources((song,))
    dropped_files.set_arrivals((song,))
    state.set_track(song.sha256, "melody", 0)
    dropped_files.set_refusals((("b.mid", MidiReadError("Bad.", remedy="Better.")),))
    model_at_work.choose_model("mel_2bar")
    model_at_work.set_suggested_model("trio_4bar")
    model_at_work.set_wanted_model("magenta/trio_4bar")
    watched_training.set_job(WatchedJob("id", 100))
    state.set_personal(Personal(b"w", "f", (), n_vectors=3, seconds=0.1, stopped_early=False))
    rulebook.set_watched(rulebook.Watched("id", ("rests",), 140))
    rulebook.set_learnt(rulebook.Learnt(some_rules(), ("mel_2bar",), seconds=9.5))
    rulebook.apply(PERSONAL, Applied(some_rules()))

    restored = pickle.loads(pickle.dumps(bare_session))  # noqa: S301 - our own bytes

    assert restored["sources"] == (song,)
    assert restored["personal"] == state.personal()
    assert restored["refusals"][0][1].remedy == "Better."


def test_a_song_takes_the_place_of_what_was_opened_without_one() -> None:
    """With the MidiMe, which was of another song."""
    state.set_personal(PERSONAL)
    state.set_songless(Songless("x", Playback()))
    assert state.study() is None
    assert state.explorable() == Study((), (), "mel_2bar", Songless("x", Playback()))
    assert state.personal() == PERSONAL

    state.set_sources((Source("a.mid", b"a"),))

    assert state.study() is not None
    assert state.explorable() == state.study()
    assert state.personal() is None


def test_a_visit_ends_with_another_training_or_another_song() -> None:
    """Then what is at work is the visitor's own."""
    for leave in (
        lambda: state.set_personal(replace(PERSONAL, data=b"own")),
        lambda: state.set_sources((Source("own.mid", b"own"),)),
        state.clear_personal,
    ):
        state.set_personal(PERSONAL)
        state.set_visit(Visit("id", "x", datetime(2027, 1, 1, tzinfo=UTC), with_songs=True))
        state.set_personal(PERSONAL)  # Collected again at every run.
        assert state.visit() is not None
        leave()
        assert state.visit() is None
