"""From where should a model dream? Samples of several densities over z beside real windows.

For each model named, windows are drawn from the standard normal prior, from a narrower one, from
one Gaussian fitted to where the encoder puts training windows, and from mixtures of several; all
are decoded at two temperatures and compared with the validation windows. Run from the top of the
repository::

    python benchmarks/dreams/run.py MODEL=WINDOWS.npz ...
"""

from __future__ import annotations

import argparse
import csv
import sys
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parents[2]))

import numpy as np

from midime_engine import musicvae
from midime_engine.pretraining.prior import TEMPERATURES, copies, fit_mixture, likeness
from midime_engine.pretraining.windows import load_windows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from midime_engine.musicvae.model import MusicVAE
    from midime_engine.protocols import FloatArray

RESULTS = Path(__file__).parent / "results.csv"
COMPONENTS = (1, 4, 16, 64)
NARROWER = 0.8


def main() -> None:
    """Measure every model, print the table and keep it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("models", nargs="+", metavar="MODEL=WINDOWS.npz")
    parser.add_argument("--samples", type=int, default=2000)
    options = parser.parse_args()
    rows = []
    for words in options.models:
        name, _, path = words.partition("=")
        for row in measure(musicvae.load(name), Path(path), options.samples):
            rows.append(row)
            print("  ".join(str(value) for value in row.values()), flush=True)
    columns = list(dict.fromkeys(key for row in rows for key in row))
    with RESULTS.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, columns, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def measure(model: MusicVAE, path: Path, n: int) -> Iterator[dict[str, float | str]]:
    """One row for each density and temperature."""
    windows = load_windows(path)
    parts = model.config.parts
    for density, z in densities(model, windows.train, n):
        for temperature in TEMPERATURES:
            samples = model.decode_tokens(z, temperature=temperature)
            found = likeness(windows.valid, samples, parts=parts)
            yield {
                "model": model.config.name,
                "density": density,
                "temperature": temperature,
                "lowest_overlap": round(found.lowest, 3),
                "mean_overlap": round(found.mean, 3),
                "copied_bars": round(copies(windows.train, samples, parts=parts) or 0.0, 3),
                "silent": round(1.0 - min(found.with_notes.values()), 3),
                **{
                    f"{part}_{feature}": round(value, 3)
                    for part, features in found.overlap.items()
                    for feature, value in features.items()
                },
            }


def densities(model: MusicVAE, train: np.ndarray, n: int) -> Iterator[tuple[str, FloatArray]]:
    """Draws ``[n, z_size]`` from each."""
    prior = model.prior(n)
    yield "prior", prior
    yield f"prior, {NARROWER} as wide", np.float32(NARROWER) * prior
    for k in COMPONENTS:
        name = "one Gaussian" if k == 1 else f"mixture of {k}"
        yield name, fit_mixture(model, train, n_components=k).sample(n)


if __name__ == "__main__":
    main()
