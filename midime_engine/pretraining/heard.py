"""What two-bar models hear of long windows, computed once: each segment of each part as a vector.

Many windows share their bars, so every different segment is encoded once for each transposition.
It takes minutes all the same, so the result is kept in the folder of the run, for when it resumes.
"""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from midime_engine.musicvae.ears import vocabulary
from midime_engine.pretraining.batches import transposed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    import numpy.typing as npt

    from midime_engine.latent.latents import Latents
    from midime_engine.musicvae.config import MusicVAEConfig
    from midime_engine.protocols import FloatArray, IntArray

    Halves = npt.NDArray[np.float16]
    Rows = npt.NDArray[np.int16]

__all__ = ["Heard", "hear"]

_ENCODED_AT_ONCE: Final = 512


@dataclass(frozen=True, slots=True)
class Heard:
    """Posteriors of all segments of some windows, in every transposition."""

    places: IntArray
    """Row of :attr:`mu` and :attr:`sigma`, ``[shifts, n, segments, parts]``."""

    mu: Halves
    """``[rows, part_z_size]``, half precision."""

    sigma: Halves
    """The same of the standard deviations: how exactly a two-bar model needs its ``mu``."""

    @classmethod
    def load(cls, path: Path) -> Heard | None:
        """What :meth:`save` wrote; None where there is nothing whole."""
        try:
            with np.load(path, allow_pickle=False) as stored:
                return cls(stored["places"], stored["mu"], stored["sigma"])
        except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
            return None

    def save(self, path: Path) -> None:
        """Write it for :meth:`load`: hundreds of megabytes, uncompressed."""
        temporary = path.with_suffix(".partial.npz")
        np.savez(temporary, places=self.places, mu=self.mu, sigma=self.sigma)
        temporary.replace(path)

    def batch(self, shift: int, rows: IntArray) -> tuple[FloatArray, FloatArray]:
        """``mu`` and ``sigma`` of windows ``rows``, ``[segments, b, parts * part_z_size]`` each."""
        places = self.places[shift, rows].transpose(1, 0, 2)
        shape = (*places.shape[:2], -1)
        mu, sigma = (
            table[places].astype(np.float32).reshape(shape) for table in (self.mu, self.sigma)
        )
        return mu, sigma


def hear(
    windows: IntArray,
    config: MusicVAEConfig,
    encoders: Mapping[str, Callable[[IntArray], Latents]],
    shifts: Sequence[int],
) -> Heard:
    """Encode every segment of ``windows`` ``[n, steps, parts]`` in every transposition.

    ``encoders`` are those of the flat models, by vocabulary: ``[k, steps, 1]`` to a posterior.
    """
    segments = config.n_segments
    places = np.zeros((len(shifts), len(windows), segments, len(config.parts)), np.int32)
    tables: list[tuple[Halves, Halves]] = []
    n_rows = 0
    for name, encode in encoders.items():
        columns = [i for i, part in enumerate(config.parts) if vocabulary(part) == name]
        # Drums sound the same in every key.
        moves = [0] if name == "drums" else list(shifts)
        different: list[Rows] = []
        found: list[IntArray] = []
        for move in moves:
            moved = transposed(windows, move, config.parts)[:, :, columns].astype(np.int16)
            cut = moved.reshape(len(windows), segments, -1, len(columns)).transpose(0, 1, 3, 2)
            rows, inverse = _distinct(cut.reshape(-1, cut.shape[-1]))
            found.append(inverse.reshape(len(windows), segments, len(columns)))
            different.append(rows)
        ends = np.cumsum([len(rows) for rows in different])
        for shift in range(len(shifts)):
            which = shift if len(moves) > 1 else 0
            first = n_rows + ends[which] - len(different[which])
            places[shift][:, :, columns] = found[which] + first
        tables.append(_encoded(np.concatenate(different), encode))
        n_rows += int(ends[-1])
    mu, sigma = (np.concatenate(each) for each in zip(*tables, strict=True))
    return Heard(places, mu, sigma)


def _distinct(rows: Rows) -> tuple[Rows, IntArray]:
    """Different rows of ``[n, steps]``, and for each row which of them it is."""
    whole = np.ascontiguousarray(rows).view(f"V{rows.shape[1] * rows.itemsize}")[:, 0]
    _, first, inverse = np.unique(whole, return_index=True, return_inverse=True)
    return rows[first], inverse.astype(np.int32)


def _encoded(rows: Rows, encode: Callable[[IntArray], Latents]) -> tuple[Halves, Halves]:
    mus, sigmas = [], []
    for start in range(0, len(rows), _ENCODED_AT_ONCE):
        latents = encode(rows[start : start + _ENCODED_AT_ONCE, :, None].astype(np.int32))
        mus.append(latents.mu.astype(np.float16))
        sigmas.append(latents.sigma.astype(np.float16))
    return np.concatenate(mus), np.concatenate(sigmas)
