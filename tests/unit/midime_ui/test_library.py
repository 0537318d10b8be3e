"""What is at work goes into the library and comes back as it was."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
import streamlit as st

from midime_engine.errors import LibraryError, MidimeError
from midime_engine.library import Owner, secret
from midime_engine.midime import persistence
from midime_engine.pipelines.provenance import Provenance
from midime_ui import (
    cutting,
    keepsakes,
    library,
    note_sequences,
    personal_space,
    pools,
    rulebook,
    state,
    watched_training,
)
from midime_ui.components.sliders import Position
from midime_ui.rules import Applied
from tests.support.ruling import some_rules

if TYPE_CHECKING:
    from midime_engine.library import Content
    from midime_ui.personal import Personal
    from midime_ui.studies import Study

POSITION = Position((1.0, 0.5, -2.0), 0.7, 12)


@pytest.fixture(autouse=True)
def session(monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    """A session without a browser."""
    values: dict[str, object] = {}
    monkeypatch.setattr(st, "session_state", values)
    return values


@pytest.fixture
def personal(study: Study, personal: Personal) -> Personal:
    """With its provenance, as the app makes it."""
    provenance = Provenance.of(cutting.material(study), model=study.model, parts=("melody",))
    return replace(
        personal, data=persistence.to_bytes(personal_space.space(personal), provenance.to_json())
    )


def content(study: Study, personal: Personal, *, with_songs: bool) -> Content:
    """What would be saved."""
    return library.content_of(study, personal, POSITION, with_songs=with_songs)


def test_with_its_songs_everything_is_as_before(study: Study, personal: Personal) -> None:
    """Songs, tracks, model, training and sliders."""
    (source,) = study.sources
    study = replace(study, tracks=((source.sha256, "melody", 0),))
    assert library.open_content(content(study, personal, with_songs=True), name="x") == POSITION
    assert state.study() == study
    assert state.explorable() == study
    assert state.personal() == personal


def test_without_its_songs_the_music_is_the_same(study: Study, personal: Personal) -> None:
    """The model knows tempo, metre and instruments; of the song nothing is in it."""
    kept = content(study, personal, with_songs=False)
    assert kept.songs == ()
    library.open_content(kept, name="x")
    bare = state.explorable()
    assert state.study() is None
    assert bare is not None
    assert bare.title == "x"
    assert cutting.playback(bare) == cutting.playback(study)
    point = POSITION.point
    tokens = [
        personal_space.variation(each, personal, point, temperature=0.7, seed=12).tokens
        for each in (study, bare)
    ]
    assert (tokens[0] == tokens[1]).all()
    assert note_sequences.music(bare, tokens[1]) == note_sequences.music(study, tokens[0])


def test_songs_that_read_differently_now_are_left_aside(study: Study, personal: Personal) -> None:
    """After an update of the program: the model plays on."""
    kept = content(study, replace(personal, fingerprint="of old"), with_songs=True)
    library.open_content(kept, name="x")
    assert state.study() is None
    assert state.explorable() is not None


def test_a_training_that_runs_is_ended(study: Study, personal: Personal) -> None:
    """It would take the place of what was opened."""
    job = pools.job_manager().submit(lambda job: job.should_stop() or None)
    watched_training.set_job(watched_training.WatchedJob(job.id, 100))
    library.open_content(content(study, personal, with_songs=True), name="x")
    assert watched_training.job() is None
    assert job.should_stop()


def test_a_model_that_is_not_here_is_explained(study: Study, personal: Personal) -> None:
    """And what was at work stays."""
    state.set_sources(study.sources)
    kept = content(study, personal, with_songs=True)
    for name in ("/etc/passwd", "unknown", "magenta/trio_4bar"):
        with pytest.raises(LibraryError):
            library.open_content(replace(kept, base_model=name), name="x")
    assert state.study() == study


def test_tracks_that_make_no_sense_are_left_out(study: Study, personal: Personal) -> None:
    """The database is not trusted more than a file."""
    kept = content(study, personal, with_songs=True)
    nonsense = [["0" * 64, "melody", 1], [study.sources[0].sha256, "singer", 1]]
    details = {**kept.details, "tracks": nonsense}
    library.open_content(replace(kept, details=details), name="x")
    assert state.explorable() == study


def test_a_long_curve_is_thinned(study: Study, personal: Personal) -> None:
    """To what a screen can show; first and last round stay."""
    steps = tuple(replace(personal.steps[0], epoch=i + 1) for i in range(5000))
    kept = content(study, replace(personal, steps=steps), with_songs=False)
    curve = kept.details["curve"]
    assert len(curve) < 600
    assert (curve[0][0], curve[-1][0]) == (1, 5000)


def test_a_new_visitor_becomes_an_owner_by_saving(study: Study, personal: Personal) -> None:
    """And stays the same one; sharing what is saved saves nothing again."""
    assert library.owner() is None
    saved = library.save(study, personal, POSITION, name="x", with_songs=False)
    owner = library.owner()
    assert owner is not None
    shared = library.share(study, personal, POSITION, with_songs=False, days=7)
    assert shared.saved_id == saved.id
    assert keepsakes.made_share() == shared
    with_song = library.share(study, personal, POSITION, with_songs=True, days=7)
    assert with_song.saved_id != saved.id
    assert len(library.library().list_saved(owner)) == 2


def test_sharing_what_was_deleted_saves_it_again(study: Study, personal: Personal) -> None:
    """Another tab may have deleted it."""
    saved = library.save(study, personal, POSITION, name="x", with_songs=False)
    library.library().delete(library.require_owner(), saved.id)
    shared = library.share(study, personal, POSITION, with_songs=False, days=7)
    assert shared.saved_id != saved.id


def test_a_link_opens_and_marks_the_visitor(study: Study, personal: Personal) -> None:
    """Until a song of their own comes."""
    shared = library.share(study, personal, POSITION, with_songs=True, days=7)
    assert library.open_share(shared.id) == POSITION
    visit = state.visit()
    assert visit is not None
    assert visit.expires == shared.expires
    state.set_sources(study.sources)
    assert state.visit() is None
    assert state.personal() is None


def test_what_is_opened_from_the_library_is_saved_already(
    study: Study, personal: Personal, session: dict[str, object]
) -> None:
    """Its sliders stand where they stood."""
    saved = library.save(study, personal, POSITION, name="x", with_songs=True)
    keepsakes.set_keepsake(None)
    library.open_saved(saved)
    assert keepsakes.keepsake() == keepsakes.Keepsake(saved.id, personal.sha256, has_songs=True)
    assert [session[f"z{i}"] for i in range(3)] == list(POSITION.point)
    assert (session["seed"], session["daring"]) == (12, 0.7)
    library.forget(saved.id)
    assert keepsakes.keepsake() is None


def test_a_secret_that_opens_nothing_is_explained(study: Study, personal: Personal) -> None:
    """And does not take the place of a good one."""
    library.save(study, personal, POSITION, name="x", with_songs=False)
    good = keepsakes.owner_secret()
    for word in (secret(), "nonsense"):
        with pytest.raises(LibraryError):
            library.enter(word)
    assert keepsakes.owner_secret() == good
    assert good is not None
    library.enter(good)


def test_a_login_comes_before_a_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who has logged in is who the host knows."""
    keepsakes.set_owner_secret(secret())
    user = {"is_logged_in": True, "iss": "https://id.example", "sub": "7"}
    monkeypatch.setattr(st, "user", user)
    assert library.offers_login()
    assert library.owner() == Owner.by_login(issuer="https://id.example", subject="7")
    monkeypatch.setattr(st, "user", {"is_logged_in": False})
    assert library.login() is None
    monkeypatch.setattr(st, "user", {"is_logged_in": True})
    assert library.login() is None
    monkeypatch.setattr(st, "user", {})
    assert not library.offers_login()


