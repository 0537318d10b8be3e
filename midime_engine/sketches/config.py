"""What a Sketch-RNN looks like, and the registry of ours.

Names are those of the paper, Ha and Eck 2017, arXiv 1704.03477. It has 512 units to read with,
2048 to write and 20 components; six kinds of simple drawings need a fraction.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from midime_engine.errors import UnknownModelError

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["SketchConfig", "configs", "get_config"]

_MAX_SIZE: Final = 4096
"""Twice the paper's widest layer: larger sizes only damage explains."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SketchConfig:
    """Architecture of one Sketch-RNN."""

    name: str

    n_points: int = 63
    """Points of a drawing at most."""

    z_size: int = 64

    enc_rnn_size: int = 96
    """Units of the encoder in each direction."""

    dec_rnn_size: int = 256

    n_mixtures: int = 10
    """Components of the density of the next point."""

    scale: float = 0.12
    """What offsets are divided by, in sides of the paper: about their standard deviation."""

    def __post_init__(self) -> None:
        """Refuse what no network can be built from.

        Raises:
            ValueError: a size or the scale is out of range.
        """
        sizes = (self.n_points, self.z_size, self.enc_rnn_size, self.dec_rnn_size, self.n_mixtures)
        for size in sizes:
            if not isinstance(size, int) or not 1 <= size <= _MAX_SIZE:
                raise ValueError(f"sizes must be whole numbers from 1 to {_MAX_SIZE}; got {size}.")
        if not 0.0 < self.scale < 1.0:
            raise ValueError(f"scale must be between 0 and 1; got {self.scale}.")

    @property
    def n_steps(self) -> int:
        """Rows that a decoder writes at most: every point, and the end."""
        return self.n_points + 1

    @property
    def output_size(self) -> int:
        """Numbers that describe the next row: six of each component, and three pen states."""
        return 6 * self.n_mixtures + 3


_CONFIGS: Final[tuple[SketchConfig, ...]] = (
    # Small enough to build, save and run inside a unit test.
    SketchConfig(
        name="testing", n_points=12, z_size=6, enc_rnn_size=8, dec_rnn_size=10, n_mixtures=3
    ),
    SketchConfig(name="sketches"),
)


def configs() -> Mapping[str, SketchConfig]:
    """Every registered config by its name."""
    return {config.name: config for config in _CONFIGS}


def get_config(name: str) -> SketchConfig:
    """The config called ``name``.

    Raises:
        UnknownModelError: there is none.
    """
    try:
        return configs()[name]
    except KeyError:
        raise UnknownModelError(
            f"No model of drawings is called {name!r}.",
            remedy=f"Choose one of {', '.join(configs())}.",
        ) from None
