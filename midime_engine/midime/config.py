"""Hyperparameters of a MidiMe, in the words of magenta-js."""

from __future__ import annotations

import math
from dataclasses import dataclass, fields
from typing import Final

from midime_engine.learning.bounds import MAX_SEED, Bounds

__all__ = ["MAX_EPOCHS", "MAX_LAYERS", "MAX_PARAMETERS", "MAX_WIDTH", "MidiMeConfig"]

MAX_EPOCHS: Final = 10_000
"""A hundred times the default; the curve has been flat for long by then."""

MAX_WIDTH: Final = 4096
"""Units of one layer: four times the widest of the default network."""

MAX_LAYERS: Final = 8
"""Hidden layers of one half of the network."""

MAX_PARAMETERS: Final = 8_000_000
"""About seven default networks (1,085,064 each): 32 MB, and three times that in training."""

_BOUNDS: Final = Bounds("MidiMe")


@dataclass(frozen=True, slots=True, kw_only=True)
class MidiMeConfig:
    """Hyperparameters of a MidiMe: names and network of ``midi_me.ts``, lines 99-144.

    The default number of epochs is that of magenta-js' demo, not the 10 of its library.
    """

    input_size: int = 256
    """``z_size`` of the MusicVAE underneath."""

    latent_size: int = 4
    """Number of sliders."""

    encoder_layers: tuple[int, ...] = (1024, 256, 64)
    """Widths of the ReLU layers from ``input_size`` inwards."""

    decoder_layers: tuple[int, ...] = (64, 256, 1024)
    """Widths of the ReLU layers outwards to ``input_size``."""

    beta: float = 1.0
    """Weight of the KL term; 0 is allowed and makes an autoencoder with noise."""

    epochs: int = 100
    """Full-batch updates; 0 is allowed and leaves the weights as they were drawn."""

    learning_rate: float = 1e-3
    """Step size of Adam."""

    early_stop: bool = True
    """End training before ``epochs`` once the curve is flat (the rule stands in ``flatness``)."""

    sigma_floor: float = 1e-6
    """Added to sigma: softplus underflows to 0, and ln 0 would end the training."""

    seed: int = 0
    """Determines the first weights and the noise of every epoch."""

    def __post_init__(self) -> None:
        """Refuse what cannot be built or trained.

        Raises:
            OptionError: If a value has the wrong type or is out of its range.
        """
        for name in ("encoder_layers", "decoder_layers"):
            widths = getattr(self, name)
            if not isinstance(widths, (tuple, list)) or len(widths) > MAX_LAYERS:
                raise _BOUNDS.refusal(name, widths, f"up to {MAX_LAYERS} layer widths")
            object.__setattr__(self, name, tuple(widths))
            for width in widths:
                _BOUNDS.require_int(name, width, 1, MAX_WIDTH)
        _BOUNDS.require_int("input_size", self.input_size, 1, MAX_WIDTH)
        _BOUNDS.require_int("latent_size", self.latent_size, 1, MAX_WIDTH)
        _BOUNDS.require_int("epochs", self.epochs, 0, MAX_EPOCHS)
        _BOUNDS.require_int("seed", self.seed, 0, MAX_SEED)
        _BOUNDS.require_float("beta", self.beta, 0.0, 1e3)
        _BOUNDS.require_float("learning_rate", self.learning_rate, 1e-8, 1.0)
        _BOUNDS.require_float("sigma_floor", self.sigma_floor, 1e-12, 1.0)
        if not isinstance(self.early_stop, bool):
            raise _BOUNDS.refusal("early_stop", self.early_stop, "true or false")
        if self.n_parameters > MAX_PARAMETERS:
            raise _BOUNDS.refusal(
                "size of the network", self.n_parameters, f"at most {MAX_PARAMETERS:,} parameters"
            )

    @property
    def variable_shapes(self) -> dict[str, tuple[int, ...]]:
        """Every variable of the network in a fixed order: name to shape.

        Kernels are ``[inputs, units]``, biases ``[units]``.
        """
        inner = (self.encoder_layers or (self.input_size,))[-1]
        layers = [
            *_chain("encoder", (self.input_size, *self.encoder_layers)),
            ("encoder/mu", inner, self.latent_size),
            ("encoder/sigma", inner, self.latent_size),
            *_chain("decoder", (self.latent_size, *self.decoder_layers)),
            (
                "decoder/output",
                (self.decoder_layers or (self.latent_size,))[-1],
                self.input_size,
            ),
        ]
        shapes: dict[str, tuple[int, ...]] = {}
        for name, inputs, units in layers:
            shapes[f"{name}/kernel"] = (inputs, units)
            shapes[f"{name}/bias"] = (units,)
        return shapes

    @property
    def n_parameters(self) -> int:
        """Number of trainable values: 1,085,064 at the defaults."""
        return sum(math.prod(shape) for shape in self.variable_shapes.values())

    @property
    def slug(self) -> str:
        """Whatever differs from the defaults, for file names and cache keys."""
        values = [(field, getattr(self, field.name)) for field in fields(self)]
        return ",".join(f"{f.name}={v}" for f, v in values if v != f.default) or "default"


def _chain(half: str, widths: tuple[int, ...]) -> list[tuple[str, int, int]]:
    """``(name, inputs, units)`` of the hidden layers of one half of the network."""
    return [(f"{half}/hidden_{i}", widths[i], widths[i + 1]) for i in range(len(widths) - 1)]
