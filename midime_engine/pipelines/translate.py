"""Music of one model to music of another that goes with it.

::

    answers = translate.answer(x, 4, translator, drums, side=0, strictness=0.8)
    answers.tokens  # [4, span, parts]: four answers to the vector x of side 0
    songs = translate.whole(x, 4, translator, drums, side=0)  # [4, n, span, parts]
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np

from midime_engine.converters.tokens import sequence_from_tokens
from midime_engine.music.joining import concatenate
from midime_engine.pipelines import bridge
from midime_engine.pipelines.generate import MAX_DRAWS_PER_SAMPLE, is_audible
from midime_engine.translation.following import follow

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from note_seq import NoteSequence

    from midime_engine.converters.chunks import Chunks
    from midime_engine.converters.classes import Role
    from midime_engine.protocols import DecodesTokens, FloatArray, IntArray
    from midime_engine.translation.model import Translator

__all__ = ["DEFAULT_STRICTNESS", "Answers", "answer", "at_seeds", "to_song", "whole"]

DEFAULT_STRICTNESS: Final = 1.0
"""Syncopation hangs on single onsets and is the first to go; answers differ by their manner."""

_LOOSER: Final = 0.15
"""What a source whose answer is silent may be followed less: hardly anything in, hardly anything
out, and sometimes nothing. It is tried again until something sounds."""


@dataclass(frozen=True, slots=True, eq=False)
class Answers:
    """Several answers to one source."""

    tokens: IntArray
    """The music, ``[n, span, parts]``."""

    z_small: FloatArray
    """Where in ``z'``, ``[n, latent_size]``."""

    x: FloatArray
    """Vectors of the target's side, ``[n, size]``."""

    seeds: tuple[int, ...]
    """Each makes its answer again, see :func:`at_seeds`."""


def at_seeds(
    x: FloatArray,
    seeds: Sequence[int],
    translator: Translator,
    model: DecodesTokens,
    *,
    side: int,
    strictness: float = DEFAULT_STRICTNESS,
    temperature: float | None = None,
) -> Answers:
    """The answer of each seed to the source ``x`` ``[size]`` of ``side``, whatever it is.

    Args:
        x: A vector of the source's side: ``mu`` of its window, or of its windows end to end.
        seeds: One per answer.
        translator: A translator; the answer is on its other side.
        model: The base model of the other side.
        side: Number of the source's side.
        strictness: From 0, free, to 1; see :mod:`midime_engine.translation.following`.
        temperature: None takes the likeliest note at every step.

    Raises:
        OptionError: If ``strictness`` is not in 0..1.
    """
    config, other = translator.config, 1 - side
    posterior = translator.encode(np.asarray(x, np.float32)[None], side)
    z_small = follow(translator, posterior.mu, side, strictness=strictness, seeds=seeds)[0]
    there = translator.decode(z_small, other)
    tokens = bridge.decode(
        there, model, config.domains[other], temperature=temperature, seeds=seeds
    )
    return Answers(tokens, z_small, there, tuple(seeds))


def answer(
    x: FloatArray,
    n: int,
    translator: Translator,
    model: DecodesTokens,
    *,
    side: int,
    strictness: float = DEFAULT_STRICTNESS,
    first_seed: int = 0,
    n_steps: int | None = None,
    temperature: float | None = None,
    heard: Collection[bytes] = (),
) -> Answers:
    """Find ``n`` answers from ``first_seed`` on that are audible and of each another.

    Seeds whose music is silent, or repeats another, are left out. After
    :data:`~midime_engine.pipelines.generate.MAX_DRAWS_PER_SAMPLE` times ``n`` of them the rest are
    repeats.

    Args:
        x: As in :func:`at_seeds`, like all others that are not named here.
        n: How many.
        translator: A translator.
        model: The base model of the other side.
        side: Number of the source's side.
        strictness: From 0, free, to 1.
        first_seed: The first one to be tried; then those that follow it.
        n_steps: The steps that will be heard; None for all.
        temperature: None takes the likeliest note at every step.
        heard: What must not come again: tokens ``[n_steps, parts]`` as bytes.

    Raises:
        OptionError: If ``strictness`` is not in 0..1.
    """
    parts = translator.config.domains[1 - side].parts
    known = set(heard)
    good: list[int] = []
    spare: list[int] = []  # repeats, then silence
    silent: list[int] = []
    batches: list[Answers] = []
    n_drawn = 0
    while len(good) < n and n_drawn < n * MAX_DRAWS_PER_SAMPLE:
        seeds = range(first_seed + n_drawn, first_seed + n_drawn + n)
        batch = at_seeds(
            x,
            seeds,
            translator,
            model,
            side=side,
            strictness=strictness,
            temperature=temperature,
        )
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
    return Answers(
        tokens=np.concatenate([batch.tokens for batch in batches])[chosen],
        z_small=np.concatenate([batch.z_small for batch in batches])[chosen],
        x=np.concatenate([batch.x for batch in batches])[chosen],
        seeds=tuple(first_seed + index for index in chosen),
    )


def whole(
    x: FloatArray,
    seeds: Sequence[int],
    translator: Translator,
    model: DecodesTokens,
    *,
    side: int,
    strictness: float = DEFAULT_STRICTNESS,
    temperature: float | None = None,
) -> IntArray:
    """A whole song, source by source, in the manner of each seed: ``[k, n, span, parts]``.

    Where an answer would be silent its source is followed less strictly.

    Args:
        x: Vectors of the source's side, ``[n, size]``.
        seeds: One per answer; all sources of one answer share its draw.
        translator: A translator.
        model: The base model of the other side.
        side: Number of the source's side.
        strictness: From 0, free, to 1.
        temperature: None takes the likeliest note at every step.

    Raises:
        OptionError: If ``strictness`` is not in 0..1.
    """
    config, other = translator.config, 1 - side
    mu = translator.encode(np.asarray(x, np.float32), side).mu
    places = follow(translator, mu, side, strictness=strictness, seeds=seeds)
    answers = []
    for column, seed in enumerate(seeds):
        there = translator.decode(places[:, column], other)
        same = [seed] * len(there)  # Equal bars are answered equally, whatever the dice.
        answers.append(
            bridge.decode(there, model, config.domains[other], temperature=temperature, seeds=same)
        )
    tokens = np.stack(answers)
    parts = config.domains[other].parts
    silent = np.array([[not is_audible(w, parts=parts) for w in answer] for answer in tokens])
    for column, seed in enumerate(seeds):
        rows = np.flatnonzero(silent[column])
        if len(rows) and strictness > 0:
            tokens[column, rows] = whole(
                x[rows],
                [seed],
                translator,
                model,
                side=side,
                strictness=max(0.0, strictness - _LOOSER),
                temperature=temperature,
            )[0]
    return tokens


def to_song(tokens: IntArray, chunks: Chunks, *, parts: tuple[Role, ...]) -> NoteSequence:
    """Answers to all chunks of a song, ``[n, span, parts]``, as one piece of its tempo.

    Each lasts as long as its chunk; instruments are the usual ones of the parts.
    """
    usual = replace(chunks.playback, programs=(), velocities=())
    pieces = [
        sequence_from_tokens(window, parts=parts, playback=replace(usual, n_steps=chunk.n_steps))
        for window, chunk in zip(tokens, chunks.items, strict=True)
    ]
    return concatenate(pieces, usual)
