"""Sequences per second of pretraining, against what the products alone would allow.

    python benchmarks/pretraining/run.py [MODEL …] [--batch-size N] [--steps N]

The limit is the arithmetic of the network divided by the rate at which the same backend multiplies
matrices of the network's own shapes, measured in the same run. Rows are appended to results.csv.
"""

from __future__ import annotations

import argparse
import csv
import dataclasses
import os
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")

import keras
import numpy as np
from keras import ops

from midime_engine.musicvae.config import get_config
from midime_engine.musicvae.serving import compiled, device_name
from midime_engine.pretraining.allocator import keep_freed_memory
from midime_engine.pretraining.config import PretrainingConfig
from midime_engine.pretraining.loops import make_loop
from midime_engine.pretraining.training import new_model
from midime_engine.pretraining.upper import UpperModel

if TYPE_CHECKING:
    from collections.abc import Callable

    from midime_engine.converters.classes import Role
    from midime_engine.musicvae.config import MusicVAEConfig

MODELS = ("mel_2bar", "drums_2bar", "trio_4bar", "mel_16bar")
ROWS_PER_BATCH = {1: 256, 2: 128, 8: 64}  # by segments: a batch has about a thousand bars
ROWS_OF_UPPER_LEVEL = 256
UPPER = " (upper level)"
FORWARD_AND_BACK = 3  # products of a layer: one forwards, two for its gradients
CHAIN = 16  # products in one call of the probe, so that starting it does not count
RESULTS = Path(__file__).with_name("results.csv")
FIELDS = (
    "date",
    "machine",
    "backend",
    "model",
    "batch_size",
    "steps_per_call",
    "gflop_per_sequence",
    "product_gflop_per_second",
    "limit_sequences_per_second",
    "sequences_per_second",
    "share_of_limit",
    "load",
)


def flop_per_sequence(config: MusicVAEConfig) -> float:
    """Multiplications and additions of all products of one training step, per sequence."""
    total = 0.0

    def product(rows: float, inner: int, columns: int, times: int = FORWARD_AND_BACK) -> None:
        nonlocal total
        total += 2.0 * rows * inner * columns * times

    steps, segments = config.n_steps, config.n_segments
    if config.part_z_size:
        return upper_flop_per_sequence(config) + sum(
            # The two-bar model beneath each part, but for its sigma and its z.
            segments * flop_per_sequence(_two_bars(config, part))
            for part in config.parts
        )
    inputs, at_level = config.input_depth, float(steps)
    for level, units in enumerate(config.enc_rnn_size):
        for _direction in range(2):
            product(at_level, units, 4 * units)
            # Tokens are gathered; only the gradient of the rows is a product.
            product(at_level, inputs, 4 * units, 1 if level == 0 else FORWARD_AND_BACK)
        inputs, at_level = 2 * units, float(segments if config.hierarchical_encoder else steps)
    product(1, inputs, 2 * config.z_size)
    embedding, below = config.z_size, 0
    for units in config.conductor_rnn_size:
        product(segments, units + below, 4 * units)
        embedding = below = units
    for depth in config.output_depths:
        below = 0
        product(segments, embedding, 4 * config.dec_rnn_size[0])
        product(steps, depth, 4 * config.dec_rnn_size[0], 1)
        for units in config.dec_rnn_size:
            product(steps, units + below, 4 * units)
            below = units
        product(steps, below, depth)
    return total


def _two_bars(config: MusicVAEConfig, part: Role) -> MusicVAEConfig:
    return dataclasses.replace(
        config,
        parts=("drums",) if part == "drums" else ("melody",),
        n_steps=config.n_steps // config.n_segments,
        n_segments=1,
        z_size=config.part_z_size,
        part_z_size=0,
        enc_rnn_size=config.enc_rnn_size[:1],
        hierarchical_encoder=False,
        conductor_rnn_size=(),
    )


def upper_flop_per_sequence(config: MusicVAEConfig) -> float:
    """The same of what stands between ears and cores."""
    units = config.enc_rnn_size[-1]
    heard = len(config.parts) * config.part_z_size
    n = config.n_segments * 2 * (heard + units) * 4 * units + 2 * units * 2 * config.z_size
    for _part in config.parts:
        n += config.z_size * 2 * sum(config.conductor_rnn_size)
        below = 0
        for size in config.conductor_rnn_size:
            n += config.n_segments * (below + size) * 4 * size
            below = size
    return 2.0 * n * FORWARD_AND_BACK


