"""What many songs know of how their parts go together: pairs for a general translator.

Songs are cut as for a trio, so every window has a melody, a bass and drums of the same bars. Where
a whole band plays, they really sound together. A song under drums from elsewhere says only what
melodies and drums are like; unless both sides of the translation come from the song alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from midime_engine.converters.tokens import transpose
from midime_engine.errors import OptionError, TrainingError
from midime_engine.latent.latents import Latents
from midime_engine.pipelines import bridge
from midime_engine.pipelines.carried import Scale, measure
from midime_engine.pretraining.preparation import Preparation
from midime_engine.pretraining.recipe import TRIO, Recipe
from midime_engine.translation.pairs import Pairs, Side

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    import numpy.typing as npt

    from midime_engine.protocols import EncodesTokens, FloatArray, IntArray
    from midime_engine.translation.domain import Domain

    Halves = npt.NDArray[np.float16]

__all__ = ["Duets", "Heard", "cut", "hear"]

_MOST_PAIRED: Final = 16_000
"""Windows of songs under drums from elsewhere, so that bands are not drowned."""

_FARTHEST: Final = 5
"""Semitones by which windows are moved at random, as in the training of the base models."""

_ENCODED_AT_ONCE: Final = 512


@dataclass(frozen=True, slots=True, eq=False)
class Duets:
    """Windows of whole bands, from which any side can be taken."""

    tokens: IntArray
    """``[n, span, 3]``: melody, bass and drums."""

    songs: IntArray
    """Number of the song of each, ``[n]``."""

    names: tuple[str, ...]
    """Of the songs, by number."""

    is_band: npt.NDArray[np.bool_]
    """Whether the drums are the song's own, ``[n]``."""

    is_valid: npt.NDArray[np.bool_]
    """Whether the song is kept for validation, ``[n]``."""


def cut(
    containers: Sequence[Path],
    *,
    split: Path | None,
    span: int,
    seed: int = 0,
    n_workers: int | None = None,
    on_file: Callable[[], object] | None = None,
) -> Duets:
    """Cut corpora into windows of ``span`` steps; those for training are transposed at random.

    Raises:
        TrainingError: The corpora hold no band, or none for one of both purposes.
        OptionError: The split has other columns.
    """
    preparation = Preparation(
        containers, split=split, recipe=Recipe(TRIO, span), n_workers=n_workers
    )
    if on_file is not None:
        preparation.on_file = on_file
    windows: list[npt.NDArray[np.uint16]] = []
    counts: list[int] = []
    names: list[str] = []
    bands: list[bool] = []
    valid: list[bool] = []
    for job, new in preparation.by_file():
        if len(new):
            windows.append(new)
            counts.append(len(new))
            names.append(f"{job.file.corpus}/{job.file.name}")
            bands.append(not job.drums)
            valid.append(job.side == "valid")
    is_band, is_valid = np.repeat(bands, counts), np.repeat(valid, counts)
    if not all((is_band & (is_valid == side)).any() for side in (False, True)):
        raise TrainingError(
            "The corpora hold too few songs of a whole band to train and to validate on.",
            remedy="Name archives with more multi-track songs, or a split that keeps some.",
        )
    rng = np.random.default_rng(seed)
    others = np.flatnonzero(~is_band & ~is_valid)
    kept = np.concatenate([np.flatnonzero(is_band), rng.permutation(others)[:_MOST_PAIRED]])
    kept.sort()
    tokens = np.concatenate(windows)[kept].astype(np.int32)
    shifts = rng.integers(-_FARTHEST, _FARTHEST + 1, len(kept))
    shifts[is_valid[kept]] = 0
    for shift in np.unique(shifts).tolist():
        rows = shifts == shift
        tokens[rows] = transpose(tokens[rows], shift, parts=TRIO)
    songs = np.repeat(np.arange(len(names)), counts)[kept].astype(np.int32)
    return Duets(tokens, songs, tuple(names), is_band[kept], is_valid[kept])


