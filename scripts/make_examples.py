"""Write the example songs into ``midime_engine/examples``.

    python scripts/make_examples.py [FOLDER]

The tunes are in the public domain; each note is written down here by hand, and accompaniments,
drum parts and the two pieces without a source are our own (see the README beside the songs). The
same text gives the same bytes.

Notation: tokens separated by blanks, bars by ``|``. ``C#4*2`` is C sharp 4 for two units, ``E4``
is one unit, ``C4+E4`` a chord, ``r`` a rest, ``~*3`` holds the note before for three more.
A drum bar is a mapping from a drum to its sixteenths: ``x`` a hit, ``X`` an accent, ``o`` a ghost
note, ``.`` nothing. Every bar is checked against the metre.
"""

from __future__ import annotations

import io
import math
import sys
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Final

import mido

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_FOLDER: Final = Path(__file__).resolve().parent.parent / "midime_engine" / "examples"
_TICKS: Final = 480
_GAP: Final = 24
"""Ticks between the end of a note and the next: heard as articulation, lost in no sixteenth."""

_EIGHTH: Final = 8
_SIXTEENTHS: Final = 16  # to the bar of 4/4

_PITCH_CLASSES: Final = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
_DRUMS: Final = {
    "kick": 36,
    "snare": 38,
    "hat": 42,
    "open": 46,
    "low": 45,
    "mid": 48,
    "high": 50,
    "crash": 49,
    "ride": 51,
}
_HITS: Final = {"x": 88, "X": 110, "o": 46}


@dataclass(frozen=True)
class Note:
    """One note; times in quarter notes."""

    start: Fraction
    length: Fraction
    pitch: int
    velocity: int


@dataclass(frozen=True)
class Track:
    """A name, a General MIDI program (None for drums) and the notes."""

    name: str
    program: int | None
    notes: tuple[Note, ...]


@dataclass(frozen=True)
class Song:
    """What becomes one file."""

    slug: str
    title: str
    qpm: int
    metre: tuple[int, int]
    key: str
    tracks: tuple[Track, ...]


def pitch_of(name: str) -> int:
    """MIDI pitch of a name such as ``F#4``; ``C4`` is 60."""
    sharps = name.count("#") - name.count("b")
    return 12 * (int(name[-1]) + 1) + _PITCH_CLASSES[name[0]] + sharps


def melody(
    text: str, *, metre: tuple[int, int], unit: Fraction, velocity: int = 86
) -> tuple[Note, ...]:
    """Read ``text``, whose unit lasts ``unit`` quarter notes, and shape its dynamics."""
    bar_length = Fraction(4 * metre[0], metre[1])
    notes: list[Note] = []
    now = Fraction(0)
    for number, bar in enumerate(text.split("|")):
        began = now
        for token in bar.split():
            name, _, count = token.partition("*")
            length = unit * Fraction(count or "1")
            if name == "~":
                held = notes[-1]
                notes[-1] = Note(held.start, held.length + length, held.pitch, held.velocity)
            elif name != "r":
                loudness = velocity + _accent(now - began, number, metre)
                pitches = [pitch_of(one) for one in name.split("+")]
                notes += [Note(now, length, pitch, loudness) for pitch in pitches]
            now += length
        if now - began != bar_length:
            raise ValueError(f"bar {number + 1} lasts {now - began}, not {bar_length}: {bar}")
    return tuple(notes)


def _accent(beat: Fraction, bar: int, metre: tuple[int, int]) -> int:
    """Stress the first beat, half stress the middle, and swell over a phrase of four bars."""
    numerator, denominator = metre
    pulse = Fraction(3, 2) if denominator == _EIGHTH and numerator % 3 == 0 else Fraction(1)
    swell = round(5 * math.sin(math.pi * (bar % 4 + 0.5) / 4))
    if beat == 0:
        return 10 + swell
    if beat % pulse == 0:
        return (4 if beat == Fraction(2 * numerator, denominator) else 0) + swell
    return swell - 8


