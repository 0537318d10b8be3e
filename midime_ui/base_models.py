"""Base models as a musician chooses between them: what kind of music, how long, how heavy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from midime_ui.components import wording

if TYPE_CHECKING:
    from collections.abc import Iterable

    from midime_engine.converters.classes import Role

    Parts = tuple[Role, ...]

__all__ = ["BaseModel", "in_order", "preferred"]

_KINDS: Final[dict[Parts, str]] = {
    ("melody",): "Melody",
    ("melody", "bass", "drums"): "Trio",
    ("drums",): "Drums",
}
"""In the order in which they are offered."""

_LONG: Final = 8
"""From so many bars on, a window holds a melody with a form and not only a phrase of it."""

_LONG_MELODY: Final = "Whole tunes with a beginning and an end. For long songs."

_DESCRIPTIONS: Final[dict[Parts, str]] = {
    ("melody",): "One line of notes: a tune, a riff, a voice. Quick, and content with short songs.",
    ("melody", "bass", "drums"): "A small band: melody, bass and drums that belong together.",
    ("drums",): "Grooves and fills on a drum kit.",
}


@dataclass(frozen=True, slots=True)
class BaseModel:
    """A MusicVAE on offer; nothing of it needs to be in memory."""

    name: str
    """What it is asked for by: a name, or the path of a checkpoint of the host."""

    parts: Parts
    n_steps: int
    """Length of a window in sixteenth notes."""

    n_bars: int
    """Bars of 4/4 in a window."""

    n_bytes_in_memory: int
    """What its weights take once it is loaded."""

    source: str = ""
    """Where it comes from, if not from us."""

    @property
    def kind(self) -> str:
        """What it plays, in a word."""
        return _KINDS[self.parts]

    @property
    def title(self) -> str:
        """What it is called here, for example ``Trio, 4 bars``."""
        title = f"{self.kind}, {wording.count(self.n_bars, 'bar')}"
        return f"{title} ({self.source})" if self.source else title

    @property
    def description(self) -> str:
        """What it is for, in a sentence or two."""
        is_long_melody = self.parts == ("melody",) and self.n_bars >= _LONG
        return _LONG_MELODY if is_long_melody else _DESCRIPTIONS[self.parts]


def in_order(models: Iterable[BaseModel]) -> list[BaseModel]:
    """Ours first, melodies before trios and drums, short windows before long ones."""
    kinds = list(_KINDS)
    return sorted(
        models, key=lambda m: (bool(m.source), kinds.index(m.parts), m.n_bars, m.name.casefold())
    )


def preferred(models: Iterable[BaseModel], parts: Parts, *, default: str) -> str:
    """The model to begin with for music of ``parts``: the default if it can, else the shortest.

    Where no model has these parts it is the default after all.
    """
    fitting = [model for model in models if model.parts == parts]
    if not fitting or default in {model.name for model in fitting}:
        return default
    return min(fitting, key=lambda model: (bool(model.source), model.n_bars)).name
