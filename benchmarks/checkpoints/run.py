"""What the checkpoints of Magenta cost: file, memory and time, by random weights of their shapes.

python run.py [--models cat-mel_2bar_big,js:hier-trio_4bar,...] [--repeats 3] [--out results.csv]

Each model is written as Magenta publishes it (a TensorFlow checkpoint in a tar, or a folder of
Magenta.js for the names that begin with ``js:``) by one process, and loaded, encoded with and
decoded with by another, which reports how far its memory rose. Needs Linux, which keeps the books
on a process's memory, and disk space for one checkpoint three times.
"""

from __future__ import annotations

import argparse
import csv
import json
import math
import os
import re
import subprocess
import sys
import tarfile
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")

from midime_engine import musicvae

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MODELS = (
    "cat-drums_2bar_small",
    "js:hier-trio_4bar",
    "js:hier-trio_16bar",
    "cat-mel_2bar_big",
    "hierdec-mel_16bar",
    "hierdec-trio_16bar",
)
ROWS = 4
SPREAD = 0.02  # Of the random weights: small enough that no gate is stuck.
SHARD = 4 * 1024**2
MB = 1e6
FIELDS = (
    "model",
    "parameters_m",
    "file_mb",
    "process_mb",
    "load_peak_mb",
    "loaded_mb",
    "run_peak_mb",
    "load_s",
    "encode_first_s",
    "encode_1_s",
    "encode_4_s",
    "decode_1_first_s",
    "decode_1_s",
    "decode_4_first_s",
    "decode_4_s",
)


def arrays(name: str) -> Iterator[tuple[str, np.ndarray]]:
    """Random weights of the shapes of ``name``, by the names of the variables."""
    from midime_engine.musicvae.network import expected_shapes

    rng = np.random.default_rng(0)
    for key, shape in expected_shapes(musicvae.get_config(name)).items():
        yield key, np.float32(SPREAD) * rng.standard_normal(shape, np.float32)


def write_tar(name: str, tar: Path) -> None:
    """Write a checkpoint as ``tf.train.Saver`` would, into ``tar``."""
    import tensorflow as tf

    weights = dict(arrays(name))
    prefix = tar.with_suffix(".ckpt")
    tf.raw_ops.SaveV2(
        prefix=str(prefix),
        tensor_names=list(weights),
        shape_and_slices=[""] * len(weights),
        tensors=list(weights.values()),
    )
    with tarfile.open(tar, "w") as archive:
        for path in sorted(tar.parent.glob(f"{prefix.name}.*")):
            archive.add(path, path.name)
            path.unlink()


def write_folder(name: str, folder: Path) -> None:
    """Write a checkpoint as Magenta.js' converter would: float32, in shards of 4 MiB."""
    config = musicvae.get_config(name)
    folder.mkdir()
    whole = folder / "whole"
    weights = []
    with whole.open("wb") as file:
        for key, array in arrays(name):
            weights.append({"name": key, "shape": array.shape, "dtype": "float32"})
            file.write(array.tobytes())
    n = math.ceil(whole.stat().st_size / SHARD)
    paths = [f"group1-shard{index}of{n}" for index in range(1, n + 1)]
    with whole.open("rb") as file:
        for path in paths:
            (folder / path).write_bytes(file.read(SHARD))
    whole.unlink()
    steps = {"numSteps": config.n_steps, "numSegments": config.n_segments}
    converter = {"type": "TrioConverter", "args": steps}
    description = {"type": "MusicVAE", "dataConverter": converter}
    (folder / "config.json").write_text(json.dumps(description), encoding="utf-8")
    manifest = [{"paths": paths, "weights": weights}]
    (folder / "weights_manifest.json").write_text(json.dumps(manifest), encoding="utf-8")


