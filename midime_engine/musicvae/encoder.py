"""The encoder of a MusicVAE: tokens to the posterior over ``z``.

Flat (``BidirectionalLstmEncoder``, lstm_models.py): layers of forward and backward LSTMs, each
layer reading both outputs of the one below. Hierarchical (``HierarchicalLstmEncoder``): a level
over the steps of each segment, then a level over the segments. Either way ``mu`` and ``sigma``
are affine maps of the last outputs of both directions; sigma is a standard deviation.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import keras
from keras import ops

from midime_engine.musicvae.layers import Block, Dense, Lstm
from midime_engine.musicvae.tokens import encoder_gates, encoder_inputs

if TYPE_CHECKING:
    from midime_engine.musicvae.config import MusicVAEConfig

Tensor = Any

__all__ = ["Bidirectional", "Encoder"]

_HEAD_STDDEV = 0.02
"""Magenta has 0.001, with which mu tells the decoder nothing for the first thousands of steps."""

_SIGMA_FLOOR = 1e-6
"""softplus underflows to 0 for very negative inputs, and a standard deviation must be positive."""


class Bidirectional(Block):
    """A forward and a backward LSTM over the same input."""

    def __init__(self, scope: str, inputs: int, units: int, matmul_dtype: str) -> None:
        super().__init__()
        self.units = units
        names = [f"{scope}/bidirectional_rnn/{way}/multi_rnn_cell/cell_0" for way in ("fw", "bw")]
        self.fw, self.bw = (Lstm(name, inputs, units, matmul_dtype) for name in names)
        self.blocks.extend([self.fw, self.bw])

    def outputs(
        self, gates_fw: Tensor, gates_bw: Tensor, *, only_last: bool = False
    ) -> tuple[Tensor, Tensor]:
        """Outputs of both directions, ``[steps, b, units]`` each, in the order that each reads.

        ``gates_*`` are ``[steps, b, 4 units]``; those of the backward direction start at the end.
        """
        zeros = ops.cast(ops.zeros_like(gates_fw[0, :, : self.units]), "float32")
        fw, bw = (
            lstm.sequence(gates, zeros, zeros, only_last=only_last)
            for lstm, gates in ((self.fw, gates_fw), (self.bw, gates_bw))
        )
        return fw, bw

    def project(self, x: Tensor, x_reversed: Tensor) -> tuple[Tensor, Tensor]:
        """Gates of both directions from a dense input ``[steps, b, inputs]``."""
        fw, bw = (
            lstm.project(each) + ops.cast(lstm.bias, lstm.matmul_dtype)
            for lstm, each in ((self.fw, x), (self.bw, x_reversed))
        )
        return fw, bw


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
        inputs = config.input_depth
        self.levels: list[Bidirectional] = []
        for index, units in enumerate(config.enc_rnn_size):
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

    def call(self, tokens: Tensor, lengths: Tensor | None = None) -> tuple[Tensor, Tensor]:
        """Encode whole windows, or the first ``lengths`` ``[b]`` steps of each (flat models)."""
        if self.config.hierarchical_encoder:
            last = self._by_segments(tokens)
        else:
            last = self._flat(tokens, lengths)
        last = ops.cast(last, "float32")
        return self.mu(last), ops.softplus(self.sigma(last)) + _SIGMA_FLOOR

    def _first_outputs(
        self, tokens: Tensor, order: Tensor | None, *, only_last: bool
    ) -> tuple[Tensor, Tensor]:
        """Outputs of both directions of the first level."""
        level = self.levels[0]
        dtype = level.fw.matmul_dtype
        inputs = encoder_inputs(tokens, self.config, dtype)
        fw, bw = (
            encoder_gates(
                each,
                lstm.input_rows(),
                lstm.bias,
                self.config,
                dtype,
                for_training=lstm.trainable,
            )
            for lstm, each in ((level.fw, inputs), (level.bw, _turned(inputs, order)))
        )
        return level.outputs(fw, bw, only_last=only_last)

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
        summary = ops.transpose(summary, (1, 0, 2))  # [segments, b, 2n]
        level = self.levels[1]
        gates = level.project(summary, _turned(summary, None))
        return ops.concatenate(level.outputs(*gates, only_last=True), axis=-1)
