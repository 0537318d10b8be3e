"""How tokens enter a network: rows of a kernel are gathered, never multiplied by one-hot vectors.

Tokens are integers ``[b, steps, parts]``. A part owns as many consecutive kernel rows as it has
classes, in the order of the parts; a model that reads drums alone sees ten bits per step instead
(nine classes and "none of them"), as Magenta's ``DrumsConverter`` with ``roll_input`` makes them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from keras import ops

from midime_engine.musicvae.config import DRUM_ROLL_DEPTH

if TYPE_CHECKING:
    from midime_engine.musicvae.config import MusicVAEConfig

Tensor = Any

__all__ = ["encoder_gates", "encoder_inputs", "gather_rows", "one_hot_gradient_gather"]


def encoder_inputs(tokens: Tensor, config: MusicVAEConfig, dtype: str = "float32") -> Tensor:
    """``[b, steps, parts]`` to what the first layer reads, steps first: ``[steps, b, …]``.

    Tokens stay tokens, ``[steps, b, parts]``; drums become bits and a one for the bias,
    ``[steps, b, 11]``.
    """
    tokens = ops.transpose(tokens, (1, 0, 2))
    if config.parts != ("drums",):
        return tokens
    places = ops.arange(DRUM_ROLL_DEPTH - 1, dtype="int32")
    bits = ops.cast(ops.bitwise_and(ops.right_shift(tokens, places), 1), dtype)  # [steps, b, 9]
    none = ops.cast(ops.equal(tokens, 0), dtype)  # [steps, b, 1]
    always = ops.ones_like(none)
    if config.none_bit_early:
        none = ops.pad(none[1:], ((0, 1), (0, 0), (0, 0)))
    return ops.concatenate([bits, none, always], axis=-1)


def encoder_gates(
    inputs: Tensor,
    rows: Tensor,
    bias: Tensor,
    config: MusicVAEConfig,
    dtype: str = "float32",
    *,
    for_training: bool = True,
) -> Tensor:
    """:func:`encoder_inputs` to the projected input of the first layer, ``[steps, b, 4n]``.

    The bias is added to the rows before anything is gathered: what is gathered is the largest
    array of the encoder, and every pass over it costs. Without ``for_training`` nothing is written
    down for gradients: TensorFlow never forgets those of our own, nor the weights they refer to.
    """
    if config.parts == ("drums",):
        return ops.matmul(inputs, ops.cast(ops.concatenate([rows, bias[None]], axis=0), dtype))
    gather = one_hot_gradient_gather if for_training else gather_rows
    gates, at = None, 0
    for part, depth in enumerate(config.output_depths):
        part_rows = rows[at : at + depth]
        if gates is None:
            gates = gather(ops.cast(part_rows + bias, dtype), inputs[:, :, part])
        else:
            gates = gates + gather(ops.cast(part_rows, dtype), inputs[:, :, part])
        at += depth
    return gates


def gather_rows(rows: Tensor, tokens: Tensor) -> Tensor:
    """``rows`` ``[depth, m]`` at ``tokens`` ``[...]``: ``[..., m]``."""
    return ops.take(rows, tokens, axis=0)


def one_hot_gradient_gather(rows: Tensor, tokens: Tensor) -> Tensor:
    """:func:`gather_rows` whose gradient is a matrix product.

    The gradient of a gather scatters every step's row into few classes, one addition after the
    other; as a product with the one-hot tokens it runs at the speed of a matrix product, and only
    the backward pass pays for it.
    """
    depth = int(rows.shape[0])

    @ops.custom_gradient  # type: ignore[untyped-decorator]
    def forward(rows: Tensor) -> Any:
        def backward(*args: Tensor, upstream: Tensor | None = None) -> Tensor:
            grad = args[0] if upstream is None else upstream
            flat = ops.reshape(grad, (-1, grad.shape[-1]))
            chosen = ops.one_hot(ops.reshape(tokens, (-1,)), depth, dtype=grad.dtype)
            return ops.matmul(ops.transpose(chosen), flat)

        return ops.take(rows, tokens, axis=0), backward

    return forward(rows)
