"""The terms that a translator minimises, each a mean over the batch."""

from __future__ import annotations

from typing import Any, Final

from keras import ops

__all__ = ["TERMS", "agreement", "contrast", "divergence", "label_loss", "sliced_wasserstein"]

TERMS: Final = (
    "total",
    "reconstruction",
    "beta",
    "alignment",
    "labels",
    "spread",
    "agreement",
    "contrast",
    "crossing",
    "carrying",
    "returning",
    "likeness",
)
"""What the compiled update reports of each step, in this order; unweighted but for the total."""


def divergence(mu: Any, sigma: Any) -> Any:
    """``KL(N(mu, sigma²) ‖ N(0, 1))`` summed over the dimensions, in nats; ``[n, d]`` each."""
    each = (ops.square(mu) + ops.square(sigma) - 1.0) / 2.0 - ops.log(sigma)
    return ops.mean(ops.sum(each, axis=-1))


def sliced_wasserstein(one: Any, other: Any, directions: Any) -> Any:
    """Mean distance of two clouds ``[n, d]`` as seen along unit ``directions`` ``[d, k]``.

    On a line the cheapest way to move one cloud to another takes the points in their order.
    Source: ``nn.py``, lines 118-144 of the authors' code.
    """
    ours = ops.sort(ops.matmul(one, directions), axis=0)
    theirs = ops.sort(ops.matmul(other, directions), axis=0)
    return ops.mean(ops.abs(ours - theirs))


def label_loss(logits: Any, labels: Any, emphasis: tuple[float, ...] = ()) -> Any:
    """Cross entropy of soft ``labels`` 0..1 under ``logits``, ``[n, k]``, above its least value.

    Without the entropy of the labels themselves, so that 0 is a perfect prediction. ``emphasis``
    says how much each column counts, all alike if it is empty.
    """
    cross = ops.softplus(logits) - labels * logits
    inside = ops.clip(labels, 1e-6, 1.0 - 1e-6)
    entropy = -(inside * ops.log(inside) + (1.0 - inside) * ops.log(1.0 - inside))
    each = ops.mean(cross - entropy, axis=0)  # [k]
    if not emphasis:
        return ops.mean(each)
    return ops.sum(each * ops.array(emphasis, dtype="float32")) / sum(emphasis)


def agreement(one: Any, other: Any, together: Any) -> Any:
    """Mean squared distance of ``[n, d]`` from ``[n, d]`` over the rows that sound together."""
    squared = ops.mean(ops.square(one - other), axis=-1)
    return _mean_over(squared, together)


def contrast(one: Any, other: Any, together: Any, songs: Any) -> Any:
    """How badly a partner is told from the others of the batch, in nats over chance.

    Cross entropy of a softmax over negative squared distances, both ways (van den Oord, Li,
    Vinyals 2018). Others of the same song are no wrong answers, so they are left out: a song keeps
    its beat for many bars.

    Args:
        one: ``[n, d]``.
        other: ``[n, d]``.
        together: 1 where the two of a row sound together, ``[n]``.
        songs: Numbers of the songs, ``[n]``.
    """
    squares = ops.sum(ops.square(one), axis=1)[:, None] + ops.sum(ops.square(other), axis=1)[None]
    distances = ops.maximum(squares - 2.0 * ops.matmul(one, ops.transpose(other)), 0.0)
    n = ops.shape(one)[0]
    own = ops.eye(n)
    same = ops.cast(ops.equal(songs[:, None], songs[None]), "float32") * (1.0 - own)
    logits = -distances / 2.0 - 1e9 * same
    forth = ops.logsumexp(logits, axis=1)
    back = ops.logsumexp(logits, axis=0)
    partner = ops.sum(logits * own, axis=1)
    return _mean_over((forth + back) / 2.0 - partner, together)


def _mean_over(values: Any, mask: Any) -> Any:
    return ops.sum(values * mask) / ops.maximum(ops.sum(mask), 1.0)
