"""How long a MidiMe trains, by the number of chunks: 100 epochs, cold and warm.

python run.py [--repeats 5] [--out results.csv]
"""

from __future__ import annotations

import argparse
import csv
import statistics
import sys
import time
from pathlib import Path

import numpy as np

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1]))

from midime_engine.midime.config import MidiMeConfig
from midime_engine.midime.model import MidiMe
from midime_engine.midime.training import training_steps

CHUNKS = (8, 16, 32, 64, 128, 256, 512)
EPOCHS = 100
SPREAD = 0.44  # Standard deviation of the mu of real chunks.
FIELDS = ("chunks", "first_s", "median_s", "best_s", "cpu_s", "loss")


def train(z: np.ndarray) -> float:
    """Train to the last epoch, read the weights back, and return the last loss."""
    midime = MidiMe(MidiMeConfig(early_stop=False))
    steps = list(training_steps(midime, z, epochs=EPOCHS))
    _ = midime.weights  # They stay in the backend until somebody looks.
    return steps[-1].total


def measure(n_chunks: int, repeats: int) -> dict[str, object]:
    """One row of the table; the first training includes compiling, unless that was done before."""
    z = np.float32(SPREAD) * np.random.default_rng(0).standard_normal((n_chunks, 256), np.float32)
    wall: list[float] = []
    loss = 0.0
    cpu = time.process_time()
    for index in range(repeats + 1):
        if index == 1:
            cpu = time.process_time()
        since = time.perf_counter()
        loss = train(z)
        wall.append(time.perf_counter() - since)
    cpu = (time.process_time() - cpu) / repeats
    first, *warm = wall
    seconds = [first, statistics.median(warm), min(warm), cpu]
    return dict(zip(FIELDS, [n_chunks, *(f"{s:.3f}" for s in seconds), f"{loss:.2f}"], strict=True))


def main() -> None:
    """Measure every size and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--out", type=Path, default=HERE / "results.csv")
    arguments = parser.parse_args()
    rows = [measure(n, arguments.repeats) for n in CHUNKS]
    with arguments.out.open("w", newline="", encoding="utf-8") as out:
        writer = csv.DictWriter(out, FIELDS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    print("|", " | ".join(FIELDS), "|")
    print("|" + "---|" * len(FIELDS))
    for row in rows:
        print("|", " | ".join(str(value) for value in row.values()), "|")


if __name__ == "__main__":
    main()
