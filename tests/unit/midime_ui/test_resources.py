"""Everything is computed once, recognised by its content, and nothing heavy is imported early."""

from __future__ import annotations

import io
import subprocess
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import mido
import numpy as np
import pytest

from midime_engine import examples
from midime_engine.errors import MidiReadError
from midime_engine.music.playback import Playback
from midime_ui import resources, state
from midime_ui.resources import Fit
from midime_ui.state import Songless, Source, Study
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


@pytest.mark.parametrize(
    ("slug", "model"),
    [
        ("irish_washerwoman", "mel_2bar"),
        ("ode_to_joy", "mel_2bar"),
        ("korobeiniki", "trio_4bar"),
        ("corner_shop_groove", "drums_2bar"),
    ],
)
@pytest.mark.usefixtures("fakes")
def test_the_model_that_a_song_can_feed_is_suggested(slug: str, model: str) -> None:
    """A line, two lines, a band, drums."""
    assert resources.suggested_model((Source(slug, examples.read(slug)),)).name == model


@pytest.mark.usefixtures("fakes")
def test_a_host_who_has_decided_is_followed_where_the_song_allows(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The long melody for a tune, but not for drums."""
    monkeypatch.setenv("MIDIME_MODEL", "mel_16bar")
    tune, groove = (Source(s, examples.read(s)) for s in ("ode_to_joy", "corner_shop_groove"))
    assert resources.suggested_model((tune,)).name == "mel_16bar"
    assert resources.suggested_model((groove,)).name == "drums_2bar"


def test_what_a_model_would_hear_is_counted(study: Study, drums: Study) -> None:
    """Pieces, their length, and the parts that nobody plays."""
    assert resources.fit(study.sources, "mel_2bar") == Fit(8, 2, ())
    assert resources.fit(study.sources, "mel_16bar") == Fit(1, 16, ())
    assert resources.fit(study.sources, "trio_4bar") == Fit(4, 4, ("bass", "drums"))
    assert resources.fit(study.sources, "drums_2bar") == Fit(0, 0, ("drums",))
    assert resources.fit(drums.sources, "trio_4bar") == Fit(0, 0, ("melody",))


def test_each_part_is_judged_for_itself(trio: Study) -> None:
    """One chunk, all chunks, and one number for all."""
    rebuilt = resources.rebuilt(trio)
    assert resources.agreement(trio, rebuilt, 0) == {"melody": 1.0, "bass": 1.0, "drums": 1.0}
    wrong = rebuilt.tokens.copy()
    wrong[:, :16, 1] += 1
    spoilt = replace(rebuilt, tokens=wrong)
    assert resources.accuracy(trio, spoilt) == {"melody": 1.0, "bass": 0.75, "drums": 1.0}
    assert resources.overall(trio, spoilt) == pytest.approx(11 / 12)


def test_a_part_that_nobody_plays_is_not_counted(study: Study) -> None:
    """Silence that comes back as silence is no merit."""
    alone = Study(study.sources, (), "trio_4bar")
    assert resources.silent_parts(alone) == ("bass", "drums")
    assert set(resources.accuracy(alone, resources.rebuilt(alone))) == {"melody"}


def test_a_chosen_track_means_nothing_to_a_model_without_its_part(trio: Study) -> None:
    """The bass that was chosen for a trio is kept, and is no part of a melody."""
    (song,) = trio.sources
    chosen = Study((song,), ((song.sha256, "bass", 0),), "mel_2bar")
    assert set(resources.material(chosen).selections[0].tracks) == {"melody"}


def test_who_plays_what_is_known(trio: Study) -> None:
    """For the colours of a whole song."""
    (song,) = trio.sources
    roles = resources.roles(trio, song)
    assert set(roles.values()) == {"melody", "bass", "drums"}
    silent = Study((song,), ((song.sha256, "drums", state.SILENT),), "trio_4bar")
    assert set(resources.roles(silent, song).values()) == {"melody", "bass"}


def test_a_trio_is_written_as_three_tracks(trio: Study) -> None:
    """With the instruments of the song, named after the parts, the drums on their channel."""
    music = resources.music(trio, resources.rebuilt(trio).tokens[:1])[0]
    file = mido.MidiFile(file=io.BytesIO(resources.midi(music)))
    channels = {
        track.name: {message.channel for message in track if message.type == "note_on"}
        for track in file.tracks[1:]
    }
    programs = {
        track.name: [message.program for message in track if message.type == "program_change"]
        for track in file.tracks[1:]
    }
    assert channels == {"melody": {0}, "bass": {1}, "drums": {9}}
    song = mido.MidiFile(file=io.BytesIO(trio.sources[0].data))
    played = {m.program for track in song.tracks for m in track if m.type == "program_change"}
    assert set(programs["melody"] + programs["bass"]) <= played
    assert programs["bass"][0] in range(32, 40)


def test_downloads_are_shared() -> None:
    """By all sessions of the process."""
    assert resources.fetches() is resources.fetches()


def test_without_the_songs_the_playback_is_what_the_midime_says(study: Study) -> None:
    """With them it is theirs."""
    waltz = Playback(qpm=90, numerator=3, n_steps=24)
    assert resources.playback(study).qpm == pytest.approx(90)
    bare = replace(study, sources=(), songless=Songless("x", waltz))
    assert resources.playback(bare) == waltz


def test_the_size_of_vectors_is_asked_of_the_model(fakes: None) -> None:  # noqa: ARG001
    """Whoever opens a file compares it."""
    assert resources.z_size("mel_2bar") == 256
