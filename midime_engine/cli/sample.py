"""``midime sample``: new music from a MidiMe that is there already, or from a model alone."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from midime_engine.cli.arguments import add_model, add_out, add_sampling
from midime_engine.cli.loading import load_midime, load_model
from midime_engine.cli.results import Results
from midime_engine.cli.stages import Stages
from midime_engine.music.playback import Playback
from midime_engine.pipelines import generate
from midime_engine.pipelines.report import sampling_report

if TYPE_CHECKING:
    import argparse

__all__ = ["add_to", "run"]

_DESCRIPTION: Final = """\
Write new variations: sample_00.mid, sample_01.mid … and report.json. With a MidiMe they sound like
its song and have its tempo; without one they are what the model plays when it knows no song."""


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
    add_out(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> None:
    """Load, draw, decode, write."""
    midime, provenance = load_midime(options.midime) if options.midime else (None, None)
    results = Results(options.out)
    with Stages() as stages:
        model = load_model(options.model, stages, midime=midime, provenance=provenance)
        playback = provenance.playback if provenance else Playback()
        parts = model.config.parts
        with stages.stage("sample", "Making variations"):
            if midime is None:
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
                seconds=stages.seconds,
            )
        )
    print(f"{len(variations.tokens)} variations are in {options.out}.")
