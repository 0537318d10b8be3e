"""Ours beside @magenta/music and magenta's TrainedModel: parity first, then speed.

    python run.py --magenta-python PATH [--rounds 3] [--seconds 0.4] [--out results.csv]

Every round starts every program afresh, one after the other, and lets them take turns at each
task, so that whatever else the machine does falls on all of them. All programs get the same random
weights and the same music. Nothing is timed before every program has given the same ``mu`` within
1e-5 and, where it can decode greedily, the same tokens.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import weights
import workload

HERE = Path(__file__).resolve().parent
BATCHES = (1, 32, 256)
N_CHUNKS, EPOCHS = 32, 100
PARITY_BATCH = 8
MU_TOLERANCE = 1e-5
OURS = "ours"
_SHOWN = ("wall_ms", "best_ms", "cpu_ms")
FIELDS = ("task", "batch", "program", "wall_ms", "best_ms", "first_ms", "cpu_ms", "calls")


@dataclass
class Program:
    """One of the compared programs: how it is started and what it can do in reasonable time."""

    name: str
    command: list[str]
    weights: str
    tasks: tuple[str, ...] = ("encode", "decode", "sample", "train")
    max_batch: int = 256
    epochs: int = EPOCHS
    """Epochs that are really run; the time of a training is scaled up from them."""

    process: subprocess.Popen[str] | None = field(default=None, repr=False)
    started: float = 0.0

    def start(self) -> None:
        self.started = time.perf_counter()
        environment = {**os.environ, "TF_CPP_MIN_LOG_LEVEL": "3"}
        self.process = subprocess.Popen(
            self.command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            cwd=HERE,
            env=environment,
        )

    def ask(self, do: str, **command: object) -> dict[str, Any]:
        """Send one command and wait for its answer."""
        if self.process is None or self.process.stdin is None or self.process.stdout is None:
            raise RuntimeError(f"{self.name} has not been started.")
        self.process.stdin.write(json.dumps({"do": do, **command}) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        answer: dict[str, Any] = json.loads(line) if line else {"error": "it ended"}
        if "error" in answer:
            raise RuntimeError(f"{self.name} failed at {do}: {answer['error']}")
        return answer

    def stop(self) -> None:
        if self.process is not None and self.process.stdin is not None:
            self.process.stdin.close()
            self.process.wait()


def programs(folder: Path, magenta_python: str, node: str) -> list[Program]:
    """Ours first, then every peer that is installed here."""
    js, prefix = str(folder / "js"), str(folder / "tf" / "model.ckpt")
    script = [node, "magenta_js.js"]
    binding = HERE / "node_modules/@tensorflow/tfjs-node/lib/napi-v8/tfjs_binding.node"
    found = [Program(OURS, [sys.executable, "ours.py"], js)]
    if magenta_python:
        command = [magenta_python, "trained_model.py"]
        found.append(Program("TrainedModel", command, prefix, tasks=("encode", "sample")))
    if binding.exists():
        found.append(Program("magenta.js tfjs-node", [*script, "tensorflow"], js))
    found.append(Program("magenta.js wasm", [*script, "wasm"], js, epochs=20))
    # Minutes per call beyond this: four sequences a second.
    found.append(Program("magenta.js cpu", [*script, "cpu"], js, max_batch=1, epochs=2))
    return found


def check_parity(everybody: list[Program]) -> list[str]:
    """Raise unless all programs agree; returns what was compared, for the report."""
    answers = {program.name: program.ask("parity", batch=PARITY_BATCH) for program in everybody}
    reference = answers.pop(OURS)
    kinds = len({token for row in reference["tokens"] for token in row})
    lines = [f"{PARITY_BATCH} windows, {kinds} different tokens decoded"]
    for name, answer in answers.items():
        off = max(
            float(np.abs(np.subtract(reference[key], answer[key])).max())
            for key in ("mu", "sigma")
            if key in answer
        )
        same = reference["tokens"] == answer["tokens"]
        lines.append(f"{name}: largest difference in mu {off:.1e}, tokens equal: {same}")
        if off > MU_TOLERANCE or not same:
            raise SystemExit("The programs disagree, so their times mean nothing.\n" + lines[-1])
    return lines


class Timings:
    """All measured times, by task, batch and program."""

    def __init__(self) -> None:
        self.wall: dict[tuple[str, int, str], list[float]] = defaultdict(list)
        self.first: dict[tuple[str, int, str], list[float]] = defaultdict(list)
        self.cpu: dict[tuple[str, int, str], list[float]] = defaultdict(list)
        self.losses: dict[str, float] = {}

    def turn(self, program: Program, task: str, batch: int, seconds: float) -> None:
        """Let one program do one task: a first call, kept apart, then repeated ones."""
        scale = EPOCHS / program.epochs if task == "train" else 1.0
        command = {"task": task, "batch": batch, "epochs": program.epochs}
        key = (task, batch, program.name)
        if key not in self._warm:
            first = program.ask("measure", **command, seconds=0, at_least=1)
            self.first[key].append(first["wall"][0] * scale)
            self._warm.add(key)
        answer = program.ask("measure", **command, seconds=seconds, at_least=2)
        self.wall[key] += [wall * scale for wall in answer["wall"]]
        self.cpu[key].append(answer["cpu"] / len(answer["wall"]) * scale)
        if answer["last"] is not None and program.epochs == EPOCHS:
            self.losses[program.name] = answer["last"]

    def forget_warmth(self) -> None:
        """The programs have been started afresh."""
        self._warm: set[tuple[str, int, str]] = set()

    def once(self, program: Program, task: str, seconds: float) -> None:
        """Keep something that happens once per start."""
        self.wall[task, 0, program.name].append(seconds)

    def rows(self) -> list[dict[str, object]]:
        """One row per task, batch and program; milliseconds."""
        return [
            {
                "task": task,
                "batch": batch or "",
                "program": name,
                "wall_ms": _ms(wall),
                "best_ms": _ms([min(wall)]),
                "first_ms": _ms(self.first[task, batch, name]),
                "cpu_ms": _ms(self.cpu[task, batch, name]),
                "calls": len(wall),
            }
            for (task, batch, name), wall in self.wall.items()
        ]


def _ms(values: list[float]) -> str:
    return f"{statistics.median(values) * 1e3:.2f}" if values else ""


def start(program: Program, timings: Timings, file: str) -> str:
    """Start a program and time that, up to its first answers; returns its versions."""
    program.start()
    loaded = program.ask("load", weights=program.weights, workload=file)
    timings.once(program, "import", loaded["import_seconds"])
    timings.once(program, "load", loaded["load_seconds"])
    for task in ("encode", "sample"):
        timings.turn(program, task, 1, 0.0)
    since = time.perf_counter() - program.started
    timings.once(program, "start to first encode and decode", since)
    return json.dumps(loaded["versions"])


def take_turns(everybody: list[Program], timings: Timings, seconds: float) -> None:
    """Every task at every batch size by every program that can do it."""
    for task in ("encode", "decode", "sample", "train"):
        for batch in (N_CHUNKS,) if task == "train" else BATCHES:
            for program in everybody:
                if task in program.tasks and (task == "train" or batch <= program.max_batch):
                    timings.turn(program, task, batch, seconds)


def measure(
    everybody: list[Program], rounds: int, seconds: float, file: str
) -> tuple[Timings, list[str]]:
    """Run all rounds; returns the times and what the parity check compared."""
    timings, lines = Timings(), []
    for index in range(rounds):
        timings.forget_warmth()
        try:
            for program in everybody:
                versions = start(program, timings, file)
                if index == 0:
                    lines.append(f"{program.name}: {versions}")
            if index == 0:
                lines += check_parity(everybody)
            take_turns(everybody, timings, seconds)
        finally:
            for program in everybody:
                program.stop()
        print(f"round {index + 1} of {rounds} done", flush=True)
    return timings, lines


def table(rows: list[dict[str, object]]) -> str:
    """Markdown: one line per task and batch.

    Each program: median wall, best wall, CPU, in ms; then the best peer's divided by ours.
    """
    names = list(dict.fromkeys(str(row["program"]) for row in rows))
    cells: dict[tuple[str, str], dict[str, dict[str, object]]] = defaultdict(dict)
    for row in rows:
        cells[str(row["task"]), str(row["batch"])][str(row["program"])] = row
    lines = [
        f"| task | batch | {' | '.join(names)} | best peer / ours |",
        "|---" * (len(names) + 3) + "|",
    ]
    for (task, batch), by_name in cells.items():
        shown = [_cell(by_name.get(name)) for name in names]
        lines.append(f"| {task} | {batch} | {' | '.join(shown)} | {_ratio(by_name)} |")
    return "\n".join(lines)


def _cell(row: dict[str, object] | None) -> str:
    if row is None:
        return ""
    return " · ".join(f"{float(str(row[c])):.3g}" for c in _SHOWN if row[c])


def _ratio(by_name: dict[str, dict[str, object]]) -> str:
    shown = []
    for column in _SHOWN:
        values = {n: float(str(row[column])) for n, row in by_name.items() if row[column]}
        ours = values.pop(OURS, None)
        if ours and values:
            shown.append(f"{min(values.values()) / ours:.2f}")
    return " · ".join(shown)


def arithmetic() -> list[str]:
    """What this machine can do at best: matrix products and reading weights, both in NumPy."""
    rng = np.random.default_rng(0)
    lines = []
    for rows, inner, columns in (
        (1, 512, 2048),
        (32, 512, 2048),
        (256, 512, 2048),
        (256, 256, 1024),
    ):
        a = rng.standard_normal((rows, inner), np.float32)
        b = rng.standard_normal((inner, columns), np.float32)
        times = []
        for _ in range(100):
            since = time.perf_counter()
            a @ b
            times.append(time.perf_counter() - since)
        rate = 2 * rows * inner * columns / min(times) / 1e9
        read = 4 * inner * columns / min(times) / 1e9
        lines.append(
            f"[{rows},{inner}]x[{inner},{columns}]: {rate:.0f} GFLOP/s, {read:.1f} GB/s of weights"
        )
    return lines


def main() -> None:
    """Write the weights and the work, measure, and print the report."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument(
        "--magenta-python", default="", help="python of the environment with magenta"
    )
    parser.add_argument("--node", default="node")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=0.4, help="per turn")
    parser.add_argument("--out", type=Path, default=HERE / "results.csv")
    arguments = parser.parse_args()
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        arrays = weights.random_weights(seed=1)
        weights.write_magenta_js(folder / "js", arrays)
        weights.write_tensorflow(folder / "tf" / "model.ckpt", arrays)
        work = workload.workload(2, n=max(BATCHES), n_chunks=N_CHUNKS)
        file = folder / "workload.json"
        file.write_text(json.dumps(work), encoding="utf-8")
        everybody = programs(folder, arguments.magenta_python, arguments.node)
        timings, lines = measure(everybody, arguments.rounds, arguments.seconds, str(file))
    rows = timings.rows()
    with arguments.out.open("w", newline="", encoding="utf-8") as out:
        writer = csv.DictWriter(out, FIELDS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    print(*lines, sep="\n")
    print(f"{os.cpu_count()} cores, {platform.machine()}, load before: {load:.1f}")
    print(*arithmetic(), sep="\n")
    print("loss after training:", {name: round(loss, 2) for name, loss in timings.losses.items()})
    print(table(rows))


if __name__ == "__main__":
    main()