def drums(bars: Sequence[Mapping[str, str]]) -> tuple[Note, ...]:
    """Read drum bars of 4/4."""
    notes = []
    for number, bar in enumerate(bars):
        for drum, steps in bar.items():
            if len(steps) != _SIXTEENTHS:
                raise ValueError(f"drum bar {number + 1}: {drum} has {len(steps)} steps")
            for step, hit in enumerate(steps):
                if hit != ".":
                    start = Fraction(4 * number) + Fraction(step, 4)
                    notes.append(Note(start, Fraction(1, 4), _DRUMS[drum], _HITS[hit]))
    return tuple(notes)


def file_of(song: Song) -> bytes:
    """A format 1 file: tempo, metre and key first, then a track for each part."""
    file = mido.MidiFile(type=1, ticks_per_beat=_TICKS)
    conductor = mido.MidiTrack()
    conductor.append(mido.MetaMessage("track_name", name=song.title))
    conductor.append(mido.MetaMessage("set_tempo", tempo=round(60_000_000 / song.qpm)))
    numerator, denominator = song.metre
    conductor.append(
        mido.MetaMessage("time_signature", numerator=numerator, denominator=denominator)
    )
    conductor.append(mido.MetaMessage("key_signature", key=song.key))
    conductor.append(mido.MetaMessage("end_of_track"))
    file.tracks.append(conductor)
    channels = iter(range(9))
    for track in song.tracks:
        channel = 9 if track.program is None else next(channels)
        file.tracks.append(mido.MidiTrack(_messages(track, channel)))
    buffer = io.BytesIO()
    file.save(file=buffer)
    return buffer.getvalue()


def _messages(track: Track, channel: int) -> Iterator[mido.Message | mido.MetaMessage]:
    yield mido.MetaMessage("track_name", name=track.name)
    yield mido.Message("program_change", channel=channel, program=track.program or 0)
    events = []
    for note in track.notes:
        start, end = int(note.start * _TICKS), int((note.start + note.length) * _TICKS)
        events.append((start, 1, note.pitch, note.velocity))
        events.append((end - _GAP, 0, note.pitch, 0))
    now = 0
    for tick, is_on, pitch, velocity in sorted(events):
        kind = "note_on" if is_on else "note_off"
        yield mido.Message(kind, channel=channel, note=pitch, velocity=velocity, time=tick - now)
        now = tick
    yield mido.MetaMessage("end_of_track", time=_GAP)


def ode_to_joy() -> Song:
    """Beethoven, Symphony No. 9 (1824), fourth movement: A A B A B A, with a bass of our own."""
    first = """
        F#4 F#4 G4 A4 | A4 G4 F#4 E4 | D4 D4 E4 F#4 | F#4*1.5 E4*.5 E4*2 |
        F#4 F#4 G4 A4 | A4 G4 F#4 E4 | D4 D4 E4 F#4 | E4*1.5 D4*.5 D4*2"""
    middle = """
        E4 E4 F#4 D4 | E4 F#4*.5 G4*.5 F#4 D4 | E4 F#4*.5 G4*.5 F#4 E4 | D4 E4 A3 F#4 |
        ~ F#4 G4 A4 | A4 G4 F#4 E4 | D4 D4 E4 F#4 | E4*1.5 D4*.5 D4*2"""
    half = """
        D3*2 A2*2 | D3*2 A2*2 | B2*2 A2*2 | A2*2 A2 C#3 |
        D3*2 A2*2 | D3*2 A2*2 | B2*2 A2*2 | A2*2 D3*2"""
    turn = """
        A2*2 D3*2 | A2*2 D3*2 | A2*2 B2*2 | B2 E3 A2*2 |
        D3*2 A2*2 | D3*2 A2*2 | B2*2 A2*2 | A2*2 D3*2"""
    metre, unit = (4, 4), Fraction(1)
    tune = f"{first} | {middle} | {middle}"
    low = f"{half} | {turn} | {turn}"
    return Song(
        "ode_to_joy",
        "Ode to Joy",
        120,
        metre,
        "D",
        (
            Track("Melody", 40, melody(tune, metre=metre, unit=unit)),
            Track("Bass", 42, melody(low, metre=metre, unit=unit, velocity=74)),
        ),
    )


