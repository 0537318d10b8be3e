"""What the player in the browser is told: a few facts as JSON, and sound as it is.

A component takes either JSON or bytes. JSON would make a third more of the sound (base64), so both
go as bytes: four that say how long the facts are (little-endian), the facts, the sound.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from midime_engine.plots.grid import Grid
from midime_engine.plots.miniature import miniature

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from note_seq import NoteSequence

    from midime_engine.converters.classes import Role
    from midime_engine.plots.theme import Theme
    from midime_ui.listening import Clip

__all__ = ["boxes", "pack", "time"]

_LONGEST_REST: Final = 8.0
"""Seconds of silence played at most to fill the last bar: a bar of 4/4 at 30 beats per minute."""


def pack(facts: Mapping[str, Any], sound: bytes) -> bytes:
    """Facts and sound in one piece, with a digest of the sound and its timing."""
    timing = json.dumps([facts.get("seconds"), facts.get("knots")])
    digest = hashlib.sha256(sound + timing.encode()).hexdigest()[:16]
    head = json.dumps({**facts, "hash": digest}, ensure_ascii=False).encode()
    return len(head).to_bytes(4, "little") + head + sound


def time(sequence: NoteSequence, clip: Clip) -> dict[str, Any]:
    """How long the music is, and which quarter note is heard when.

    ``knots`` are pairs of seconds and quarter notes between which time passes evenly. The music
    ends where its last bar does, so that it can be repeated without a stumble, or where it is cut.
    """
    grid = Grid.of(sequence)
    tempo = grid.tempo_map
    seconds = clip.seconds
    if not clip.is_cut:
        since = grid.end - float(tempo.quarters_at_starts[-1])
        bar_end = float(tempo.starts[-1]) + since * 60.0 / float(tempo.qpms[-1])
        if seconds < bar_end <= seconds + _LONGEST_REST:
            seconds = bar_end
    moments = np.append(tempo.starts[tempo.starts < seconds], seconds)
    knots = np.column_stack([moments, grid.quarters(moments)])
    return {"seconds": round(seconds, 6), "knots": np.round(knots, 6).tolist()}


def boxes(
    sequence: NoteSequence,
    *,
    theme: Theme,
    roles: Mapping[int, Role] | None = None,
    kept: Sequence[bool] | None = None,
) -> dict[str, Any]:
    """The small roll: left, top, width, height, number of the colour and 1 if kept, per note."""
    drawn = miniature(sequence, theme=theme, roles=roles)
    marks = [0] * len(drawn.parts) if kept is None else [int(is_kept) for is_kept in kept]
    rows = zip(np.round(drawn.boxes, 4).tolist(), drawn.parts, marks, strict=True)
    return {
        "colours": list(drawn.colours),
        "boxes": [[*box, part, mark] for box, part, mark in rows],
        "quarters": round(Grid.of(sequence).end, 6),
    }
