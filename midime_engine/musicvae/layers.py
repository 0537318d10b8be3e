"""Building blocks whose variables carry the names that Magenta's checkpoints use.

A Keras variable may not have a slash in its name, so every block keeps its own table from
checkpoint name to variable, and a network's table is the sum of its blocks'. Kernels keep
Magenta's layout too (input rows above recurrent rows, gates in the order i, j, f, o): loading a
checkpoint is a copy, never a permutation.
"""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

import keras
from keras import ops

from midime_engine.musicvae.recurrence import lstm_sequence, lstm_step

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import numpy.typing as npt

Tensor = Any
States = list[tuple[Tensor, Tensor]]
"""Output and cell, ``[b, n]`` each, of every layer from the bottom up."""

__all__ = ["Block", "Dense", "Lstm", "LstmStack", "variables_from"]


_SOURCE: ContextVar[Callable[[str], npt.NDArray[Any]] | None] = ContextVar("source", default=None)


@contextmanager
def variables_from(source: Callable[[str], npt.NDArray[Any]]) -> Iterator[None]:
    """Start the variables of blocks made within it with what ``source`` has under their names.

    Random initial values of a 16-bar model would take seconds, only to be thrown away, and any
    initial values would take the memory of the model once more.
    """
    token = _SOURCE.set(source)
    try:
        yield
    finally:
        _SOURCE.reset(token)


class Block(keras.layers.Layer):  # type: ignore[misc]
    """A layer that knows its variables by their checkpoint names."""

    def __init__(self) -> None:
        super().__init__()
        self.own: dict[str, Any] = {}
        self.built = True  # every variable is declared by the constructor
        self.blocks: list[Block] = []

    def add(self, name: str, shape: tuple[int, ...], initializer: Any = "zeros") -> Any:
        """Declare a trainable variable under its checkpoint ``name``."""
        source = _SOURCE.get()
        if source is not None:

            def initializer(_shape: tuple[int, ...], **_: Any) -> npt.NDArray[Any]:
                return source(name)

        variable = self.add_weight(
            name=name.replace("/", "_"), shape=shape, initializer=initializer, dtype="float32"
        )
        self.own[name] = variable
        return variable

    def named_variables(self) -> dict[str, Any]:
        """Variables of this block and of all below it, by checkpoint name."""
        table = dict(self.own)
        for block in self.blocks:
            table.update(block.named_variables())
        return table


class Dense(Block):
    """An affine map, ``<scope>/kernel`` and ``<scope>/bias``."""

    def __init__(self, scope: str, inputs: int, units: int, initializer: Any = None) -> None:
        super().__init__()
        kernel = initializer or keras.initializers.GlorotUniform()
        self.kernel = self.add(f"{scope}/kernel", (inputs, units), kernel)
        self.bias = self.add(f"{scope}/bias", (units,))

    def call(self, x: Tensor) -> Tensor:
        """``[..., inputs]`` to ``[..., units]``."""
        return ops.matmul(x, self.kernel) + self.bias


def _first_kernel(shape: tuple[int, int], dtype: Any = None) -> Tensor:
    """Random input rows above recurrent rows that are orthogonal for each gate.

    Magenta draws both from one distribution; orthogonal ones carry a gradient through 32 steps
    from the start, which saves the first fifty thousand sequences.
    """
    rows, columns = shape
    units = columns // 4
    inputs = keras.initializers.GlorotUniform()((rows - units, columns), dtype)
    gates = [keras.initializers.Orthogonal()((units, units), dtype) for _ in range(4)]
    return ops.concatenate([inputs, ops.concatenate(gates, axis=1)], axis=0)


