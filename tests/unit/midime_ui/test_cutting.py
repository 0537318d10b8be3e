"""What a model hears of a song follows its notes and the chosen tracks."""

from __future__ import annotations

from dataclasses import replace

import pytest

from midime_engine.music.playback import Playback
from midime_ui import cutting, studies
from midime_ui.studies import Songless, Source, Study
from tests.support.studio import a_tune


def test_the_fingerprint_is_that_of_the_notes(study: Study) -> None:
    """The same notes under another name need no new training; other notes do."""
    (song,) = study.sources
    renamed = Study((Source("other.mid", song.data),), (), study.model)
    different = Study((Source(song.name, a_tune(n_bars=16, qpm=90, pitch=50)),), (), study.model)
    assert cutting.fingerprint(renamed) == cutting.fingerprint(study)
    assert cutting.fingerprint(different) != cutting.fingerprint(study)


def test_a_chosen_track_is_the_one_that_is_cut(study: Study) -> None:
    """And not the best guess."""
    (song,) = study.sources
    chosen = Study((song,), ((song.sha256, "melody", 0),), study.model)
    assert cutting.material(chosen).selections[0].explanation == "You chose the tracks."


def test_a_chosen_track_means_nothing_to_a_model_without_its_part(trio: Study) -> None:
    """The bass that was chosen for a trio is kept, and is no part of a melody."""
    (song,) = trio.sources
    chosen = Study((song,), ((song.sha256, "bass", 0),), "mel_2bar")
    assert set(cutting.material(chosen).selections[0].tracks) == {"melody"}


def test_who_plays_what_is_known(trio: Study) -> None:
    """For the colours of a whole song."""
    (song,) = trio.sources
    roles = cutting.roles(trio, song)
    assert set(roles.values()) == {"melody", "bass", "drums"}
    silent = Study((song,), ((song.sha256, "drums", studies.SILENT),), "trio_4bar")
    assert set(cutting.roles(silent, song).values()) == {"melody", "bass"}


def test_without_the_songs_the_playback_is_what_the_midime_says(study: Study) -> None:
    """With them it is theirs."""
    waltz = Playback(qpm=90, numerator=3, n_steps=24)
    assert cutting.playback(study).qpm == pytest.approx(90)
    bare = replace(study, sources=(), songless=Songless("x", waltz))
    assert cutting.playback(bare) == waltz
