from __future__ import annotations

import json
from dataclasses import replace

import pytest

from midime_engine.errors import MidiMeFileError
from midime_engine.music.playback import Playback
from midime_engine.pipelines.provenance import Parent, Provenance

WALTZ = Provenance(
    model="mel_2bar",
    parts=("melody",),
    playback=Playback(qpm=150.0, numerator=3, n_steps=24, programs=(40,), velocities=(77,)),
    songs=("waltz.mid",),
    sha256=("00" * 32,),
    n_chunks=12,
)


def test_it_survives_a_trip_through_json() -> None:
    """What is written into a file is what is read from it."""
    assert Provenance.from_json(json.loads(json.dumps(WALTZ.to_json()))) == WALTZ


def test_a_blend_names_its_parents() -> None:
    """With their shares, in order."""
    parents = (Parent("waltz", "00" * 32, 0.75), Parent("reel", "11" * 32, 0.25))
    blend = replace(WALTZ, parents=parents)
    assert Provenance.from_json(json.loads(json.dumps(blend.to_json()))) == blend


def test_it_describes_the_material(material) -> None:
    """The songs, their digests and how they play."""
    provenance = Provenance.of(material, model="perfect", parts=("melody",))
    assert provenance.songs == ("scale.mid",)
    assert provenance.sha256 == (material.songs[0].sha256,)
    assert provenance.playback == material.chunks.playback
    assert provenance.n_chunks == 4


@pytest.mark.parametrize(
    "change",
    [
        {"parts": []},
        {"parts": ["kazoo"]},
        {"parts": None},
        {"playback": None},
        {"playback": {"qpm": -1}},
        {"playback": {"qpm": "fast"}},
        {"playback": {"speed": 1}},
        {"playback": {"programs": [900]}},
        {"n_chunks": "many"},
        {"songs": 3},
        {"parents": 3},
        {"parents": [{"name": "A", "sha256": ""}]},
        {"parents": [{"name": "A", "sha256": "", "share": "most"}]},
        {"parents": [{"name": "A", "sha256": "", "share": 1e300}]},
    ],
)
def test_a_file_from_anybody_is_not_believed(change) -> None:
    """What is not what it should be is refused with a remedy."""
    with pytest.raises(MidiMeFileError) as caught:
        Provenance.from_json({**WALTZ.to_json(), **change})
    assert caught.value.remedy


def test_a_file_that_says_nothing_is_refused() -> None:
    """Without the model's name there is nothing to decode with."""
    with pytest.raises(MidiMeFileError, match="model"):
        Provenance.from_json({"parts": ["melody"], "playback": {}})