class Lstm(Block):
    """One LSTM layer, ``<scope>/lstm_cell/{kernel,bias}``; its input rows are reached by slices."""

    def __init__(self, scope: str, inputs: int, units: int, matmul_dtype: str = "float32") -> None:
        super().__init__()
        self.inputs, self.units, self.matmul_dtype = inputs, units, matmul_dtype
        self.kernel = self.add(
            f"{scope}/lstm_cell/kernel", (inputs + units, 4 * units), _first_kernel
        )
        self.bias = self.add(f"{scope}/lstm_cell/bias", (4 * units,))

    def input_rows(self, start: int = 0, stop: int | None = None) -> Tensor:
        """Rows ``start`` to ``stop`` of the input part of the kernel, ``[rows, 4 units]``."""
        return self.kernel[start : self.inputs if stop is None else stop]

    @property
    def recurrent_rows(self) -> Tensor:
        """``[units, 4 units]``."""
        return self.kernel[self.inputs :]

    def project(self, x: Tensor, start: int = 0) -> Tensor:
        """Product of a dense input with its rows from ``start`` on; the bias is not added.

        It is as wide as the products are, ``matmul_dtype``.
        """
        rows = self.input_rows(start, start + int(x.shape[-1]))
        return ops.matmul(ops.cast(x, self.matmul_dtype), ops.cast(rows, self.matmul_dtype))

    def sequence(
        self,
        gates_x: Tensor,
        h0: Tensor,
        c0: Tensor,
        constant: Tensor | None = None,
        *,
        only_last: bool = False,
    ) -> Tensor:
        """Outputs at every step, ``[steps, b, units]``, as wide as the products are.

        ``gates_x`` ``[steps, b, 4 units]`` are projected inputs, ``constant`` ``[b or 1, 4 units]``
        is added at every step; one of them holds the bias. ``only_last``: ``[b, units]``.
        """
        return lstm_sequence(
            gates_x,
            self.recurrent_rows,
            h0,
            c0,
            constant,
            matmul_dtype=self.matmul_dtype,
            for_training=self.trainable,
            only_last=only_last,
        )


class LstmStack(Block):
    """Layers of LSTMs, each reading the output of the one below: a decoder or a conductor."""

    def __init__(
        self,
        scope: str,
        inputs: int,
        sizes: tuple[int, ...],
        matmul_dtype: str = "float32",
    ) -> None:
        super().__init__()
        self.sizes = sizes
        self.layers: list[Lstm] = []
        for index, size in enumerate(sizes):
            self.layers.append(Lstm(f"{scope}/cell_{index}", inputs, size, matmul_dtype))
            inputs = size
        self.blocks.extend(self.layers)

    @property
    def state_size(self) -> int:
        """Width of the vector that holds all initial states."""
        return 2 * sum(self.sizes)

    def split_state(self, flat: Tensor) -> States:
        """``[b, state_size]`` to ``(h, c)`` per layer; Magenta stores c0, h0, c1, h1, …."""
        states, at = [], 0
        for size in self.sizes:
            c, h = flat[:, at : at + size], flat[:, at + size : at + 2 * size]
            states.append((h, c))
            at += 2 * size
        return states

    def stepper(self) -> Callable[[Tensor, States], States]:
        """A function from the bottom layer's projected input and the states to the new states.

        It holds what the steps have in common, so that a loop reads and cuts each kernel once.
        """
        below = self.layers[0].recurrent_rows
        above = [
            (ops.convert_to_tensor(layer.kernel), ops.convert_to_tensor(layer.bias))
            for layer in self.layers[1:]
        ]

        def step(gates: Tensor, states: States) -> States:
            h, c = states[0]
            new_states = [lstm_step(gates + ops.matmul(h, below), c)]
            for (kernel, bias), (h, c) in zip(above, states[1:], strict=True):
                both = ops.concatenate([new_states[-1][0], h], axis=-1)
                new_states.append(lstm_step(ops.matmul(both, kernel) + bias, c))
            return new_states

        return step

    def sequence(self, gates: Tensor, states: States, constant: Tensor) -> Tensor:
        """All steps at once: ``[steps, b, 4 sizes[0]]`` to the top outputs ``[steps, b, n]``.

        ``constant`` is added to the gates at every step; the bias of the bottom layer is in it.
        """
        outputs = None
        for layer, (h, c) in zip(self.layers, states, strict=True):
            if outputs is not None:
                gates, constant = layer.project(outputs), layer.bias[None]
            outputs = layer.sequence(gates, h, c, constant)
        return ops.cast(outputs, "float32")