def minuet_in_g() -> Song:
    """Petzold, Minuet in G (about 1725), both hands, without repeats."""
    right = """
        D5*2 G4 A4 B4 C5 | D5*2 G4*2 G4*2 | E5*2 C5 D5 E5 F#5 | G5*2 G4*2 G4*2 |
        C5*2 D5 C5 B4 A4 | B4*2 C5 B4 A4 G4 | F#4*2 G4 A4 B4 G4 | A4*6 |
        D5*2 G4 A4 B4 C5 | D5*2 G4*2 G4*2 | E5*2 C5 D5 E5 F#5 | G5*2 G4*2 G4*2 |
        C5*2 D5 C5 B4 A4 | B4*2 C5 B4 A4 G4 | A4*2 B4 A4 G4 F#4 | G4*6 |
        B5*2 G5 A5 B5 G5 | A5*2 D5 E5 F#5 D5 | G5*2 E5 F#5 G5 D5 | C#5*2 B4 C#5 A4*2 |
        A4 B4 C#5 D5 E5 F#5 | G5*2 F#5*2 E5*2 | F#5*2 A4*2 C#5*2 | D5*6 |
        D5*2 G4 F#4 G4*2 | E5*2 G4 F#4 G4*2 | D5*2 C5*2 B4*2 | A4 G4 F#4 G4 A4*2 |
        D4 E4 F#4 G4 A4 B4 | C5*2 B4*2 A4*2 | B4 D5 G4*2 F#4*2 | B3+D4+G4*6"""
    left = """
        G3+B3+D4*4 A3*2 | B3*6 | C4*6 | B3*6 |
        A3*6 | G3*6 | D4*2 B3*2 G3*2 | D4*2 D3 C4 B3 A3 |
        B3*4 A3*2 | G3*2 B3*2 G3*2 | C4*6 | B3*2 C4 B3 A3 G3 |
        A3*4 F#3*2 | G3*4 B3*2 | C4*2 D4*2 D3*2 | G3*4 G2*2 |
        G3*6 | F#3*6 | E3*2 G3*2 E3*2 | A3*4 A2*2 |
        A3*6 | B3*2 D4*2 C#4*2 | D4*2 F#3*2 A3*2 | D4*2 D3*2 C4*2 |
        B3*2 D4*2 B3*2 | C4*2 E4*2 C4*2 | B3*2 A3*2 G3*2 | D4*4 r*2 |
        D3*4 F#3*2 | E3*2 G3*2 F#3*2 | G3*2 B2*2 D3*2 | G3*2 D3*2 G2*2"""
    metre, unit = (3, 4), Fraction(1, 2)
    return Song(
        "minuet_in_g",
        "Minuet in G",
        116,
        metre,
        "G",
        (
            Track("Right hand", 6, melody(right, metre=metre, unit=unit)),
            Track("Left hand", 6, melody(left, metre=metre, unit=unit, velocity=72)),
        ),
    )