def memory(kind: str) -> float:
    """``VmRSS``, the memory of this process now, or ``VmHWM``, its peak since :func:`settle`."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    found = re.search(rf"^{kind}:\s+(\d+) kB", status, re.MULTILINE)
    assert found is not None
    return int(found.group(1)) * 1024 / MB


def settle() -> None:
    """Let the peak begin at what is used now."""
    Path("/proc/self/clear_refs").write_text("5", encoding="utf-8")


def seconds(call: Callable[[], object]) -> float:
    """How long ``call`` takes."""
    since = time.perf_counter()
    call()
    return time.perf_counter() - since


def measure(path: Path, repeats: int) -> dict[str, float]:
    """Load and run; megabytes and seconds."""
    import tensorflow as tf

    from midime_engine.musicvae import loading  # The frameworks are in memory from here on.

    tf.zeros(1)
    files = path.iterdir() if path.is_dir() else [path]
    found = {"file_mb": sum(file.stat().st_size for file in files) / MB}
    found["process_mb"] = memory("VmRSS")
    settle()
    since = time.perf_counter()
    model = loading.load(path)
    found["load_s"] = time.perf_counter() - since
    found["load_peak_mb"], found["loaded_mb"] = memory("VmHWM"), memory("VmRSS")
    config = model.config
    tokens = np.zeros((ROWS, config.n_steps, len(config.parts)), np.int32)
    z = model.prior(ROWS)
    settle()
    found["encode_first_s"] = seconds(lambda: model.encode_tokens(tokens))
    found["decode_1_first_s"] = seconds(lambda: model.decode_tokens(z[:1]))
    found["decode_4_first_s"] = seconds(lambda: model.decode_tokens(z))
    for n in (1, ROWS):
        encoded = [seconds(lambda n=n: model.encode_tokens(tokens[:n])) for _ in range(repeats)]
        decoded = [seconds(lambda n=n: model.decode_tokens(z[:n])) for _ in range(repeats)]
        # The best: whatever else runs on the machine can only make it slower.
        found[f"encode_{n}_s"], found[f"decode_{n}_s"] = min(encoded), min(decoded)
    found["run_peak_mb"] = memory("VmHWM")
    return found


def in_process(*words: str) -> str:
    """Run this script with ``words`` in a process of its own; the last line that it prints."""
    done = subprocess.run(
        [sys.executable, str(HERE / "run.py"), *words], check=True, capture_output=True, text=True
    )
    return done.stdout.splitlines()[-1]


def row(model: str, repeats: int, folder: Path) -> dict[str, object]:
    """One row of the table."""
    from midime_engine.musicvae.network import expected_shapes

    name = model.removeprefix("js:")
    n = sum(math.prod(s) for s in expected_shapes(musicvae.get_config(name)).values())
    path = folder / (name if model.startswith("js:") else f"{name}.tar")
    in_process("--write", name, "--path", str(path))
    found = json.loads(in_process("--measure", "--path", str(path), "--repeats", str(repeats)))
    formats = {field: "{:.0f}" if field.endswith("_mb") else "{:.3f}" for field in found}
    cells = {field: formats[field].format(value) for field, value in found.items()}
    return {"model": model, "parameters_m": f"{n / 1e6:.1f}", **cells}


def main() -> None:
    """Measure every model and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--models", default=",".join(MODELS))
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--folder", type=Path, help="for the checkpoints; removed afterwards")
    parser.add_argument("--out", type=Path, default=HERE / "results.csv")
    parser.add_argument("--write", help=argparse.SUPPRESS)
    parser.add_argument("--measure", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--path", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.write:
        write = write_tar if options.path.suffix == ".tar" else write_folder
        write(options.write, options.path)
        print("written")
        return
    if options.measure:
        print(json.dumps(measure(options.path, options.repeats)))
        return
    rows = []
    for name in options.models.split(","):
        with tempfile.TemporaryDirectory(dir=options.folder) as folder:
            rows.append(row(name, options.repeats, Path(folder)))
        print(rows[-1], flush=True)
    with options.out.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, FIELDS)
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    main()
