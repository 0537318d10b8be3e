"""``midime pretrain``: train a base model from corpora of MIDI files."""

from __future__ import annotations

import json
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from midime_engine.cli.arguments import add_split
from midime_engine.errors import OptionError

if TYPE_CHECKING:
    import argparse

    from midime_engine.pretraining.config import PretrainingConfig
    from midime_engine.pretraining.training import Progress
    from midime_engine.pretraining.windows import Windows

__all__ = ["add_to", "run"]

_DESCRIPTION: Final = """\
Train a base model from scratch. Corpora are zip archives of MIDI files; they are cut into windows
once (windows.npz in the output folder), then the model is trained on these by the clock. Started
again with the same settings, it goes on where it was stopped. At the end the folder holds the
weights in half precision, a model card, and log.jsonl with the whole course of the run."""

_WINDOWS_NAME: Final = "windows.npz"


def add_to(verbs: argparse._SubParsersAction[Any]) -> None:
    """Add the verb to the command line."""
    parser = verbs.add_parser(
        "pretrain", help="train a base model from corpora of MIDI files", description=_DESCRIPTION
    )
    parser.add_argument("model", help="architecture to train, for example mel_2bar")
    parser.add_argument(
        "--corpora", nargs="+", type=Path, default=[], metavar="ZIP", help="archives of MIDI files"
    )
    add_split(parser)
    parser.add_argument(
        "--windows", type=Path, metavar="NPZ", help="prepared windows, instead of --corpora"
    )
    parser.add_argument(
        "--prepare-only", action="store_true", help="write the windows and stop there"
    )
    for name, what in (
        ("minutes", "length of the run by the clock"),
        ("batch-size", "windows per step"),
        ("learning-rate", "peak of Adam's learning rate"),
        ("start-from", "model or checkpoint whose weights to start from"),
        ("min-beta", "weight of the KL at the start, for a run that starts from a model"),
        ("max-beta", "weight of the KL at the end"),
        ("free-bits", "KL that costs nothing, in bits per window"),
        ("input-dropout", "share of fed-back notes hidden from the decoder"),
        ("first-input-dropout", "that share at the start of the run"),
        ("dropout-share", "share of the run in which it falls"),
        ("steps-per-call", "steps compiled into one call; 0: chosen by the device"),
        ("max-transposition", "semitones by which windows are moved at random"),
        ("matmul-dtype", "bfloat16 or float32"),
        ("seed", "of weights, order and noise"),
    ):
        default = _defaults()[name.replace("-", "_")]
        parser.add_argument(
            f"--{name}",
            type=type(default),
            default=default,
            metavar=name.rpartition("-")[2].upper(),
            help=f"{what} (default: {default})",
        )
    parser.add_argument(
        "--upper-level-only",
        action="store_true",
        help="train only what lies between the two-bar models that a longer model stands on",
    )
    parser.add_argument(
        "--freeze-first-level",
        action="store_true",
        help="keep the lower level of the encoder as the model to start from has it",
    )
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="output folder")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> None:
    """Prepare, train, export."""
    from midime_engine.musicvae.config import get_config

    architecture = get_config(options.model)
    config = _config(options)
    options.out.mkdir(parents=True, exist_ok=True)
    windows = _windows(options, architecture.parts, architecture.n_steps)
    print(f"{len(windows.train):,} windows to train on, {len(windows.valid):,} to validate on.")
    if options.prepare_only:
        return
    from midime_engine.pretraining.export import export  # Keras: seconds, so not earlier.
    from midime_engine.pretraining.training import as_log, pretrain

    with (options.out / "log.jsonl").open("a", encoding="utf-8") as log:
        for progress in pretrain(windows, config, options.out):
            log.write(json.dumps(as_log(progress)) + "\n")
            log.flush()
            print(_line(progress), flush=True)
    print(f"Wrote {export(windows, options.out)}.")


def _defaults() -> dict[str, Any]:
    from midime_engine.pretraining.config import PretrainingConfig

    return {field.name: field.default for field in fields(PretrainingConfig)}


def _config(options: argparse.Namespace) -> PretrainingConfig:
    from midime_engine.pretraining.config import PretrainingConfig

    given = {name: getattr(options, name) for name in _defaults() if hasattr(options, name)}
    try:
        return PretrainingConfig(**given)
    except ValueError as error:
        raise OptionError(str(error), remedy="See midime pretrain --help.") from error


def _windows(options: argparse.Namespace, parts: tuple[str, ...], n_steps: int) -> Windows:
    from midime_engine.pretraining.preparation import prepare
    from midime_engine.pretraining.windows import load_windows, save_windows

    stored = options.windows or options.out / _WINDOWS_NAME
    if stored.exists():
        return load_windows(stored)
    missing = [
        str(path) for path in [*options.corpora, options.split] if path and not path.exists()
    ]
    if missing or not options.corpora:
        raise OptionError(
            f"There is nothing to train on: {', '.join(missing) or 'no corpora were named'}.",
            remedy="Name zip archives of MIDI files with --corpora, or windows with --windows.",
        )
    windows = prepare(options.corpora, split=options.split, parts=parts, n_steps=n_steps)
    save_windows(windows, stored)
    return windows


def _line(progress: Progress) -> str:
    line = (
        f"{progress.share:6.1%}  {progress.sequences:>10,} sequences  "
        f"{progress.sequences_per_second:5.0f}/s  reconstruction {progress.reconstruction:7.2f}  "
        f"KL {progress.kl:6.1f}  beta {progress.beta:.4f}"
    )
    if progress.evaluation is None:
        return line
    judged = progress.evaluation
    return (
        f"{line}  | steps {judged.step_accuracy:.4f}  onsets {judged.onset_accuracy:.4f}  "
        f"windows {judged.exact_windows:.4f}"
    )
