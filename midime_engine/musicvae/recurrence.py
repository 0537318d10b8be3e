"""One LSTM over a sequence: forward in one pass, backward by hand.

The cell is Magenta's (``contrib/rnn.py``, TensorFlow's basic LSTM cell): gates in the order
input, candidate, forget, output; the forget gate's bias of 1 is added here and is not part of the
weights; no peepholes.

Everything that does not depend on the previous step stays out of the loop: the caller projects all
inputs at once (``gates_x``), and the backward pass collects the gate gradients of all steps and
turns them into the gradient of the recurrent kernel with a single matrix product. Automatic
differentiation would add up one product per step instead, which costs more than the products.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from keras import ops, tree

if TYPE_CHECKING:
    from collections.abc import Callable

    Tensor = Any

__all__ = ["FORGET_BIAS", "UNROLLED_STEPS", "lstm_sequence", "lstm_step", "scan_steps"]

FORGET_BIAS = 1.0
"""Added to the forget gate at run time, as Magenta's cell does; never stored."""

UNROLLED_STEPS = 64
"""Longer sequences run in a loop: unrolling 256 steps makes graphs that take minutes to compile."""

BLOCK_STEPS = 4
"""Steps that :func:`scan_steps` unrolls at a time."""


def lstm_step(gates: Tensor, c: Tensor) -> tuple[Tensor, Tensor]:
    """Advance one step from the summed ``gates`` ``[b, 4n]`` and the cell ``c`` ``[b, n]``.

    Returns the new output and cell, ``[b, n]`` each.
    """
    i, j, f, o = ops.split(gates, 4, axis=-1)  # [b, n] each
    c = ops.sigmoid(i) * ops.tanh(j) + ops.sigmoid(f + FORGET_BIAS) * c
    return ops.sigmoid(o) * ops.tanh(c), c


