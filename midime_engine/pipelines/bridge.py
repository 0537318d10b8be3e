"""A model on one side of a translation: music to vectors of its domain, and back.

A domain may join several windows of its model end to end (see :mod:`midime_engine.translation
.domain`); here they are cut apart, encoded and decoded.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import numpy as np

from midime_engine.converters.classes import NOTE_OFF
from midime_engine.latent.latents import Latents
from midime_engine.metrics.distance import sounding
from midime_engine.translation.domain import Domain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from midime_engine.converters.classes import Role
    from midime_engine.protocols import DecodesTokens, EncodesTokens, FloatArray, IntArray

__all__ = ["Described", "decode", "domain_of", "encode", "repeat", "windows"]


class Described(Protocol):
    """What must be known of a model: a config or a card of ``musicvae`` is one."""

    @property
    def name(self) -> str:
        """Its name."""
        ...

    @property
    def parts(self) -> tuple[Role, ...]:
        """Its parts."""
        ...

    @property
    def n_steps(self) -> int:
        """Length of its windows."""
        ...

    @property
    def z_size(self) -> int:
        """Numbers of its latent vectors."""
        ...


def domain_of(model: Described) -> Domain:
    """One window of a model as a side; ``translation.domain.face`` joins as many as are needed."""
    return Domain(model=model.name, parts=model.parts, n_steps=model.n_steps, z_size=model.z_size)


def windows(tokens: IntArray, n_steps: int, *, parts: tuple[Role, ...]) -> IntArray:
    """Cut ``[n, k * n_steps, parts]`` into ``[n * k, n_steps, parts]``.

    As anywhere else where music is cut, a note that sounds across a cut is struck again after it.
    """
    n, steps, _ = tokens.shape
    if steps % n_steps:
        raise ValueError(f"{steps} steps cannot be cut into windows of {n_steps}.")
    cut = np.array(tokens, np.int32)
    starts = np.arange(n_steps, steps, n_steps)
    for column, role in enumerate(parts):
        if role == "drums":
            continue
        held = sounding(tokens[:, :, column])[:, starts]
        first = cut[:, starts, column]
        cut[:, starts, column] = np.where(first <= NOTE_OFF, held, first)
    return cut.reshape(n * (steps // n_steps), n_steps, len(parts))


def encode(tokens: IntArray, model: EncodesTokens, domain: Domain) -> Latents:
    """Music ``[n, span, parts]`` to posteriors of a side, ``[n, size]``."""
    found = model.encode_tokens(windows(tokens, domain.n_steps, parts=domain.parts))
    shape = (len(tokens), domain.size)
    return Latents(found.mu.reshape(shape), found.sigma.reshape(shape))


def decode(
    x: FloatArray,
    model: DecodesTokens,
    domain: Domain,
    *,
    temperature: float | None = None,
    seeds: Sequence[int] | None = None,
) -> IntArray:
    """Vectors of a side ``[n, size]`` to music ``[n, span, parts]``.

    ``seeds``, one per vector, are needed with a temperature.
    """
    n = len(x)
    each = [
        seed * domain.n_windows + i for seed in seeds or [0] * n for i in range(domain.n_windows)
    ]
    tokens = model.decode_tokens(
        np.asarray(x, np.float32).reshape(n * domain.n_windows, domain.z_size),
        temperature=temperature,
        seed=each,
    )
    return tokens.reshape(n, domain.span, len(domain.parts))


def repeat(z: FloatArray, domain: Domain) -> FloatArray:
    """One window ``[n, z_size]`` of a side that joins several, played as often as it takes."""
    return np.tile(np.asarray(z, np.float32), (1, domain.n_windows))
