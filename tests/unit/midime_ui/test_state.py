"""What a visitor has chosen is kept as plain data and recognised by its content."""

from __future__ import annotations

import pickle
from dataclasses import replace
from datetime import UTC, datetime

import pytest
import streamlit as st

from midime_engine.errors import MidiReadError
from midime_engine.music.playback import Playback
from midime_ui import rulebook, state
from midime_ui.rules import Applied
from midime_ui.state import Keepsake, Personal, Songless, Source, Study, Visit, WatchedJob
from tests.support.ruling import some_rules

PERSONAL = Personal(b"w", "f", (), n_vectors=3, seconds=0.1, stopped_early=False)


@pytest.fixture(autouse=True)
def session(monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    """A session without a browser."""
    values: dict[str, object] = {}
    monkeypatch.setattr(st, "session_state", values)
    monkeypatch.delenv("MIDIME_MODEL", raising=False)
    return values


def test_there_is_no_study_before_the_first_song() -> None:
    """A new visitor has nothing, and asking is no error."""
    assert state.study() is None
    assert state.sources() == ()
    assert state.personal() is None
    assert state.job() is None


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


def test_the_fingerprint_follows_the_content() -> None:
    """Other notes, another track or another model: another fingerprint."""
    song = Source("a.mid", b"a")
    study = Study((song,), (), "mel_2bar")
    others = [
        Study((Source("a.mid", b"b"),), (), "mel_2bar"),
        Study((song,), ((song.sha256, "melody", 1),), "mel_2bar"),
        Study((song,), (), "trio_4bar"),
    ]

    assert Study((Source("a.mid", b"a"),), (), "mel_2bar").fingerprint == study.fingerprint
    assert len({study.fingerprint, *(other.fingerprint for other in others)}) == 4


def test_the_environment_may_name_another_model(monkeypatch: pytest.MonkeyPatch) -> None:
    """Until the visitor has a song or an opinion."""
    monkeypatch.setenv("MIDIME_MODEL", "somewhere/else")
    assert state.model_name() == "somewhere/else"
    state.choose_model("mel_2bar")
    assert state.model_name() == "mel_2bar"


def test_a_song_suggests_and_the_visitor_decides() -> None:
    """The next song suggests something else, and is not asked."""
    state.set_suggested_model("trio_4bar")
    assert state.model_name() == "trio_4bar"
    assert not state.has_chosen_model()

    state.choose_model("mel_16bar")
    state.set_suggested_model("drums_2bar")

    assert state.model_name() == "mel_16bar"
    assert state.has_chosen_model()


def test_the_chosen_track_can_be_asked_for() -> None:
    """None where the best guess holds."""
    state.set_track("song", "bass", 3)
    assert state.track("song", "bass") == 3
    assert state.track("song", "melody") is None


def test_the_title_of_a_study_is_its_first_song() -> None:
    """Without the ending of the file: it stands on downloads."""
    songs = (Source("Für Elise.v2.mid", b"a"), Source("b.mid", b"b"))
    assert Study(songs, (), "mel_2bar").title == "Für Elise.v2"


def test_a_midime_with_rules_plays_and_is_kept_as_another() -> None:
    """Switched off it plays as before, and carries them all the same."""
    bare = Personal(b"weights", "x", (), 1, 0.1, stopped_early=False)
    ruled = replace(bare, rules=Applied(some_rules()))
    off = replace(bare, rules=Applied(some_rules(), is_on=False))
    assert bare.key == (bare.sha256,)
    assert len({bare.key, ruled.key}) == 2
    assert off.key == bare.key
    assert bare.identity == bare.sha256
    assert off.identity == ruled.identity != bare.identity


def test_everything_in_the_session_can_be_serialised(session: dict[str, object]) -> None:
    """A server may keep sessions outside its memory."""
    song = Source("a.mid", b"a")
    state.set_sources((song,))
    state.set_arrivals((song,))
    state.set_track(song.sha256, "melody", 0)
    state.set_refusals((("b.mid", MidiReadError("Bad.", remedy="Better.")),))
    state.choose_model("mel_2bar")
    state.set_suggested_model("trio_4bar")
    state.set_wanted_model("magenta/trio_4bar")
    state.set_job(WatchedJob("id", 100))
    state.set_personal(Personal(b"w", "f", (), n_vectors=3, seconds=0.1, stopped_early=False))
    rulebook.set_watched(rulebook.Watched("id", ("rests",), 140))
    rulebook.set_learnt(rulebook.Learnt(some_rules(), ("mel_2bar",), seconds=9.5))
    rulebook.apply(PERSONAL, Applied(some_rules()))

    restored = pickle.loads(pickle.dumps(session))  # noqa: S301 - our own bytes

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


def test_what_is_known_of_the_library_is_kept() -> None:
    """Who owns it, where the MidiMe is in it, and the link that was made."""
    keepsake = Keepsake("id", "0" * 64, has_songs=False)
    state.set_keepsake(keepsake)
    state.set_owner_secret("word")
    assert (state.keepsake(), state.owner_secret()) == (keepsake, "word")
    assert state.made_share() is None
    state.set_keepsake(None)
    assert state.keepsake() is None
