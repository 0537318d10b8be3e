"""Other readers find the same music in our MusicXML, and every bar is full."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from midime_engine import examples
from midime_engine.converters.tokens import sequence_from_tokens
from midime_engine.music.midi_io import read_midi
from midime_engine.music.playback import Playback
from midime_engine.notation.keys import Key
from midime_engine.notation.musicxml import write_musicxml
from midime_engine.pipelines.prepare import prepare

TRIO = ("melody", "bass", "drums")


def music(tokens, parts=("melody",), **playback):
    """Tokens as a sequence."""
    return sequence_from_tokens(np.asarray(tokens), parts=parts, playback=Playback(**playback))


def melody(*, n_steps: int = 32, **playback):
    """A few notes, some of them across beats and bar lines."""
    tokens = np.zeros((n_steps, 1), int)
    tokens[[0, 3, 6, 14, 20, 21, 23]] = [[41], [44], [1], [42], [47], [0], [53]]
    return music(tokens, **playback)


def verovio_notes(data: bytes) -> list[tuple[int, Fraction, Fraction]]:
    """Pitch, start and end in quarter notes, as Verovio has understood them; ties put together."""
    import verovio

    verovio.enableLog(verovio.LOG_OFF)
    toolkit = verovio.toolkit()
    assert toolkit.loadData(data.decode())
    toolkit.renderToMIDI()
    found: dict[str, list] = {}
    for moment in toolkit.renderToTimemap({}):
        now = Fraction(moment["qstamp"]).limit_denominator(96)
        for name in moment.get("on", ()):
            found[name] = [toolkit.getMIDIValuesForElement(name)["pitch"], now, None]
        for name in moment.get("off", ()):
            found[name][2] = now
    for start, end in re.findall(r'startid="#(\w+)" endid="#(\w+)"', toolkit.getMEI()):
        if found.get(end, found[start]) is not found[start]:  # Some ties it joins, others not.
            found[start][2] = found[end][2]
            found[end] = found[start]
    return sorted({tuple(note) for note in found.values()})


def own_notes(sequence) -> list[tuple[int, Fraction, Fraction]]:
    """The same of the music that was written."""
    return sorted(
        (n.pitch, Fraction(n.quantized_start_step, 4), Fraction(n.quantized_end_step, 4))
        for n in sequence.notes
    )


def bars_of(data: bytes) -> list[list[ET.Element]]:
    """The measures of each part."""
    return [part.findall("measure") for part in ET.fromstring(data).findall("part")]  # noqa: S314 - ours


@pytest.mark.parametrize("slug", [example.slug for example in examples.EXAMPLES])
def test_verovio_finds_the_notes_of_every_example(slug: str) -> None:
    """Pitches, onsets and lengths, note by note."""
    song = read_midi(examples.read(slug), name=slug)
    roles = next(example.roles for example in examples.EXAMPLES if example.slug == slug)
    pitched = tuple(role for role in roles if role != "drums")
    if not pitched:
        pytest.skip("drums have no pitch for Verovio to tell")
    for chunk in prepare([song], parts=pitched[:1], n_steps=64).chunks.items[:3]:
        assert verovio_notes(write_musicxml(chunk.sequence)) == own_notes(chunk.sequence)


def test_note_seq_finds_the_notes_the_tempo_and_the_metre(tmp_path) -> None:
    """A third reader, by other people, which does not follow ties."""
    from note_seq import musicxml_parser, musicxml_reader

    tokens = np.zeros((24, 1), int)
    tokens[[0, 3, 4, 8, 12, 18, 20]] = [[41], [44], [1], [42], [47], [53], [41]]
    sequence = music(tokens, qpm=96.5, numerator=3, programs=(40,), velocities=(100,))
    path = tmp_path / "score.xml"
    # In flats: of a B sharp it makes a C an octave too low.
    path.write_bytes(write_musicxml(sequence, key=Key(-3)))
    read = musicxml_reader.musicxml_to_sequence_proto(musicxml_parser.MusicXMLDocument(str(path)))
    ours, theirs = (
        [(n.pitch, n.start_time, n.end_time) for n in each.notes] for each in (sequence, read)
    )
    np.testing.assert_allclose(theirs, ours, atol=2e-3)
    assert {n.program for n in read.notes} == {41}  # It counts from 1, as the file does.
    assert read.tempos[0].qpm == pytest.approx(96.5)
    assert (read.time_signatures[0].numerator, read.time_signatures[0].denominator) == (3, 4)


@settings(deadline=None, max_examples=40)
@given(
    st.lists(
        st.tuples(
            st.sampled_from([0, 0, 1, 40, 45, 52]),
            st.sampled_from([0, 0, 0, 1, 20, 27]),
            st.sampled_from([0, 0, 1, 4, 511]),
        ),
        min_size=1,
        max_size=48,
    ),
    st.sampled_from([(4, 4), (3, 4), (6, 8), (7, 8)]),
)
def test_every_bar_of_every_part_is_full(tokens, metre: tuple[int, int]) -> None:
    """In divisions of a quarter, chords counted once; ties begin where they end."""
    numerator, denominator = metre
    data = write_musicxml(music(tokens, TRIO, numerator=numerator, denominator=denominator))
    for measures in bars_of(data):
        for measure in measures:
            notes = [note for note in measure.findall("note") if note.find("chord") is None]
            total = sum(int(note.findtext("duration", "0")) for note in notes)
            assert total == numerator * 16 // denominator
        ties = [
            (note.findtext("pitch/step"), note.findtext("pitch/octave"), tie.get("type"))
            for measure in measures
            for note in measure.findall("note")
            for tie in note.findall("tie")
        ]
        for one, other in pairwise(ties):
            if one[2] == "start":
                assert other == (*one[:2], "stop")


def test_the_file_says_how_it_is_played() -> None:
    """Tempo, program and velocity, as MusicXML counts them."""
    root = ET.fromstring(write_musicxml(melody(qpm=96.5, programs=(40,), velocities=(45,))))  # noqa: S314 - ours
    assert root.find(".//sound").get("tempo") == "96.5"
    assert root.findtext(".//metronome/per-minute") == "96"
    assert root.findtext(".//midi-program") == "41"
    assert {n.get("dynamics") for n in root.iter("note") if n.find("pitch") is not None} == {
        "50.00"
    }


def test_drums_stand_on_a_percussion_clef() -> None:
    """Where drummers look for them, with their sounds."""
    tokens = np.zeros((16, 1), int)
    tokens[[0, 4]] = [[0b101], [0b010]]
    root = ET.fromstring(write_musicxml(music(tokens, ("drums",))))  # noqa: S314 - ours
    assert root.findtext(".//clef/sign") == "percussion"
    struck = [
        (
            note.findtext("unpitched/display-step"),
            note.findtext("unpitched/display-octave"),
            note.findtext("notehead"),
            note.find("instrument").get("id"),
        )
        for note in root.iter("note")
        if note.find("unpitched") is not None
    ]
    assert struck == [
        ("F", "4", "normal", "P1-I0"),
        ("G", "5", "x", "P1-I2"),
        ("C", "5", "normal", "P1-I1"),
    ]
    sounds = {m.get("id"): m.findtext("midi-unpitched") for m in root.iter("midi-instrument")}
    assert (sounds["P1-I0"], sounds["P1-I1"], sounds["P1-I2"]) == ("37", "39", "43")


@pytest.mark.parametrize(
    ("pitch", "sign", "octave"), [(72, "G", None), (50, "F", None), (36, "F", "-1")]
)
def test_the_clef_suits_the_notes(pitch: int, sign: str, octave: str | None) -> None:
    """Few ledger lines."""
    tokens = np.zeros((16, 1), int)
    tokens[0] = pitch - 21 + 2
    root = ET.fromstring(write_musicxml(music(tokens)))  # noqa: S314 - ours
    assert root.findtext(".//clef/sign") == sign
    assert root.findtext(".//clef/clef-octave-change") == octave


def test_an_accidental_is_written_once_in_a_bar() -> None:
    """It holds until the bar line, is taken back by a natural, and is not repeated on a tie."""
    tokens = np.zeros((32, 1), int)
    sharp, natural = 66 - 21 + 2, 65 - 21 + 2
    tokens[[0, 4, 8, 12, 24]] = [[sharp], [sharp], [natural], [sharp], [sharp]]
    data = write_musicxml(music(tokens), key=Key(0))
    written = [
        [note.findtext("accidental") for note in measure.findall("note")]
        for measure in bars_of(data)[0]
    ]
    assert written == [["sharp", None, "natural", "sharp"], [None, "sharp"]]
    (in_g,) = bars_of(write_musicxml(music(tokens), key=Key(1)))
    assert [n.findtext("accidental") for n in in_g[0].findall("note")] == [
        None,
        None,
        "natural",
        "sharp",
    ]


def test_a_title_is_text() -> None:
    """Whatever is in it."""
    title = "<b>Für Elise</b> & \x00 co"
    root = ET.fromstring(write_musicxml(melody(), title=title))  # noqa: S314 - ours
    assert root.findtext("work/work-title") == "<b>Für Elise</b> &  co"
    assert ET.fromstring(write_musicxml(melody())).find("work") is None  # noqa: S314 - ours


def test_the_same_music_gives_the_same_bytes() -> None:
    """No date is in it."""
    assert write_musicxml(melody()) == write_musicxml(melody())
