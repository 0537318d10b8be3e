"""The encoder of a MusicVAE: tokens to the posterior over ``z``.

Flat (``BidirectionalLstmEncoder``, lstm_models.py): layers of forward and backward LSTMs, each
layer reading both outputs of the one below. Hierarchical (``HierarchicalLstmEncoder``): a level
over the steps of each segment, then a level over the segments; or, where parts have a ``z`` of
their own, ears (:mod:`midime_engine.musicvae.ears`), then a level over what they heard. In any case
``mu`` and ``sigma`` are affine maps of the last outputs of both directions; sigma is a standard
deviation.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import keras
from keras import ops

from midime_engine.musicvae.bidirectional import Bidirectional
from midime_engine.musicvae.ears import listen, make_ears
from midime_engine.musicvae.layers import Block, Dense
from midime_engine.musicvae.tokens import encoder_inputs

if TYPE_CHECKING:
    from midime_engine.musicvae.config import MusicVAEConfig

Tensor = Any

__all__ = ["Encoder"]

_HEAD_STDDEV = 0.02
"""Magenta has 0.001, with which mu tells the decoder nothing for the first thousands of steps."""

_SIGMA_FLOOR = 1e-6
"""softplus underflows to 0 for very negative inputs, and a standard deviation must be positive."""


def _reversal(lengths: Tensor, n_steps: int) -> Tensor:
    """Indices that turn each row's first ``lengths`` ``[b]`` steps around, ``[steps, b]``."""
    steps = ops.arange(n_steps, dtype="int32")[:, None]  # [steps, 1]
    lengths = ops.cast(lengths, "int32")[None, :]  # [1, b]
    return ops.where(steps < lengths, lengths - 1 - steps, steps)


def _turned(x: Tensor, order: Tensor | None) -> Tensor:
    """``x`` ``[steps, b, m]`` from its end, or in ``order`` where rows have their own ends."""
    return ops.flip(x, 0) if order is None else _reorder(x, order)


def _reorder(x: Tensor, order: Tensor) -> Tensor:
    """``x`` ``[steps, b, m]`` with each row's steps in the order given."""
    return ops.take_along_axis(x, order[:, :, None], axis=0)


class Encoder(Block):
    """Tokens ``[b, steps, parts]`` to ``mu`` and ``sigma``, ``[b, z_size]`` each."""

    def __init__(self, config: MusicVAEConfig, matmul_dtype: str = "float32") -> None:
        super().__init__()
        self.config = config
        self.ears = make_ears(config, matmul_dtype) if config.part_z_size else {}
        self.blocks.extend(self.ears.values())
        inputs = len(config.parts) * config.part_z_size or config.input_depth
        self.levels: list[Bidirectional] = []
        for index, units in enumerate(config.enc_rnn_size):
            if self.ears and index == 0:
                continue  # The ears are the lower level.
            scope = (
                f"encoder/hierarchical_level_{index}/cell_0"
                if config.hierarchical_encoder
                else f"encoder/cell_{index}"
            )
            self.levels.append(Bidirectional(scope, inputs, units, matmul_dtype))
            inputs = 2 * units
        head = keras.initializers.RandomNormal(stddev=_HEAD_STDDEV)
        self.mu = Dense("encoder/mu", inputs, config.z_size, head)
        self.sigma = Dense("encoder/sigma", inputs, config.z_size, head)
        self.blocks.extend([*self.levels, self.mu, self.sigma])

    @property
    def first_level(self) -> list[Block]:
        """What reads the steps."""
        return list(self.ears.values()) or [self.levels[0]]

    def call(self, tokens: Tensor, lengths: Tensor | None = None) -> tuple[Tensor, Tensor]:
        """Encode whole windows, or the first ``lengths`` ``[b]`` steps of each (flat models)."""
        if self.ears:
            return self.understand(listen(self.ears, tokens, self.config))
        if self.config.hierarchical_encoder:
            return self._heads(self._by_segments(tokens))
        return self._heads(self._flat(tokens, lengths))

    def understand(self, heard: Tensor) -> tuple[Tensor, Tensor]:
        """The posterior of what the ears heard, ``[segments, b, parts * part_z_size]``."""
        return self._heads(self._over_segments(heard))

    def _heads(self, last: Tensor) -> tuple[Tensor, Tensor]:
        last = ops.cast(last, "float32")
        return self.mu(last), ops.softplus(self.sigma(last)) + _SIGMA_FLOOR

    def _first_outputs(
        self, tokens: Tensor, order: Tensor | None, *, only_last: bool
    ) -> tuple[Tensor, Tensor]:
        """Outputs of both directions of the first level."""
        level = self.levels[0]
        inputs = encoder_inputs(tokens, self.config, level.fw.matmul_dtype)
        return level.read(inputs, _turned(inputs, order), self.config, only_last=only_last)

    def _flat(self, tokens: Tensor, lengths: Tensor | None) -> Tensor:
        order = None if lengths is None else _reversal(lengths, tokens.shape[1])
        ends = lengths is None  # Then the last step is the end, and nothing else has to be kept.
        fw, bw = self._first_outputs(tokens, order, only_last=ends and len(self.levels) == 1)
        for level in self.levels[1:]:
            both = ops.concatenate([fw, _turned(bw, order)], axis=-1)  # [steps, b, 2n]
            gates = level.project(both, _turned(both, order))
            fw, bw = level.outputs(*gates, only_last=ends and level is self.levels[-1])
        last = ops.concatenate([fw, bw], axis=-1)  # [b, 2n], or [steps, b, 2n]
        if lengths is None:
            return last
        return _reorder(last, ops.expand_dims(ops.cast(lengths, "int32") - 1, 0))[0]

    def _by_segments(self, tokens: Tensor) -> Tensor:
        segments = self.config.n_segments
        steps = self.config.n_steps // segments
        # All segments of all rows are one batch for the lower level.
        cut = ops.reshape(tokens, (-1, steps, len(self.config.parts)))  # [b * segments, steps, p]
        summary = ops.concatenate(self._first_outputs(cut, None, only_last=True), axis=-1)
        summary = ops.reshape(summary, (-1, segments, summary.shape[-1]))
        return self._over_segments(ops.transpose(summary, (1, 0, 2)))

    def _over_segments(self, summary: Tensor) -> Tensor:
        """What the upper level makes of ``[segments, b, m]``: ``[b, 2n]``."""
        level = self.levels[-1]
        gates = level.project(summary, _turned(summary, None))
        return ops.concatenate(level.outputs(*gates, only_last=True), axis=-1)
