"""The piano roll: pitch upwards, time to the right, bars and beats as the grid.

Time is counted in quarter notes, so bars are equally wide whatever the tempo does. Drums have a
panel of their own below, one row for each class that is struck. Loud notes are more opaque.
A part is one trace, so thousands of notes stay quick. Notes that are taken from the song can be
told apart: they are pale with a rim in the colour of their part, which needs no colour vision.
Notes that stand against a rule are red with a dark rim. The line of another version can lie over
the notes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import plotly.graph_objects as go

from midime_engine.converters.drums import DRUM_CLASS_NAMES, drum_class
from midime_engine.plots.grid import Grid
from midime_engine.plots.parts import Part, parts_of
from midime_engine.plots.theme import (
    Palette,
    Theme,
    axis,
    empty_note,
    layout,
    palette,
    plain,
    with_alpha,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import numpy.typing as npt
    from note_seq import NoteSequence

    from midime_engine.converters.classes import Role

__all__ = ["figure", "pitch_name"]

_NAMES: Final = ("C", "C♯", "D", "D♯", "E", "F", "F♯", "G", "G♯", "A", "A♯", "B")
_BLACK: Final = frozenset({1, 3, 6, 8, 10})
_OCTAVE: Final = 12
_MIN_SPAN: Final = 14
"""Semitones shown at least: one repeated note should not fill the figure."""

_OTHER_PERCUSSION: Final = len(DRUM_CLASS_NAMES)
_HIT_NAMES: Final = (*DRUM_CLASS_NAMES, "other percussion")
_ROW_NAMES: Final = (
    "kick",
    "snare",
    "hi-hat",
    "open hat",
    "low tom",
    "mid tom",
    "high tom",
    "crash",
    "ride",
    "other",
)
"""The same, short enough for the margin of a phone."""

_PITCHED_HEIGHT: Final = 300
_DRUM_ROW_HEIGHT: Final = 20
_EMPTY_HEIGHT: Final = 60
_FRAME_HEIGHT: Final = 70
"""Legend, bar numbers and margins."""

_PARTS_IN_FRAME: Final = 3
_LEGEND_HEIGHT: Final = 10
"""For each further part: half a line of the legend, which is one column wide on a phone."""

_MAX_BAR_LINES: Final = 96
_MAX_BEAT_LINES: Final = 130
"""More lines than this are a grey surface, not a grid."""

_MAX_BAR_LABELS: Final = 9
"""As many as fit side by side on a phone."""

_SHORTEST: Final = 0.0025
"""Share of the width that a note has at least: a pixel on a phone."""

_HIT: Final = 0.15
"""Quarter notes that a drum hit is wide: how long a drum is held means nothing."""

_GAP: Final = 0.06
"""Quarter notes left free before the end, so that a repeated note does not look like a long one."""

_MAX_GAP: Final = 0.15
"""Share of its length that a short note gives to that gap at most."""

_KEPT: Final = 0.28
"""Opacity of the inside of a note that the song has too; its rim is opaque."""

_KEPT_NAME: Final = "from your song"
_MARKED_NAME: Final = "against your rules"
_RIM: Final = 1.5
"""Pixels."""

_HOVER: Final = (
    "<b>%{customdata[0]}</b><br>bar %{customdata[1]}, beat %{customdata[2]:.2~f}"
    "<br>%{customdata[3]:.2~f} beats long<br>velocity %{customdata[4]}"
    "<extra>%{fullData.name}</extra>"
)


def pitch_name(pitch: int) -> str:
    """Return the name of a MIDI pitch; middle C is C4.

    >>> pitch_name(60), pitch_name(70)
    ('C4', 'A♯4')
    """
    return f"{_NAMES[pitch % _OCTAVE]}{pitch // _OCTAVE - 1}"


def figure(
    sequence: NoteSequence,
    *,
    theme: Theme = "light",
    title: str | None = None,
    height: int | None = None,
    highlight: tuple[float, float] | None = None,
    first_bar: int = 1,
    roles: Mapping[int, Role] | None = None,
    kept: Sequence[bool] | None = None,
    marked: Sequence[bool] | None = None,
    contour: tuple[str, NoteSequence] | None = None,
    span: tuple[int, int] | None = None,
) -> go.Figure:
    """Draw ``sequence``.

    Args:
        sequence: Notes in seconds, with their tempos and time signatures.
        theme: Light or dark.
        title: Shown above, as it is; None shows none.
        height: Pixels, at most so many where there are only drums; None takes what is needed.
        highlight: Seconds from and to which the background is marked.
        first_bar: Number of the first bar, for an excerpt of a longer piece.
        roles: Which instrument plays which role, and takes its colour; None tells by its name.
        kept: For each note of ``sequence.notes`` whether the song has it too; such notes are drawn
            in another shade, with an entry in the legend. None draws all alike.
        marked: For each note whether it stands against a rule; such notes are red with a rim.
        contour: Another version of the same music, by name: a line over the notes follows the
            highest notes of its first pitched part.
        span: Lowest and highest pitch that are shown at least, so that rolls can be compared.

    Raises:
        ValueError: ``kept`` or ``marked`` is not one for each note.
    """
    colours = palette(theme)
    grid = Grid.of(sequence)
    parts = parts_of(sequence, colours, roles=roles)
    pitched = [part for part in parts if not part.is_drum]
    drums = [part for part in parts if part.is_drum]
    rows = _drum_rows(drums)
    flags = _Flags.of(sequence, kept, marked, colours)
    line = _Line.of(contour, colours) if contour and pitched else None
    traces: list[go.Bar | go.Scatter] = [*_notes(pitched, drums, grid, first_bar, flags)]
    if flags and parts:
        traces += _legend(parts, flags)
    if line is not None:
        traces.append(line.trace(grid))

    total, split = _heights(parts, n_rows=len(rows), wanted=height)
    # All at once: Plotly takes longer for ten changes of a layout than for the whole of it.
    look: dict[str, Any] = {
        **layout(colours, height=total, title=title),
        "barmode": "overlay",
        "showlegend": len(parts) > 1 or (bool(parts) and (bool(flags) or line is not None)),
        "hovermode": "closest",
        "xaxis": _time(grid, colours, first_bar, anchor="y2" if pitched and rows else "y"),
    }
    shapes: list[dict[str, Any]] = []
    if pitched:
        gap = 0.03 if rows else 0.0
        pitches = [note.pitch for part in pitched for note in part.notes]
        look["yaxis"], keys = _pitches(
            [*pitches, *(line.pitches if line else ()), *(span or ())],
            colours,
            domain=(min(1.0, split + gap), 1.0),
        )
        shapes += keys
    if rows:
        name = "y2" if pitched else "y"
        drum_axis, stripes = _rows(rows, colours, axis_name=name, domain=(0.0, split or 1.0))
        look["yaxis2" if pitched else "yaxis"] = drum_axis
        shapes += stripes
    if not parts:
        look["yaxis"] = {**axis(colours), "visible": False, "fixedrange": True, "range": [0, 1]}
    if highlight is not None:
        shapes.append(_highlight(grid, highlight, colours))
    drawn = go.Figure(data=traces, layout={**look, "shapes": shapes})
    if not parts:
        empty_note(drawn, colours, "There are no notes here.")
    return drawn


@dataclass(frozen=True, slots=True)
class _Flags:
    """What is said of single notes; false if nothing is."""

    kept: Sequence[bool] | None
    marked: Sequence[bool] | None
    colours: Palette

    @classmethod
    def of(
        cls,
        sequence: NoteSequence,
        kept: Sequence[bool] | None,
        marked: Sequence[bool] | None,
        colours: Palette,
    ) -> _Flags:
        for name, flags in (("kept", kept), ("marked", marked)):
            if flags is not None and len(flags) != len(sequence.notes):
                raise ValueError(f"{name} has {len(flags)} values for {len(sequence.notes)} notes.")
        return cls(kept, marked, colours)

    def __bool__(self) -> bool:
        return self.kept is not None or self.marked is not None

    def look(self, part: Part, opacity: npt.NDArray[np.float64]) -> dict[str, Any]:
        """Colours and rims of the notes of ``part``."""
        if not self:
            return {"color": part.colour, "opacity": opacity, "line": {"width": 0}}
        kept, marked = self._of(self.kept, part), self._of(self.marked, part)
        pale = with_alpha(part.colour, _KEPT)
        plain_or_pale = np.where(kept, pale, part.colour)
        rims = np.where(marked, self.colours.text, part.colour).tolist()
        return {
            "color": np.where(marked, self.colours.against, plain_or_pale).tolist(),
            "opacity": np.where(kept | marked, 1.0, opacity),
            "line": {
                "color": part.colour if self.marked is None else rims,
                "width": np.where(kept | marked, _RIM, 0.0),
            },
        }

    def entries(self) -> list[tuple[str, dict[str, Any]]]:
        """What the legend says of them."""
        text = self.colours.text
        pale = {"color": with_alpha(text, _KEPT), "line": {"color": text, "width": _RIM}}
        red = {"color": self.colours.against, "line": {"color": text, "width": _RIM}}
        said = ((self.kept, _KEPT_NAME, pale), (self.marked, _MARKED_NAME, red))
        return [(name, look) for flags, name, look in said if flags is not None]

    def _of(self, flags: Sequence[bool] | None, part: Part) -> npt.NDArray[np.bool_]:
        return np.array([flags is not None and flags[i] for i in part.places], bool)


@dataclass(frozen=True, slots=True)
class _Line:
    """The highest notes of another version, joined."""

    name: str
    colour: str
    starts: tuple[float, ...]
    """Seconds."""

    pitches: tuple[int, ...]

    @classmethod
    def of(cls, contour: tuple[str, NoteSequence], colours: Palette) -> _Line:
        name, other = contour
        pitched = [part for part in parts_of(other, colours) if not part.is_drum]
        highest: dict[float, int] = {}
        for note in pitched[0].notes if pitched else ():
            highest[note.start_time] = max(note.pitch, highest.get(note.start_time, 0))
        starts = tuple(sorted(highest))
        return cls(name, colours.text, starts, tuple(highest[start] for start in starts))

    def trace(self, grid: Grid) -> go.Scatter:
        return go.Scatter(
            name=plain(self.name),
            x=grid.quarters(np.array(self.starts, np.float64)) + _HIT,
            y=self.pitches,
            mode="lines+markers",
            line={"color": self.colour, "width": 1.5, "dash": "dot"},
            marker={"color": self.colour, "size": 5},
            hoverinfo="skip",
        )


def _heights(parts: Sequence[Part], *, n_rows: int, wanted: int | None) -> tuple[int, float]:
    """Pixels of the whole, and the share of the drums where there are pitches above them."""
    is_pitched = any(not part.is_drum for part in parts)
    drums = _DRUM_ROW_HEIGHT * (n_rows + 1) if n_rows else 0
    pitches = _PITCHED_HEIGHT if is_pitched else 0 if n_rows else _EMPTY_HEIGHT
    legend = _LEGEND_HEIGHT * max(0, len(parts) - _PARTS_IN_FRAME)
    total = drums + pitches + _FRAME_HEIGHT + legend
    if wanted is not None:
        # Rows of drums that are stretched look like something else.
        total = wanted if is_pitched else min(wanted, total)
    return total, drums / (drums + pitches) if is_pitched and n_rows else 0.0


def _notes(
    pitched: list[Part], drums: list[Part], grid: Grid, first_bar: int, flags: _Flags
) -> Iterator[go.Bar]:
    """A trace for each part."""
    for part in pitched:
        places = np.array([note.pitch for note in part.notes])
        names = [pitch_name(pitch) for pitch in places.tolist()]
        yield _bars(part, grid, places, names, first_bar, axis_name="y", flags=flags)
    rows = _drum_rows(drums)
    for part in drums:
        classes = _classes(part)
        names = [_HIT_NAMES[c] for c in classes.tolist()]
        places = np.array([rows.index(c) for c in classes.tolist()])
        name = "y2" if pitched else "y"
        yield _bars(part, grid, places, names, first_bar, axis_name=name, flags=flags)


def _bars(
    part: Part,
    grid: Grid,
    places: npt.NDArray[np.int64],
    names: list[str],
    first_bar: int,
    *,
    axis_name: str,
    flags: _Flags,
) -> go.Bar:
    start = grid.quarters(np.array([note.start_time for note in part.notes], np.float64))
    end = grid.quarters(np.array([note.end_time for note in part.notes], np.float64))
    velocity = np.array([note.velocity for note in part.notes])
    length = end - start
    width = (
        np.full(len(start), _HIT)
        if part.is_drum
        else np.maximum(length - _GAP, (1.0 - _MAX_GAP) * length)
    )
    bar, beat = grid.position(start)
    beats = grid.beats(length, start)
    opacity = 0.45 + 0.55 * velocity / 127
    return go.Bar(
        name=plain(part.name),
        legendgroup=plain(part.name),
        showlegend=not flags,  # An entry takes the look of the first note, which may be either.
        orientation="h",
        base=start,
        x=np.maximum(width, _SHORTEST * grid.end),
        y=places,
        width=0.86,
        yaxis=axis_name,
        marker=flags.look(part, opacity),
        customdata=list(
            zip(
                names,
                (bar + first_bar).tolist(),
                np.round(beat, 2).tolist(),
                np.round(beats, 2).tolist(),
                velocity.tolist(),
                strict=True,
            )
        ),
        hovertemplate=_HOVER,
    )


def _legend(parts: Sequence[Part], flags: _Flags) -> list[go.Bar]:
    """Entries without notes, so that each looks as it should."""
    looks = [(part.name, {"color": part.colour, "line": {"width": 0}}) for part in parts]
    return [
        go.Bar(
            name=plain(name),
            legendgroup=plain(name),
            orientation="h",
            x=[None],
            y=[None],
            marker=marker,
            hoverinfo="skip",
        )
        for name, marker in [*looks, *flags.entries()]
    ]


def _time(grid: Grid, colours: Palette, first_bar: int, *, anchor: str) -> dict[str, Any]:
    positions, numbers = grid.bar_lines(at_most=_MAX_BAR_LINES)
    _, labelled = grid.bar_lines(at_most=_MAX_BAR_LABELS)
    labels = {n: str(n + first_bar) for n in labelled.tolist()}
    labels[0] = f"bar {first_bar}"
    beats = grid.beat_lines(at_most=_MAX_BEAT_LINES)
    return {
        **axis(colours),
        "range": [0, grid.end],
        "tickmode": "array",
        "tickvals": positions,
        "ticktext": [labels.get(n, "") for n in numbers.tolist()],
        "ticks": "",
        "showgrid": True,
        "gridcolor": colours.bar_line,
        "gridwidth": 1,
        "minor": {
            "tickmode": "array",
            "tickvals": beats,
            "showgrid": len(beats) > 0,
            "gridcolor": colours.beat_line,
            "gridwidth": 1,
        },
        "anchor": anchor,
    }


def _pitches(
    pitches: Sequence[int], colours: Palette, *, domain: tuple[float, float]
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The axis of pitches, and the rows of its black keys."""
    low, high = min(pitches), max(pitches)
    missing = max(0, _MIN_SPAN - (high - low))
    low, high = low - 1 - missing // 2, high + 1 + (missing + 1) // 2
    named = {0} if high - low > 2 * _OCTAVE else {0, 4, 7}
    ticks = [pitch for pitch in range(max(0, low), high + 1) if pitch % _OCTAVE in named]
    pitch_axis = {
        **axis(colours),
        "domain": list(domain),
        "range": [low - 0.5, high + 0.5],
        "tickmode": "array",
        "tickvals": ticks,
        "ticktext": [pitch_name(pitch) for pitch in ticks],
        "showgrid": False,
        "fixedrange": True,
    }
    black = [pitch for pitch in range(low, high + 1) if pitch % _OCTAVE in _BLACK]
    return pitch_axis, [_row(pitch, colours.black_key, axis_name="y") for pitch in black]


