"""A MidiMe at work, as the app would keep it."""

from __future__ import annotations

from dataclasses import replace

from midime_engine.midime import persistence
from midime_engine.pipelines.provenance import Provenance
from midime_ui import contents, cutting, personal_space
from midime_ui.position import Position

__all__ = ["POSITION", "content", "with_provenance"]

POSITION = Position((1.0, 0.5, -2.0), 0.7, 12)


def with_provenance(study, personal):
    """``personal`` with where it comes from, as the app makes it."""
    provenance = Provenance.of(cutting.material(study), model=study.model, parts=("melody",))
    data = persistence.to_bytes(personal_space.space(personal), provenance.to_json())
    return replace(personal, data=data)


def content(study, personal, *, with_songs):
    """What would be saved."""
    return contents.of_session(study, personal, POSITION, with_songs=with_songs)
