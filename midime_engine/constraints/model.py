"""A trained constraint as its owner keeps it: a config, plain arrays, and what they do to ``z``."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from midime_engine.constraints.coordinates import Coordinates
from midime_engine.constraints.initial import initial_weights
from midime_engine.constraints.perception import perceive
from midime_engine.errors import CheckpointMismatchError
from midime_engine.latent.logistic import logistic

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy.typing as npt

    from midime_engine.constraints.config import ConstraintConfig
    from midime_engine.protocols import FloatArray

    Arrays = Mapping[str, FloatArray]

__all__ = ["Constraint"]

_MATRIX = 2


class Constraint:
    """Moves ``z`` to where its rules are kept, and no further than that takes.

    Safe to read from several threads while one of them trains it.
    """

    def __init__(
        self, config: ConstraintConfig, scale: FloatArray, weights: Arrays | None = None
    ) -> None:
        """Make one, untrained unless ``weights`` are given.

        Args:
            config: Sizes and settings.
            scale: Mean sigma of the posteriors in the space, ``[z_size]``.
            weights: Name to array, as ``config.variable_shapes`` names them; they are copied.

        Raises:
            CheckpointMismatchError: ``scale`` or ``weights`` do not fit ``config``, or are not
                finite.
        """
        self.config = config
        self.scale = np.array(scale, np.float32)
        if self.scale.shape != (config.z_size,) or not np.all(self.scale >= 0):
            raise _mismatch(f"scale is {self.scale.shape}, or not all of it is 0 or more")
        self.coordinates = Coordinates.of(self.scale)
        if len(self.coordinates) != config.n_coordinates:
            raise _mismatch(f"{len(self.coordinates)} dimensions count")
        self._weights = _checked(config, weights) if weights else initial_weights(config)

    @property
    def weights(self) -> Arrays:
        """Variable name to array, as ``config.variable_shapes`` orders them."""
        return MappingProxyType(self._weights)

    def adopt(self, weights: Mapping[str, FloatArray]) -> None:
        """Replace all weights at once; for a trainer."""
        self._weights = dict(weights)

    def apply(
        self, z: npt.ArrayLike, conditions: npt.ArrayLike | None = None, *, strength: float = 1.0
    ) -> FloatArray:
        """Where the actor moves ``z`` ``[n, z_size]``; float32 of the same shape.

        Args:
            z: Anywhere in the space.
            conditions: ``[c]``, or one for each row ``[n, c]``; None where the actor has none.
            strength: 0 moves nothing, 1 all the way; between, and beyond, along a straight line.

        Raises:
            ValueError: a shape does not fit.
        """
        places = self._places(z)
        wished = self._conditions(conditions, len(places))
        x = self.coordinates.of_z(places)
        logits, target = np.split(perceive(self._weights, "actor", np.hstack([x, wished])), 2, 1)
        moved = x + np.float32(strength) * logistic(logits) * (target - x)
        return self.coordinates.into(places, moved)

    def likely(self, z: npt.ArrayLike, conditions: npt.ArrayLike | None = None) -> FloatArray:
        """How likely the critics hold that each wish is kept at ``z``, in 0..1, ``[n, k]``."""
        places = self._places(z)
        wished = self._conditions(conditions, len(places))
        x = self.coordinates.of_z(places)
        return logistic(perceive(self._weights, "critic", np.hstack([x, wished])))

    def realism(self, z: npt.ArrayLike) -> FloatArray:
        """How likely the critic of realism holds that ``z`` is of real music, in 0..1, ``[n]``."""
        x = self.coordinates.of_z(self._places(z))
        return logistic(perceive(self._weights, "realism", x)[:, 0])

    def _places(self, z: npt.ArrayLike) -> FloatArray:
        places = np.asarray(z, np.float32)
        if places.ndim != _MATRIX or places.shape[1] != self.config.z_size:
            raise ValueError(f"z must be [n, {self.config.z_size}]; got {places.shape}.")
        return places

    def _conditions(self, conditions: npt.ArrayLike | None, n: int) -> FloatArray:
        size = self.config.condition_size
        given = np.zeros(0, np.float32) if conditions is None else np.asarray(conditions)
        if given.shape not in ((size,), (n, size)):
            raise ValueError(f"conditions must be [{size}] or [{n}, {size}]; got {given.shape}.")
        return np.broadcast_to(given.astype(np.float32), (n, size))


def _checked(config: ConstraintConfig, weights: Arrays) -> dict[str, FloatArray]:
    arrays = {name: np.array(array, np.float32) for name, array in weights.items()}
    shapes = {name: array.shape for name, array in arrays.items()}
    if shapes != config.variable_shapes:
        wrong = sorted(dict(shapes.items() ^ config.variable_shapes.items()))
        raise _mismatch(f"missing, unexpected or of another shape: {', '.join(wrong[:5])}")
    broken = [name for name, array in arrays.items() if not np.isfinite(array).all()]
    if broken:
        raise _mismatch(f"not finite: {', '.join(broken[:5])}")
    return {name: arrays[name] for name in config.variable_shapes}


def _mismatch(reason: str) -> CheckpointMismatchError:
    return CheckpointMismatchError(
        f"These weights are not those of this constraint: {reason}.",
        remedy="Use the config that the constraint was trained with, or train it again.",
    )
