"""Two MidiMes of one base model become a third, with sliders of its own.

Its training music is never heard: it is points of the large space that the two parents lead to.
Most are draws of one parent or the other, as many of each as its share says; the rest lie on the
straight line between a draw of each, so that the new space has no gap where they meet. A MidiMe
trained on these points is like any other: it can be saved, shared, exported, and blended again.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Self

import numpy as np

from midime_engine.errors import OptionError
from midime_engine.metrics.similarity import similarity
from midime_engine.midime.config import MidiMeConfig
from midime_engine.pipelines import generate, personalise
from midime_engine.pipelines.provenance import Parent, Provenance

if TYPE_CHECKING:
    from midime_engine.midime.model import MidiMe
    from midime_engine.pipelines.personalise import Training
    from midime_engine.protocols import DecodesTokens, FloatArray, PersonalSpace

__all__ = [
    "COMPARED_SAMPLES",
    "N_BETWEEN",
    "N_POINTS",
    "Half",
    "Likeness",
    "likeness",
    "points",
    "provenance_of",
    "require_related",
    "start",
]

N_POINTS: Final = 32
"""Points to train on: what a song of 64 bars gives, and what the smallest executable holds, so that
nothing has to be compiled for a blend."""

N_BETWEEN: Final = 8
"""How many of them lie between draws of both parents."""

COMPARED_SAMPLES: Final = 16
"""Of each of the three, to see whom a blend is like: overlaps of fewer jump from seed to seed."""


@dataclass(frozen=True, slots=True, eq=False)
class Half:
    """One of two MidiMes that are blended."""

    name: str
    midime: MidiMe
    provenance: Provenance
    sha256: str
    """Of its file."""

    @classmethod
    def of(cls, data: bytes, *, name: str) -> Self:
        """Read the file of a MidiMe.

        Raises:
            MidiMeFileError: It is none.
        """
        from midime_engine.midime import persistence

        midime, metadata = persistence.from_bytes(data)
        digest = hashlib.sha256(data).hexdigest()
        return cls(name, midime, Provenance.from_json(metadata), digest)


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike the music of a blend and of its parents is: mean overlaps, in 0..1."""

    to_a: float
    to_b: float
    apart: float
    """Of the parents with each other: what there is to be bridged."""


def require_related(a: Half, b: Half) -> None:
    """Refuse parents whose spaces have nothing to do with each other.

    Raises:
        OptionError: They were made for different base models, or are the same.
    """
    if (a.provenance.model, a.provenance.parts) != (b.provenance.model, b.provenance.parts):
        raise OptionError(
            f"{a.name} was made with the base model {a.provenance.model}, {b.name} with "
            f"{b.provenance.model}; their numbers mean different things.",
            remedy="Choose two MidiMes of the same base model, or train one of the songs again.",
        )
    if a.midime.config.input_size != b.midime.config.input_size:
        raise OptionError(
            f"{a.name} and {b.name} were made for vectors of different length.",
            remedy="Choose two MidiMes of the same base model.",
        )
    if a.sha256 == b.sha256:
        raise OptionError(
            f"{a.name} and {b.name} are the same MidiMe.", remedy="Choose two different ones."
        )


def points(a: PersonalSpace, b: PersonalSpace, *, share: float, seed: int) -> FloatArray:
    """What a blend is trained on, float32 ``[N_POINTS, z_size]``; the same seed, the same points.

    Args:
        a: One space.
        b: The other.
        share: Of ``b``, in 0..1; the rest is ``a``'s.
        seed: Of the draws.
    """
    if not 0 <= share <= 1:
        raise ValueError(f"share must be in 0..1; got {share}.")
    n_own = N_POINTS - N_BETWEEN
    n_b = round(share * n_own)
    of_a, of_b, between = (
        int(stream.generate_state(1)[0] >> 1) for stream in np.random.SeedSequence(seed).spawn(3)
    )
    own_a = a.decode(a.sample(n_own - n_b, seed=of_a))
    own_b = b.decode(b.sample(n_b, seed=of_b))
    ends = (space.decode(space.sample(N_BETWEEN, seed=between)) for space in (a, b))
    from_a, from_b = ends
    middle = (1 - share) * from_a + share * from_b
    return np.concatenate([own_a, own_b, middle]).astype(np.float32)


def provenance_of(a: Half, b: Half, *, share: float) -> Provenance:
    """Where a blend comes from, and how it is played.

    Metre and instruments are those of the parent with the larger share (``a`` at equal shares);
    the tempo lies between both as the share says, counted in ratios as the ear does.
    """
    larger = b.provenance.playback if share > 0.5 else a.provenance.playback  # noqa: PLR2004 - half
    qpm = a.provenance.playback.qpm ** (1 - share) * b.provenance.playback.qpm**share
    songs = dict(
        pair
        for half in (a, b)
        for pair in zip(half.provenance.songs, half.provenance.sha256, strict=False)
    )
    return Provenance(
        model=a.provenance.model,
        parts=a.provenance.parts,
        playback=replace(larger, qpm=qpm),
        songs=tuple(songs),
        sha256=tuple(songs.values()),
        n_chunks=a.provenance.n_chunks + b.provenance.n_chunks,
        parents=(
            Parent(a.name, a.sha256, 1 - share),
            Parent(b.name, b.sha256, share),
        ),
    )


def start(a: Half, b: Half, *, share: float, seed: int = 0) -> Training[MidiMe]:
    """Get ready to train the blend of ``a`` and ``b``; ``share`` is that of ``b``.

    Raises:
        OptionError: They do not belong together.
    """
    require_related(a, b)
    z = points(a.midime, b.midime, share=share, seed=seed)
    return personalise.start(z, MidiMeConfig(input_size=z.shape[1], seed=seed))


def likeness(
    blend: PersonalSpace,
    a: Half,
    b: Half,
    model: DecodesTokens,
    *,
    provenance: Provenance,
    seed: int = 0,
) -> Likeness:
    """Let all three play, and compare what they play: the mean over parts and features.

    Args:
        blend: The trained blend.
        a: One parent.
        b: The other.
        model: The base model of all three.
        provenance: Of the blend.
        seed: Of the samples.
    """
    parts, playback = provenance.parts, provenance.playback
    tokens = [
        generate.sample(
            COMPARED_SAMPLES, space, model, parts=parts, n_steps=playback.n_steps, seed=seed
        ).tokens[:, : playback.n_steps]
        for space in (blend, a.midime, b.midime)
    ]

    def alike(one: int, other: int) -> float:
        compared = similarity(
            tokens[one], tokens[other], parts=parts, steps_per_bar=playback.steps_per_bar
        )
        return float(np.mean([value for part in compared.values() for value in part.values()]))

    return Likeness(to_a=alike(1, 0), to_b=alike(2, 0), apart=alike(1, 2))
