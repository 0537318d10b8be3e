"""MusicVAE a second time: plain NumPy in double precision, straight from the published formulas.

Nothing here is shared with the engine, and nothing is clever: tokens become one-hot vectors, every
step multiplies whole kernels, every row runs its own length. What the engine computes must agree.

Sources: Roberts et al., arXiv 1803.05428; ``magenta/models/music_vae/{lstm_models,lstm_utils,
base_model}.py`` and ``magenta/contrib/rnn.py`` for the cell.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy.typing as npt

    Array = npt.NDArray[np.float64]
    Tokens = npt.NDArray[np.int32]
    State = list[tuple[Array, Array]]

__all__ = ["Decoded", "NumpyMusicVAE", "slerp"]

_WAY = "bidirectional_rnn/{}/multi_rnn_cell/cell_0/lstm_cell"


@dataclass(frozen=True)
class Decoded:
    """A greedy decoding with its evidence."""

    tokens: Tokens
    """``[b, steps, parts]``."""

    logits: list[Array]
    """Per part ``[b, steps, depth]``."""

    margin: Array
    """``[b]``: smallest distance between the best and the second-best logit."""


def _sigmoid(x: Array) -> Array:
    return 1.0 / (1.0 + np.exp(-x))


def _cell(x: Array, h: Array, c: Array, kernel: Array, bias: Array) -> tuple[Array, Array]:
    """Basic LSTM cell: gates i, candidate, f, o; 1 is added to the forget gate."""
    i, j, f, o = np.split(np.concatenate([x, h], axis=-1) @ kernel + bias, 4, axis=-1)
    c = _sigmoid(f + 1.0) * c + _sigmoid(i) * np.tanh(j)
    return _sigmoid(o) * np.tanh(c), c


class NumpyMusicVAE:
    """The network whose variables are ``tensors``; which family it is shows in their names."""

    def __init__(
        self,
        tensors: Mapping[str, npt.NDArray[Any]],
        *,
        n_steps: int,
        n_segments: int = 1,
        none_bit_early: bool = False,
    ) -> None:
        """Keep the weights; the lengths are not to be seen in them."""
        self.tensors = {name: np.asarray(value, np.float64) for name, value in tensors.items()}
        self.n_steps, self.n_segments = n_steps, n_segments
        self.none_bit_early = none_bit_early
        cores = sorted({name.split("/decoder/")[0] for name in tensors if "core_decoder_" in name})
        self.conductor = "decoder/hierarchical_level_0"
        self.has_conductor = f"{self.conductor}/initial_state/kernel" in tensors
        if cores:
            self.cores = [f"{core}/decoder" for core in cores]
        else:
            self.cores = ["core_decoder/decoder" if self.has_conductor else "decoder"]
        self.depths = [len(self.tensors[f"{core}/output_projection/bias"]) for core in self.cores]

    # Encoder

    def encode(self, tokens: Tokens, lengths: list[int] | None = None) -> tuple[Array, Array]:
        """``[b, steps, parts]`` to ``mu`` and ``sigma``, row by row."""
        rows = zip(tokens, lengths or [tokens.shape[1]] * len(tokens), strict=True)
        tops = np.stack([self._encode_row(self._inputs(row)[:length]) for row, length in rows])
        mu = self._dense("encoder/mu", tops)
        return mu, np.logaddexp(0.0, self._dense("encoder/sigma", tops))

    def _inputs(self, tokens: Tokens) -> Array:
        """One row ``[steps, parts]`` as the encoder reads it, ``[steps, depth]``."""
        if self.depths == [512]:
            bits = (tokens >> np.arange(9)) & 1  # [steps, 9]
            none = tokens == 0  # [steps, 1]
            if self.none_bit_early:  # magenta.js: `buffer.set(1, i, -1)` lands in the row above
                none = np.concatenate([none[1:], [[False]]])
            return np.concatenate([bits, none], axis=-1).astype(np.float64)
        return np.concatenate(
            [np.eye(depth)[tokens[:, part]] for part, depth in enumerate(self.depths)], axis=-1
        )

    def _encode_row(self, x: Array) -> Array:
        if "encoder/hierarchical_level_0/cell_0/" + _WAY.format("fw") + "/bias" in self.tensors:
            scope = "encoder/hierarchical_level_{}/cell_0"
            segments = np.split(x, self.n_segments)
            x = np.stack([self._both_ways(scope.format(0), s)[1] for s in segments])
            return self._both_ways(scope.format(1), x)[1]
        level, last = 0, x[-1]
        while f"encoder/cell_{level}/{_WAY.format('fw')}/bias" in self.tensors:
            x, last = self._both_ways(f"encoder/cell_{level}", x)
            level += 1
        return last

    def _both_ways(self, scope: str, x: Array) -> tuple[Array, Array]:
        """Outputs of both directions at every step, and the last output of each."""
        fw = self._run(f"{scope}/{_WAY.format('fw')}", x)
        bw = self._run(f"{scope}/{_WAY.format('bw')}", x[::-1])
        return np.concatenate([fw, bw[::-1]], axis=-1), np.concatenate([fw[-1], bw[-1]])

    def _run(self, scope: str, x: Array) -> Array:
        kernel, bias = self.tensors[f"{scope}/kernel"], self.tensors[f"{scope}/bias"]
        h = c = np.zeros(len(bias) // 4)
        outputs = []
        for x_t in x:
            h, c = _cell(x_t, h, c, kernel, bias)
            outputs.append(h)
        return np.stack(outputs)

    # Decoder

    def decode(self, z: Array) -> Decoded:
        """Greedy decoding of ``z`` ``[b, z_size]``."""
        return self._decode(np.asarray(z, np.float64), None)

    def forced_logits(self, z: Array, tokens: Tokens) -> list[Array]:
        """Logits per part while ``tokens`` ``[b, steps, parts]`` are fed back."""
        return self._decode(np.asarray(z, np.float64), tokens).logits

    def _decode(self, z: Array, forced: Tokens | None) -> Decoded:
        embeddings = self._embeddings(z)  # one [b, m] per segment
        steps = self.n_steps // self.n_segments
        all_tokens, all_logits = [], []
        for part, (core, depth) in enumerate(zip(self.cores, self.depths, strict=True)):
            previous = np.zeros((len(z), depth))
            tokens, logits = [], []
            for embedding in embeddings:
                states = self._initial(f"{core}/z_to_initial_state", embedding, core)
                for _ in range(steps):
                    x = np.concatenate([previous, embedding], axis=-1)
                    top, states = self._stack(f"{core}/multi_rnn_cell/cell_{{}}", x, states)
                    logits.append(self._dense(f"{core}/output_projection", top))
                    best = logits[-1].argmax(axis=-1)
                    tokens.append(best if forced is None else forced[:, len(tokens), part])
                    previous = np.eye(depth)[tokens[-1]]
            all_tokens.append(np.stack(tokens, axis=1))
            all_logits.append(np.stack(logits, axis=1))
        ranked = [np.sort(logits, axis=-1) for logits in all_logits]
        margins = [(r[..., -1] - r[..., -2]).min(axis=1) for r in ranked]
        return Decoded(
            np.stack(all_tokens, axis=-1).astype(np.int32), all_logits, np.min(margins, axis=0)
        )

    def _embeddings(self, z: Array) -> list[Array]:
        if not self.has_conductor:
            return [z]
        scope = self.conductor
        states = self._initial(f"{scope}/initial_state", z, scope)
        embeddings = []
        for _ in range(self.n_segments):
            zero = np.zeros((len(z), 1))
            top, states = self._stack(f"{scope}/cell_{{}}", zero, states)
            embeddings.append(top)
        return embeddings

    def _initial(self, scope: str, z: Array, owner: str) -> State:
        """c0, h0, c1, h1, … from one affine map and a tanh; returned as (h, c) per layer."""
        flat = np.tanh(self._dense(scope, z))
        cell = (
            f"{owner}/cell_{{}}" if owner == self.conductor else f"{owner}/multi_rnn_cell/cell_{{}}"
        )
        states, at, layer = [], 0, 0
        while (name := f"{cell.format(layer)}/lstm_cell/bias") in self.tensors:
            n = len(self.tensors[name]) // 4
            states.append((flat[:, at + n : at + 2 * n], flat[:, at : at + n]))
            at, layer = at + 2 * n, layer + 1
        if at != flat.shape[1]:
            raise ValueError(f"{scope} has {flat.shape[1]} outputs for states of {at}.")
        return states

    def _stack(self, cell: str, x: Array, states: State) -> tuple[Array, State]:
        new = []
        for layer, (h, c) in enumerate(states):
            scope = f"{cell.format(layer)}/lstm_cell"
            kernel, bias = self.tensors[f"{scope}/kernel"], self.tensors[f"{scope}/bias"]
            new.append(_cell(x, h, c, kernel, bias))
            x = new[-1][0]
        return x, new

    def _dense(self, scope: str, x: Array) -> Array:
        return x @ self.tensors[f"{scope}/kernel"] + self.tensors[f"{scope}/bias"]

    # Losses

    def reconstruction_loss(self, z: Array, tokens: Tokens) -> Array:
        """Softmax cross entropy in nats, summed over steps and parts, ``[b]``."""
        total = np.zeros(len(z))
        for part, logits in enumerate(self.forced_logits(z, tokens)):
            top = logits.max(axis=-1, keepdims=True)
            log_sum = np.log(np.exp(logits - top).sum(axis=-1)) + top[..., 0]
            chosen = np.take_along_axis(logits, tokens[:, :, part, None], axis=-1)[..., 0]
            total += (log_sum - chosen).sum(axis=1)
        return total


def slerp(a: Array, b: Array, steps: int) -> Array:
    """Points on the great circle between two vectors (magenta's ``trained_model._slerp``)."""
    omega = np.arccos(np.dot(a / np.linalg.norm(a), b / np.linalg.norm(b)))
    t = np.linspace(0.0, 1.0, steps)[:, None]
    return (np.sin((1.0 - t) * omega) * a + np.sin(t * omega) * b) / np.sin(omega)