def product_rate(config: MusicVAEConfig, batch_size: int) -> float:
    """Floating-point operations per second of the encoder's recurrent product in bfloat16."""
    units = config.enc_rnn_size[0]
    rows = batch_size * (config.n_segments if config.hierarchical_encoder else 1)

    def chain(x: Any, kernel: Any) -> Any:
        x, kernel = ops.cast(x, "bfloat16"), ops.cast(kernel, "bfloat16")
        for _ in range(CHAIN):
            x = ops.matmul(x, kernel)[:, :units]
        return x

    rng = np.random.default_rng(0)
    x = rng.standard_normal((rows, units), np.float32)
    kernel = rng.standard_normal((units, 4 * units), np.float32) / units
    run = compiled(chain, [(x.shape, "float32"), (kernel.shape, "float32")])
    seconds = fastest(lambda: ops.convert_to_numpy(ops.cast(run(x, kernel), "float32")))
    return 2.0 * rows * units * 4 * units * CHAIN / seconds


def fastest(call: Callable[[], Any], times: int = 12) -> float:
    """Seconds of the fastest of several calls, after two to warm up."""
    for _ in range(2):
        call()
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        call()
        taken.append(time.perf_counter() - start)
    return min(taken)


def measure_upper_level(name: str, steps: int) -> dict[str, Any]:
    """One row of the table: steps on vectors, which are all that the upper level reads."""
    config, rows = get_config(name), ROWS_OF_UPPER_LEVEL
    model = UpperModel(config)
    model.compile(optimizer=keras.optimizers.Adam(1e-4, global_clipnorm=1.0))
    rng = np.random.default_rng(0)
    heard = rng.standard_normal(
        (config.n_segments, rows, len(config.parts) * config.part_z_size), np.float32
    )
    batch = heard, np.ones_like(heard), rng.standard_normal((rows, config.z_size), np.float32)
    taken = []
    for _ in range(steps + 2):
        start = time.perf_counter()
        model.train_on_batch(batch, return_dict=True)
        taken.append(time.perf_counter() - start)
    rate = rows / float(np.median(taken[2:]))
    flop = upper_flop_per_sequence(config)
    return row_of(name + UPPER, config, rows, steps_per_call=1, flop=flop, rate=rate)


def measure(name: str, batch_size: int | None, steps: int) -> dict[str, Any]:
    """One row of the table; the median of ``steps`` calls counts."""
    if name.endswith(UPPER):
        return measure_upper_level(name.removesuffix(UPPER), steps)
    config = get_config(name)
    rows = batch_size or ROWS_PER_BATCH[config.n_segments]
    settings = PretrainingConfig(model=name, batch_size=rows)
    model = new_model(config, settings)
    rng = np.random.default_rng(0)
    windows = np.stack(
        [
            np.where(
                rng.integers(0, 2, (4 * rows, config.n_steps)) > 0,
                rng.integers(2, depth, (4 * rows, config.n_steps)),
                0,
            )
            for depth in config.output_depths
        ],
        axis=-1,
    ).astype(np.int32)
    loop = make_loop(model, windows, settings)
    model.optimizer.learning_rate = 1e-4
    taken = []
    for call in range(steps + 2):
        start = time.perf_counter()
        loop.run(call * loop.steps_per_call, 0.2)
        taken.append(time.perf_counter() - start)
    rate = rows * loop.steps_per_call / float(np.median(taken[2:]))
    calls, flop = loop.steps_per_call, flop_per_sequence(config)
    return row_of(name, config, rows, steps_per_call=calls, flop=flop, rate=rate)


def row_of(
    name: str,
    config: MusicVAEConfig,
    rows: int,
    *,
    steps_per_call: int,
    flop: float,
    rate: float,
) -> dict[str, Any]:
    """A row of the table, with the limit as it is at this minute."""
    products = product_rate(config, rows)
    limit = products / flop
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "machine": f"{device_name()}, {os.cpu_count()} cores",
        "backend": keras.backend.backend(),
        "model": name,
        "batch_size": rows,
        "steps_per_call": steps_per_call,
        "gflop_per_sequence": f"{flop / 1e9:.3f}",
        "product_gflop_per_second": f"{products / 1e9:.0f}",
        "limit_sequences_per_second": f"{limit:.0f}",
        "sequences_per_second": f"{rate:.0f}",
        "share_of_limit": f"{rate / limit:.2f}",
        "load": f"{os.getloadavg()[0]:.1f}",
    }


def main() -> None:
    """Measure the models that were asked for."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument(
        "models", nargs="*", default=(*MODELS, *(name + UPPER for name in MODELS[2:]))
    )
    parser.add_argument("--batch-size", type=int)
    parser.add_argument("--steps", type=int, default=12)
    options = parser.parse_args()
    keep_freed_memory()
    new = not RESULTS.exists()
    with RESULTS.open("a", newline="", encoding="utf-8") as file:
        table = csv.DictWriter(file, FIELDS)
        if new:
            table.writeheader()
        for name in options.models:
            row = measure(name, options.batch_size, options.steps)
            table.writerow(row)
            file.flush()
            print(", ".join(f"{key} {value}" for key, value in row.items()))


if __name__ == "__main__":
    main()
