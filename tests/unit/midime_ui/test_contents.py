"""What of a MidiMe is kept beside its file."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from midime_engine.pipelines import keeping
from midime_ui import contents
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


def test_a_long_curve_is_thinned(study: Study, personal: Personal) -> None:
    """To what a screen can show; first and last round stay."""
    steps = tuple(replace(personal.steps[0], epoch=i + 1) for i in range(5000))
    kept = content(study, replace(personal, steps=steps), with_songs=False)
    curve = kept.details["curve"]
    assert len(curve) < 600
    assert (curve[0][0], curve[-1][0]) == (1, 5000)


def test_songs_are_kept_only_where_that_is_wished(study: Study, personal: Personal) -> None:
    """Their names always; their tracks with them."""
    (source,) = study.sources
    study = replace(study, tracks=((source.sha256, "melody", 0),))
    whole, bare = (content(study, personal, with_songs=each) for each in (True, False))
    assert [(song.name, song.data) for song in whole.songs] == [(source.name, source.data)]
    assert whole.details["tracks"] == [[source.sha256, "melody", 0]]
    assert (bare.songs, bare.details["tracks"]) == ((), [])
    assert bare.song_names == whole.song_names == ("tune.mid",)


def test_rules_are_kept_with_how_they_are_set(study: Study, personal: Personal) -> None:
    """In words among the settings; a MidiMe without them says nothing of rules."""
    ruled = replace(personal, rules=Applied(some_rules(), 0.5))
    kept = content(study, ruled, with_songs=False)
    assert kept.rules == some_rules().data
    assert kept.settings[contents.RULES] == "C major"
    assert kept.details["position"] == contents.standing(POSITION, ruled)
    assert contents.standing(POSITION, ruled)[contents.RULES]["strength"] == 0.5
    assert contents.standing(POSITION, personal) == POSITION.to_json()
    assert contents.RULES not in content(study, personal, with_songs=False).settings


def test_of_a_file_there_is_what_it_says(personal: Personal) -> None:
    """Its model, its songs and its settings; not how it was trained."""
    kept = contents.of_file(personal.data, keeping.read(personal.data))
    assert (kept.base_model, kept.song_names) == ("mel_2bar", ("tune.mid",))
    assert kept.settings["sliders"] == 3
    assert not kept.details
