"""How a longer piece is laid out.

* :func:`along_song`: in the order of the song's own chunks, each moved some way to one place. At
  0 it is the song as the MidiMe remembers it, at 1 that place over and over.
* :func:`aaba`: a first section twice, another one, the first again. A section longer than a
  window states its place and answers with variations near it; where it comes again, the answers
  differ a little more. A section of one window is itself varied when it comes again.
* :func:`path`: through places in a given order, each of them reached exactly if there are at
  least as many slots.
* :func:`free`: draws, each different from all others as long as the space has so many.

The same arguments give the same plan.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

import numpy as np

from midime_engine.errors import OptionError
from midime_engine.pipelines import draws
from midime_engine.pipelines.plan import Frame, Plan, Slot, require_bars
from midime_engine.pipelines.travel import Place, travel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from midime_engine.converters.chunks import Chunks
    from midime_engine.converters.classes import Role
    from midime_engine.music.playback import Playback
    from midime_engine.protocols import DecodesTokens, FloatArray, PersonalSpace

__all__ = ["aaba", "along_song", "free", "path"]

_SECTIONS: Final = "AABA"

_ANSWER: Final = 0.6
"""Standard deviations of the personal space between the statement of a section and what answers
it. Measured on three of the examples: at 0.35 half of the answers repeat the statement note for
note, at 0.6 they differ in two to nine of 32 steps, which is still heard as the same tune."""

_AGAIN: Final = 0.35
"""The same between a section and its repetition."""


def along_song(
    n_bars: int,
    chunks: Chunks,
    points: FloatArray,
    space: PersonalSpace,
    *,
    toward: FloatArray,
    amount: float,
    seed: int = 0,
) -> Plan:
    """Follow the song, from the beginning again where it is shorter than the piece.

    Args:
        n_bars: Length of the piece.
        chunks: Of the song.
        points: Where they lie in the personal space, ``[n_chunks, latent_size]``.
        space: The MidiMe.
        toward: Where all of them are moved to, ``[latent_size]``.
        amount: How far: 0 not at all, 1 all the way.
        seed: Of the choice of notes.

    Raises:
        OptionError: The length is out of range.
    """
    require_bars(n_bars)
    frame = Frame.of(chunks.playback, chunks.tokens.shape[1])
    first_bars = np.cumsum([0, *(chunk.n_bars for chunk in chunks.items)]).tolist()
    left = frame.total(n_bars)
    slots: list[Slot] = []
    order: list[int] = []
    while left > 0:
        index = len(slots) % len(chunks.items)
        chunk = chunks.items[index]
        # A chunk in another metre than most of the song would shift every bar line after it.
        is_shorter = chunk.n_steps < frame.heard and chunk.n_steps % frame.bar == 0
        n_steps = min(left, chunk.n_steps if is_shorter else frame.heard)
        slots.append(Slot(n_steps, f"{chunk.song}, bar {chunk.first_bar}", first_bars[index]))
        order.append(index)
        left -= n_steps
    own = np.asarray(points, np.float32)[order]
    z_small = np.asarray((1.0 - amount) * own + amount * np.asarray(toward), np.float32)
    seeds = tuple(seed + i for i in range(len(slots)))
    return Plan(tuple(slots), space.decode(z_small), z_small, seeds)


def aaba(
    n_bars: int,
    a: Place,
    b: Place,
    space: PersonalSpace,
    *,
    playback: Playback,
    n_steps: int,
    seed: int = 0,
) -> Plan:
    """``a`` twice, ``b``, ``a`` again, each a quarter of the piece.

    Args:
        n_bars: Length of the piece.
        a: What is stated first.
        b: What stands against it.
        space: The MidiMe.
        playback: Metre, and the steps of a window that are heard.
        n_steps: Of a window.
        seed: Of the variations, and of the choice of notes.

    Raises:
        OptionError: The length is out of range, or cannot be cut into four.
    """
    require_bars(n_bars)
    if n_bars % len(_SECTIONS):
        raise OptionError(
            f"{n_bars} bars cannot be cut into the four equal sections of AABA.",
            remedy="Choose a number of bars that can be divided by four.",
        )
    section_bars = n_bars // len(_SECTIONS)
    frame = Frame.of(playback, n_steps)
    lengths = frame.lengths(section_bars)
    bars = _first_bars(frame, lengths)
    rng = np.random.default_rng([seed, 1])
    shape = (len(lengths), len(_centre(a, space)))
    answers = {letter: _ANSWER * rng.standard_normal(shape) for letter in "AB"}
    slots: list[Slot] = []
    parts: list[tuple[Place, FloatArray]] = []
    seeds: list[int] = []
    for number, letter in enumerate(_SECTIONS):
        n_before = _SECTIONS[:number].count(letter)
        moves = answers[letter].copy()
        moves[0] = 0.0  # The statement.
        again = _AGAIN * rng.standard_normal(shape)
        if n_before:
            moves += again if len(lengths) == 1 else np.concatenate([moves[:1], again[1:]])
        is_b = letter == "B"
        for i, length in enumerate(lengths):
            label = f"{letter}{n_before + 1}" if n_before else letter
            slots.append(Slot(length, label, bars[i] + is_b * section_bars))
            parts.append((b if is_b else a, moves[i].astype(np.float32)))
            seeds.append(seed + i + is_b * len(lengths))
    moved = [_moved(place, move, space) for place, move in parts]
    small = [place.z_small for place in moved if place.z_small is not None]
    return Plan(
        slots=tuple(slots),
        z=np.stack([place.z for place in moved]),
        z_small=np.stack(small) if len(small) == len(moved) else None,
        seeds=tuple(seeds),
        known={i: p.tokens for i, p in enumerate(moved) if p.tokens is not None},
    )


def path(
    n_bars: int,
    places: Sequence[Place],
    space: PersonalSpace,
    *,
    playback: Playback,
    n_steps: int,
    seed: int = 0,
) -> Plan:
    """Through ``places`` in their order, with as many steps between as the length asks for.

    Args:
        n_bars: Length of the piece.
        places: Two at least; where there are fewer slots than places, some are left out.
        space: The MidiMe.
        playback: Metre, and the steps of a window that are heard.
        n_steps: Of a window.
        seed: Of the choice of notes.

    Raises:
        OptionError: The length is out of range, or there are fewer than two places.
    """
    require_bars(n_bars)
    if len(places) < 2:  # noqa: PLR2004 - both ends
        raise OptionError(
            "A path leads through two places at least.", remedy="Keep or draw another one first."
        )
    frame = Frame.of(playback, n_steps)
    lengths = frame.lengths(n_bars)
    n_stops = min(len(places), len(lengths))
    stops = [places[i] for i in _spread(len(places), n_stops)]
    at = _spread(len(lengths), n_stops)
    z = [stops[0].z[None]]
    small = [None if stops[0].z_small is None else stops[0].z_small[None]]
    for (start, a), (end, b) in pairwise(zip(at, stops, strict=True)):
        way = travel(a, b, end - start + 1, space)
        z.append(way.z[1:])
        small.append(None if way.z_small is None else way.z_small[1:])
    inside = [each for each in small if each is not None]
    bars = _first_bars(frame, lengths)
    return Plan(
        slots=tuple(Slot(length, f"step {i + 1}", bars[i]) for i, length in enumerate(lengths)),
        z=np.concatenate(z).astype(np.float32),
        z_small=np.concatenate(inside) if len(inside) == len(small) else None,
        seeds=tuple(seed + i for i in range(len(lengths))),
        known={i: s.tokens for i, s in zip(at, stops, strict=True) if s.tokens is not None},
    )


def free(
    n_bars: int,
    space: PersonalSpace,
    model: DecodesTokens,
    *,
    parts: tuple[Role, ...],
    playback: Playback,
    n_steps: int,
    temperature: float | None = None,
    seed: int = 0,
) -> Plan:
    """Draws from the whole space, audible and different.

    Args:
        n_bars: Length of the piece.
        space: The MidiMe.
        model: What turns its vectors into tokens.
        parts: The parts of the model.
        playback: Metre, and the steps of a window that are heard.
        n_steps: Of a window.
        temperature: None takes the likeliest note at every step.
        seed: The first one that is tried.

    Raises:
        OptionError: The length is out of range.
    """
    require_bars(n_bars)
    frame = Frame.of(playback, n_steps)
    lengths = frame.lengths(n_bars)
    found = draws.draw(
        len(lengths),
        space,
        model,
        parts=parts,
        first_seed=seed,
        n_steps=frame.heard,
        temperature=temperature,
    )
    bars = _first_bars(frame, lengths)
    labels = [f"seed {own}" for own in found.seeds]
    return Plan(
        slots=tuple(Slot(*each) for each in zip(lengths, labels, bars, strict=True)),
        z=found.variations.z,
        z_small=found.variations.z_small,
        seeds=found.seeds,
        known=dict(enumerate(found.variations.tokens)),
    )


def _first_bars(frame: Frame, lengths: Sequence[int]) -> list[int]:
    """The bar with which each slot begins, from 0."""
    n_bars = [frame.n_bars(length) for length in lengths]
    return [sum(n_bars[:i]) for i in range(len(lengths))]


def _spread(n: int, k: int) -> list[int]:
    """``k`` of the numbers below ``n``, the first and the last among them, evenly spread.

    >>> _spread(9, 3), _spread(5, 1)
    ([0, 4, 8], [0])
    """
    return [round(i * (n - 1) / max(1, k - 1)) for i in range(k)]


def _centre(place: Place, space: PersonalSpace) -> FloatArray:
    """Where in the personal space, or nearest to it, ``[latent_size]``."""
    if place.z_small is not None:
        return np.asarray(place.z_small, np.float32)
    return np.asarray(space.encode(place.z[None]).mu[0], np.float32)


def _moved(place: Place, move: FloatArray, space: PersonalSpace) -> Place:
    """``place`` moved by ``move`` of the personal space, as far as sliders reach."""
    if not move.any():
        return place
    centre = _centre(place, space)
    there = np.clip(centre + move, -draws.REACH, draws.REACH).astype(np.float32)
    from_, to = space.decode(np.stack([centre, there]))
    z_small = None if place.z_small is None else there
    return Place(np.asarray(place.z + (to - from_), np.float32), z_small)
