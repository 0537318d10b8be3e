"""``midime evaluate``: judge any model by windows of music that it has not seen."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from midime_engine.cli.arguments import whole_number
from midime_engine.cli.loading import load_model
from midime_engine.cli.stages import Stages
from midime_engine.errors import OptionError

if TYPE_CHECKING:
    from midime_engine.latent.mixture import Mixture
    from midime_engine.musicvae.model import MusicVAE
    from midime_engine.pretraining.windows import Windows
    from midime_engine.protocols import IntArray

__all__ = ["add_to", "run"]

_MAX_WINDOWS: Final = 10**9
"""More than any corpus has."""

_SAMPLES: Final = 1000
"""As many as the cards are written with."""

_DESCRIPTION: Final = """\
Judge a model: what comes back of windows of songs that it has not seen, part by part, greedily and
sampled as in the paper; what its code costs in nats; how much its own music resembles the real; how
smooth the ways between two windows are. Prints the tables of its card as Markdown."""


def add_to(verbs: argparse._SubParsersAction[Any]) -> None:
    """Add the verb to the command line."""
    parser = verbs.add_parser(
        "evaluate", help="judge a model by music it has not seen", description=_DESCRIPTION
    )
    parser.add_argument("model", help="a name that `midime models` lists, or a path")
    parser.add_argument(
        "--windows",
        type=Path,
        required=True,
        metavar="NPZ",
        help="prepared windows: those for validation are what it is judged by; those for training, "
        "if there are any, where its own music is compared and drawn from",
    )
    parser.add_argument(
        "--others",
        nargs="+",
        type=_named,
        default=[],
        metavar="NAME=NPZ",
        help="further windows, of which only is said what comes back",
    )
    parser.add_argument(
        "--at-most",
        type=whole_number(1, _MAX_WINDOWS),
        metavar="N",
        help="judge by N windows of each set, drawn at random, instead of all",
    )
    parser.add_argument(
        "--samples",
        type=whole_number(2, _MAX_WINDOWS),
        default=_SAMPLES,
        metavar="N",
        help=f"windows of its own that it plays in each way (default: {_SAMPLES})",
    )
    parser.add_argument("--json", action="store_true", help="print all figures as JSON instead")
    parser.add_argument(
        "--update-card",
        action="store_true",
        help="put the figures into the card beside the weights; MODEL is a .safetensors then",
    )
    parser.add_argument(
        "--notes",
        type=Path,
        metavar="TXT",
        help="sentences for the card, one a line: what falls short, and what would close it",
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> None:
    """Load, judge, print."""
    from midime_engine.pretraining.card import judged_against, read_card, write_card
    from midime_engine.pretraining.card_prose import figures_in_words

    weights = Path(options.model)
    card = read_card(weights) if options.update_card else {}
    if options.update_card and not card:
        raise OptionError(
            f"There is no card beside {options.model}.",
            remedy="Name weights that `midime pretrain` has exported.",
        )
    notes = _notes(options.notes) if options.notes else card.get("notes", [])
    with Stages() as stages:
        model = load_model(options.model, stages)
        with stages.stage("windows", "Reading the windows"):
            windows = _windows(options.windows, model)
            others = {
                name: _some(np.asarray(_windows(path, model).valid), options.at_most)
                for name, path in options.others
            }
        with stages.stage("judge", "Judging"):
            mixture = _mixture(model, windows, options)
            figures = _judge(model, windows, others, mixture, options)
    judged = judged_against(card.get("name", model.config.name), figures, notes)
    if options.update_card:
        write_card(weights, {**card, **judged})
    if options.json:
        print(json.dumps(judged, indent=1, ensure_ascii=False))
    else:
        print("\n".join(figures_in_words(judged)))


def _mixture(model: MusicVAE, windows: Windows, options: argparse.Namespace) -> Mixture | None:
    """Fitted to the training windows, or the one that is stored with the model, if any."""
    from midime_engine.musicvae.cards import ModelCard, locate
    from midime_engine.musicvae.mixtures import read_mixture, write_mixture
    from midime_engine.pretraining.prior import fit_mixture

    if not len(windows.train):
        found = locate(options.model)
        weights = found.path if isinstance(found, ModelCard) else found
        return read_mixture(weights) if isinstance(weights, Path) else None
    fitted = fit_mixture(model, windows.train)
    if not options.update_card:
        return fitted
    write_mixture(Path(options.model), fitted)
    return read_mixture(Path(options.model))


def _judge(
    model: MusicVAE,
    windows: Windows,
    others: dict[str, IntArray],
    mixture: Mixture | None,
    options: argparse.Namespace,
) -> dict[str, Any]:
    from midime_engine.pretraining.judgement import judge

    train, valid = windows.train, _some(np.asarray(windows.valid), options.at_most)
    if windows.valid_figures is not None:
        others = {
            "accompaniment": _some(np.asarray(windows.valid_figures), options.at_most),
            **others,
        }
    return judge(
        model, valid, train=train, others=others, mixture=mixture, n_samples=options.samples
    )


def _windows(path: Path, model: MusicVAE) -> Windows:
    """Read windows, and check that the model can take them.

    Raises:
        TrainingError: there are none at that path.
        OptionError: they are of another length or of other parts.
    """
    from midime_engine.pretraining.windows import load_windows

    windows = load_windows(path)
    config = model.config
    expected, found = (config.n_steps, len(config.parts)), windows.valid.shape[1:]
    if expected != found or not len(windows.valid):
        raise OptionError(
            f"{path.name} holds {len(windows.valid)} windows of {found[0]} steps and {found[1]} "
            f"parts to judge by; {config.name} takes {expected[0]} steps and {expected[1]} parts.",
            remedy="Prepare windows for this model with midime windows.",
        )
    if any(
        part.size and int(part.max()) >= depth
        for part, depth in zip(np.moveaxis(windows.valid, -1, 0), config.output_depths, strict=True)
    ):
        raise OptionError(
            f"{path.name} holds notes that {config.name} does not know: it was cut for other "
            "parts.",
            remedy="Prepare windows for this model with midime windows.",
        )
    return windows


def _some(windows: IntArray, at_most: int | None) -> IntArray:
    if at_most is None or len(windows) <= at_most:
        return windows
    return windows[np.sort(np.random.default_rng(0).permutation(len(windows))[:at_most])]


def _notes(path: Path) -> list[str]:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise OptionError(
            f"{path} cannot be read.", remedy="Name a text file with one sentence a line."
        ) from error
    return [line.strip() for line in text.splitlines() if line.strip()]


def _named(text: str) -> tuple[str, Path]:
    name, equals, path = text.partition("=")
    if not (name and equals and path):
        raise argparse.ArgumentTypeError(f"{text!r} is not NAME=NPZ")
    return name, Path(path)
