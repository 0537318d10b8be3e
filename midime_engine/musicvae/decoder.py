"""The decoder of a MusicVAE: ``z`` to tokens.

Flat (``CategoricalLstmDecoder``): an LSTM stack whose initial state comes from ``z``, fed at every
step with its own last token and with ``z``. Hierarchical (``HierarchicalLstmDecoder``): a
conductor unrolls ``z`` into one embedding per segment; each part's core decodes each segment from
its embedding, starting afresh but for the last token of the segment before. All cores read one
conductor, or, where parts have a ``z`` of their own, each its own.

``z`` is the same at every step, so its product with the kernel is computed once per segment; the
last token is a row of the kernel, so it is gathered.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import keras
from keras import ops

from midime_engine.musicvae.layers import Block, Dense, LstmStack
from midime_engine.musicvae.recurrence import scan_steps
from midime_engine.musicvae.tokens import gather_rows, one_hot_gradient_gather

if TYPE_CHECKING:
    from midime_engine.musicvae.config import MusicVAEConfig

Tensor = Any

__all__ = ["Conductor", "Core", "Decoder"]

_STATE_STDDEV = 0.05
"""Of every map from ``z`` to initial states. Magenta has 0.001, which hides ``z`` at first."""


class Core(Block):
    """Decoder of one part: embedding to the tokens of one segment."""

    def __init__(
        self, scope: str, embedding: int, depth: int, sizes: tuple[int, ...], matmul_dtype: str
    ) -> None:
        super().__init__()
        self.depth = depth
        self.stack = LstmStack(f"{scope}/multi_rnn_cell", depth + embedding, sizes, matmul_dtype)
        self.initial = Dense(
            f"{scope}/z_to_initial_state",
            embedding,
            self.stack.state_size,
            keras.initializers.RandomNormal(stddev=_STATE_STDDEV),
        )
        self.projection = Dense(f"{scope}/output_projection", sizes[-1], depth)
        self.blocks.extend([self.stack, self.initial, self.projection])

    def start(self, embedding: Tensor) -> tuple[list[tuple[Tensor, Tensor]], Tensor]:
        """Initial states and the constant part of the bottom gates, from ``[b, embedding]``."""
        bottom = self.stack.layers[0]
        states = self.stack.split_state(ops.tanh(self.initial(embedding)))
        gates = ops.cast(bottom.project(embedding, self.depth), "float32")
        return states, gates + bottom.bias

    @property
    def token_rows(self) -> Tensor:
        """Rows of the bottom kernel that the last token chooses from, ``[depth, 4n]``."""
        return self.stack.layers[0].input_rows(0, self.depth)

    def generate(self, embeddings: Tensor, noise: Tensor) -> Tensor:
        """Decode step by step: tokens ``[steps, b]``.

        ``embeddings`` is ``[segments, b, embedding]``; ``noise`` ``[steps, b or 1, depth]`` is
        added to the logits before the largest is taken: Gumbel noise times the temperature
        samples, zeros choose the best.
        """
        segments = int(embeddings.shape[0])
        steps = int(noise.shape[0]) // segments
        rows = self.token_rows
        advance = self.stack.stepper()
        kernel = ops.convert_to_tensor(self.projection.kernel)
        bias = ops.convert_to_tensor(self.projection.bias)

        def segment(row: Tensor, embedding: Tensor, noise: Tensor) -> tuple[Tensor, Tensor]:
            states, constant = self.start(embedding)

            def step(carry: Any, noise_t: Tensor) -> Any:
                states, row, _ = carry
                states = advance(constant + row, states)
                logits = ops.matmul(states[-1][0], kernel) + bias
                token = ops.cast(ops.argmax(logits + noise_t, axis=-1), "int32")  # [b]
                return states, gather_rows(rows, token), token

            none_yet = ops.zeros_like(embedding[:, 0], dtype="int32")
            (_, row, _), tokens = scan_steps(
                step, (states, row, none_yet), noise, steps, pick=lambda carry: carry[2]
            )
            return row, tokens  # [b, 4n], [steps, b]

        # The one row that no token chose: zeros before the first step.
        row = ops.zeros_like(embeddings[0, :, :1]) * ops.zeros_like(rows[0])
        if segments == 1:
            return segment(row, embeddings[0], noise)[1]

        def next_segment(carry: Any, xs: Any) -> Any:
            # The first token of a segment follows the last one of the segment before.
            carry = segment(carry[0], *xs)
            return carry, carry

        noise = ops.reshape(noise, (segments, steps, -1, self.depth))
        none_yet = ops.repeat(ops.zeros_like(embeddings[:1, :, 0], dtype="int32"), steps, axis=0)
        _, (_, tokens) = ops.scan(next_segment, (row, none_yet), xs=(embeddings, noise))
        return ops.reshape(tokens, (segments * steps, -1))

    def forced(self, embedding: Tensor, fed_back: Tensor) -> Tensor:
        """Logits ``[steps, b, depth]`` where ``fed_back`` ``[steps, b, 4n]`` is given."""
        states, constant = self.start(embedding)
        return self.projection(self.stack.sequence(fed_back, states, constant))


class Conductor(Block):
    """``z`` to one embedding for each segment."""

    def __init__(self, scope: str, config: MusicVAEConfig, matmul_dtype: str) -> None:
        super().__init__()
        self.n_segments = config.n_segments
        # Its input is one zero at every step, as wide as Magenta made it.
        self.stack = LstmStack(scope, 1, config.conductor_rnn_size, matmul_dtype)
        self.initial = Dense(
            f"{scope}/initial_state",
            config.z_size,
            self.stack.state_size,
            keras.initializers.RandomNormal(stddev=_STATE_STDDEV),
        )
        self.blocks.extend([self.stack, self.initial])

    def call(self, z: Tensor) -> Tensor:
        """``[b, z_size]`` to ``[segments, b, embedding]``."""
        states = self.stack.split_state(ops.tanh(self.initial(z)))
        bottom = self.stack.layers[0]
        nothing = ops.zeros_like(z[:, :1]) * bottom.bias  # its input is zero: only the bias acts
        gates = ops.repeat(ops.expand_dims(nothing, 0), self.n_segments, axis=0)
        return self.stack.sequence(gates, states, bottom.bias[None])


class Decoder(Block):
    """``z`` ``[b, z_size]`` to tokens ``[b, steps, parts]``, or to logits along given tokens."""

    def __init__(self, config: MusicVAEConfig, matmul_dtype: str = "float32") -> None:
        super().__init__()
        self.config = config
        self.matmul_dtype = matmul_dtype
        embedding = config.z_size
        self.conductors: list[Conductor] = []
        if config.hierarchical_decoder:
            scope = "decoder/hierarchical_level_0"
            scopes = [f"{scope}/{part}" for part in config.parts] if config.part_z_size else [scope]
            self.conductors = [Conductor(scope, config, matmul_dtype) for scope in scopes]
            self.blocks.extend(self.conductors)
            embedding = config.conductor_rnn_size[-1]
        self.cores = [
            Core(scope, embedding, depth, config.dec_rnn_size, matmul_dtype)
            for scope, depth in zip(self._scopes(), config.output_depths, strict=True)
        ]
        self.blocks.extend(self.cores)

    def _scopes(self) -> list[str]:
        config = self.config
        if len(config.parts) == 1:
            return ["core_decoder/decoder" if config.hierarchical_decoder else "decoder"]
        folder = "core_decoder/" if config.hierarchical_decoder else ""
        return [f"{folder}core_decoder_{i}/decoder" for i in range(len(config.parts))]

    def embeddings(self, z: Tensor) -> list[Tensor]:
        """What the core of each part reads, one vector per segment: ``[segments, b, m]`` each."""
        read = [conductor(z) for conductor in self.conductors] or [ops.expand_dims(z, 0)]
        return read if len(read) == len(self.cores) else read * len(self.cores)

    def generate(self, z: Tensor, noise: list[Tensor]) -> Tensor:
        """Tokens ``[b, steps, parts]``; ``noise`` per part is ``[steps, b or 1, depth]``."""
        parts = [
            core.generate(embedding, part)
            for core, embedding, part in zip(self.cores, self.embeddings(z), noise, strict=True)
        ]  # [steps, b] each
        return ops.transpose(ops.stack(parts, axis=-1), (1, 0, 2))

    def forced(self, z: Tensor, tokens: Tensor, keep: Tensor | None = None) -> list[Tensor]:
        """Logits per part, ``[b, steps, depth]``, with ``tokens`` ``[b, steps, parts]`` fed back.

        ``keep`` ``[b, steps]``, 0 or 1, leaves out what is fed back at a step: input dropout,
        which makes a decoder in training rely on ``z``.
        """
        segments = self.config.n_segments
        steps = self.config.n_steps // segments
        logits = []
        for part, (core, read) in enumerate(zip(self.cores, self.embeddings(z), strict=True)):
            flat = ops.reshape(read, (-1, read.shape[-1]))  # [segments * b, m]
            # Row ``depth`` stands for nothing: before the first step, and where it is left out.
            fed = ops.pad(tokens[:, :-1, part], ((0, 0), (1, 0)), constant_values=core.depth)
            if keep is not None:
                fed = ops.where(keep > 0, fed, core.depth)
            # Under teacher forcing no segment waits for another: they are one batch.
            fed = ops.transpose(ops.reshape(fed, (-1, segments, steps)), (2, 1, 0))
            fed = ops.reshape(fed, (steps, -1))  # [steps, segments * b]
            rows = ops.pad(core.token_rows, ((0, 1), (0, 0)))
            gates = one_hot_gradient_gather(ops.cast(rows, self.matmul_dtype), fed)
            out = core.forced(flat, gates)  # [steps, segments * b, depth]
            out = ops.reshape(out, (steps, segments, -1, core.depth))
            out = ops.transpose(out, (2, 1, 0, 3))  # [b, segments, steps, depth]
            logits.append(ops.reshape(out, (-1, self.config.n_steps, core.depth)))
        return logits