def test_an_imported_file_is_kept_under_its_name(personal: Personal) -> None:
    """And opens."""
    saved = library.imported(personal.data, name="mine.safetensors")
    assert saved.name == "mine"
    assert saved.song_names == ("tune.mid",)
    library.open_saved(saved)
    assert state.explorable() is not None
    with pytest.raises(MidimeError):
        library.imported(personal.data[:-5], name="x")


def test_an_ended_link_is_no_longer_offered(study: Study, personal: Personal) -> None:
    """Another one stays."""
    shared = library.share(study, personal, POSITION, with_songs=False, days=7)
    library.forget_link("another")
    assert keepsakes.made_share() == shared
    library.forget_link(shared.id)
    assert keepsakes.made_share() is None


def test_rules_come_back_as_they_were_set(study: Study, personal: Personal) -> None:
    """Their file, which key was asked for, how strongly, and whether they were on."""
    rules = some_rules(what="key").asked_for(("key=A minor",))
    applied = Applied(rules, 0.5, is_on=False)
    kept = content(study, replace(personal, rules=applied), with_songs=True)
    assert kept.settings[library.RULES] == "A minor"
    assert library.open_content(kept, name="x") == POSITION
    assert rulebook.applied(personal) == applied
    library.open_content(content(study, personal, with_songs=True), name="x")
    assert rulebook.applied(personal) is None


def test_other_rules_are_not_saved_yet(study: Study, personal: Personal) -> None:
    """The same weights with rules are another thing to keep; how strongly is not."""
    ruled = replace(personal, rules=Applied(some_rules()))
    library.save(study, personal, POSITION, name="x", with_songs=False)
    kept = keepsakes.keepsake()
    assert kept is not None
    assert kept.identity != ruled.identity
    assert ruled.identity == replace(ruled, rules=Applied(some_rules(), 0.5)).identity
    saved = library.save(study, ruled, POSITION, name="y", with_songs=False)
    assert saved.has_rules
    keepsakes.set_keepsake(None)
    library.open_saved(saved)
    opened = keepsakes.keepsake()
    assert opened is not None
    assert opened.identity == ruled.identity


def test_a_link_carries_the_rules(study: Study, personal: Personal) -> None:
    """As they were set when it was made."""
    applied = Applied(some_rules(), 0.25)
    ruled = replace(personal, rules=applied)
    shared = library.share(study, ruled, POSITION, with_songs=True, days=7)
    rulebook.apply(personal, None)
    assert library.open_share(shared.id) == POSITION
    assert rulebook.applied(personal) == applied


@pytest.mark.parametrize("rules", [b"no constraint", some_rules(model="drums_2bar").data])
def test_rules_that_do_not_fit_are_refused(study: Study, personal: Personal, rules: bytes) -> None:
    """What was at work before stays."""
    kept = replace(content(study, personal, with_songs=True), rules=rules)
    with pytest.raises(MidimeError):
        library.open_content(kept, name="x")
    assert state.personal() is None
