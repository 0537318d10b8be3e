"""What the example songs promise."""

from __future__ import annotations

import hashlib
import importlib.util
import io
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import mido
import pytest

from midime_engine import examples
from midime_engine.converters.tracks import list_tracks
from midime_engine.errors import OptionError
from midime_engine.music.midi_io import read_midi

if TYPE_CHECKING:
    from types import ModuleType

_ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def script() -> ModuleType:
    """The script that makes the songs."""
    spec = importlib.util.spec_from_file_location("make", _ROOT / "scripts" / "make_examples.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["make"] = module  # Dataclasses look their module up.
    spec.loader.exec_module(module)
    return module


def _file(slug: str) -> mido.MidiFile:
    return mido.MidiFile(file=io.BytesIO(examples.read(slug)))


SLUGS = [example.slug for example in examples.EXAMPLES]


def test_there_is_something_for_every_model() -> None:
    """At least six songs: melodies, trios and drums alone, in duple, triple and compound metre."""
    assert len(set(SLUGS)) >= 6
    metres = {
        (message.numerator, message.denominator)
        for slug in SLUGS
        for message in _file(slug).tracks[0]
        if message.type == "time_signature"
    }
    assert metres == {(4, 4), (3, 4), (6, 8)}


@pytest.mark.parametrize("slug", SLUGS)
def test_files_are_what_the_script_makes(slug: str, script: ModuleType) -> None:
    """Nobody edits a song without its source: the same script, the same bytes."""
    songs = {make().slug: make() for make in script.SONGS}
    assert examples.read(slug) == script.file_of(songs[slug])


@pytest.mark.parametrize("slug", SLUGS)
def test_songs_last_long_enough_and_can_be_heard(slug: str) -> None:
    """Twelve bars or more, no silent note, a name and a tempo."""
    file = _file(slug)
    kinds = {message.type for message in file.tracks[0]}
    assert {"set_tempo", "time_signature", "track_name"} <= kinds
    assert all(track.name for track in file.tracks)
    signature = next(m for m in file.tracks[0] if m.type == "time_signature")
    bar = 4 * signature.numerator / signature.denominator * file.ticks_per_beat
    ticks = max(sum(message.time for message in track) for track in file.tracks)
    assert 12 <= ticks / bar <= 34
    velocities = [m.velocity for track in file.tracks for m in track if m.type == "note_on"]
    assert min(velocities) >= 40
    assert len(set(velocities)) > 1, "without dynamics a song is a music box"


def test_ode_to_joy_begins_as_everybody_knows_it() -> None:
    """The first two bars: F sharp F sharp G A, A G F sharp E."""
    played = [m.note for m in _file("ode_to_joy").tracks[1] if m.type == "note_on"]
    assert played[:8] == [66, 66, 67, 69, 69, 67, 66, 64]


def test_a_bar_that_does_not_fit_its_metre_is_refused(script: ModuleType) -> None:
    """The notation checks itself, so a missing beat cannot shift the rest of a song."""
    with pytest.raises(ValueError, match="bar 2 lasts 3"):
        script.melody("C4*4 | C4*3", metre=(4, 4), unit=script.Fraction(1))


def test_an_unknown_example_is_answered_with_the_known_ones() -> None:
    """A wrong name helps to find the right one."""
    with pytest.raises(OptionError) as caught:
        examples.read("../../etc/passwd")
    assert "ode_to_joy" in caught.value.remedy


def test_the_readme_credits_every_song() -> None:
    """Where a tune comes from is written beside it."""
    readme = (Path(examples.__file__).parent / "README.md").read_text(encoding="utf-8")
    assert all(f"`{example.filename}`" in readme for example in examples.EXAMPLES)


@pytest.mark.parametrize("example", examples.EXAMPLES, ids=lambda example: example.slug)
def test_the_parts_it_names_can_be_taken_from_it(example: examples.Example) -> None:
    """Who offers a song for a model can rely on it."""
    song = read_midi(examples.read(example.slug), name=example.filename)
    tracks = list_tracks(song, n_steps=32)
    usable = {role for track in tracks for role, v in track.verdicts.items() if v.usable}
    assert set(example.roles) <= usable
    assert ("melody" in example.roles) == ("melody" in usable)


def test_the_demo_is_what_its_account_says() -> None:
    """Nobody edits the fixture without its script; what is copied is counted again."""
    folder = Path(examples.__file__).parent / "demo"
    account = json.loads((folder / "demo.json").read_text(encoding="utf-8"))
    demo = examples.demo()
    for name, data in {"song.mid": demo.song, "variation.mid": demo.variation}.items():
        assert account["sha256"][name] == hashlib.sha256(data).hexdigest()
    assert (demo.title, demo.n_bars) == ("Ode to Joy", 8)
    bars = [_bars(data) for data in (demo.song, demo.variation)]
    assert len(bars[0]) == len(bars[1]) == demo.n_bars
    copied = sum(bar in bars[0] for bar in bars[1]) / demo.n_bars
    assert 0 < demo.bars_copied <= copied < 0.5, "a variation is neither the song nor a stranger"


def _bars(data: bytes) -> list[list[tuple[int, int]]]:
    """Pitches and places of the notes of each bar of 4/4."""
    file = mido.MidiFile(file=io.BytesIO(data))
    bar = 4 * file.ticks_per_beat
    found: list[list[tuple[int, int]]] = []
    for track in file.tracks:
        now = 0
        for message in track:
            now += message.time
            if message.type == "note_on" and message.velocity:
                while len(found) <= now // bar:
                    found.append([])
                found[now // bar].append((message.note, now % bar))
    return found


def test_every_style_of_the_first_page_is_there() -> None:
    """Melody, waltz, reel, trio with drums, drum groove."""
    styles = {example.style for example in examples.EXAMPLES}
    assert {"melody", "waltz", "Irish reel", "trio with drums", "drum groove"} <= styles