def greensleeves() -> Song:
    """English, 16th century, after the hymnals' version; the guitar below is our own."""
    verse = """
        C5*2 D5 E5*1.5 F#5*.5 E5 | D5*2 B4 G4*1.5 A4*.5 B4 |
        C5*2 A4 A4*1.5 G#4*.5 A4 | B4*2 G#4 E4*2 A4 |
        C5*2 D5 E5*1.5 F#5*.5 E5 | D5*2 B4 G4*1.5 A4*.5 B4 |
        C5*1.5 B4*.5 A4 G#4*1.5 F#4*.5 G#4 | A4*3 A4*3"""
    chorus = """
        G5*3 G5*1.5 F#5*.5 E5 | D5*2 B4 G4*1.5 A4*.5 B4 |
        C5*2 A4 A4*1.5 G#4*.5 A4 | B4*2 G#4 E4*3 |
        G5*3 G5*1.5 F#5*.5 E5 | D5*2 B4 G4*1.5 A4*.5 B4 |
        C5*1.5 B4*.5 A4 G#4*1.5 F#4*.5 G#4 | A4*3 A4*2 r"""
    am, g, e, f, c = (
        "A2 E3 A3 C4 A3 E3",
        "G2 D3 G3 B3 G3 D3",
        "E2 B2 E3 G#3 E3 B2",
        "F2 C3 F3 A3 F3 C3",
        "C3 G3 C4 E4 C4 G3",
    )
    last = "A2 E3 A3 C4*3"
    low = [am, g, am, e, am, g, f"{am[:8]} {e[:8]}", am]
    high = [c, g, am, e, c, g, f"{f[:8]} {e[:8]}", last]
    metre, unit = (6, 8), Fraction(1, 2)
    tune = f"r*5 A4 | {verse} | {chorus}"
    under = " | ".join(["r*6", *low, *high])
    return Song(
        "greensleeves",
        "Greensleeves",
        100,
        metre,
        "Am",
        (
            Track("Flute", 73, melody(tune, metre=metre, unit=unit)),
            Track("Guitar", 24, melody(under, metre=metre, unit=unit, velocity=66)),
        ),
    )


def amazing_grace() -> Song:
    """Tune New Britain (Virginia Harmony, 1831), with a waltz accompaniment of our own."""
    tune = """
        r*2 D4 | G4*2 B4*.5 G4*.5 | B4*2 A4 | G4*2 E4 | D4*2 D4 |
        G4*2 B4*.5 G4*.5 | B4*2 A4 | D5*3 | ~*2 B4 |
        D5*1.5 B4*.5 D5*.5 B4*.5 | G4*2 D4 | E4*1.5 G4*.5 G4*.5 E4*.5 | D4*2 D4 |
        G4*2 B4*.5 G4*.5 | B4*2 A4 | G4*3 | ~*2 r"""
    g, c, d, e = "G2 B3+D4*2", "C3 C4+E4*2", "D3 A3+C4*2", "E3 B3+E4*2"
    chords = [g, g, c, g, g, e, d, d, g, g, c, g, e, d, g]
    under = " | ".join(["r*3", *chords, "G2*2 r"])
    metre, unit = (3, 4), Fraction(1)
    return Song(
        "amazing_grace",
        "Amazing Grace",
        90,
        metre,
        "G",
        (
            Track("Melody", 0, melody(tune, metre=metre, unit=unit)),
            Track("Accompaniment", 0, melody(under, metre=metre, unit=unit, velocity=58)),
        ),
    )


def irish_washerwoman() -> Song:
    """A jig of the 18th century, both parts twice."""
    first = """
        B4 G4 G4 D4 G4 G4 | B4 G4 B4 D5 C5 B4 | C5 A4 A4 E4 A4 A4 | C5 A4 C5 E5 D5 C5 |
        B4 G4 G4 D4 G4 G4 | B4 G4 B4 D5 C5 B4 | C5 B4 C5 A4 D5 C5 | B4 G4 G4 G4"""
    second = """
        B5 G5 G5 D5 G5 G5 | B5 G5 B5 B5 A5 G5 | A5 F#5 F#5 D5 F#5 F#5 | A5 F#5 A5 A5 G5 F#5 |
        E5 G5 G5 D5 G5 G5 | C5 G5 G5 B4*2 B4 | C5 B4 C5 A4 D5 C5 | B4 G4 G4 G4"""
    tune = f"""
        r*4 D5 C5 | {first} D5 C5 | {first} G5 A5 | {second} G5 A5 | {second} r*2"""
    metre, unit = (6, 8), Fraction(1, 2)
    return Song(
        "irish_washerwoman",
        "The Irish Washerwoman",
        165,
        metre,
        "G",
        (Track("Fiddle", 40, melody(tune, metre=metre, unit=unit)),),
    )


