"""The next row of a drawing as a density: where the pen goes, and what it does there.

Graves 2013, arXiv 1308.0850, as Sketch-RNN uses it: a mixture of correlated Gaussians over
``(dx, dy)`` and three probabilities of pen states. ``parameters`` everywhere are the last layer's
``[..., 6 m + 3]`` numbers: m logits of components, means in x and in y, logarithms of the standard
deviations in x and in y, correlations before their tanh, and three logits of states.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from keras import ops

from midime_engine.sketches.strokes import DOWN, END

if TYPE_CHECKING:
    Tensor = Any

__all__ = ["Density", "density_of", "next_row", "offset_nats", "state_nats"]

_STATES: Final = 3
_PER_COMPONENT: Final = 6

_LOG_SIGMA: Final = (-6.0, 3.0)
"""Limits of the logarithm of a standard deviation: a spike on one point would be worth any loss."""

_MOST_CORRELATED: Final = 0.98
"""Of two offsets: at 1 a component has no width and its density no limit."""

_LOG_2PI: Final = math.log(2.0 * math.pi)


class Density(NamedTuple):
    """One density for each row; ``[..., m]`` each, but for the states."""

    log_shares: Tensor
    """Logarithm of each component's share."""

    mean_x: Tensor
    mean_y: Tensor
    log_sigma_x: Tensor
    log_sigma_y: Tensor
    correlation: Tensor
    state_logits: Tensor
    """``[..., 3]``."""


def density_of(parameters: Tensor) -> Density:
    """Cut ``[..., 6 m + 3]`` into the parts of a density."""
    m = (int(parameters.shape[-1]) - _STATES) // _PER_COMPONENT
    parts = [parameters[..., i * m : (i + 1) * m] for i in range(_PER_COMPONENT)]
    return Density(
        ops.log_softmax(parts[0], axis=-1),
        parts[1],
        parts[2],
        ops.clip(parts[3], *_LOG_SIGMA),
        ops.clip(parts[4], *_LOG_SIGMA),
        _MOST_CORRELATED * ops.tanh(parts[5]),
        parameters[..., _PER_COMPONENT * m :],
    )


def offset_nats(density: Density, rows: Tensor) -> Tensor:
    """Minus the logarithm of the density at the offsets of ``rows`` ``[..., 5]``: ``[...]``."""
    x = (rows[..., 0:1] - density.mean_x) * ops.exp(-density.log_sigma_x)
    y = (rows[..., 1:2] - density.mean_y) * ops.exp(-density.log_sigma_y)
    rest = 1.0 - ops.square(density.correlation)
    squared = ops.square(x) + ops.square(y) - 2.0 * density.correlation * x * y
    log_normal = (
        -squared / (2.0 * rest)
        - _LOG_2PI
        - density.log_sigma_x
        - density.log_sigma_y
        - 0.5 * ops.log(rest)
    )
    return -ops.logsumexp(density.log_shares + log_normal, axis=-1)


def state_nats(density: Density, rows: Tensor) -> Tensor:
    """Cross entropy of the pen states of ``rows`` ``[..., 5]``: ``[...]``."""
    states = rows[..., DOWN : END + 1]
    return -ops.sum(states * ops.log_softmax(density.state_logits, axis=-1), axis=-1)


def next_row(
    density: Density, gumbel: Tensor, normal: Tensor, state_gumbel: Tensor
) -> tuple[Tensor, Tensor]:
    """Draw offsets ``[b, 2]`` and states ``[b, 3]`` (one of them 1).

    ``gumbel`` ``[b, m]`` and ``state_gumbel`` ``[b, 3]`` are Gumbel noise times the temperature,
    ``normal`` ``[b, 2]`` normal noise times its square root, as the paper scales them; with zeros
    the likeliest component's mean is taken, and the likeliest state.
    """
    m = density.mean_x.shape[-1]
    chosen = ops.one_hot(ops.argmax(density.log_shares + gumbel, axis=-1), m, dtype="float32")

    def of_chosen(values: Tensor) -> Tensor:
        return ops.sum(values * chosen, axis=-1)

    r = of_chosen(density.correlation)
    u, v = normal[:, 0], normal[:, 1]
    x = of_chosen(density.mean_x) + ops.exp(of_chosen(density.log_sigma_x)) * u
    across = r * u + ops.sqrt(1.0 - ops.square(r)) * v
    y = of_chosen(density.mean_y) + ops.exp(of_chosen(density.log_sigma_y)) * across
    state = ops.argmax(density.state_logits + state_gumbel, axis=-1)
    return ops.stack([x, y], axis=-1), ops.one_hot(state, _STATES, dtype="float32")
