"""Everything that one update of a translator minimises, as one function of its parameters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from keras import ops

from midime_engine.translation.config import SIDES, WEIGHTS
from midime_engine.translation.following import STRICTEST
from midime_engine.translation.losses import (
    agreement,
    contrast,
    divergence,
    label_loss,
    sliced_wasserstein,
)
from midime_engine.translation.network import decode, dense, encode, judge

if TYPE_CHECKING:
    from collections.abc import Mapping

    from midime_engine.translation.batches import Batch
    from midime_engine.translation.config import TranslatorConfig

__all__ = ["objective"]

_OTHER = {"a": "b", "b": "a"}


class _Heard(NamedTuple):
    """What the encoder makes of both sides, by name; each ``[n, latent_size]``."""

    mu: dict[str, Any]
    sigma: dict[str, Any]
    z: dict[str, Any]
    """Draws from the posteriors."""


def objective(
    parameters: Mapping[str, Any],
    batch: Batch,
    weights: Any,
    precision: tuple[Any, Any],
    config: TranslatorConfig,
) -> tuple[Any, Any]:
    """What is minimised, and all of ``TERMS``, ``[len(TERMS)]``.

    Args:
        parameters: By the names of ``config.variable_shapes``.
        batch: One batch.
        weights: Of the terms, in the order of ``config.WEIGHTS``.
        precision: How much each number of a side matters to its model, ``[size]`` with mean 1.
        config: Shapes, and which terms there are: one of weight 0 is not computed.
    """
    heard = _heard(parameters, batch, config)
    back = sum(
        ops.mean(_error(decode(parameters, heard.z[side], side, config), batch, precision, i))
        for i, side in enumerate(SIDES)
    )
    reconstruction = back / 2.0
    terms = dict.fromkeys(WEIGHTS, ops.zeros([]))
    terms |= _between(heard, batch, config)
    if config.crossing:
        terms["crossing"] = _crossing(parameters, heard, batch, precision, config)
    if config.returning or config.likeness or config.carrying:
        terms |= _translated(parameters, heard, batch, precision, config)
    judging = ops.zeros([])
    if config.n_labels:
        terms["labels"], judging = _labelled(parameters, heard, batch, config)
    found = ops.stack([terms[name] for name in WEIGHTS])
    total = reconstruction + ops.sum(weights * found)
    # The judges learn beside it; nothing else feels their loss.
    return total + judging, ops.concatenate([ops.stack([total, reconstruction]), found])


def _heard(parameters: Mapping[str, Any], batch: Batch, config: TranslatorConfig) -> _Heard:
    heard = _Heard({}, {}, {})
    for i, side in enumerate(SIDES):
        mu, sigma = encode(parameters, batch.x[i], side, config)
        heard.mu[side], heard.sigma[side] = mu, sigma
        heard.z[side] = mu + sigma * batch.noise[i]
    return heard


def _error(found: Any, batch: Batch, precision: tuple[Any, Any], i: int) -> Any:
    """Squared error of vectors of side ``i``, in units of the posterior's variance, ``[n]``."""
    return ops.mean(precision[i] * ops.square(found - batch.mu[i]), axis=-1)


def _between(heard: _Heard, batch: Batch, config: TranslatorConfig) -> dict[str, Any]:
    """The terms that look at ``z'`` alone."""
    a, b = SIDES
    shared = config.shared_size
    z, mu = heard.z, heard.mu
    terms = {"beta": sum(divergence(mu[side], heard.sigma[side]) for side in SIDES) / 2.0}
    if config.alignment:
        terms["alignment"] = sliced_wasserstein(
            z[a][:, :shared], z[b][:, :shared], batch.directions
        )
    if config.spread:
        far = [
            sliced_wasserstein(z[side][:, :shared], batch.prior, batch.directions) for side in SIDES
        ]
        terms["spread"] = sum(far) / 2.0
    if config.agreement:
        terms["agreement"] = agreement(mu[a][:, :shared], mu[b][:, :shared], batch.together)
    if config.contrast:
        terms["contrast"] = contrast(
            z[a][:, :shared], z[b][:, :shared], batch.together, batch.songs
        )
    return terms


def _crossing(
    parameters: Mapping[str, Any],
    heard: _Heard,
    batch: Batch,
    precision: tuple[Any, Any],
    config: TranslatorConfig,
) -> Any:
    """How far each is from what is heard in its partner, without any details."""
    shared = config.shared_size
    n_together = ops.maximum(ops.sum(batch.together), 1.0)
    missed = []
    for i, side in enumerate(SIDES):
        partner = heard.z[_OTHER[side]]
        place = ops.concatenate([partner[:, :shared], ops.zeros_like(partner[:, shared:])], axis=1)
        error = _error(decode(parameters, place, side, config), batch, precision, i)
        missed.append(ops.sum(batch.together * error) / n_together)
    return sum(missed) / 2.0


def _translated(
    parameters: Mapping[str, Any],
    heard: _Heard,
    batch: Batch,
    precision: tuple[Any, Any],
    config: TranslatorConfig,
) -> dict[str, Any]:
    """The terms of what becomes of each side on the other."""
    shared = config.shared_size
    frozen = _without_gradient(parameters)
    found: dict[str, list[Any]] = {"likeness": [], "returning": [], "carrying": []}
    for i, side in enumerate(SIDES):
        other, j = _OTHER[side], 1 - i
        # As it is translated later: with details of other music of the other side, subdued.
        details = STRICTEST * ops.roll(heard.z[other][:, shared:], 1, axis=0)
        place = ops.concatenate([heard.z[side][:, :shared], details], axis=1)
        there = decode(parameters, place, other, config)
        if config.likeness:
            # Like the means, not the draws: those are mostly noise where the model does not listen.
            scale = ops.sqrt(precision[j])
            far = sliced_wasserstein(scale * there, scale * batch.mu[j], batch.outward[j])
            found["likeness"].append(far)
        if config.returning:
            again, _ = encode(parameters, there, other, config)
            found["returning"].append(ops.mean(ops.square(again - place)))
        if config.n_labels and config.carrying:
            told = judge(frozen, there, other)
            found["carrying"].append(label_loss(told, batch.wanted[i], config.emphasis))
    return {name: sum(both) / 2.0 for name, both in found.items() if both}


def _labelled(
    parameters: Mapping[str, Any], heard: _Heard, batch: Batch, config: TranslatorConfig
) -> tuple[Any, Any]:
    """How badly ``z'`` tells the attributes, and how badly the judges hear them."""
    linear = _without_gradient(parameters) if config.fixed_labels else parameters
    told, judged = [], []
    for i, side in enumerate(SIDES):
        logits = dense(linear, heard.z[side][:, : config.shared_size], "labels")
        told.append(label_loss(logits, batch.labels[i], config.emphasis))
        opinion = judge(parameters, batch.played[i], side)
        judged.append(label_loss(opinion, batch.measured[i], config.emphasis))
    return sum(told) / 2.0, sum(judged)


def _without_gradient(parameters: Mapping[str, Any]) -> dict[str, Any]:
    return {name: ops.stop_gradient(value) for name, value in parameters.items()}