def lieber_augustin() -> Song:
    """Ach, du lieber Augustin (Vienna, 18th century), and once more in running eighths of ours."""
    tune = """
        G5*3 A5 G5 F5 | E5*2 C5*2 C5*2 | D5*2 G4*2 G4*2 | E5*2 C5*2 C5*2 |
        G5*3 A5 G5 F5 | E5*2 C5*2 C5*2 | D5*4 G4*2 | C5*6 |
        D5*2 G4*2 G4*2 | E5*2 C5*2 C5*2 | D5*2 G4*2 G4*2 | E5*2 C5*2 C5*2 |
        G5*3 A5 G5 F5 | E5*2 C5*2 C5*2 | D5*4 G4*2 | C5*6"""
    running = """
        G5 F#5 G5 A5 G5 F5 | E5 D#5 E5 G5 C5 E5 | D5 F5 B4 D5 G4 B4 | C5 E5 G5 E5 C5*2 |
        G5 F#5 G5 A5 G5 F5 | E5 D#5 E5 G5 C5 E5 | D5 E5 F5 D5 B4 G4 | C5 E5 G5 E5 C5*2 |
        D5 F5 B4 D5 G4*2 | E5 G5 C5 E5 G4*2 | D5 F5 B4 D5 G4*2 | E5 G5 C5 E5 G4*2 |
        G5 F#5 G5 A5 G5 F5 | E5 D#5 E5 G5 C5 E5 | D5 E5 F5 D5 B4 G4 | C5*4 r*2"""
    c, g = "C3*2 E3+G3*2 E3+G3*2", "G2*2 D3+F3*2 D3+F3*2"
    end = "C3*2 E3+G3*2 C3*2"
    first, second = [c, c, g, c, c, c, g, c], [g, c, g, c, c, c, g, end]
    metre, unit = (3, 4), Fraction(1, 2)
    under = " | ".join([*first, *second] * 2)
    return Song(
        "lieber_augustin",
        "Lieber Augustin",
        168,
        metre,
        "C",
        (
            Track("Clarinet", 71, melody(f"{tune} | {running}", metre=metre, unit=unit)),
            Track("Accordion", 21, melody(under, metre=metre, unit=unit, velocity=60)),
        ),
    )


def drowsy_maggie() -> Song:
    """An Irish reel in O'Neill's collections, both parts, twice."""
    first = """
        E4*2 B4 E4 D5 E4 B4 E4 | E4*2 B4 E4 A4 F#4 D4 F#4 |
        E4*2 B4 E4 D5 E4 B4 E4 | B4 A4 B4 C#5 D5 A4 F#4 D4 |
        E4*2 B4 E4 D5 E4 B4 E4 | E4*2 B4 E4 A4 F#4 D4 F#4 |
        E4*2 B4 E4 D5 E4 B4 E4 | B4 A4 B4 C#5 D5 A4 F#4 A4"""
    second = """
        D5*2 F#5 D5 C#5*2 E5 C#5 | D5 E5 F#5 G5 A5 F#5 G5 E5 |
        D5*2 F#5 D5 C#5*2 E5 C#5 | B4 A4 B4 C#5 D5 A4 F#4 A4 |
        D5*2 F#5 D5 C#5*2 E5 C#5 | D5 E5 F#5 G5 A5 F#5 G5 E5 |
        A5 F#5 G5 E5 F#5 D5 E5 C#5 | B4 A4 B4 C#5 D5 A4 F#4 D4"""
    metre, unit = (4, 4), Fraction(1, 2)
    return Song(
        "drowsy_maggie",
        "Drowsy Maggie",
        190,
        metre,
        "D",
        (
            Track(
                "Whistle",
                72,
                melody(f"{first} | {second} | {first} | {second}", metre=metre, unit=unit),
            ),
        ),
    )


