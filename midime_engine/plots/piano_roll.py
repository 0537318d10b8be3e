"""The piano roll: pitch upwards, time to the right, bars and beats as the grid.

Time is counted in quarter notes, so bars are equally wide whatever the tempo does. Drums have a
panel of their own below, one row for each class that is struck. Loud notes are more opaque.
A part is one trace, so thousands of notes stay quick. Notes that are taken from the song can be
told apart: they are pale with a rim in the colour of their part, which needs no colour vision.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import plotly.graph_objects as go

from midime_engine.converters.drums import DRUM_CLASS_NAMES, drum_class
from midime_engine.plots.grid import Grid
from midime_engine.plots.parts import Part, parts_of
from midime_engine.plots.theme import (
    Palette,
    Theme,
    empty_note,
    palette,
    plain,
    style,
    with_alpha,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

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

    Raises:
        ValueError: ``kept`` is not one for each note.
    """
    if kept is not None and len(kept) != len(sequence.notes):
        raise ValueError(f"kept has {len(kept)} values for {len(sequence.notes)} notes.")
    colours = palette(theme)
    grid = Grid.of(sequence)
    parts = parts_of(sequence, colours, roles=roles)
    pitched = [part for part in parts if not part.is_drum]
    drums = [part for part in parts if part.is_drum]
    rows = _drum_rows(drums)
    drawn = go.Figure()
    for part in pitched:
        pitches = np.array([note.pitch for note in part.notes])
        names = [pitch_name(pitch) for pitch in pitches.tolist()]
        drawn.add_trace(_bars(part, grid, pitches, names, first_bar, axis="y", kept=kept))
    for part in drums:
        classes = _classes(part)
        names = [_HIT_NAMES[c] for c in classes.tolist()]
        places = np.array([rows.index(c) for c in classes.tolist()])
        axis = "y2" if pitched else "y"
        drawn.add_trace(_bars(part, grid, places, names, first_bar, axis=axis, kept=kept))
    if kept is not None and parts:
        _add_legend(drawn, parts, colours)

    drum_height = _DRUM_ROW_HEIGHT * (len(rows) + 1) if rows else 0
    pitched_height = _PITCHED_HEIGHT if pitched else 0 if rows else _EMPTY_HEIGHT
    legend_height = _LEGEND_HEIGHT * max(0, len(parts) - _PARTS_IN_FRAME)
    total = drum_height + pitched_height + _FRAME_HEIGHT + legend_height
    if height is not None:
        # Rows of drums that are stretched look like something else.
        total = height if pitched else min(height, total)
    style(drawn, colours, height=total, title=title)
    has_legend = len(parts) > 1 or (kept is not None and bool(parts))
    drawn.update_layout(barmode="overlay", showlegend=has_legend, hovermode="closest")
    _draw_time(drawn, grid, colours, first_bar)
    split = drum_height / (drum_height + pitched_height) if pitched and rows else 0.0
    if pitched:
        gap = 0.03 if rows else 0.0
        _draw_pitches(drawn, pitched, colours, domain=(min(1.0, split + gap), 1.0))
    if rows:
        _draw_rows(drawn, rows, colours, below=bool(pitched), domain=(0.0, split or 1.0))
    if not parts:
        drawn.update_yaxes(visible=False, fixedrange=True, range=[0, 1])
        empty_note(drawn, colours, "There are no notes here.")
    if highlight is not None:
        _draw_highlight(drawn, grid, highlight, colours)
    return drawn


