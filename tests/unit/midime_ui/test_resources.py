"""Everything is computed once, recognised by its content, and nothing heavy is imported early."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import numpy as np
import pytest

from midime_engine.errors import MidimeError, MidiReadError
from midime_ui import resources, state
from midime_ui.state import Source, Study
from tests.support.studio import a_tune

if TYPE_CHECKING:
    from midime_ui.state import Personal


def test_importing_it_loads_neither_tensorflow_nor_note_seq() -> None:
    """The first page must not pay for them."""
    heavy = {"tensorflow", "keras", "jax", "torch", "note_seq"}
    probe = f"import midime_ui.resources, sys; sys.exit(not {heavy!r}.isdisjoint(sys.modules))"
    assert subprocess.run([sys.executable, "-c", probe], check=False).returncode == 0


@pytest.mark.usefixtures("fakes")
def test_equal_songs_are_read_once() -> None:
    """Whoever drops them."""
    data = a_tune(n_bars=4, qpm=90)
    assert resources.song(Source("a.mid", data)) is resources.song(Source("a.mid", data))
    assert resources.song(Source("a.mid", data)) is not resources.song(Source("b.mid", data))


@pytest.mark.usefixtures("fakes")
def test_an_error_is_not_remembered() -> None:
    """It is raised again, as itself."""
    for _ in range(2):
        with pytest.raises(MidiReadError):
            resources.song(Source("a.mid", b"nothing"))


def test_the_fingerprint_is_that_of_the_notes(study: Study) -> None:
    """The same notes under another name need no new training; other notes do."""
    (song,) = study.sources
    renamed = Study((Source("other.mid", song.data),), (), study.model)
    different = Study((Source(song.name, a_tune(n_bars=16, qpm=90, pitch=50)),), (), study.model)
    assert resources.fingerprint(renamed) == resources.fingerprint(study)
    assert resources.fingerprint(different) != resources.fingerprint(study)


def test_a_chosen_track_is_the_one_that_is_cut(study: Study) -> None:
    """And not the best guess."""
    (song,) = study.sources
    chosen = Study((song,), ((song.sha256, "melody", 0),), study.model)
    assert resources.material(chosen).selections[0].explanation == "You chose the tracks."


def test_the_fake_model_gives_the_song_back(study: Study) -> None:
    """Through cache, server and pipeline."""
    assert resources.rebuilt(study).mean_accuracy == 1.0


def test_the_same_point_is_the_same_music(study: Study, personal: Personal) -> None:
    """Another one is not."""
    point = (0.5, -1.0, 2.0)
    first = resources.variation(study, personal, point, temperature=None, seed=0)
    again = resources.variation(study, personal, point, temperature=None, seed=0)
    other = resources.variation(study, personal, (3.0, 3.0, -3.0), temperature=None, seed=0)
    assert np.array_equal(first.tokens, again.tokens)
    assert not np.array_equal(first.z, other.z)
    assert first.z_small is not None
    assert first.z_small[0].tolist() == pytest.approx(point)


def test_sound_is_encoded_as_asked(study: Study) -> None:
    """WAV and MP3 begin as they must, and a preview is shorter."""
    sequence = resources.song(study.sources[0]).sequence
    whole, preview = (resources.sound(sequence, "wav", seconds=s) for s in (None, 2.0))
    assert whole[:4] == preview[:4] == b"RIFF"
    assert len(preview) < len(whole) / 2
    assert resources.sound(sequence, "mp3", seconds=2.0)[:2] in {b"\xff\xfb", b"\xff\xf3", b"ID"}


@pytest.mark.usefixtures("fakes")
def test_a_model_that_does_not_exist_is_an_error_with_a_remedy(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The developer who set MIDIME_MODEL reads what to do."""
    monkeypatch.setenv("MIDIME_MODEL", "/nowhere/at/all")
    with pytest.raises(MidimeError) as refusal:
        resources.model_card(state.default_model())
    assert refusal.value.remedy
