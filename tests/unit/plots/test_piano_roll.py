"""What the piano roll shows."""

from __future__ import annotations

import json
import time

import numpy as np
import pytest

from midime_engine.plots.piano_roll import figure, pitch_name
from midime_engine.plots.theme import palette
from tests.support.notes import add, sequence


def _song():
    """One bar of melody and drums at 60 quarters a minute."""
    built = sequence([(0, 1, 60), (1.5, 2, 70), (2, 4, 72)], program=73, velocity=100)
    add(built, [(0, 0.1, 36), (1, 1.1, 38), (2, 2.1, 56)], is_drum=True, instrument=9)
    built.tempos.add(qpm=60)
    return built


def _hover(trace, i: int) -> list:
    return list(trace.customdata[i])


@pytest.mark.parametrize(
    ("pitch", "name"), [(21, "A0"), (60, "C4"), (61, "C♯4"), (69, "A4"), (108, "C8"), (0, "C-1")]
)
def test_pitches_are_called_by_their_names(pitch: int, name: str) -> None:
    """Middle C is C4."""
    assert pitch_name(pitch) == name


def test_each_part_is_one_trace() -> None:
    """Few traces stay quick, and each has its entry in the legend."""
    drawn = figure(_song())
    assert [trace.name for trace in drawn.data] == ["Flute", "drums"]
    assert drawn.layout.showlegend is True


def test_the_roles_of_instruments_can_be_told() -> None:
    """A flute that plays the bass of this song is drawn as its bass."""
    drawn = figure(_song(), roles={0: "bass", 9: "drums"})
    roles = palette("light").roles
    assert [trace.marker.color for trace in drawn.data] == [roles["bass"], roles["drums"]]


def test_a_note_says_what_it_is() -> None:
    """Name, bar, beat, length in beats and velocity, on hover."""
    trace = figure(_song()).data[0]
    assert _hover(trace, 1) == ["A♯4", 1, 2.5, 0.5, 100]
    assert "beats long" in trace.hovertemplate


def test_notes_stand_where_they_sound() -> None:
    """Horizontally from their start, in quarter notes; vertically at their pitch."""
    trace = figure(_song()).data[0]
    assert list(trace.base) == [0, 1.5, 2]
    assert list(trace.y) == [60, 70, 72]
    np.testing.assert_allclose(trace.x, [1, 0.5, 2], atol=0.1)
    assert np.all(np.array(trace.base) + trace.x < [1, 2, 4])


def test_drums_have_rows_of_their_own() -> None:
    """A panel below with the classes that are struck, named; a cowbell counts as snare."""
    drawn = figure(_song())
    assert drawn.data[1].yaxis == "y2"
    assert list(drawn.layout.yaxis2.ticktext) == ["kick", "snare"]
    assert [row[0] for row in drawn.data[1].customdata] == ["kick", "snare", "snare"]
    assert drawn.layout.yaxis2.domain[1] < drawn.layout.yaxis.domain[0]


def test_drums_alone_take_the_whole_figure() -> None:
    """No empty panel above a groove."""
    drawn = figure(sequence([(0, 0.1, 36), (0.5, 0.6, 88)], is_drum=True))
    assert list(drawn.layout.yaxis.ticktext) == ["kick", "other"]
    assert drawn.layout.yaxis.domain == (0.0, 1.0)
    assert drawn.layout.showlegend is False


def test_drums_are_not_stretched() -> None:
    """Beside a roll with pitches, three rows of drums stay rows."""
    drums = sequence([(0, 0.1, 36), (0.5, 0.6, 38), (1, 1.1, 42)], is_drum=True)
    natural = figure(drums).layout.height
    assert figure(drums, height=600).layout.height == natural
    assert figure(drums, height=natural - 20).layout.height == natural - 20
    assert figure(_song(), height=600).layout.height == 600


def test_louder_notes_are_more_opaque() -> None:
    """Dynamics are seen as well as heard."""
    built = sequence([(0, 1, 60)], velocity=20)
    add(built, [(1, 2, 60)], velocity=120)
    soft, loud = figure(built).data[0].marker.opacity
    assert 0.4 < soft < loud <= 1


def test_bars_and_beats_are_the_grid() -> None:
    """Bar lines are labelled with numbers, beats lie between."""
    built = sequence([(0, 8, 60)])
    built.tempos.add(qpm=60)
    axis = figure(built).layout.xaxis
    assert list(axis.tickvals) == [0, 4]
    assert list(axis.ticktext) == ["bar 1", "2"]
    assert list(axis.minor.tickvals) == [1, 2, 3, 5, 6, 7]
    assert list(axis.range) == [0, 8]


def test_an_excerpt_counts_on_from_its_place_in_the_song() -> None:
    """The third chunk does not begin with bar 1, neither below nor on hover."""
    drawn = figure(_song(), first_bar=9)
    assert drawn.layout.xaxis.ticktext[0] == "bar 9"
    assert _hover(drawn.data[0], 0)[1] == 9


def test_a_span_can_be_marked() -> None:
    """In the seconds of the sequence, whatever the tempo."""
    built = sequence([(0, 4, 60)])
    built.tempos.add(qpm=120)
    mark = figure(built, highlight=(1.0, 2.0)).layout.shapes[-1]
    assert (mark.x0, mark.x1) == (2, 4)


