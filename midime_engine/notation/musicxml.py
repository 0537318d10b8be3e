"""Staves as MusicXML 4.0, which every notation program reads.

The sixteenth is the unit (four divisions to a quarter). Tempo, programs and velocities are in it
for playing, accidentals and beams for reading, so that no program has to guess.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from midime_engine import __version__
from midime_engine.converters.drums import (
    DRUM_CLASS_NAMES,
    REPRESENTATIVE_PITCHES,
    drum_class,
)
from midime_engine.music.playback import STEPS_PER_QUARTER
from midime_engine.notation.beams import beams_of
from midime_engine.notation.keys import spell
from midime_engine.notation.staves import staves_of
from midime_engine.notation.values import VALUES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from note_seq import NoteSequence

    from midime_engine.notation.keys import Key
    from midime_engine.notation.staves import Event, Measure, Staff

__all__ = ["write_musicxml"]

_HEAD: Final = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<!DOCTYPE score-partwise PUBLIC "-//Recordare//DTD MusicXML 4.0 Partwise//EN" '
    '"http://www.musicxml.org/dtds/partwise.dtd">\n'
)
_FORTE: Final = 90
"""Velocity of which MusicXML's dynamics are percentages."""

_DEFAULT_QPM: Final = 120.0
_DRUM_CHANNEL: Final = 10
_ACCIDENTALS: Final = {
    -2: "flat-flat",
    -1: "flat",
    0: "natural",
    1: "sharp",
    2: "double-sharp",
}
_SHARPS: Final = "FCGDAEB"
_LOW, _DEEP = 57, 45
"""Median pitches below which a bass clef is read more easily, and one an octave lower."""


class _Drum(NamedTuple):
    step: str
    octave: int
    head: str


_DRUMS: Final = (
    _Drum("F", 4, "normal"),
    _Drum("C", 5, "normal"),
    _Drum("G", 5, "x"),
    _Drum("G", 5, "circle-x"),
    _Drum("A", 4, "normal"),
    _Drum("D", 5, "normal"),
    _Drum("E", 5, "normal"),
    _Drum("A", 5, "x"),
    _Drum("F", 5, "x"),
)
"""Where drummers look for each of the nine classes."""


def write_musicxml(sequence: NoteSequence, *, title: str = "", key: Key | None = None) -> bytes:
    """A MusicXML file of ``sequence``, uncompressed.

    Args:
        sequence: Music on the grid of sixteenths, as models make it.
        title: What stands above it; empty for nothing.
        key: In which it is written; None takes it from the notes.

    Raises:
        OptionError: Its metre cannot be written.
    """
    root = ET.Element("score-partwise", version="4.0")
    if title:
        # XML has no way to say a control character.
        shown = "".join(letter for letter in title if letter.isprintable())
        _text(ET.SubElement(root, "work"), "work-title", shown)
    encoding = ET.SubElement(ET.SubElement(root, "identification"), "encoding")
    _text(encoding, "software", f"MidiMe {__version__}")
    staves = staves_of(sequence, key=key)
    parts = ET.SubElement(root, "part-list")
    for number, staff in enumerate(staves, start=1):
        _describe(parts, staff, number)
    qpm = next((float(tempo.qpm) for tempo in sequence.tempos), _DEFAULT_QPM)
    for number, staff in enumerate(staves, start=1):
        part = ET.SubElement(root, "part", id=f"P{number}")
        for index, measure in enumerate(staff.measures):
            before = staff.measures[index - 1] if index else None
            _write_measure(part, staff, measure, before, number=number, qpm=qpm)
    ET.indent(root)
    return (_HEAD + ET.tostring(root, encoding="unicode") + "\n").encode()


def _describe(parts: ET.Element, staff: Staff, number: int) -> None:
    described = ET.SubElement(parts, "score-part", id=f"P{number}")
    _text(described, "part-name", staff.name)
    if staff.is_drums:
        for i, name in enumerate(DRUM_CLASS_NAMES):
            instrument = ET.SubElement(described, "score-instrument", id=f"P{number}-I{i}")
            _text(instrument, "instrument-name", name)
        for i, pitch in enumerate(REPRESENTATIVE_PITCHES):
            midi = ET.SubElement(described, "midi-instrument", id=f"P{number}-I{i}")
            _text(midi, "midi-channel", _DRUM_CHANNEL)
            _text(midi, "midi-unpitched", pitch + 1)  # MusicXML counts from 1.
        return
    instrument = ET.SubElement(described, "score-instrument", id=f"P{number}-I")
    _text(instrument, "instrument-name", staff.name)
    midi = ET.SubElement(described, "midi-instrument", id=f"P{number}-I")
    _text(midi, "midi-channel", number if number < _DRUM_CHANNEL else number % 6 + 11)
    _text(midi, "midi-program", staff.program + 1)


def _write_measure(
    part: ET.Element,
    staff: Staff,
    measure: Measure,
    before: Measure | None,
    *,
    number: int,
    qpm: float,
) -> None:
    bar = measure.bar
    written = ET.SubElement(part, "measure", number=str(bar.number))
    if bar.number == 0:
        written.set("implicit", "yes")
    _write_attributes(written, staff, measure, before)
    if before is None and number == 1:
        _write_tempo(written, qpm)
    marks = _Marks(staff.key)
    for event, beams in zip(
        measure.events, beams_of(measure.events, beat=measure.beat), strict=True
    ):
        if not event.pitches:
            _write_rest(written, event, is_whole=event.length == bar.length)
            continue
        for place, pitch in enumerate(event.pitches):
            note = ET.SubElement(written, "note", dynamics=f"{100 * event.velocity / _FORTE:.2f}")
            if place:
                ET.SubElement(note, "chord")
            write = _write_drum if staff.is_drums else _write_pitch
            accidental, head, instrument = write(note, pitch, staff.key, marks, event)
            _write_value(
                note,
                event,
                beams=() if place else beams,
                accidental=accidental,
                head=head,
                instrument=f"P{number}-I{instrument}" if head else "",
            )


