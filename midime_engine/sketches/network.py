"""The networks of a Sketch-RNN: rows to the posterior over ``z``, and ``z`` to rows.

Ha and Eck 2017: a bidirectional LSTM reads, an LSTM whose initial state comes from ``z`` writes,
fed at every step with its own last row and with ``z``. Two things differ. Both are told where the
pen is, not only how far it went: the paper's networks have to add up offsets before they can close
a circle. And the encoder's rows end where it stops reading in either direction, however many ended
rows fill them up.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, Final

import keras
import numpy as np
from keras import ops

from midime_engine.musicvae.layers import Block, Dense, Lstm, variables_from
from midime_engine.musicvae.network import require_finite, require_same_variables
from midime_engine.musicvae.recurrence import lstm_step, scan_steps
from midime_engine.musicvae.stored import shapes_of
from midime_engine.sketches.mixture_density import density_of, next_row
from midime_engine.sketches.strokes import END, WIDTH

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy.typing as npt

    from midime_engine.sketches.config import SketchConfig

Tensor = Any

__all__ = ["Decoder", "Encoder", "Network", "expected_shapes", "network_of"]

_INPUTS: Final = WIDTH + 2
"""Numbers read at each step: a row, and where the pen is after it."""

_HEAD_STDDEV: Final = 0.02
_STATE_STDDEV: Final = 0.05
"""Of first weights around ``z``, as in :mod:`midime_engine.musicvae`."""

_SIGMA_FLOOR: Final = 1e-6

_SHUT: Final = -40.0
"""Added to an input gate, nothing comes in: the state of a cell that has read nothing stays 0."""


class Encoder(Block):
    """Rows ``[b, steps, 5]`` to ``mu`` and ``sigma``, ``[b, z_size]`` each."""

    def __init__(self, config: SketchConfig, matmul_dtype: str = "float32") -> None:
        super().__init__()
        units = config.enc_rnn_size
        self.forward = Lstm("encoder/fw", _INPUTS, units, matmul_dtype)
        self.backward = Lstm("encoder/bw", _INPUTS, units, matmul_dtype)
        head = keras.initializers.RandomNormal(stddev=_HEAD_STDDEV)
        self.mu = Dense("encoder/mu", 2 * units, config.z_size, head)
        self.sigma = Dense("encoder/sigma", 2 * units, config.z_size, head)
        self.blocks.extend([self.forward, self.backward, self.mu, self.sigma])

    def call(self, rows: Tensor) -> tuple[Tensor, Tensor]:
        """The posterior of each drawing; ended rows are as good as none."""
        over = rows[:, :, END:]  # [b, steps, 1]
        inputs = ops.concatenate([rows, _positions(rows)], axis=-1) * (1.0 - over)
        read = ops.concatenate([inputs, over], axis=-1)
        # Either way the ended rows come first, before anything has been read.
        steps = int(rows.shape[1])
        n_over = ops.cast(ops.sum(over, axis=(1, 2)), "int32")[:, None]  # [b, 1]
        order = ops.mod(ops.arange(steps, dtype="int32")[None, :] - n_over, steps)
        late = ops.take_along_axis(read, order[:, :, None], axis=1)
        last = [
            self._last(lstm, ops.transpose(turned, (1, 0, 2)))
            for lstm, turned in ((self.forward, late), (self.backward, ops.flip(read, axis=1)))
        ]
        both = ops.cast(ops.concatenate(last, axis=-1), "float32")
        return self.mu(both), ops.softplus(self.sigma(both)) + _SIGMA_FLOOR

    def _last(self, lstm: Lstm, read: Tensor) -> Tensor:
        """What ``lstm`` has in the end after ``[steps, b, 8]``, ``[b, units]``."""
        gates = lstm.project(read[:, :, :_INPUTS])
        shut = ops.concatenate(
            [
                ops.full((lstm.units,), _SHUT, dtype="float32"),
                ops.zeros((3 * lstm.units,), dtype="float32"),
            ],
            axis=0,
        )
        gates = gates + ops.cast(read[:, :, _INPUTS:] * shut, gates.dtype)
        nothing = ops.zeros_like(read[0, :, :1]) * ops.zeros_like(lstm.bias[None, : lstm.units])
        return lstm.sequence(gates, nothing, nothing, lstm.bias[None], only_last=True)


class Decoder(Block):
    """``z`` ``[b, z_size]`` to densities along given rows, or to rows of its own."""

    def __init__(self, config: SketchConfig, matmul_dtype: str = "float32") -> None:
        super().__init__()
        self.n_steps = config.n_steps
        units = config.dec_rnn_size
        self.lstm = Lstm("decoder", _INPUTS + config.z_size, units, matmul_dtype)
        state = keras.initializers.RandomNormal(stddev=_STATE_STDDEV)
        self.initial = Dense("decoder/initial_state", config.z_size, 2 * units, state)
        self.projection = Dense("decoder/output_projection", units, config.output_size)
        self.blocks.extend([self.lstm, self.initial, self.projection])

    def start(self, z: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """First output and cell, ``[b, units]``, and what ``z`` adds to the gates at every step."""
        c, h = ops.split(ops.tanh(self.initial(z)), 2, axis=-1)
        return h, c, ops.cast(self.lstm.project(z, _INPUTS), "float32") + self.lstm.bias

    def forced(self, z: Tensor, rows: Tensor, keep: Tensor | None = None) -> Tensor:
        """Parameters of the density of every row, ``[b, steps, 6 m + 3]``, the rows before given.

        ``rows`` is ``[b, n_steps, 5]``. ``keep`` ``[b, n_steps]``, 0 or 1, leaves out what is read
        of a row: input dropout, which makes a decoder in training rely on ``z``.
        """
        read = ops.concatenate([rows, _positions(rows)], axis=-1)
        if keep is not None:
            read = read * keep[:, :, None]
        before = ops.pad(read[:, :-1], ((0, 0), (1, 0), (0, 0)))
        h, c, constant = self.start(z)
        gates = self.lstm.project(ops.transpose(before, (1, 0, 2)))
        outputs = ops.cast(self.lstm.sequence(gates, h, c, constant), "float32")
        return ops.transpose(self.projection(outputs), (1, 0, 2))

    def generate(self, z: Tensor, gumbel: Tensor, normal: Tensor, state_gumbel: Tensor) -> Tensor:
        """Draw rows ``[b, n_steps, 5]``; noise as :func:`next_row` takes it, ``[n_steps, b, …]``.

        Rows after an ended one mean nothing.
        """
        h, c, constant = self.start(z)
        rows_in = ops.convert_to_tensor(self.lstm.input_rows(0, _INPUTS))
        recurrent = ops.convert_to_tensor(self.lstm.recurrent_rows)
        kernel = ops.convert_to_tensor(self.projection.kernel)
        bias = ops.convert_to_tensor(self.projection.bias)

        def step(carry: Any, noise: Any) -> Any:
            h, c, read = carry
            gates = constant + ops.matmul(read, rows_in) + ops.matmul(h, recurrent)
            h, c = lstm_step(gates, c)
            offset, state = next_row(density_of(ops.matmul(h, kernel) + bias), *noise)
            return h, c, ops.concatenate([offset, state, read[:, WIDTH:] + offset], axis=-1)

        nothing = ops.zeros_like(z[:, :1]) * ops.zeros_like(rows_in[None, :, 0])
        _, read = scan_steps(
            step,
            (h, c, nothing),
            (gumbel, normal, state_gumbel),
            self.n_steps,
            pick=lambda carry: carry[2],
        )
        return ops.transpose(read[:, :, :WIDTH], (1, 0, 2))


class Network(keras.Model):  # type: ignore[misc]
    """Encoder and decoder. ``matmul_dtype`` ``bfloat16`` is for training only."""

    def __init__(self, config: SketchConfig, matmul_dtype: str = "float32") -> None:
        super().__init__()
        self.config = config
        self.encoder = Encoder(config, matmul_dtype)
        self.decoder = Decoder(config, matmul_dtype)
        self.built = True

    def named_variables(self) -> dict[str, Any]:
        """Every variable by its name in a file of weights."""
        return {**self.encoder.named_variables(), **self.decoder.named_variables()}

    def arrays(self) -> dict[str, npt.NDArray[Any]]:
        """The weights as they are, float32, by name."""
        return {
            name: ops.convert_to_numpy(variable).astype("float32")
            for name, variable in self.named_variables().items()
        }


def expected_shapes(config: SketchConfig) -> dict[str, tuple[int, ...]]:
    """Every variable's shape by its name; the network takes no memory."""

    def shapes() -> dict[str, tuple[int, ...]]:
        with keras.StatelessScope(initialize_variables=False):
            table = Network(config).named_variables()
        return {name: tuple(variable.shape) for name, variable in table.items()}

    # Keras remembers, for each thread, variables that are still to be given memory, and would give
    # it at the next occasion: these are to be forgotten, with the thread.
    with ThreadPoolExecutor(max_workers=1) as thread:
        return thread.submit(shapes).result()


def network_of(config: SketchConfig, arrays: Mapping[str, npt.NDArray[Any]]) -> Network:
    """The network of ``config`` with the weights ``arrays``.

    Raises:
        CheckpointMismatchError: a variable is missing, unexpected, of another shape, or not finite.
    """
    require_same_variables(expected_shapes(config), shapes_of(arrays))
    for name, array in arrays.items():
        require_finite(name, array)
    with variables_from(lambda name: np.asarray(arrays[name], np.float32)):
        return Network(config)


def _positions(rows: Tensor) -> Tensor:
    """Where the pen is after each row, from the middle of the drawing, ``[b, steps, 2]``."""
    return ops.cumsum(rows[:, :, :2], axis=1)
