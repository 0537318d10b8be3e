"""First weights of a MidiMe, drawn by NumPy so that a seed means the same on every backend."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    from midime_engine.midime.config import MidiMeConfig

    FloatArray = npt.NDArray[np.float32]

__all__ = ["initial_weights"]

_TRUNCATED_AT: Final = 2.0
_WEIGHTS_STREAM: Final = 0  # Of the seed; the noise of training is drawn from another one.


def initial_weights(config: MidiMeConfig) -> dict[str, FloatArray]:
    """Kernels by Glorot and Bengio's normal rule, biases zero; keyed as ``variable_shapes``.

    As in TensorFlow.js, whose ``glorotNormal`` is the default of ``dense``: truncated at two
    standard deviations without making up for the lost variance, so the deviation in effect is
    0.88 of ``sqrt(2 / (inputs + units))``.
    """
    rng = np.random.default_rng([config.seed, _WEIGHTS_STREAM])
    weights: dict[str, FloatArray] = {}
    for name, shape in config.variable_shapes.items():
        if name.endswith("/bias"):
            weights[name] = np.zeros(shape, np.float32)
        else:
            scale = np.float32(np.sqrt(2.0 / sum(shape)))
            weights[name] = scale * _truncated_normal(rng, shape)
    return weights


def _truncated_normal(rng: np.random.Generator, shape: tuple[int, ...]) -> FloatArray:
    draws = rng.standard_normal(shape, dtype=np.float32)
    while (outside := np.abs(draws) > _TRUNCATED_AT).any():
        draws[outside] = rng.standard_normal(np.count_nonzero(outside), dtype=np.float32)
    return draws