def _write_attributes(
    written: ET.Element, staff: Staff, measure: Measure, before: Measure | None
) -> None:
    is_new_metre = before is None or before.bar.metre != measure.bar.metre
    if not is_new_metre:
        return
    attributes = ET.SubElement(written, "attributes")
    if before is None:
        _text(attributes, "divisions", STEPS_PER_QUARTER)
        key = ET.SubElement(attributes, "key")
        _text(key, "fifths", staff.key.fifths)
        if not staff.is_drums:
            _text(key, "mode", "minor" if staff.key.is_minor else "major")
    time = ET.SubElement(attributes, "time")
    numerator, denominator = measure.bar.metre
    _text(time, "beats", numerator)
    _text(time, "beat-type", denominator)
    if before is None:
        _write_clef(attributes, staff)


def _write_clef(attributes: ET.Element, staff: Staff) -> None:
    clef = ET.SubElement(attributes, "clef")
    if staff.is_drums:
        _text(clef, "sign", "percussion")
        return
    median = float(np.median(staff.pitches)) if staff.pitches else float(_LOW)
    is_low = median < _LOW
    _text(clef, "sign", "F" if is_low else "G")
    _text(clef, "line", 4 if is_low else 2)
    if median < _DEEP:
        _text(clef, "clef-octave-change", -1)


def _write_tempo(written: ET.Element, qpm: float) -> None:
    direction = ET.SubElement(written, "direction", placement="above")
    metronome = ET.SubElement(ET.SubElement(direction, "direction-type"), "metronome")
    _text(metronome, "beat-unit", "quarter")
    _text(metronome, "per-minute", f"{qpm:.0f}")
    ET.SubElement(direction, "sound", tempo=f"{qpm:.4f}".rstrip("0").rstrip("."))


def _write_rest(written: ET.Element, event: Event, *, is_whole: bool) -> None:
    note = ET.SubElement(written, "note")
    rest = ET.SubElement(note, "rest")
    _text(note, "duration", event.length)
    _text(note, "voice", 1)
    if is_whole:
        rest.set("measure", "yes")
    else:
        _write_type(note, event)


class _Marks:
    """The accidentals that hold in a bar so far."""

    def __init__(self, key: Key) -> None:
        sharp = range(key.fifths) if key.fifths > 0 else range(0)
        flat = range(-key.fifths) if key.fifths < 0 else range(0)
        self._signature = {
            **{_SHARPS[i]: 1 for i in sharp},
            **{_SHARPS[-1 - i]: -1 for i in flat},
        }
        self._here: dict[tuple[str, int], int] = {}

    def needs(self, step: str, octave: int, alter: int) -> bool:
        """Whether the reader has to be told; from then on it holds."""
        known = self._here.get((step, octave), self._signature.get(step, 0))
        self._here[step, octave] = alter
        return known != alter


def _write_pitch(
    note: ET.Element, pitch: int, key: Key, marks: _Marks, event: Event
) -> tuple[str, str, str]:
    spelling = spell(pitch, key)
    written = ET.SubElement(note, "pitch")
    _text(written, "step", spelling.step)
    if spelling.alter:
        _text(written, "alter", spelling.alter)
    _text(written, "octave", spelling.octave)
    # What is tied from the bar before is not struck, so it is not marked; nor does it hold.
    if event.is_tied_back:
        return "", "", ""
    is_needed = marks.needs(spelling.step, spelling.octave, spelling.alter)
    return (_ACCIDENTALS[spelling.alter] if is_needed else ""), "", ""


def _write_drum(
    note: ET.Element, pitch: int, _key: Key, _marks: _Marks, _event: Event
) -> tuple[str, str, str]:
    index = max(0, int(drum_class(np.array([pitch]))[0]))
    drum = _DRUMS[index]
    written = ET.SubElement(note, "unpitched")
    _text(written, "display-step", drum.step)
    _text(written, "display-octave", drum.octave)
    return "", drum.head, str(index)


def _write_value(
    note: ET.Element,
    event: Event,
    *,
    beams: tuple[str, ...],
    accidental: str,
    head: str,
    instrument: str,
) -> None:
    """All of a note but its pitch, in the order that MusicXML demands."""
    _text(note, "duration", event.length)
    ties = list(_ties(event))
    for tie in ties:
        ET.SubElement(note, "tie", type=tie)
    if instrument:
        ET.SubElement(note, "instrument", id=instrument)
    _text(note, "voice", 1)
    _write_type(note, event)
    if accidental:
        _text(note, "accidental", accidental)
    if head:
        _text(note, "stem", "up")
        _text(note, "notehead", head)
    for number, word in enumerate(beams, start=1):
        beam = ET.SubElement(note, "beam", number=str(number))
        beam.text = word
    if ties:
        notations = ET.SubElement(note, "notations")
        for tie in ties:
            ET.SubElement(notations, "tied", type=tie)


def _ties(event: Event) -> Iterator[str]:
    if event.is_tied_back:
        yield "stop"
    if event.is_tied_on:
        yield "start"


def _write_type(note: ET.Element, event: Event) -> None:
    value = VALUES[event.length]
    _text(note, "type", value.name)
    for _ in range(value.dots):
        ET.SubElement(note, "dot")


def _text(parent: ET.Element, name: str, value: object) -> None:
    ET.SubElement(parent, name).text = str(value)
