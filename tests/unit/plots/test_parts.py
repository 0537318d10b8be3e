"""Who plays what."""

from __future__ import annotations

from midime_engine.plots.parts import parts_of
from midime_engine.plots.theme import palette
from tests.support.notes import add, sequence

COLOURS = palette("light")


def _trio():
    built = sequence([(0, 1, 60)], program=73)
    add(built, [(0, 1, 36)], program=33, instrument=1)
    add(built, [(0, 1, 38)], instrument=9, is_drum=True)
    return built


def test_melody_bass_and_drums_have_colours_of_their_own() -> None:
    """Each role looks the same in every figure."""
    assert [part.colour for part in parts_of(_trio(), COLOURS)] == list(COLOURS.roles.values())


def test_parts_without_a_name_are_called_by_their_instrument() -> None:
    """General MIDI knows what a program is."""
    assert [part.name for part in parts_of(_trio(), COLOURS)] == [
        "Flute",
        "Finger Bass",
        "drums",
    ]


def test_given_names_are_kept() -> None:
    """What the file calls a track is what the legend shows."""
    built = _trio()
    built.instrument_infos.add(instrument=0, name=" Tune ")
    assert parts_of(built, COLOURS)[0].name == "Tune"


def test_a_long_name_is_shortened() -> None:
    """Some files put an advertisement there; two alike are still told apart."""
    built = _trio()
    for i in (0, 1):
        built.instrument_infos.add(instrument=i, name="Downloaded from www.example.com, enjoy")
    names = [part.name for part in parts_of(built, COLOURS)]
    assert names[0] == "Downloaded from www.exa…"
    assert names[1] == "Downloaded from www.exa… 2"


def test_a_part_called_bass_is_bass() -> None:
    """A cello that plays the bass takes its colour, whatever its program."""
    built = sequence([(0, 1, 40)], program=42)
    built.instrument_infos.add(instrument=0, name="Contrabass")
    assert parts_of(built, COLOURS)[0].colour == COLOURS.roles["bass"]


def test_an_instrument_named_after_a_role_plays_it() -> None:
    """A melody on a bass guitar, as a model hears it, stays a melody beside the bass."""
    built = sequence([(0, 1, 60)], program=33)
    add(built, [(0, 1, 36)], program=33, instrument=1)
    for i, name in enumerate(("melody", "bass")):
        built.instrument_infos.add(instrument=i, name=name)
    colours = [part.colour for part in parts_of(built, COLOURS)]
    assert colours == [COLOURS.roles["melody"], COLOURS.roles["bass"]]


def test_who_knows_the_roles_gives_them() -> None:
    """In a whole song the chosen tracks have the colours of their parts, all others have others."""
    built = _trio()
    add(built, [(0, 1, 72)], program=40, instrument=2)
    colours = {
        part.name: part.colour for part in parts_of(built, COLOURS, roles={2: "melody", 9: "drums"})
    }
    assert colours["Violin"] == COLOURS.roles["melody"]
    assert colours["drums"] == COLOURS.roles["drums"]
    assert {colours["Flute"], colours["Finger Bass"]} == set(COLOURS.others[:2])


def test_two_parts_of_one_name_are_numbered() -> None:
    """A legend cannot show two entries alike."""
    built = sequence([(0, 1, 60)])
    add(built, [(0, 1, 48)], instrument=1)
    names = [part.name for part in parts_of(built, COLOURS)]
    assert names == ["Grand Piano", "Grand Piano 2"]


def test_twenty_instruments_are_all_shown() -> None:
    """There are fewer colours than instruments in an orchestra; they begin again."""
    built = sequence()
    for i in range(20):
        add(built, [(0, 1, 60)], instrument=i, program=40)
    parts = parts_of(built, COLOURS)
    assert len({part.name for part in parts}) == 20
    assert {part.colour for part in parts} == {COLOURS.roles["melody"], *COLOURS.others}


def test_no_notes_no_parts() -> None:
    """An empty sequence is nobody's."""
    assert parts_of(sequence(), COLOURS) == ()