def _rows(
    rows: list[int], colours: Palette, *, axis_name: str, domain: tuple[float, float]
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The axis of drums, and stripes for every other of them."""
    drum_axis = {
        **axis(colours),
        "domain": list(domain),
        "range": [-0.6, len(rows) - 0.4],
        "tickmode": "array",
        "tickvals": list(range(len(rows))),
        "ticktext": [_ROW_NAMES[row] for row in rows],
        "showgrid": False,
        "fixedrange": True,
        "tickfont": {"color": colours.muted, "size": 11},
    }
    stripes = range(0, len(rows), 2)
    return drum_axis, [_row(i, colours.black_key, axis_name=axis_name) for i in stripes]


def _row(place: int, colour: str, *, axis_name: str) -> dict[str, Any]:
    return {
        "type": "rect",
        "xref": "paper",
        "x0": 0,
        "x1": 1,
        "yref": axis_name,
        "y0": place - 0.5,
        "y1": place + 0.5,
        "fillcolor": colour,
        "line": {"width": 0},
        "layer": "below",
    }


def _highlight(grid: Grid, span: tuple[float, float], colours: Palette) -> dict[str, Any]:
    start, end = grid.quarters(np.array(span, np.float64)).tolist()
    return {
        "type": "rect",
        "x0": start,
        "x1": end,
        "yref": "paper",
        "y0": 0,
        "y1": 1,
        "fillcolor": with_alpha(colours.accent, 0.12),
        "line": {"color": colours.accent, "width": 1.5},
        "layer": "below",
    }


def _classes(part: Part) -> npt.NDArray[np.int32]:
    """Row of each hit: its drum class, or the one for percussion that has none."""
    classes = drum_class(np.array([note.pitch for note in part.notes]))
    return np.where(classes < 0, _OTHER_PERCUSSION, classes)


def _drum_rows(parts: list[Part]) -> list[int]:
    """Drum classes that are struck, the lowest sound first."""
    return sorted({c for part in parts for c in _classes(part).tolist()})
