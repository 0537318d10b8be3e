"""The lower level of a model that stands on two-bar models: an ear for each vocabulary.

An ear is the encoder of a flat model without its sigma: one part of one segment to the ``mu`` that
the two-bar model would give it. Melody and bass share an ear, as they share their tokens.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from keras import ops

from midime_engine.musicvae.bidirectional import Bidirectional
from midime_engine.musicvae.layers import Block, Dense
from midime_engine.musicvae.tokens import encoder_inputs

if TYPE_CHECKING:
    from collections.abc import Mapping

    from midime_engine.converters.classes import Role
    from midime_engine.musicvae.config import MusicVAEConfig

Tensor = Any

__all__ = ["Ear", "listen", "make_ears", "vocabulary"]


def vocabulary(part: Role) -> str:
    """Whose ear hears ``part``: that of pitches or that of drums."""
    return "drums" if part == "drums" else "pitched"


class Ear(Block):
    """Tokens of one part of one segment, ``[b, steps, 1]``, to ``[b, part_z_size]``."""

    def __init__(self, part: Role, config: MusicVAEConfig, matmul_dtype: str) -> None:
        super().__init__()
        # As the flat model that this ear is taken from describes itself.
        self.config = replace(
            config,
            parts=(part,),
            n_steps=config.n_steps // config.n_segments,
            n_segments=1,
            enc_rnn_size=config.enc_rnn_size[:1],
            hierarchical_encoder=False,
            conductor_rnn_size=(),
            part_z_size=0,
        )
        scope = f"encoder/ear_{vocabulary(part)}"
        units, depth = config.enc_rnn_size[0], self.config.input_depth
        self.cell = Bidirectional(f"{scope}/cell_0", depth, units, matmul_dtype)
        self.mu = Dense(f"{scope}/mu", 2 * units, config.part_z_size)
        self.blocks.extend([self.cell, self.mu])

    def call(self, tokens: Tensor) -> Tensor:
        """What was heard; the ``mu`` of the two-bar model that this ear is taken from."""
        inputs = encoder_inputs(tokens, self.config, self.cell.fw.matmul_dtype)
        both = self.cell.read(inputs, ops.flip(inputs, 0), self.config, only_last=True)
        last = ops.concatenate(both, axis=-1)
        return self.mu(ops.cast(last, "float32"))


def make_ears(config: MusicVAEConfig, matmul_dtype: str) -> dict[str, Ear]:
    """One ear for each vocabulary of ``config``, by its name."""
    first = {vocabulary(part): part for part in reversed(config.parts)}
    return {name: Ear(part, config, matmul_dtype) for name, part in sorted(first.items())}


def listen(ears: Mapping[str, Ear], tokens: Tensor, config: MusicVAEConfig) -> Tensor:
    """``[b, steps, parts]`` to what was heard of each, ``[segments, b, parts * part_z_size]``."""
    segments = config.n_segments
    steps = config.n_steps // segments
    heard: dict[int, Tensor] = {}
    for name, ear in ears.items():
        places = [i for i, part in enumerate(config.parts) if vocabulary(part) == name]
        # All segments of all parts with this vocabulary are one batch.
        cut = ops.concatenate(
            [ops.reshape(tokens[:, :, i : i + 1], (-1, steps, 1)) for i in places], axis=0
        )
        z = ops.reshape(ear(cut), (len(places), -1, segments, config.part_z_size))
        heard.update((place, z[i]) for i, place in enumerate(places))
    together = ops.concatenate([heard[i] for i in range(len(config.parts))], axis=-1)
    return ops.transpose(together, (1, 0, 2))
