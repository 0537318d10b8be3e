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

import keras
from keras import ops, tree

from midime_engine.musicvae.fusion import fused

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
    constant: Tensor | None = None,
    *,
    matmul_dtype: str = "float32",
    for_training: bool = True,
    only_last: bool = False,
) -> Tensor:
    """Outputs of an LSTM at every step, ``[steps, b, n]``; differentiable in all its tensors.

    ``gates_x`` ``[steps, b, 4n]`` is the input's projection, ``constant`` (``[b, 4n]`` or
    ``[1, 4n]``) what is added to it at every step, ``recurrent_kernel`` is ``[n, 4n]``, ``h0``
    and ``c0`` are ``[b, n]``. With ``matmul_dtype`` ``bfloat16`` the products and what passes
    between them (``gates_x``, the outputs) are 16 bits wide; sums, cells and weights stay float32.
    Without ``for_training`` the steps run in a loop: as fast forwards, and traced in a third of
    the time. With ``only_last`` the output of the last step alone is returned, ``[b, n]``.
    """
    n_steps = int(gates_x.shape[0])
    if constant is None:
        constant = ops.zeros_like(recurrent_kernel[:1])
    if n_steps > UNROLLED_STEPS or not for_training:
        gates_x = gates_x + ops.cast(constant, gates_x.dtype)
        outputs = _looped(gates_x, recurrent_kernel, h0, c0, matmul_dtype)
        return outputs[-1] if only_last else outputs
    one_row = constant.shape[0] == 1
    run, turn_back = (
        (_scan_forward, _scan_backward)
        if keras.backend.backend() == "jax"
        else (_unrolled_forward, _unrolled_backward)
    )

    @ops.custom_gradient  # type: ignore[untyped-decorator]
    def forward(gates_x: Tensor, kernel: Tensor, h0: Tensor, c0: Tensor, constant: Tensor) -> Any:
        low = ops.cast(kernel, matmul_dtype)
        h0_low = ops.cast(h0, matmul_dtype)
        outputs, kept = run(gates_x, low, h0_low, c0, constant, only_last=only_last)

        def backward(*args: Tensor, upstream: Tensor | None = None) -> tuple[Tensor, ...]:
            grad = args[0] if upstream is None else upstream
            d_gates_x, before, dh, dc = turn_back(
                grad, ops.transpose(low), kept, only_last=only_last
            )
            return (
                ops.cast(d_gates_x, gates_x.dtype),
                ops.cast(_outer(before, d_gates_x), "float32"),
                ops.cast(dh, h0.dtype),
                dc,
                _total(d_gates_x, 1 if one_row else -1),
            )

        return outputs, backward

    return forward(gates_x, recurrent_kernel, h0, c0, constant)


def _unrolled_forward(
    gates_x: Tensor, low: Tensor, h0: Tensor, c0: Tensor, constant: Tensor, *, only_last: bool
) -> tuple[Tensor, Any]:
    """Outputs, and what the way back needs: one operation after the other."""
    advance = fused(_cell_forward)
    hs, cs, activations = [h0], [c0], []
    for gates in ops.unstack(gates_x, int(gates_x.shape[0])):
        h, c, active = advance(gates, ops.matmul(hs[-1], low), constant, cs[-1])
        hs.append(h)
        cs.append(c)
        activations.append(active)
    return hs[-1] if only_last else ops.stack(hs[1:]), (hs, cs, activations)


