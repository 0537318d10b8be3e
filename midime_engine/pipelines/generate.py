"""New music from a trained space, from four sliders, or from the base model alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from midime_engine.converters.classes import FIRST_ONSET
from midime_engine.converters.tokens import sequence_from_tokens

if TYPE_CHECKING:
    from note_seq import NoteSequence

    from midime_engine.converters.classes import Role
    from midime_engine.music.playback import Playback
    from midime_engine.protocols import DecodesTokens, FloatArray, IntArray, PersonalSpace

__all__ = [
    "MAX_DRAWS_PER_SAMPLE",
    "Variations",
    "from_sliders",
    "is_audible",
    "sample",
    "sample_base",
    "to_music",
]

MAX_DRAWS_PER_SAMPLE: Final = 4
"""How often a silent or repeated sample is drawn again before it is accepted. A space of one
song has only so many melodies in it; without a limit a song of one bar would never end."""


@dataclass(frozen=True, slots=True)
class Variations:
    """Music that a model made, and the numbers it was made from."""

    z: FloatArray
    """Where in the big space, ``[n, z_size]``."""

    tokens: IntArray
    """The music, ``[n, steps, parts]``."""

    z_small: FloatArray | None = None
    """Where in the personal space, ``[n, latent_size]``; None for the base model."""

    n_drawn: int = 0
    """How many points were drawn to find these; more than ``n`` when some fell silent or repeated
    another."""


def from_sliders(
    z_small: FloatArray,
    space: PersonalSpace,
    model: DecodesTokens,
    *,
    offset: FloatArray | None = None,
    temperature: float | None = None,
    seed: int = 0,
) -> Variations:
    """Decode points of the personal space, ``[n, latent_size]``, exactly as they are.

    ``offset``, ``[z_size]`` or ``[n, z_size]``, is added to what the space makes of them: single
    dimensions of the model underneath can be moved that way.
    """
    points = np.asarray(z_small, np.float32)
    z = space.decode(points)
    if offset is not None:
        z = z + np.asarray(offset, np.float32)
    tokens = model.decode_tokens(z, temperature=temperature, seed=seed)
    return Variations(z, tokens, points, len(points))


def sample(
    n: int,
    space: PersonalSpace,
    model: DecodesTokens,
    *,
    parts: tuple[Role, ...],
    n_steps: int | None = None,
    temperature: float | None = None,
    seed: int = 0,
) -> Variations:
    """Draw ``n`` variations from a personal space, audible and different from each other.

    The same seed gives the same music. When :data:`MAX_DRAWS_PER_SAMPLE` times ``n`` draws do not
    hold ``n`` different ones, the rest are repeats.

    Args:
        n: How many.
        space: A trained MidiMe.
        model: What turns its vectors into tokens.
        parts: The parts of the model.
        n_steps: The steps of a window that will be heard (``Playback.n_steps``); None for all.
        temperature: None takes the likeliest note at every step, which sounds most like the song.
        seed: Of the draws, and of the choice of notes when there is a temperature.
    """
    z_small = space.sample(n * MAX_DRAWS_PER_SAMPLE, seed=seed)
    z = space.decode(z_small)  # [n * MAX_DRAWS_PER_SAMPLE, z_size]
    good: list[int] = []
    spare: list[int] = []  # repeats, then silence
    silent: list[int] = []
    heard: set[bytes] = set()
    batches: list[IntArray] = []
    n_drawn = 0
    while len(good) < n and n_drawn < len(z):
        batch = model.decode_tokens(
            z[n_drawn : n_drawn + n], temperature=temperature, seed=seed + n_drawn
        )
        for index, window in enumerate(batch[:, :n_steps], start=n_drawn):
            if not is_audible(window, parts=parts):
                silent.append(index)
            elif window.tobytes() in heard:
                spare.append(index)
            else:
                heard.add(window.tobytes())
                good.append(index)
        batches.append(batch)
        n_drawn += n
    chosen = (good + spare + silent)[:n]
    return Variations(z[chosen], np.concatenate(batches)[chosen], z_small[chosen], n_drawn)


def is_audible(window: IntArray, *, parts: tuple[Role, ...]) -> bool:
    """Whether at least one note or drum starts in ``[steps, parts]``."""
    first_onset = np.array([1 if part == "drums" else FIRST_ONSET for part in parts])
    return bool(np.any(window >= first_onset))


def sample_base(
    z: FloatArray,
    model: DecodesTokens,
    *,
    temperature: float | None = None,
    seed: int = 0,
) -> Variations:
    """What the base model plays at ``z`` ``[n, z_size]``, where it knows no song."""
    return Variations(z, model.decode_tokens(z, temperature=temperature, seed=seed), None, len(z))


def to_music(
    tokens: IntArray, *, parts: tuple[Role, ...], playback: Playback
) -> list[NoteSequence]:
    """Turn ``[n, steps, parts]`` into notes with the tempo, metre and sound of the source."""
    return [sequence_from_tokens(window, parts=parts, playback=playback) for window in tokens]
