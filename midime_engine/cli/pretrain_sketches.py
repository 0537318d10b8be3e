"""``midime pretrain-sketches``: train the model of drawings on drawings of our own program."""

from __future__ import annotations

import json
from dataclasses import asdict, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import argparse

    from midime_engine.protocols import FloatArray
    from midime_engine.sketches.settings import SketchSettings
    from midime_engine.sketches.training import Progress

__all__ = ["add_to", "run"]

_DESCRIPTION: Final = """\
Train a Sketch-RNN from scratch. A program draws faces, cats, fish, flowers, houses and boats (once;
drawings.npz in the output folder), then the model is trained on them by the clock. Started again
with the same settings, it goes on where it was stopped. At the end the folder holds the weights in
half precision, a model card with what was measured, and log.jsonl with the course of the run."""

_DRAWINGS_NAME: Final = "drawings.npz"
_LOG_NAME: Final = "log.jsonl"

_HELP: Final = {
    "model": "architecture to train",
    "n_drawings": "drawings to train on",
    "minutes": "length of the run by the clock",
    "batch_size": "drawings per step",
    "learning_rate": "peak of Adam's learning rate",
    "max_beta": "weight of the KL at the end",
    "beta_share": "share of the run in which it rises",
    "input_dropout": "share of the rows hidden from the decoder",
    "stretch": "how much drawings are stretched at random",
    "matmul_dtype": "bfloat16 or float32",
    "seed": "of weights, order and noise",
}


def add_to(verbs: argparse._SubParsersAction[Any]) -> None:
    """Add the verb to the command line."""
    from midime_engine.sketches.settings import SketchSettings

    parser = verbs.add_parser(
        "pretrain-sketches", help="train the model of drawings", description=_DESCRIPTION
    )
    for field in fields(SketchSettings):
        parser.add_argument(
            f"--{field.name.replace('_', '-')}",
            type=type(field.default),
            default=field.default,
            metavar=field.name.rpartition("_")[2].upper(),
            help=f"{_HELP[field.name]} (default: {field.default})",
        )
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="output folder")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> None:
    """Draw, train, measure, export."""
    from midime_engine.sketches.settings import SketchSettings

    settings = SketchSettings(
        **{field.name: getattr(options, field.name) for field in fields(SketchSettings)}
    )
    options.out.mkdir(parents=True, exist_ok=True)
    rows = _rows(settings, options.out / _DRAWINGS_NAME)
    from midime_engine.pretraining.allocator import keep_freed_memory
    from midime_engine.sketches.training import train  # Keras: seconds, so not earlier.

    keep_freed_memory()

    with (options.out / _LOG_NAME).open("a", encoding="utf-8") as log:
        for progress in train(rows, settings, options.out):
            log.write(json.dumps(asdict(progress)) + "\n")
            log.flush()
            print(_line(progress), flush=True)
    from midime_engine.pretraining.machine import machine
    from midime_engine.sketches.export import export

    path = export(options.out, options.out / _LOG_NAME, machine=machine()["device"])
    print(f"Wrote {path}.")


def _rows(settings: SketchSettings, path: Path) -> FloatArray:
    from midime_engine.sketches.config import get_config
    from midime_engine.sketches.dataset import drawn_rows, load_rows, save_rows

    config = get_config(settings.model)
    if not path.exists():
        save_rows(drawn_rows(settings.n_drawings, config), path)
    rows = load_rows(path)
    print(f"{len(rows):,} drawings to train on.", flush=True)
    return rows


def _line(progress: Progress) -> str:
    return (
        f"{progress.share:6.1%}  {progress.drawings:>10,} drawings  "
        f"offsets {progress.offsets:8.2f}  states {progress.states:6.2f}  "
        f"KL {progress.kl:6.1f}  beta {progress.beta:.4f}"
    )
