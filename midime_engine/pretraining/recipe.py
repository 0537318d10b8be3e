"""What kind of windows a model is trained on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from midime_engine.errors import OptionError

if TYPE_CHECKING:
    from midime_engine.converters.classes import Role

__all__ = ["TRIO", "Recipe"]

TRIO: Final[tuple[Role, ...]] = ("melody", "bass", "drums")
_KNOWN: Final[tuple[tuple[str, ...], ...]] = (("melody",), ("drums",), TRIO)

_STEPS_PER_ONSET: Final = 16
_LEAST_ONSETS: Final = 2
_LONGEST_FIGURES: Final = 32


@dataclass(frozen=True, slots=True)
class Recipe:
    """Parts and length of the windows."""

    parts: tuple[str, ...]
    n_steps: int

    def __post_init__(self) -> None:
        """Refuse what there is no music for.

        Raises:
            OptionError: if no windows can be cut for these parts.
        """
        if self.parts not in _KNOWN:
            raise OptionError(
                f"Corpora cannot be cut into windows of {' and '.join(self.parts)}.",
                remedy="Choose a model of a melody, of drums, or of melody, bass and drums.",
            )
        if self.n_steps < 1:
            raise ValueError(f"A window has at least one step; got {self.n_steps}.")

    @property
    def least_onsets(self) -> int:
        """Onsets that a part needs to count as music: one in a bar of 4/4, and at least two."""
        return max(_LEAST_ONSETS, self.n_steps // _STEPS_PER_ONSET)

    @property
    def with_figures(self) -> bool:
        """Whether accompaniment is wanted too.

        Users' tracks hold arpeggios and chords; but windows of many bars are there for the form of
        a tune, which accompaniment has not.
        """
        return self.parts == ("melody",) and self.n_steps <= _LONGEST_FIGURES

    @property
    def is_trio(self) -> bool:
        """Whether windows hold melody, bass and drums."""
        return self.parts == TRIO
