"""What was kept comes back as it was."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from midime_engine.errors import LibraryError, MidimeError
from midime_ui import (
    contents,
    cutting,
    keepsakes,
    note_sequences,
    personal_space,
    pools,
    reopening,
    rulebook,
    saving,
    state,
    watched_training,
)
from midime_ui.rules import Applied
from tests.support.keeping import POSITION, content, with_provenance
from tests.support.ruling import some_rules

if TYPE_CHECKING:
    from midime_ui.personal import Personal
    from midime_ui.studies import Study

pytestmark = pytest.mark.usefixtures("bare_session")


@pytest.fixture
def personal(study: Study, personal: Personal) -> Personal:
    """With its provenance, as the app makes it."""
    return with_provenance(study, personal)


def test_with_its_songs_everything_is_as_before(study: Study, personal: Personal) -> None:
    """Songs, tracks, model, training and sliders."""
    (source,) = study.sources
    study = replace(study, tracks=((source.sha256, "melody", 0),))
    assert reopening.open_content(content(study, personal, with_songs=True), name="x") == POSITION
    assert state.study() == study
    assert state.explorable() == study
    assert state.personal() == personal


def test_without_its_songs_the_music_is_the_same(study: Study, personal: Personal) -> None:
    """The model knows tempo, metre and instruments; of the song nothing is in it."""
    kept = content(study, personal, with_songs=False)
    assert kept.songs == ()
    reopening.open_content(kept, name="x")
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
    reopening.open_content(kept, name="x")
    assert state.study() is None
    assert state.explorable() is not None


def test_a_training_that_runs_is_ended(study: Study, personal: Personal) -> None:
    """It would take the place of what was opened."""
    job = pools.job_manager().submit(lambda job: job.should_stop() or None)
    watched_training.set_job(watched_training.WatchedJob(job.id, 100))
    reopening.open_content(content(study, personal, with_songs=True), name="x")
    assert watched_training.job() is None
    assert job.should_stop()


def test_a_model_that_is_not_here_is_explained(study: Study, personal: Personal) -> None:
    """And what was at work stays."""
    state.set_sources(study.sources)
    kept = content(study, personal, with_songs=True)
    for name in ("/etc/passwd", "unknown", "magenta/trio_4bar"):
        with pytest.raises(LibraryError):
            reopening.open_content(replace(kept, base_model=name), name="x")
    assert state.study() == study


def test_tracks_that_make_no_sense_are_left_out(study: Study, personal: Personal) -> None:
    """The database is not trusted more than a file."""
    kept = content(study, personal, with_songs=True)
    nonsense = [["0" * 64, "melody", 1], [study.sources[0].sha256, "singer", 1]]
    details = {**kept.details, "tracks": nonsense}
    reopening.open_content(replace(kept, details=details), name="x")
    assert state.explorable() == study


def test_a_link_opens_and_marks_the_visitor(study: Study, personal: Personal) -> None:
    """Until a song of their own comes."""
    shared = saving.share(study, personal, POSITION, with_songs=True, days=7)
    assert reopening.open_share(shared.id) == POSITION
    visit = state.visit()
    assert visit is not None
    assert visit.expires == shared.expires
    state.set_sources(study.sources)
    assert state.visit() is None
    assert state.personal() is None


def test_what_is_opened_from_the_library_is_saved_already(
    study: Study, personal: Personal, bare_session: dict[str, object]
) -> None:
    """Its sliders stand where they stood."""
    saved = saving.save(study, personal, POSITION, name="x", with_songs=True)
    keepsakes.set_keepsake(None)
    reopening.open_saved(saved)
    assert keepsakes.keepsake() == keepsakes.Keepsake(saved.id, personal.sha256, has_songs=True)
    assert [bare_session[f"z{i}"] for i in range(3)] == list(POSITION.point)
    assert (bare_session["seed"], bare_session["daring"]) == (12, 0.7)
    saving.forget(saved.id)
    assert keepsakes.keepsake() is None


def test_rules_come_back_as_they_were_set(study: Study, personal: Personal) -> None:
    """Their file, which key was asked for, how strongly, and whether they were on."""
    rules = some_rules(what="key").asked_for(("key=A minor",))
    applied = Applied(rules, 0.5, is_on=False)
    kept = content(study, replace(personal, rules=applied), with_songs=True)
    assert kept.settings[contents.RULES] == "A minor"
    assert reopening.open_content(kept, name="x") == POSITION
    assert rulebook.applied(personal) == applied
    reopening.open_content(content(study, personal, with_songs=True), name="x")
    assert rulebook.applied(personal) is None


def test_a_link_carries_the_rules(study: Study, personal: Personal) -> None:
    """As they were set when it was made."""
    applied = Applied(some_rules(), 0.25)
    ruled = replace(personal, rules=applied)
    shared = saving.share(study, ruled, POSITION, with_songs=True, days=7)
    rulebook.apply(personal, None)
    assert reopening.open_share(shared.id) == POSITION
    assert rulebook.applied(personal) == applied


@pytest.mark.parametrize("rules", [b"no constraint", some_rules(model="drums_2bar").data])
def test_rules_that_do_not_fit_are_refused(study: Study, personal: Personal, rules: bytes) -> None:
    """What was at work before stays."""
    kept = replace(content(study, personal, with_songs=True), rules=rules)
    with pytest.raises(MidimeError):
        reopening.open_content(kept, name="x")
    assert state.personal() is None


def test_what_is_saved_can_be_taken_out_without_working_with_it(
    study: Study, personal: Personal
) -> None:
    """For a blend; what cannot be played here is refused."""
    saved = saving.save(study, personal, POSITION, name="x", with_songs=False)
    assert reopening.playable(saved.id) == content(study, personal, with_songs=False)
    assert state.personal() is None
    with pytest.raises(LibraryError):
        reopening.playable("another")
