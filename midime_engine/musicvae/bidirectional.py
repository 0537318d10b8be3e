"""One layer of an encoder: the same input read from its beginning and from its end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from keras import ops

from midime_engine.musicvae.layers import Block, Lstm
from midime_engine.musicvae.tokens import encoder_gates

if TYPE_CHECKING:
    from midime_engine.musicvae.config import MusicVAEConfig

Tensor = Any

__all__ = ["Bidirectional"]


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

    def read(
        self, inputs: Tensor, turned: Tensor, config: MusicVAEConfig, *, only_last: bool
    ) -> tuple[Tensor, Tensor]:
        """:meth:`outputs` for tokens as ``encoder_inputs`` gives them, and turned around."""
        fw, bw = (
            encoder_gates(
                each,
                lstm.input_rows(),
                lstm.bias,
                config,
                lstm.matmul_dtype,
                for_training=lstm.trainable,
            )
            for lstm, each in ((self.fw, inputs), (self.bw, turned))
        )
        return self.outputs(fw, bw, only_last=only_last)
