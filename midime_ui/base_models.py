"""Base models as a musician chooses between them: what kind of music, how long, how heavy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from midime_ui.components import wording

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

    from midime_engine.converters.classes import Role

    Parts = tuple[Role, ...]

__all__ = ["LEAST_ACCURACY", "BaseModel", "Preference", "in_order", "preferred"]

LEAST_ACCURACY: Final = 0.75
"""Share of the steps of unseen music that a model must give back to be chosen without being asked
for. Below it every fourth step is another one: a bar is no longer recognised, and a MidiMe on top
cannot be better than what it stands on."""

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

    accuracy: tuple[float, ...] = ()
    """Share of the steps of unseen music that come back unchanged, for each of its parts; empty
    where nobody has measured it."""

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


@dataclass(frozen=True, slots=True)
class Preference:
    """The model to begin with."""

    name: str
    passed_over: str | None = None
    """Another one that hears more of the songs, but gives too little of it back."""


def preferred(
    models: Iterable[BaseModel], parts: Parts, *, default: str, hears: Container[str] = ()
) -> Preference:
    """The model to begin with for music of ``parts``: the default if it can, else the shortest.

    One that gives back less than :data:`LEAST_ACCURACY` is passed over for the one of a melody, if
    the songs have one. Where no model has these parts it is the default after all.

    Args:
        models: On offer.
        parts: Of the songs.
        default: What the host begins with; nobody doubts it.
        hears: Names of the models that can take something from the songs.
    """
    on_offer = list(models)
    fitting = [model for model in on_offer if model.parts == parts]
    if not fitting or default in {model.name for model in fitting}:
        return Preference(default)
    best = min(fitting, key=lambda model: (bool(model.source), model.n_bars))
    if _is_accurate(best):
        return Preference(best.name)
    melodies = [m for m in on_offer if m.parts == ("melody",) and m.name in hears]
    if not melodies or parts == ("melody",):
        return Preference(best.name)
    names = [model.name for model in melodies]
    name = default if default in names else min(melodies, key=lambda model: model.n_bars).name
    return Preference(name, passed_over=best.name)


def _is_accurate(model: BaseModel) -> bool:
    mean = sum(model.accuracy) / len(model.accuracy) if model.accuracy else 0.0
    return mean >= LEAST_ACCURACY
