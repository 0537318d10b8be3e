"""Change one piece of music so that the rules are kept, and as little else as possible.

The paper's way without an actor (``LatentConstraints.ipynb`` of magenta-demos, cells 33-35): Adam
on ``z`` itself against the critics. Here it starts from several places on the actor's way and
hears what it finds, so that of all places that keep the rules the nearest one is returned, and a
piece that keeps them already stays as it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from midime_engine.constraints.perception import perceive, pull_back
from midime_engine.latent.logistic import logistic

if TYPE_CHECKING:
    import numpy.typing as npt

    from midime_engine.constraints.judge import Judge
    from midime_engine.constraints.model import Constraint
    from midime_engine.protocols import FloatArray

__all__ = ["Edit", "edit"]

_WAY: Final = (0.0, 0.25, 0.5, 0.75, 1.0, 1.25)
"""Places on the actor's way from which to search: 0 is the piece itself, 1 the actor's answer."""

_BETA_1: Final = 0.9
_BETA_2: Final = 0.999
_EPSILON: Final = 1e-7


@dataclass(frozen=True, slots=True, eq=False)
class Edit:
    """What was found for each of ``n`` pieces."""

    z: FloatArray
    """The nearest place that keeps all rules; where none was found, the one that keeps them most
    nearly. ``[n, z_size]``."""

    satisfied: npt.NDArray[np.bool_]
    """Whether it keeps all of them, ``[n]``."""

    distance: FloatArray
    """How far from where it was, in ``z``, ``[n]``."""


def edit(
    z: FloatArray,
    constraint: Constraint,
    judge: Judge,
    *,
    conditions: npt.ArrayLike | None = None,
    steps: int = 60,
    hearings: int = 4,
    learning_rate: float = 0.05,
    seed: int = 0,
) -> Edit:
    """Search near ``z`` ``[n, z_size]`` for places that keep the rules.

    Args:
        z: Pieces of music, each searched for on its own.
        constraint: Trained for these rules.
        judge: The one it was trained with; each hearing decodes six places per piece.
        conditions: ``[c]``, where the actor has some.
        steps: Updates of every place.
        hearings: How often, spread over the steps, the places are heard.
        learning_rate: Of Adam, in coordinates.
        seed: Of the judge.

    Raises:
        ValueError: ``z`` or ``conditions`` do not fit.
    """
    way = np.concatenate([constraint.apply(z, conditions, strength=t) for t in _WAY])
    origin = np.tile(np.asarray(z, np.float32), (len(_WAY), 1))
    search = _Search(constraint, judge, origin, conditions, seed=seed)
    search.hear(way)
    x, home = constraint.coordinates.of_z(way), constraint.coordinates.of_z(origin)
    first, second = np.zeros_like(x), np.zeros_like(x)
    every = max(1, steps // max(1, hearings - 1))
    for step in range(1, steps + 1):
        slopes = search.slopes(x, home)
        first = _BETA_1 * first + (1 - _BETA_1) * slopes
        second = _BETA_2 * second + (1 - _BETA_2) * slopes**2
        rate = learning_rate * np.sqrt(1 - _BETA_2**step) / (1 - _BETA_1**step)
        x = (x - rate * first / (np.sqrt(second) + _EPSILON)).astype(np.float32)
        if step % every == 0 or step == steps:
            search.hear(constraint.coordinates.into(origin, x))
    return search.best()


class _Search:
    """The best place so far for each piece."""

    def __init__(
        self,
        constraint: Constraint,
        judge: Judge,
        origin: FloatArray,
        conditions: npt.ArrayLike | None,
        *,
        seed: int,
    ) -> None:
        self._constraint = constraint
        self._judge = judge
        self._origin = origin
        n = self._n = len(origin) // len(_WAY)
        self._seed = seed
        size = constraint.config.condition_size
        given = np.zeros(0, np.float32) if conditions is None else np.asarray(conditions)
        self._conditions = np.broadcast_to(given.astype(np.float32), (len(origin), size))
        self._weights = np.asarray(judge.weights, np.float32)
        self._z = origin[:n].copy()
        self._rank = np.full(n, -np.inf)
        self._kept = np.zeros(n, bool)

    def hear(self, z: FloatArray) -> None:
        """Keep what is better: rules kept before rules nearly kept, then what is nearer."""
        heard = self._judge.hear(z, seed=self._seed)
        verdict = self._judge.judge(heard, self._conditions)
        kept = np.asarray(verdict.satisfied.all(axis=1))
        away = np.linalg.norm(z - self._origin, axis=1)
        rank = np.where(kept, 1e6 - away, verdict.rewards @ self._weights - 1e-3 * away)
        for column in range(len(_WAY)):
            rows = slice(column * self._n, (column + 1) * self._n)
            better = rank[rows] > self._rank
            self._rank[better] = rank[rows][better]
            self._z[better] = z[rows][better]
            self._kept[better] = kept[rows][better]

    def slopes(self, x: FloatArray, home: FloatArray) -> FloatArray:
        """Gradient of what the actor minimises, at ``x`` ``[rows, d]``."""
        config, weights = self._constraint.config, self._constraint.weights
        inputs = np.hstack([x, self._conditions])
        logits = perceive(weights, "critic", inputs)
        wished = -(self._weights * config.n_wishes) * logistic(config.margin - logits)
        slopes = pull_back(weights, "critic", inputs, wished)[:, : x.shape[1]]
        real = -config.realism * logistic(-perceive(weights, "realism", x))
        slopes += pull_back(weights, "realism", x, real)
        return np.asarray(slopes + 2 * config.distance * (x - home) / x.shape[1], np.float32)

    def best(self) -> Edit:
        away = np.linalg.norm(self._z - self._origin[: self._n], axis=1)
        return Edit(self._z, self._kept, np.asarray(away, np.float32))
