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

__all__ = ["encoder_gates", "gather_rows", "one_hot_gradient_gather"]


def encoder_gates(tokens: Tensor, rows: Tensor, bias: Tensor, config: MusicVAEConfig) -> Tensor:
    """``[b, steps, parts]`` to the projected input of the first layer, ``[steps, b, 4n]``.

    Time comes first and the bias is added to the rows, both before anything is gathered: what is
    gathered is the largest array of the encoder, and every pass over it costs.
    """
    tokens = ops.transpose(tokens, (1, 0, 2))  # [steps, b, parts]
    if config.parts == ("drums",):
        bits = ops.cast(
            ops.bitwise_and(
                ops.right_shift(tokens, ops.arange(DRUM_ROLL_DEPTH - 1, dtype="int32")), 1
            ),
            "float32",
        )  # [steps, b, 9]
        none = ops.cast(ops.equal(tokens, 0), "float32")  # [steps, b, 1]
        if config.none_bit_early:
            none = ops.pad(none[1:], ((0, 1), (0, 0), (0, 0)))
        return ops.matmul(ops.concatenate([bits, none], axis=-1), rows) + bias
    gates, at = None, 0
    for part, depth in enumerate(config.output_depths):
        part_rows = rows[at : at + depth]
        if gates is None:
            gates = one_hot_gradient_gather(part_rows + bias, tokens[:, :, part])
        else:
            gates = gates + one_hot_gradient_gather(part_rows, tokens[:, :, part])
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
            chosen = ops.one_hot(ops.reshape(tokens, (-1,)), depth, dtype="float32")
            return ops.matmul(ops.transpose(chosen), flat)

        return ops.take(rows, tokens, axis=0), backward

    return forward(rows)
