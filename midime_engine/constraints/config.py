"""Hyperparameters of a constraint, with what each was chosen by."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING, Any, Final

from midime_engine.learning.bounds import MAX_SEED, Bounds

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["MAX_PARAMETERS", "MAX_WISHES", "ConstraintConfig"]

MAX_WIDTH: Final = 2048
"""Units of one layer: the paper's."""

MAX_LAYERS: Final = 4
"""Hidden layers of each network: the paper's."""

MAX_SIZE: Final = 4096
"""Dimensions of a latent, or numbers of a condition."""

MAX_WISHES: Final = 16
"""Rules at once. More than a handful leave no music that keeps them all."""

MAX_PARAMETERS: Final = 8_000_000
"""Of the three networks together, thirty times the defaults: 32 MB."""

_BOUNDS: Final = Bounds("The constraint")


@dataclass(frozen=True, slots=True, kw_only=True)
class ConstraintConfig:
    """Sizes and settings; the defaults were chosen by measurement (benchmarks/constraints)."""

    z_size: int = 256
    """Dimensions of the latent space."""

    n_coordinates: int = 256
    """How many of them count; see ``coordinates``."""

    n_wishes: int = 1
    """Rules to be kept at once."""

    condition_size: int = 0
    """Numbers that say what is wished this time; 0 for a fixed actor."""

    layers: tuple[int, ...] = (256, 256)
    """Widths of the ReLU layers of actor and critic. The paper's 4 x 2048 learn no faster from
    ten thousand labels and take a hundred times as long."""

    realism_layers: tuple[int, ...] = (128, 128)
    """Widths of the ReLU layers of the critic of realism."""

    iterations: int = 140
    """Of six updates of the critic, two of the critic of realism and two of the actor each."""

    first_labels: int = 3072
    """Places that are heard before training."""

    labels: int = 384
    """Places of the actor's own that are heard every ``labels_every`` iterations."""

    labels_every: int = 10
    """Iterations between two hearings."""

    batch_size: int = 256
    """Rows of every update."""

    learning_rate: float = 1e-3
    """Step size of Adam at the start; it falls straight to a tenth."""

    distance: float = 0.3
    """Weight of the squared distance in coordinates, at first. Lower keeps the rules better and
    the music less, so it is adapted to ``aim``."""

    aim: float = 0.97
    """Share of the actor's places that shall keep all rules. Above it the distance weighs more
    from hearing to hearing, below it less: the nearest places that keep the rules are found for
    rules that are easy and for rules that are hard."""

    realism: float = 0.02
    """Weight of the critic of realism. At 0.1 the actor dares nothing."""

    margin: float = 1.0
    """Logits by which the critic shall be convinced, beyond which a wish pulls little."""

    gradient_penalty: float = 10.0
    """Of the critic of realism: the paper's, on the slope between real and moved places."""

    seed: int = 0
    """Determines first weights, places and batches."""

    def __post_init__(self) -> None:
        """Refuse what cannot be built or trained.

        Raises:
            OptionError: If a value has the wrong type or is out of its range.
        """
        for name in ("layers", "realism_layers"):
            widths = getattr(self, name)
            if not isinstance(widths, (tuple, list)) or not 1 <= len(widths) <= MAX_LAYERS:
                raise _BOUNDS.refusal(name, widths, f"1 to {MAX_LAYERS} layer widths")
            object.__setattr__(self, name, tuple(widths))
            for width in widths:
                _BOUNDS.require_int(name, width, 1, MAX_WIDTH)
        for name, high in _WHOLE_NUMBERS.items():
            lowest = 0 if name in ("condition_size", "iterations", "seed") else 1
            _BOUNDS.require_int(name, getattr(self, name), lowest, high)
        for name, bounds in _NUMBERS.items():
            _BOUNDS.require_float(name, getattr(self, name), *bounds)
        if self.n_coordinates > self.z_size:
            raise _BOUNDS.refusal("n_coordinates", self.n_coordinates, f"at most {self.z_size}")
        if self.n_parameters > MAX_PARAMETERS:
            raise _BOUNDS.refusal(
                "size of the networks", self.n_parameters, f"at most {MAX_PARAMETERS:,} parameters"
            )

    @property
    def variable_shapes(self) -> dict[str, tuple[int, ...]]:
        """Every variable of the three networks in a fixed order: name to shape."""
        inputs = self.n_coordinates + self.condition_size
        chains = {
            "actor": (inputs, *self.layers, 2 * self.n_coordinates),
            "critic": (inputs, *self.layers, self.n_wishes),
            "realism": (self.n_coordinates, *self.realism_layers, 1),
        }
        shapes: dict[str, tuple[int, ...]] = {}
        for network, widths in chains.items():
            for layer in range(len(widths) - 1):
                shapes[f"{network}/{layer}/kernel"] = (widths[layer], widths[layer + 1])
                shapes[f"{network}/{layer}/bias"] = (widths[layer + 1],)
        return shapes

    @property
    def n_parameters(self) -> int:
        """Number of trainable values."""
        return sum(math.prod(shape) for shape in self.variable_shapes.values())

    def to_json(self) -> dict[str, Any]:
        """As JSON says it."""
        return asdict(self)

    @classmethod
    def from_json(cls, found: Mapping[str, Any]) -> ConstraintConfig:
        """Read what :meth:`to_json` wrote.

        Raises:
            OptionError: If it has other fields or a value is out of its range.
        """
        names = {field.name for field in fields(cls)}
        if found.keys() != names:
            raise _BOUNDS.refusal("config", sorted(found), f"exactly {', '.join(sorted(names))}")
        return cls(**found)


_WHOLE_NUMBERS: Final = {
    "z_size": MAX_SIZE,
    "n_coordinates": MAX_SIZE,
    "n_wishes": MAX_WISHES,
    "condition_size": MAX_SIZE,
    "iterations": 10_000,
    "first_labels": 100_000,
    "labels": 100_000,
    "labels_every": 10_000,
    "batch_size": 8192,
    "seed": MAX_SEED,
}
"""The most that each may be: far beyond what helps, so that a mistyped number ends at once."""

_NUMBERS: Final = {
    "learning_rate": (1e-8, 1.0),
    "distance": (0.0, 1e4),
    "realism": (0.0, 1e4),
    "aim": (0.0, 1.0),
    "margin": (0.0, 100.0),
    "gradient_penalty": (0.0, 1e4),
}
