"""Variations that one number repeats: each seed leads to one point of a personal space.

Points are drawn from the prior, or around a point that somebody liked, and moved to where sliders
can stand: at most :data:`REACH` from the middle, with two decimals. So what is heard of a draw is
what is heard when the sliders are put there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from midime_engine.pipelines.generate import MAX_DRAWS_PER_SAMPLE, Variations, is_audible

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from midime_engine.converters.classes import Role
    from midime_engine.protocols import DecodesTokens, FloatArray, PersonalSpace

__all__ = ["REACH", "Around", "Draws", "at_seeds", "draw", "points", "settle"]

REACH: Final = 3.0
"""In standard deviations of the prior: 99.7 % of all draws lie within in each direction, and
beyond there is nothing of the song."""

_DECIMALS: Final = 2
"""A hundredth of a standard deviation is finer than anybody hears, and short to write down."""


@dataclass(frozen=True, slots=True)
class Around:
    """Where to look for more of what somebody liked."""

    centre: tuple[float, ...]
    """A point of the personal space, ``latent_size`` numbers."""

    spread: float
    """Standard deviation of the draws around it; the whole space has 1."""


@dataclass(frozen=True, slots=True)
class Draws:
    """Music, and the seed of each piece."""

    variations: Variations
    seeds: tuple[int, ...]


def settle(points: FloatArray) -> FloatArray:
    """The nearest points where sliders can stand, ``[n, latent_size]``."""
    inside = np.clip(np.asarray(points, np.float64), -REACH, REACH)
    return np.round(inside, _DECIMALS).astype(np.float32)


def points(
    seeds: Sequence[int], space: PersonalSpace, *, around: Around | None = None
) -> FloatArray:
    """The point of each seed, ``[n, latent_size]``."""
    drawn = np.concatenate([space.sample(1, seed=seed) for seed in seeds])
    if around is not None:
        drawn = np.asarray(around.centre, np.float32) + np.float32(around.spread) * drawn
    return settle(drawn)


def at_seeds(
    seeds: Sequence[int],
    space: PersonalSpace,
    model: DecodesTokens,
    *,
    around: Around | None = None,
    offset: FloatArray | None = None,
    temperature: float | None = None,
) -> Variations:
    """The music of each seed, whatever it is, decoded as one batch.

    ``offset``, ``[z_size]``, is added to what the space makes of each point.
    """
    z_small = points(seeds, space, around=around)
    z = space.decode(z_small)
    if offset is not None:
        z = z + np.asarray(offset, np.float32)
    tokens = model.decode_tokens(z, temperature=temperature, seed=list(seeds))
    return Variations(z, tokens, z_small, len(seeds))


def draw(
    n: int,
    space: PersonalSpace,
    model: DecodesTokens,
    *,
    parts: tuple[Role, ...],
    first_seed: int = 0,
    around: Around | None = None,
    offset: FloatArray | None = None,
    n_steps: int | None = None,
    temperature: float | None = None,
    heard: Collection[bytes] = (),
) -> Draws:
    """Find ``n`` seeds from ``first_seed`` on whose music is audible and of each another.

    Seeds whose music is silent, or repeats another, are left out. After
    :data:`~midime_engine.pipelines.generate.MAX_DRAWS_PER_SAMPLE` times ``n`` of them the rest
    are repeats: a space of one bar has only one melody in it.

    Args:
        n: How many.
        space: A trained MidiMe.
        model: What turns its vectors into tokens.
        parts: The parts of the model.
        first_seed: The first one to be tried; then those that follow it.
        around: Draw there; None draws from the whole space.
        offset: ``[z_size]``, added to what the space makes of each point.
        n_steps: The steps of a window that will be heard (``Playback.n_steps``); None for all.
        temperature: None takes the likeliest note at every step.
        heard: What must not come again: tokens ``[n_steps, parts]`` as bytes.
    """
    known = set(heard)
    good: list[int] = []
    spare: list[int] = []  # repeats, then silence
    silent: list[int] = []
    batches: list[Variations] = []
    n_drawn = 0
    while len(good) < n and n_drawn < n * MAX_DRAWS_PER_SAMPLE:
        # Mostly the first batch is enough; what is missing then is worth a small one.
        seeds = range(first_seed + n_drawn, first_seed + n_drawn + n)
        batch = at_seeds(seeds, space, model, around=around, offset=offset, temperature=temperature)
        for index, window in enumerate(batch.tokens[:, :n_steps], start=n_drawn):
            if not is_audible(window, parts=parts):
                silent.append(index)
            elif window.tobytes() in known:
                spare.append(index)
            else:
                known.add(window.tobytes())
                good.append(index)
        batches.append(batch)
        n_drawn += n
    chosen = (good + spare + silent)[:n]
    variations = Variations(
        z=np.concatenate([batch.z for batch in batches])[chosen],
        tokens=np.concatenate([batch.tokens for batch in batches])[chosen],
        z_small=np.concatenate([batch.z_small for batch in batches if batch.z_small is not None])[
            chosen
        ],
        n_drawn=n_drawn,
    )
    return Draws(variations, tuple(first_seed + index for index in chosen))
