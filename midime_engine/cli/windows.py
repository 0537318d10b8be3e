"""``midime windows``: cut corpora of MIDI files into what a base model is trained on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from midime_engine.cli.arguments import add_split
from midime_engine.cli.stages import Stages
from midime_engine.errors import OptionError

if TYPE_CHECKING:
    import argparse

    from midime_engine.pretraining.preparation import Preparation

__all__ = ["add_to", "run"]

_DESCRIPTION: Final = """\
Cut corpora into training windows for a model. Corpora are zip archives or folders of MIDI files.
The windows go into one small file (--out windows.npz), which can be carried to any machine and is
trained on with `midime pretrain MODEL --windows windows.npz`; or, where they fit no memory, into a
folder (any other --out) that training maps instead of reading. A report beside them says what
became of each file that failed."""

_SMALL: Final = 20_000_000
"""Bytes of a file that is carried about easily."""


def add_to(verbs: argparse._SubParsersAction[Any]) -> None:
    """Add the verb to the command line."""
    parser = verbs.add_parser(
        "windows", help="cut corpora of MIDI files into training windows", description=_DESCRIPTION
    )
    parser.add_argument("model", help="architecture to cut for, for example mel_2bar")
    parser.add_argument(
        "--corpora",
        nargs="+",
        type=Path,
        required=True,
        metavar="PATH",
        help="zip archives and folders of MIDI files",
    )
    add_split(parser)
    parser.add_argument(
        "--out",
        type=Path,
        required=True,
        metavar="PATH",
        help="a file that ends in .npz, or a new folder",
    )
    parser.add_argument(
        "--workers",
        type=int,
        metavar="N",
        help="processes that work; 0 for none but this one (default: one per core)",
    )
    parser.add_argument(
        "--crew",
        choices=("processes", "ray"),
        help="who does the work (default: Ray for 20,000 files or more where it is installed)",
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> None:
    """Cut, write, report."""
    from midime_engine.musicvae.config import get_config
    from midime_engine.pretraining.preparation import Preparation
    from midime_engine.pretraining.recipe import Recipe

    architecture = get_config(options.model)
    recipe = Recipe(architecture.parts, architecture.n_steps)
    _check(options)
    out: Path = options.out
    out.parent.mkdir(parents=True, exist_ok=True)
    preparation = Preparation(
        options.corpora,
        split=options.split,
        recipe=recipe,
        n_workers=options.workers,
        crew=options.crew,
    )
    report = out.with_name(f"{out.stem}.report.json")
    try:
        _cut(preparation, out)
    finally:  # it says why, above all where nothing came of it
        preparation.report.save(report)
    for sentence in preparation.report.sentences():
        print(sentence)
    print(f"Wrote {out} and {report}.")
    if out.is_file() and out.stat().st_size > _SMALL:
        print("The file is large; with a folder as --out, training need not hold it in memory.")


def _cut(preparation: Preparation, out: Path) -> None:
    from midime_engine.pretraining.windows import save_windows

    with Stages() as stages, stages.stage("cut", "Cutting", total=preparation.n_visits) as advance:
        preparation.on_file = lambda: advance("")
        if out.suffix == ".npz":
            save_windows(preparation.in_memory(), out)
        else:
            preparation.into_folder(out)


def _check(options: argparse.Namespace) -> None:
    named = [*options.corpora, *([options.split] if options.split else [])]
    missing = [str(path) for path in named if not path.exists()]
    if missing:
        raise OptionError(
            f"There is no {' and no '.join(missing)}.",
            remedy="Name zip archives or folders of MIDI files with --corpora.",
        )
    if options.workers is not None and not 0 <= options.workers <= _MOST_WORKERS:
        raise OptionError(
            f"--workers must be 0 to {_MOST_WORKERS}; got {options.workers}.",
            remedy="One per core is a good number.",
        )


_MOST_WORKERS: Final = 256
"""Each takes 60 MB: more belong on several machines."""
