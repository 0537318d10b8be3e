"""``midime sample``: new music from a MidiMe that is there already, or from a model alone."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from midime_engine.cli.arguments import add_model, add_out, add_sampling, nudge, point
from midime_engine.cli.loading import load_midime, load_model
from midime_engine.cli.results import Results
from midime_engine.cli.stages import Stages
from midime_engine.errors import OptionError
from midime_engine.music.playback import Playback
from midime_engine.pipelines import generate
from midime_engine.pipelines.report import sampling_report
from midime_engine.pipelines.take import Take, play

if TYPE_CHECKING:
    import argparse

__all__ = ["add_to", "run"]

_DESCRIPTION: Final = """\
Write new variations: sample_00.mid, sample_01.mid … and report.json. With a MidiMe they sound like
its song and have its tempo; without one they are what the model plays when it knows no song. With
--point there is one variation, that of the sliders of the app."""


def add_to(verbs: argparse._SubParsersAction[Any]) -> None:
    """Add the verb to the command line."""
    parser = verbs.add_parser(
        "sample", help="write variations from a saved MidiMe", description=_DESCRIPTION
    )
    parser.add_argument(
        "midime",
        nargs="?",
        type=Path,
        metavar="MIDIME.safetensors",
        help="what `midime personalize` or the app has saved; without it the model itself plays",
    )
    add_model(parser, default=None)
    add_sampling(parser)
    parser.add_argument(
        "--point",
        type=point,
        metavar="A,B,...",
        help="where the sliders stand, one number each: play exactly that instead of drawing "
        "(write --point=-0.4,1 where the first is negative)",
    )
    parser.add_argument(
        "--nudge",
        dest="nudges",
        action="append",
        type=nudge,
        default=[],
        metavar="N:X",
        help="with --point, add X to dimension N of the base model; may be repeated",
    )
    add_out(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> None:
    """Load, draw, decode, write."""
    take = _take(options)
    midime, provenance = load_midime(options.midime) if options.midime else (None, None)
    results = Results(options.out)
    with Stages() as stages:
        model = load_model(options.model, stages, midime=midime, provenance=provenance)
        playback = provenance.playback if provenance else Playback()
        parts = model.config.parts
        with stages.stage("sample", "Making variations"):
            if midime is not None and take is not None:
                variations = play(take, midime, model)
            elif midime is None:
                variations = generate.sample_base(
                    model.starts(options.samples, seed=options.seed),
                    model,
                    temperature=options.temperature,
                    seed=options.seed,
                )
            else:
                variations = generate.sample(
                    options.samples,
                    midime,
                    model,
                    parts=parts,
                    n_steps=playback.n_steps,
                    temperature=options.temperature,
                    seed=options.seed,
                )
        with stages.stage("write", "Writing"):
            results.write_samples(
                generate.to_music(variations.tokens, parts=parts, playback=playback)
            )
        results.write_report(
            sampling_report(
                variations,
                model=model.config.name,
                device=model.device,
                provenance=provenance,
                temperature=options.temperature,
                seed=options.seed,
                nudges=options.nudges,
                seconds=stages.seconds,
            )
        )
    n = len(variations.tokens)
    print(f"{n} variation{' is' if n == 1 else 's are'} in {options.out}.")


def _take(options: argparse.Namespace) -> Take | None:
    """The one variation that was asked for by its numbers, if one was."""
    if options.point is None:
        if options.nudges:
            raise OptionError(
                "--nudge needs a point to start from.", remedy="Give one with --point."
            )
        return None
    if options.midime is None:
        raise OptionError(
            "--point is a place of a MidiMe, and none is named.",
            remedy="Name the file of a MidiMe before it.",
        )
    return Take(options.point, tuple(options.nudges), options.temperature, options.seed)