@dataclass(frozen=True, slots=True, eq=False)
class Heard:
    """Duets as both models hear them."""

    domains: tuple[Domain, Domain]
    tokens: tuple[IntArray, IntArray]
    """The music of each side, ``[n, span, parts]``."""

    mu: tuple[Halves, Halves]
    sigma: tuple[Halves, Halves]
    values: tuple[FloatArray, FloatArray]
    """Attributes, ``[n, k]``."""

    together: npt.NDArray[np.bool_]
    """Whether the two of a row really sound together, ``[n]``."""

    songs: IntArray
    is_valid: npt.NDArray[np.bool_]

    def scales(self, rows: npt.NDArray[np.bool_]) -> tuple[Scale, Scale]:
        """What is much and what is little among ``rows``, ``[n]``."""
        return Scale.of(self.values[0][rows]), Scale.of(self.values[1][rows])

    def pairs(self, rows: npt.NDArray[np.bool_], scales: tuple[Scale, Scale]) -> Pairs:
        """The chosen rows as a translator trains on them."""
        first, second = (
            Side(
                Latents(
                    self.mu[i][rows].astype(np.float32), self.sigma[i][rows].astype(np.float32)
                ),
                scales[i].share(self.values[i][rows]),
            )
            for i in (0, 1)
        )
        return Pairs((first, second), self.together[rows], self.songs[rows])

    def save(self, path: Path) -> None:
        """Write it for :meth:`load`; encoding takes minutes."""
        temporary = path.with_suffix(".partial.npz")
        sides: dict[str, npt.NDArray[Any]] = {}
        for i in (0, 1):
            sides |= {
                f"tokens_{i}": self.tokens[i].astype(np.uint16),
                f"mu_{i}": self.mu[i],
                f"sigma_{i}": self.sigma[i],
                f"values_{i}": self.values[i],
            }
        sides |= {
            "together": self.together,
            "songs": self.songs,
            "is_valid": self.is_valid,
            "models": np.array([domain.model for domain in self.domains]),
        }
        np.savez(temporary, **sides)  # type: ignore[arg-type]  # its options come after the arrays
        temporary.replace(path)

    @classmethod
    def load(cls, path: Path, domains: tuple[Domain, Domain]) -> Heard:
        """Read what :meth:`save` wrote.

        Raises:
            OptionError: It is something else, or was heard by other models.
        """
        try:
            with np.load(path, allow_pickle=False) as stored:
                found = {name: stored[name] for name in stored.files}
            models = tuple(found["models"].tolist())
            both = {
                name: (found[f"{name}_0"], found[f"{name}_1"])
                for name in ("tokens", "mu", "sigma", "values")
            }
            rest = (found["together"], found["songs"], found["is_valid"])
        except (OSError, ValueError, KeyError, EOFError) as error:
            raise OptionError(
                f"{path.name} holds no pairs of windows: {error}.",
                remedy="Leave --pairs out to hear the corpora again.",
            ) from error
        if models != tuple(domain.model for domain in domains):
            raise OptionError(
                f"{path.name} was heard by {' and '.join(models)}.",
                remedy="Name these models, or leave --pairs out.",
            )
        first, second = (tokens.astype(np.int32) for tokens in both["tokens"])
        return cls(domains, (first, second), both["mu"], both["sigma"], both["values"], *rest)


def hear(
    duets: Duets,
    models: tuple[EncodesTokens, EncodesTokens],
    domains: tuple[Domain, Domain],
    *,
    on_batch: Callable[[], object] | None = None,
) -> Heard:
    """Encode both sides and measure their attributes."""
    tokens, mus, sigmas, values = [], [], [], []
    for model, domain in zip(models, domains, strict=True):
        side = duets.tokens[:, :, [TRIO.index(role) for role in domain.parts]]
        mu, sigma = [], []
        for start in range(0, len(side), _ENCODED_AT_ONCE):
            latents = bridge.encode(side[start : start + _ENCODED_AT_ONCE], model, domain)
            mu.append(latents.mu.astype(np.float16))
            sigma.append(latents.sigma.astype(np.float16))
            if on_batch is not None:
                on_batch()
        tokens.append(side)
        mus.append(np.concatenate(mu))
        sigmas.append(np.concatenate(sigma))
        values.append(measure(side, parts=domain.parts))
    # A melody with the trio that it plays in sounds together whoever drums.
    shares_melody = all("melody" in domain.parts for domain in domains)
    together = np.ones(len(duets.songs), bool) if shares_melody else duets.is_band
    return Heard(
        domains,
        (tokens[0], tokens[1]),
        (mus[0], mus[1]),
        (sigmas[0], sigmas[1]),
        (values[0], values[1]),
        together,
        duets.songs,
        duets.is_valid,
    )
