"""Passages written as a musician would dictate them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from midime_engine.attributes.passage import passages
from tests.support.melodies import drums as drum_tokens
from tests.support.melodies import melody as melody_tokens

if TYPE_CHECKING:
    import numpy.typing as npt

    from midime_engine.attributes.passage import Passage, Passages
    from midime_engine.converters.classes import Role

__all__ = ["TRIO", "drummed", "random_passages", "random_tokens", "sung", "trio"]

TRIO: tuple[Role, ...] = ("melody", "bass", "drums")


def sung(text: str, *, n_steps: int = 32, steps_per_bar: float = 16) -> Passage:
    """A melody."""
    tokens = melody_tokens(text, n_steps=n_steps)
    return passages(tokens[None, :, None], parts=("melody",), steps_per_bar=steps_per_bar)[0]


def drummed(text: str, *, n_steps: int = 32, steps_per_bar: float = 16) -> Passage:
    """Drums alone."""
    tokens = drum_tokens(text, n_steps=n_steps)
    return passages(tokens[None, :, None], parts=("drums",), steps_per_bar=steps_per_bar)[0]


def trio(melody: str = "", bass: str = "", drums: str = "", *, n_steps: int = 32) -> Passage:
    """Melody, bass and drums together."""
    columns = [
        melody_tokens(melody, n_steps=n_steps),
        melody_tokens(bass, n_steps=n_steps),
        drum_tokens(drums, n_steps=n_steps),
    ]
    return passages(np.stack(columns, axis=-1)[None], parts=TRIO)[0]


def random_tokens(
    rng: np.random.Generator, parts: tuple[Role, ...], *, n: int = 40, n_steps: int = 32
) -> npt.NDArray[np.int32]:
    """Windows from silent to crowded, ``[n, steps, parts]``; pitches C3 to C6."""
    tokens = np.zeros((n, n_steps, len(parts)), np.int32)
    density = np.linspace(0, 0.9, n)[:, None]
    for column, role in enumerate(parts):
        struck = rng.random((n, n_steps)) < density
        what = rng.integers(1, 512, (n, n_steps))
        if role != "drums":
            what = np.where(rng.random((n, n_steps)) < 0.2, 1, rng.integers(29, 66, (n, n_steps)))
        tokens[:, :, column] = np.where(struck, what, 0)
    return tokens


def random_passages(rng: np.random.Generator, parts: tuple[Role, ...], *, n: int = 40) -> Passages:
    """Passages from silent to crowded."""
    return passages(random_tokens(rng, parts, n=n), parts=parts)