def scan_steps(
    step: Callable[[Any, Any], Any],
    carry: Any,
    xs: Any,
    n_steps: int,
    pick: Callable[[Any], Tensor],
) -> tuple[Any, Tensor]:
    """Run ``carry = step(carry, x)`` over the first axis of ``xs``; stack each ``pick(carry)``.

    Steps are unrolled in blocks of :data:`BLOCK_STEPS`, and the blocks run in the backend's loop:
    straight code hides the cost of the loop, and one block is all that has to be traced. Steps
    that do not fill a block are unrolled before the loop.
    """
    picked = []
    odd = n_steps if n_steps < 2 * BLOCK_STEPS else n_steps % BLOCK_STEPS
    for t in range(odd):
        carry = step(carry, _at(xs, t))
        picked.append(pick(carry))
    if odd == n_steps:
        return carry, ops.stack(picked)

    def block(carries: tuple[Any, Tensor], xs: Any) -> tuple[Any, Any]:
        carry, _ = carries
        outputs = []
        for t in range(BLOCK_STEPS):
            carry = step(carry, _at(xs, t))
            outputs.append(pick(carry))
        # Keras' loop on TensorFlow wants outputs built like the carry.
        carries = carry, ops.stack(outputs)
        return carries, carries

    blocks = tree.map_structure(
        lambda x: ops.reshape(
            x[odd:], ((n_steps - odd) // BLOCK_STEPS, BLOCK_STEPS, *ops.shape(x)[1:])
        ),
        xs,
    )
    shape = pick(carry)
    nothing = ops.repeat(ops.zeros_like(shape)[None], BLOCK_STEPS, axis=0)
    (carry, _), (_, outputs) = ops.scan(block, (carry, nothing), xs=blocks)
    outputs = ops.reshape(outputs, (n_steps - odd, *ops.shape(outputs)[2:]))
    return carry, ops.concatenate([ops.stack(picked), outputs]) if picked else outputs


def _at(xs: Any, t: int) -> Any:
    return tree.map_structure(lambda x: x[t], xs)


def lstm_sequence(
    gates_x: Tensor,
    recurrent_kernel: Tensor,
    h0: Tensor,
    c0: Tensor,
    *,
    matmul_dtype: str = "float32",
    for_training: bool = True,
) -> Tensor:
    """Outputs of an LSTM at every step, ``[steps, b, n]``; differentiable in all four arguments.

    ``gates_x`` ``[steps, b, 4n]`` holds input projection plus bias, ``recurrent_kernel`` is
    ``[n, 4n]``, ``h0`` and ``c0`` are ``[b, n]``. ``matmul_dtype`` ``bfloat16`` halves the cost of
    the products on hardware that has it; sums, gates and weights stay float32. Without
    ``for_training`` the steps run in a loop: as fast forwards, and traced in a third of the time.
    """
    n_steps = int(gates_x.shape[0])
    if n_steps > UNROLLED_STEPS or not for_training:
        return _looped(gates_x, recurrent_kernel, h0, c0, matmul_dtype)

    @ops.custom_gradient  # type: ignore[untyped-decorator]
    def forward(gates_x: Tensor, kernel: Tensor, h0: Tensor, c0: Tensor) -> Any:
        low = ops.cast(kernel, matmul_dtype)
        h, c = h0, c0
        hs, cs, activations = [], [], []
        for t in range(n_steps):
            gates = gates_x[t] + _product(h, low, matmul_dtype)
            i, j, f, o = ops.split(gates, 4, axis=-1)
            i, j, f, o = ops.sigmoid(i), ops.tanh(j), ops.sigmoid(f + FORGET_BIAS), ops.sigmoid(o)
            cs.append(c)
            c = i * j + f * c
            tanh_c = ops.tanh(c)
            activations.append((i, j, f, o, tanh_c))
            hs.append(h)
            h = o * tanh_c
        outputs = ops.stack([*hs[1:], h])  # [steps, b, n]

        def backward(*args: Tensor, upstream: Tensor | None = None) -> tuple[Tensor, ...]:
            grad = args[0] if upstream is None else upstream  # [steps, b, n]
            low_t = ops.transpose(low)
            dh, dc = ops.zeros_like(h0), ops.zeros_like(c0)
            reversed_gates: list[Tensor] = []
            for t in reversed(range(n_steps)):
                i, j, f, o, tanh_c = activations[t]
                dh = dh + grad[t]
                dc = dc + dh * o * (1.0 - tanh_c * tanh_c)
                d_gates = ops.concatenate(
                    [
                        dc * j * i * (1.0 - i),
                        dc * i * (1.0 - j * j),
                        dc * cs[t] * f * (1.0 - f),
                        dh * tanh_c * o * (1.0 - o),
                    ],
                    axis=-1,
                )  # [b, 4n]
                dc = dc * f
                dh = _product(d_gates, low_t, matmul_dtype)
                reversed_gates.append(d_gates)
            d_gates_x = ops.stack(reversed_gates[::-1])  # [steps, b, 4n]
            previous = ops.stack(hs)  # [steps, b, n]
            d_kernel = _outer(previous, d_gates_x, matmul_dtype)
            return d_gates_x, d_kernel, dh, dc

        return outputs, backward

    return forward(gates_x, recurrent_kernel, h0, c0)


def _looped(gates_x: Tensor, kernel: Tensor, h0: Tensor, c0: Tensor, matmul_dtype: str) -> Tensor:
    low = ops.cast(kernel, matmul_dtype)

    def step(carry: tuple[Tensor, Tensor], x: Tensor) -> tuple[Tensor, Tensor]:
        h, c = carry
        return lstm_step(x + _product(h, low, matmul_dtype), c)

    n_steps = int(gates_x.shape[0])
    _, outputs = scan_steps(step, (h0, c0), gates_x, n_steps, pick=lambda carry: carry[0])
    return outputs


def _product(x: Tensor, low_kernel: Tensor, dtype: str) -> Tensor:
    if dtype == "float32":
        return ops.matmul(x, low_kernel)
    return ops.cast(ops.matmul(ops.cast(x, dtype), low_kernel), "float32")


def _outer(x: Tensor, y: Tensor, dtype: str) -> Tensor:
    """Sum over steps and batch of the outer products, ``[n, m]``."""
    x = ops.reshape(x, (-1, x.shape[-1]))
    y = ops.reshape(y, (-1, y.shape[-1]))
    product = ops.matmul(ops.transpose(ops.cast(x, dtype)), ops.cast(y, dtype))
    return ops.cast(product, "float32")
