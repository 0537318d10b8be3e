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
from midime_engine.musicvae.tokens import encoder_gates

if TYPE_CHECKING:
    from midime_engine.musicvae.config import MusicVAEConfig

Tensor = Any

__all__ = ["Bidirectional", "Encoder"]

_HEAD_STDDEV = 0.001
"""Magenta's initialiser of the two heads: the posterior starts where the prior's mean is."""

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
        self, gates_fw: Tensor, gates_bw: Tensor, keep: Tensor | None
    ) -> tuple[Tensor, Tensor]:
        """Outputs of both directions, ``[steps, b, units]`` each, in the order of time.

        ``gates_*`` are ``[steps, b, 4 units]``. ``keep`` ``[b, steps]`` is None, or 1 where a
        step belongs to the sequence: the backward pass then starts at the true end.
        """
        zeros = ops.zeros_like(gates_fw[0, :, : self.units])
        if keep is None:
            backward = ops.flip(self.bw.sequence(ops.flip(gates_bw, 0), zeros, zeros), 0)
        else:
            order = _reversal(keep)  # [steps, b]
            backward = _reorder(self.bw.sequence(_reorder(gates_bw, order), zeros, zeros), order)
        return self.fw.sequence(gates_fw, zeros, zeros), backward


def _reversal(keep: Tensor) -> Tensor:
    """Indices that turn each row's kept steps around and leave the rest, ``[steps, b]``."""
    steps = ops.arange(keep.shape[1], dtype="int32")[:, None]  # [steps, 1]
    lengths = ops.cast(ops.sum(keep, axis=1), "int32")[None, :]  # [1, b]
    return ops.where(steps < lengths, lengths - 1 - steps, steps)


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
        return self.mu(last), ops.softplus(self.sigma(last)) + _SIGMA_FLOOR

    def _first_gates(self, tokens: Tensor) -> tuple[Tensor, Tensor]:
        """Projected input of the first level, both directions, ``[steps, b, 4n]``."""
        level = self.levels[0]
        fw, bw = (
            encoder_gates(tokens, lstm.input_rows(), lstm.bias, self.config)
            for lstm in (level.fw, level.bw)
        )
        return fw, bw

    def _flat(self, tokens: Tensor, lengths: Tensor | None) -> Tensor:
        keep = None
        if lengths is not None:
            steps = ops.arange(tokens.shape[1], dtype="int32")
            keep = ops.cast(steps[None, :] < lengths[:, None], "float32")  # [b, steps]
        fw, bw = self.levels[0].outputs(*self._first_gates(tokens), keep)
        for level in self.levels[1:]:
            both = ops.concatenate([fw, bw], axis=-1)  # [steps, b, 2n]
            fw, bw = level.outputs(
                level.fw.project(both) + level.fw.bias,
                level.bw.project(both) + level.bw.bias,
                keep,
            )
        if lengths is None:
            return ops.concatenate([fw[-1], bw[0]], axis=-1)  # [b, 2n]
        end = _reorder(fw, ops.expand_dims(ops.cast(lengths, "int32") - 1, 0))[0]
        return ops.concatenate([end, bw[0]], axis=-1)

    def _by_segments(self, tokens: Tensor) -> Tensor:
        segments = self.config.n_segments
        steps = self.config.n_steps // segments
        # All segments of all rows are one batch for the lower level.
        cut = ops.reshape(tokens, (-1, steps, len(self.config.parts)))  # [b * segments, steps, p]
        fw, bw = self.levels[0].outputs(*self._first_gates(cut), None)
        summary = ops.concatenate([fw[-1], bw[0]], axis=-1)  # [b * segments, 2n]
        summary = ops.reshape(summary, (-1, segments, summary.shape[-1]))
        summary = ops.transpose(summary, (1, 0, 2))  # [segments, b, 2n]
        level = self.levels[1]
        fw, bw = level.outputs(
            level.fw.project(summary) + level.fw.bias,
            level.bw.project(summary) + level.bw.bias,
            None,
        )
        return ops.concatenate([fw[-1], bw[0]], axis=-1)