def _unrolled_backward(
    grad: Tensor, low_t: Tensor, kept: Any, *, only_last: bool
) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Gradients of the gates ``[steps, b, 4n]``, outputs before each step, d_h0 and d_c0."""
    retreat = fused(_cell_backward)
    hs, cs, activations = kept
    n_steps = len(activations)
    dh, dc = ops.zeros_like(hs[0]), ops.zeros_like(cs[0])
    grads = [dh] * (n_steps - 1) + [grad] if only_last else ops.unstack(grad, n_steps)
    reversed_gates: list[Tensor] = []
    for t in reversed(range(n_steps)):
        d_gates, dc = retreat(activations[t], cs[t], cs[t + 1], grads[t], dh, dc)
        dh = ops.matmul(d_gates, low_t)
        reversed_gates.append(d_gates)
    return ops.stack(reversed_gates[::-1]), ops.stack(hs[:-1]), dh, dc


def _scan_forward(
    gates_x: Tensor, low: Tensor, h0: Tensor, c0: Tensor, constant: Tensor, *, only_last: bool
) -> tuple[Tensor, Any]:
    """As :func:`_unrolled_forward` in a loop: XLA needs minutes to compile hundreds of steps."""

    def step(carry: Any, gates: Tensor) -> Any:
        h, c = carry
        h_next, c_next, active = _cell_forward(gates, ops.matmul(h, low), constant, c)
        return (h_next, c_next), (h, c, active)

    (h, c), (hs, cs, activations) = ops.scan(step, (h0, c0), gates_x, unroll=BLOCK_STEPS)
    outputs = h if only_last else ops.concatenate([hs[1:], h[None]])
    return outputs, (hs, cs, c, activations)


def _scan_backward(
    grad: Tensor, low_t: Tensor, kept: Any, *, only_last: bool
) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """As :func:`_unrolled_backward`, in a loop."""
    hs, cs, c_end, activations = kept
    nothing = ops.zeros_like(hs[0])

    def step(carry: Any, kept_at: Any) -> Any:
        dh, dc = carry
        active, c_before, c, *given = kept_at
        d_gates, dc = _cell_backward(active, c_before, c, given[0] if given else nothing, dh, dc)
        return (ops.matmul(d_gates, low_t), dc), d_gates

    # The gradient of the last output stands where that of a step after it would.
    first = (grad if only_last else nothing, ops.zeros_like(c_end))
    xs = (activations, cs, ops.concatenate([cs[1:], c_end[None]]), *(() if only_last else (grad,)))
    (dh, dc), d_gates_x = ops.scan(step, first, xs, reverse=True, unroll=BLOCK_STEPS)
    return d_gates_x, hs, dh, dc


def _cell_forward(
    gates_x: Tensor, gates_h: Tensor, constant: Tensor, c: Tensor
) -> tuple[Tensor, Tensor, Tensor]:
    """The new output and cell, and the four activations side by side, ``[b, 4n]``."""
    gates = ops.cast(gates_x, "float32") + ops.cast(gates_h, "float32") + constant
    i, j, f, o = ops.split(gates, 4, axis=-1)  # [b, n] each
    i, j, f, o = ops.sigmoid(i), ops.tanh(j), ops.sigmoid(f + FORGET_BIAS), ops.sigmoid(o)
    c = i * j + f * c
    active = ops.concatenate([i, j, f, o], axis=-1)
    return (
        ops.cast(o * ops.tanh(c), gates_h.dtype),
        c,
        ops.cast(active, gates_h.dtype),
    )


def _cell_backward(  # noqa: PLR0917 - what a step of the loop has at hand
    active: Tensor, c_before: Tensor, c: Tensor, grad: Tensor, dh: Tensor, dc: Tensor
) -> tuple[Tensor, Tensor]:
    """Gradients of the gates ``[b, 4n]`` and of the cell before ``[b, n]``."""
    i, j, f, o = ops.split(ops.cast(active, "float32"), 4, axis=-1)
    tanh_c = ops.tanh(c)
    dh = ops.cast(dh, "float32") + ops.cast(grad, "float32")
    dc = dc + dh * o * (1.0 - tanh_c * tanh_c)
    d_gates = ops.concatenate(
        [
            dc * j * i * (1.0 - i),
            dc * i * (1.0 - j * j),
            dc * c_before * f * (1.0 - f),
            dh * tanh_c * o * (1.0 - o),
        ],
        axis=-1,
    )
    return ops.cast(d_gates, active.dtype), dc * f


def _total(x: Tensor, rows: int) -> Tensor:
    """Sum of ``x`` ``[steps, b, m]`` over the steps, and for one row over the batch: ``[rows, m]``.

    As a product, because products sum 16-bit numbers in 32 bits.
    """
    flat = ops.reshape(x, (-1, x.shape[-1]) if rows == 1 else (x.shape[0], -1))
    total = ops.matmul(ops.ones_like(flat[:, :1][None, :, 0]), flat)  # [1, m or b * m]
    return ops.cast(ops.reshape(total, (rows, x.shape[-1])), "float32")


def _looped(gates_x: Tensor, kernel: Tensor, h0: Tensor, c0: Tensor, matmul_dtype: str) -> Tensor:
    low = ops.cast(kernel, matmul_dtype)

    def step(carry: tuple[Tensor, Tensor], x: Tensor) -> tuple[Tensor, Tensor]:
        h, c = carry
        return lstm_step(ops.cast(x, "float32") + _product(h, low, matmul_dtype), c)

    n_steps = int(gates_x.shape[0])
    _, outputs = scan_steps(step, (h0, c0), gates_x, n_steps, pick=lambda carry: carry[0])
    return ops.cast(outputs, matmul_dtype)


def _product(x: Tensor, low_kernel: Tensor, dtype: str) -> Tensor:
    if dtype == "float32":
        return ops.matmul(x, low_kernel)
    return ops.cast(ops.matmul(ops.cast(x, dtype), low_kernel), "float32")


def _outer(x: Tensor, y: Tensor) -> Tensor:
    """Sum over steps and batch of the outer products, ``[n, m]``."""
    x = ops.reshape(x, (-1, x.shape[-1]))
    y = ops.reshape(y, (-1, y.shape[-1]))
    return ops.matmul(ops.transpose(x), y)