def test_an_empty_roll_says_so() -> None:
    """A sentence, in either theme, and no axis without a meaning."""
    for theme in ("light", "dark"):
        drawn = figure(sequence(), theme=theme)
        assert "no notes" in drawn.layout.annotations[0].text
        assert drawn.layout.annotations[0].font.color == palette(theme).muted


def test_one_note_does_not_fill_the_figure() -> None:
    """At least an octave is shown."""
    low, high = figure(sequence([(0, 1, 60)])).layout.yaxis.range
    assert high - low >= 12
    assert low < 60 < high


@pytest.mark.parametrize("pitch", [0, 127])
def test_the_ends_of_the_keyboard_can_be_drawn(pitch: int) -> None:
    """No pitch is out of the picture."""
    low, high = figure(sequence([(0, 1, pitch)])).layout.yaxis.range
    assert low < pitch < high


def test_names_from_a_file_are_shown_as_they_are() -> None:
    """A track name is text, not markup."""
    built = _song()
    built.instrument_infos.add(instrument=0, name="<b>Lead</b>")
    assert figure(built).data[0].name == "&lt;b&gt;Lead&lt;/b&gt;"


def test_five_thousand_notes_are_quick_and_small() -> None:
    """A long song is drawn in a second and sent in half a megabyte."""
    built = sequence([(i / 8, i / 8 + 0.1, 40 + i % 40) for i in range(5000)])
    began = time.process_time()
    drawn = figure(built)
    assert time.process_time() - began < 3
    assert len(drawn.data) == 1
    assert len(drawn.to_json()) < 600_000


def test_a_figure_is_plain_json() -> None:
    """Nothing in it is beyond a browser, not even in the worst metre."""
    built = _song()
    built.time_signatures.add(time=1, numerator=7, denominator=8)
    json.loads(figure(built, title="7/8", height=500).to_json())
    assert figure(built, height=500).layout.height == 500


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_notes_of_the_song_are_pale_with_a_rim(theme) -> None:
    """Of each part, whatever the order; the rim has the colour that stands out from the page."""
    drawn = figure(_song(), kept=[True, False, True, False, True, False], theme=theme)
    flute, hits = drawn.data[:2]
    colour = palette(theme).roles["melody"]
    assert [width > 0 for width in flute.marker.line.width] == [True, False, True]
    assert [fill == colour for fill in flute.marker.color] == [False, True, False]
    assert flute.marker.line.color == colour
    assert [width > 0 for width in hits.marker.line.width] == [False, True, False]


def test_the_legend_says_which_notes_are_of_the_song() -> None:
    """Also where there is one part only; each entry has the look of all its notes."""
    groove = sequence([(0, 0.1, 36), (0.5, 0.6, 38)], is_drum=True)
    drawn = figure(groove, kept=[True, False])
    entries = {trace.name: trace for trace in drawn.data if trace.showlegend is not False}
    assert list(entries) == ["drums", "from your song"]
    assert entries["from your song"].marker.line.width > 0
    assert entries["drums"].marker.line.width == 0
    assert drawn.layout.showlegend is True


def test_there_is_one_mark_for_each_note() -> None:
    """Anything else is a mistake of the caller."""
    with pytest.raises(ValueError, match="6 notes"):
        figure(_song(), kept=[True])


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_notes_against_a_rule_are_red_with_a_rim(theme) -> None:
    """Also those that the song has; the legend says what it means."""
    marked = [True, False, False, False, False, False]
    drawn = figure(_song(), marked=marked, kept=[True] * 6, theme=theme)
    flute = drawn.data[0]
    colours = palette(theme)
    assert [colour == colours.against for colour in flute.marker.color] == [True, False, False]
    assert flute.marker.line.color[0] == colours.text
    assert flute.marker.line.color[1] == colours.roles["melody"]
    named = [trace.name for trace in drawn.data if trace.showlegend is not False]
    assert named[-2:] == ["from your song", "against your rules"]


def test_there_is_one_red_mark_for_each_note() -> None:
    """Anything else is a mistake of the caller."""
    with pytest.raises(ValueError, match="marked has 1"):
        figure(_song(), marked=[True])


def test_the_line_of_another_version_follows_its_highest_notes() -> None:
    """Over the notes, with a name; its pitches are on the figure too."""
    now = sequence([(0, 0.5, 60), (1.0, 1.5, 62)])
    before = sequence([(0, 0.5, 60), (0, 0.5, 90), (1.0, 1.5, 64)])
    drawn = figure(now, contour=("as it was", before))
    line = drawn.data[-1]
    assert line.name == "as it was"
    assert list(line.y) == [90, 64]
    assert drawn.layout.yaxis.range[1] > 90
    assert drawn.layout.showlegend


def test_drums_have_no_line() -> None:
    """There is no pitch that it could follow."""
    groove = sequence([(0, 0.1, 36), (0.5, 0.6, 38)], is_drum=True)
    assert len(figure(groove, contour=("as it was", groove)).data) == 1


def test_rolls_that_are_compared_show_the_same_pitches() -> None:
    """Whatever each of them plays."""
    low, high = sequence([(0, 0.5, 50)]), sequence([(0, 0.5, 80)])
    ranges = [figure(each, span=(50, 80)).layout.yaxis.range for each in (low, high)]
    assert ranges[0] == ranges[1]