def _bars(
    part: Part,
    grid: Grid,
    places: npt.NDArray[np.int64],
    names: list[str],
    first_bar: int,
    *,
    axis: str,
    kept: Sequence[bool] | None,
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
    if kept is None:
        marker = {"color": part.colour, "opacity": opacity, "line": {"width": 0}}
    else:
        marker = _shades(part, np.array([kept[i] for i in part.places], bool), opacity)
    return go.Bar(
        name=plain(part.name),
        legendgroup=plain(part.name),
        showlegend=kept is None,  # An entry takes the look of the first note, which may be either.
        orientation="h",
        base=start,
        x=np.maximum(width, _SHORTEST * grid.end),
        y=places,
        width=0.86,
        yaxis=axis,
        marker=marker,
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


def _shades(
    part: Part, kept: npt.NDArray[np.bool_], opacity: npt.NDArray[np.float64]
) -> dict[str, Any]:
    pale = with_alpha(part.colour, _KEPT)
    return {
        "color": [pale if is_kept else part.colour for is_kept in kept.tolist()],
        "opacity": np.where(kept, 1.0, opacity),
        "line": {"color": part.colour, "width": np.where(kept, 1.5, 0.0)},
    }


def _add_legend(drawn: go.Figure, parts: Sequence[Part], colours: Palette) -> None:
    """Entries without notes, so that each looks as it should."""
    looks = [(part.name, {"color": part.colour, "line": {"width": 0}}) for part in parts]
    pale = {
        "color": with_alpha(colours.text, _KEPT),
        "line": {"color": colours.text, "width": 1.5},
    }
    for name, marker in [*looks, (_KEPT_NAME, pale)]:
        drawn.add_trace(
            go.Bar(
                name=plain(name),
                legendgroup=plain(name),
                orientation="h",
                x=[None],
                y=[None],
                marker=marker,
                hoverinfo="skip",
            )
        )


def _draw_time(drawn: go.Figure, grid: Grid, colours: Palette, first_bar: int) -> None:
    positions, numbers = grid.bar_lines(at_most=_MAX_BAR_LINES)
    _, labelled = grid.bar_lines(at_most=_MAX_BAR_LABELS)
    labels = {n: str(n + first_bar) for n in labelled.tolist()}
    labels[0] = f"bar {first_bar}"
    beats = grid.beat_lines(at_most=_MAX_BEAT_LINES)
    drawn.update_xaxes(
        range=[0, grid.end],
        tickmode="array",
        tickvals=positions,
        ticktext=[labels.get(n, "") for n in numbers.tolist()],
        ticks="",
        showgrid=True,
        gridcolor=colours.bar_line,
        gridwidth=1,
        minor={
            "tickmode": "array",
            "tickvals": beats,
            "showgrid": len(beats) > 0,
            "gridcolor": colours.beat_line,
            "gridwidth": 1,
        },
        anchor="y",
    )


def _draw_pitches(
    drawn: go.Figure, parts: list[Part], colours: Palette, *, domain: tuple[float, float]
) -> None:
    pitches = [note.pitch for part in parts for note in part.notes]
    low, high = min(pitches), max(pitches)
    missing = max(0, _MIN_SPAN - (high - low))
    low, high = low - 1 - missing // 2, high + 1 + (missing + 1) // 2
    named = {0} if high - low > 2 * _OCTAVE else {0, 4, 7}
    ticks = [pitch for pitch in range(max(0, low), high + 1) if pitch % _OCTAVE in named]
    drawn.update_layout(
        yaxis={
            "domain": list(domain),
            "range": [low - 0.5, high + 0.5],
            "tickmode": "array",
            "tickvals": ticks,
            "ticktext": [pitch_name(pitch) for pitch in ticks],
            "showgrid": False,
            "fixedrange": True,
        }
    )
    for pitch in range(low, high + 1):
        if pitch % _OCTAVE in _BLACK:
            _draw_row(drawn, pitch, colours.black_key, axis="y")


def _draw_rows(
    drawn: go.Figure,
    rows: list[int],
    colours: Palette,
    *,
    below: bool,
    domain: tuple[float, float],
) -> None:
    axis: dict[str, Any] = {
        "domain": list(domain),
        "range": [-0.6, len(rows) - 0.4],
        "tickmode": "array",
        "tickvals": list(range(len(rows))),
        "ticktext": [_ROW_NAMES[row] for row in rows],
        "showgrid": False,
        "zeroline": False,
        "fixedrange": True,
        "automargin": True,
        "tickfont": {"color": colours.muted, "size": 11},
    }
    drawn.update_layout({"yaxis2" if below else "yaxis": axis})
    if below:
        drawn.update_xaxes(anchor="y2")
    for i in range(0, len(rows), 2):
        _draw_row(drawn, i, colours.black_key, axis="y2" if below else "y")


def _draw_row(drawn: go.Figure, place: int, colour: str, *, axis: str) -> None:
    drawn.add_shape(
        type="rect",
        xref="paper",
        x0=0,
        x1=1,
        yref=axis,
        y0=place - 0.5,
        y1=place + 0.5,
        fillcolor=colour,
        line_width=0,
        layer="below",
    )


def _draw_highlight(
    drawn: go.Figure, grid: Grid, span: tuple[float, float], colours: Palette
) -> None:
    start, end = grid.quarters(np.array(span, np.float64)).tolist()
    drawn.add_shape(
        type="rect",
        x0=start,
        x1=end,
        yref="paper",
        y0=0,
        y1=1,
        fillcolor=with_alpha(colours.accent, 0.12),
        line={"color": colours.accent, "width": 1.5},
        layer="below",
    )


def _classes(part: Part) -> npt.NDArray[np.int32]:
    """Row of each hit: its drum class, or the one for percussion that has none."""
    classes = drum_class(np.array([note.pitch for note in part.notes]))
    return np.where(classes < 0, _OTHER_PERCUSSION, classes)


def _drum_rows(parts: list[Part]) -> list[int]:
    """Drum classes that are struck, the lowest sound first."""
    return sorted({c for part in parts for c in _classes(part).tolist()})
