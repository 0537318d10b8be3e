"""Whether what is kept can be played here; it may come from anybody.

The names of models in it are only ever looked up among those on offer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from midime_engine import catalogue
from midime_engine.errors import LibraryError
from midime_engine.pipelines import keeping
from midime_ui import models

if TYPE_CHECKING:
    from midime_engine.pipelines.keeping import Kept

__all__ = ["require_playable"]


def require_playable(kept: Kept, model: str) -> None:
    """Make sure that ``model`` is here and ``kept`` fits it.

    Raises:
        MidimeError: There is no such model here, or it is a MidiMe of another one.
    """
    if not models.is_offered(model):
        raise LibraryError(
            "The base model of this MidiMe is not offered here.",
            remedy="Open it on the server where it was made.",
        )
    entry = catalogue.find(model)
    if entry is not None and not catalogue.is_cached(entry):
        raise LibraryError(
            f"Its base model, {entry.name} ({entry.size}), has not been downloaded to this server.",
            remedy="Choose that model on the first page, which downloads it; then come back.",
        )
    base = models.base_model(model)
    keeping.require_playable(
        kept, parts=base.parts, n_steps=base.n_steps, z_size=models.z_size(model)
    )
