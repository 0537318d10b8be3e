"""What a translator trains on: windows of two models side by side, as vectors."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from midime_engine.errors import TrainingError

if TYPE_CHECKING:
    import numpy.typing as npt

    from midime_engine.protocols import FloatArray, LatentsLike
    from midime_engine.translation.config import TranslatorConfig

__all__ = ["Pairs", "Played", "Side"]

_FEWEST: Final = 2
_MATRIX: Final = 2


@dataclass(frozen=True, slots=True, eq=False)
class Side:
    """One half of every pair."""

    latents: LatentsLike
    """Posteriors, ``[n, size]``."""

    labels: FloatArray
    """Attributes of each, in 0..1 and comparable with those of the other side, ``[n, k]``."""

    def __len__(self) -> int:
        """Number of pairs."""
        return len(self.latents.mu)


@dataclass(frozen=True, slots=True, eq=False)
class Played:
    """Translations that were decoded to music, and what was measured there.

    What is between a vector and its music is not differentiated. So attributes of translations are
    judged by a small network that has learnt them from vectors; but it knows real ones only, and
    is soon deceived. Playing some translations now and then and telling it what came of them keeps
    it honest.
    """

    x: tuple[FloatArray, FloatArray]
    """Vectors on each side, ``[m, size]``."""

    labels: tuple[FloatArray, FloatArray]
    """Attributes of the music that they became, ``[m, k]``."""

    def with_more(self, other: Played, most: int) -> Played:
        """Both, but only the last ``most`` of each side."""
        x = [np.concatenate(both)[-most:] for both in zip(self.x, other.x, strict=True)]
        labels = [
            np.concatenate(both)[-most:] for both in zip(self.labels, other.labels, strict=True)
        ]
        return Played((x[0], x[1]), (labels[0], labels[1]))


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """Row by row, what may sound at the same time in two models."""

    sides: tuple[Side, Side]

    together: npt.NDArray[np.bool_]
    """Whether the two of a row are of the same bars of the same song, ``[n]``. Where they are not,
    the row says only what music of each side is like."""

    songs: npt.NDArray[np.int32]
    """Number of the song of each row, ``[n]``."""

    def __post_init__(self) -> None:
        """Check that everything has as many rows.

        Raises:
            ValueError: It has not.
        """
        n = len(self.together)
        rows = [len(self.songs), *(len(side) for side in self.sides)]
        rows += [len(side.labels) for side in self.sides]
        if any(count != n for count in rows) or any(s.labels.ndim != _MATRIX for s in self.sides):
            raise ValueError(f"Both sides and their labels need {n} rows; got {rows}.")
        if self.sides[0].labels.shape != self.sides[1].labels.shape:
            raise ValueError("Both sides must have the same attributes.")

    def __len__(self) -> int:
        """Number of rows."""
        return len(self.together)

    def require_fit(self, config: TranslatorConfig) -> None:
        """Refuse what a translator of ``config`` cannot be trained on.

        Raises:
            TrainingError: There are too few rows, or a number is not finite.
            ValueError: The vectors or labels have other sizes.
        """
        for side, domain in zip(self.sides, config.domains, strict=True):
            if side.latents.mu.shape[1] != domain.size:
                raise ValueError(
                    f"Vectors of {domain.model} have {domain.size} numbers; "
                    f"got {side.latents.mu.shape[1]}."
                )
            if side.labels.shape[1] != config.n_labels:
                raise ValueError(f"Labels must be [n, {config.n_labels}]; got {side.labels.shape}.")
            arrays = (side.latents.mu, side.latents.sigma, side.labels)
            if not all(np.isfinite(array).all() for array in arrays):
                raise TrainingError(
                    f"Some vectors of {domain.model} hold numbers that are not finite.",
                    remedy="Encode the music again; if it stays so, its weights are damaged.",
                )
        if len(self) < _FEWEST:
            raise TrainingError(
                f"A translator cannot be trained on {len(self)} pairs.",
                remedy="Choose music in which both models find at least two windows.",
            )