def korobeiniki() -> Song:
    """A Russian song of 1861, three times, with bass and drums of our own."""
    plain = """
        E5*2 B4 C5 D5*2 C5 B4 | A4*2 A4 C5 E5*2 D5 C5 | B4*3 C5 D5*2 E5*2 | C5*2 A4*2 A4*4 |
        r D5*2 F5 A5*2 G5 F5 | E5*3 C5 E5*2 D5 C5 | B4*2 B4 C5 D5*2 E5*2 | C5*2 A4*2 A4*2 r*2"""
    lively = """
        E5 E5 B4 C5 D5 E5 D5 C5 | B4 A4 A4 C5 E5 E5 D5 C5 | B4 B4 B4 C5 D5 D5 E5 E5 |
        C5 C5 A4 A4 A4 B4 C5 D5 |
        r D5 D5 F5 A5 A5 G5 F5 | E5 E5 E5 C5 E5 F5 E5 D5 | B4 B4 B4 C5 D5 D5 E5 E5 |
        C5 C5 A4 A4 A4*2 r*2"""
    roots = ("E2 E3", "A1 A2", "E2 E3", "A1 A2", "D2 D3", "C2 C3", "E2 E3", "A1 A2")
    bars = [" ".join([pair] * 4) for pair in roots]
    ending = "A1 A2 E3 E2 A1*2 r*2"
    under = " | ".join([*bars, *bars, *bars[:7], ending])
    beat = {"kick": "x...x...x...x...", "snare": "..x...x...x...x.", "hat": "x.x.x.x.x.x.x.x."}
    busy = {"kick": "X...x...X...x...", "snare": "..x...x...x..ox.", "hat": "xxx.xxx.xxx.xxx."}
    opening = {**beat, "crash": "X..............."}
    fill = {
        "kick": "x...x...x...x...",
        "snare": "..x...x.....xxxX",
        "high": "........xx......",
        "mid": "..........xx....",
    }
    stop = {"kick": "X...x...X.......", "snare": "..x...x.X.......", "crash": "........X......."}
    kit = [
        *[opening, *[beat] * 6, fill],
        *[{**busy, "crash": "X..............."}, *[busy] * 6, fill],
        *[opening, *[beat] * 6, stop],
    ]
    metre, unit = (4, 4), Fraction(1, 2)
    return Song(
        "korobeiniki",
        "Korobeiniki",
        144,
        metre,
        "Am",
        (
            Track(
                "Melody",
                21,
                melody(f"{plain} | {lively} | {plain}", metre=metre, unit=unit, velocity=92),
            ),
            Track("Bass", 33, melody(under, metre=metre, unit=unit, velocity=84)),
            Track("Drums", None, drums(kit)),
        ),
    )


def back_porch_blues() -> Song:
    """Two choruses of a twelve-bar blues, written for MidiMe."""
    head = """
        E4 G4 A4*2 C5 A4 G4 A4 | A4*3 G4 E4*2 r*2 | E4 G4 A4*2 C5 A4 G4 E4 | A4*4 r*4 |
        D5*2 C5 A4 D5 C5 A4 G4 | A4*3 C5 D5*2 r*2 | E4 G4 A4*2 C5 A4 G4 A4 | E4*3 G4 A4*2 r*2 |
        B4 D5 E5*2 D5 B4 G#4 B4 | A4 C5 D5*2 C5 A4 F#4 A4 | E4 G4 A4 C5 E5 C5 A4 G4 |
        G#4*2 B4*2 E4*4"""
    reply = """
        A5*2 G5 E5 C5 A4 C5 E5 | G5*3 E5 A5*2 r*2 | A5*2 G5 E5 C5 A4 G4 A4 | C5*2 A4*2 r*4 |
        F#5*2 D5 C5 A4 C5 D5 F#5 | A5*3 F#5 D5*2 r*2 | E5 G5 E5*2 C5 A4 G4 A4 |
        C5*3 A4 E4*2 r*2 |
        E5*2 D5 B4 G#4 B4 D5 E5 | D5*2 C5 A4 F#4 A4 C5 D5 | C5 A4 G4 E4 G4 A4 C5 E5 |
        A4*4 r*4"""
    a, a_down = "A2*2 C#3*2 E3*2 F#3*2", "G3*2 F#3*2 E3*2 C#3*2"
    d, d_down = "D2*2 F#2*2 A2*2 B2*2", "C3*2 B2*2 A2*2 F#2*2"
    e = "E2*2 G#2*2 B2*2 D3*2"
    turn = "E2*2 B2*2 E3*2 G#2*2"
    chorus = [a, a_down, a, a_down, d, d_down, a, a_down, e, d, a, turn]
    under = " | ".join([*chorus, *chorus[:-1], "A2*2 E2*2 A2*4"])
    beat = {"kick": "x.......x.x.....", "snare": "....x.......x...", "ride": "x.x.x.x.x.x.x.x."}
    push = {"kick": "x.....x.x.......", "snare": "....x..o.o..x..o", "ride": "x.x.x.x.x.x.x.x."}
    fill = {
        "kick": "x.......x.......",
        "snare": "....x...xxoxxx..",
        "low": "..............xx",
        "ride": "x.x.x.x.........",
    }
    end = {"kick": "X.......X.......", "snare": "....x...X.......", "crash": "........X......."}
    four = [beat, push, beat, push]
    kit = [*four, *four, beat, push, beat, fill, *four, *four, beat, push, beat, end]
    metre, unit = (4, 4), Fraction(1, 2)
    return Song(
        "back_porch_blues",
        "Back Porch Blues",
        112,
        metre,
        "A",
        (
            Track(
                "Guitar",
                26,
                melody(f"{head} | {reply}", metre=metre, unit=unit, velocity=90),
            ),
            Track("Bass", 32, melody(under, metre=metre, unit=unit, velocity=84)),
            Track("Drums", None, drums(kit)),
        ),
    )


def corner_shop_groove() -> Song:
    """Sixteen bars of drums, written for MidiMe."""
    beat = {
        "kick": "X..x..x...x.....",
        "snare": "....X..o.o..X..o",
        "hat": "x.x.x.x.x.x.x.x.",
    }
    lift = {
        "kick": "X..x..x...x...x.",
        "snare": "....X..o.o..X...",
        "hat": "x.x.x.x.x.x.x...",
        "open": "..............x.",
    }
    small_fill = {
        "kick": "X..x..x.........",
        "snare": "....X..o..xxX.xx",
        "hat": "x.x.x.x.x.......",
    }
    big_fill = {
        "kick": "X...x...x...x...",
        "snare": "xxX.............",
        "high": "....xxx.........",
        "mid": "........xxx.....",
        "low": "............xxxX",
    }
    half = {
        "kick": "X.......x.x.....",
        "snare": "........X......o",
        "ride": "x.x.x.x.x.x.x.x.",
    }
    crash = {"crash": "X..............."}
    verse = [{**beat, **crash}, lift, beat, small_fill, beat, lift, beat, big_fill]
    bridge = [{**half, **crash}, half, half, lift]
    last = {"kick": "X..x..x...X.....", "snare": "....X..o..X.....", "crash": "..........X....."}
    out = [{**beat, **crash}, lift, beat, last]
    return Song(
        "corner_shop_groove",
        "Corner Shop Groove",
        96,
        (4, 4),
        "C",
        (Track("Drums", None, drums([*verse, *bridge, *out])),),
    )


SONGS: Final = (
    ode_to_joy,
    minuet_in_g,
    greensleeves,
    amazing_grace,
    irish_washerwoman,
    lieber_augustin,
    drowsy_maggie,
    korobeiniki,
    back_porch_blues,
    corner_shop_groove,
)


def main(folder: Path) -> None:
    """Write every song into ``folder``."""
    for make in SONGS:
        song = make()
        path = folder / f"{song.slug}.mid"
        path.write_bytes(file_of(song))
        n_notes = sum(len(track.notes) for track in song.tracks)
        print(f"{path.name}: {len(song.tracks)} tracks, {n_notes} notes")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else _FOLDER)
