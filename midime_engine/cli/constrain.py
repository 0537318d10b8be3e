"""``midime constrain``: train a constraint on rules and write what it does to the same seeds."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from midime_engine.attributes.parsing import parse_all
from midime_engine.cli.arguments import (
    add_model,
    add_out,
    add_seed,
    add_temperature,
    whole_number,
)
from midime_engine.cli.loading import load_midime, load_model
from midime_engine.cli.results import Results
from midime_engine.cli.stages import Stages
from midime_engine.constraints import persistence
from midime_engine.constraints.config import ConstraintConfig
from midime_engine.errors import OptionError
from midime_engine.music.midi_io import write_midi
from midime_engine.music.playback import Playback
from midime_engine.pipelines import constrain
from midime_engine.pipelines.constraint_report import constraint_report, metadata_of
from midime_engine.pipelines.generate import to_music
from midime_engine.pipelines.spaces import base_space, slider_space, song_space
from midime_engine.pipelines.wishes import Ear, MusicJudge

if TYPE_CHECKING:
    import argparse

    from midime_engine.attributes.requirement import Requirements
    from midime_engine.constraints.space import Space
    from midime_engine.midime.model import MidiMe
    from midime_engine.musicvae.model import MusicVAE
    from midime_engine.protocols import FloatArray, IntArray

__all__ = ["add_to", "run"]

_DESCRIPTION: Final = """\
Teach a model rules in a few seconds, without changing it: a small network learns where to move
its vectors so that what they decode to keeps the rules. Writes before/000.mid … and
after/000.mid … (the same seeds), constraint.safetensors and report.json.
`midime rules` lists the rules."""

_MAX_SAMPLES: Final = 5000
"""Files in a folder; shares are sure to a hundredth from a thousand on."""

_MAX_ITERATIONS: Final = 2000
"""Ten times what it takes."""


def add_to(verbs: argparse._SubParsersAction[Any]) -> None:
    """Add the verb to the command line."""
    parser = verbs.add_parser(
        "constrain",
        help="train a constraint: music that keeps your rules",
        description=_DESCRIPTION,
    )
    parser.add_argument(
        "--rule",
        dest="rules",
        action="append",
        required=True,
        metavar="RULE",
        help="a wish, for example 'key=C major', 'density>=0.5', 'range=C4-C6', or an expression "
        "over named features; may be repeated, then all are to be kept",
    )
    parser.add_argument(
        "--midime",
        type=Path,
        metavar="MIDIME.safetensors",
        help="stay near what this saved MidiMe plays, instead of all that the model can play",
    )
    parser.add_argument(
        "--sliders-only",
        action="store_true",
        help="with --midime, move only its few sliders, and nothing else of the music",
    )
    add_model(parser, default=None)
    parser.add_argument(
        "--iterations",
        type=whole_number(1, _MAX_ITERATIONS),
        default=ConstraintConfig().iterations,
        metavar="N",
        help="how long to train (default: %(default)s)",
    )
    parser.add_argument(
        "--samples",
        type=whole_number(1, _MAX_SAMPLES),
        default=1000,
        metavar="N",
        help="how many pieces to write before and after (default: %(default)s)",
    )
    add_seed(parser)
    add_temperature(parser)
    add_out(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> None:
    """Load, train, decode before and after, write."""
    requirements = parse_all(options.rules)
    if options.sliders_only and options.midime is None:
        raise OptionError(
            "--sliders-only needs a MidiMe, whose sliders they are.",
            remedy="Name its file after --midime.",
        )
    midime, provenance = load_midime(options.midime) if options.midime else (None, None)
    results = Results(options.out)
    folders = {name: Results(options.out / name) for name in ("before", "after")}
    with Stages() as stages:
        model = load_model(options.model, stages, midime=midime, provenance=provenance)
        constrain.check(requirements, model.config.parts)
        playback = provenance.playback if provenance else Playback()
        ear = Ear(
            model,
            model.config.parts,
            steps_per_bar=playback.steps_per_bar,
            n_steps=playback.n_steps,
            space=midime if options.sliders_only else None,
            temperature=options.temperature,
        )
        with stages.stage("space", "Listening to the model"):
            space = _space(model, midime, sliders_only=options.sliders_only, seed=options.seed)
        training = _train(space, ear, requirements, options, stages)
        with stages.stage("compare", "Playing before and after"):
            # Other seeds than those that it was trained on.
            z = space.draw(options.samples, options.seed + 1)
            moved = training.constraint.apply(z)
            found = constrain.compare(z, moved, ear, requirements, seed=options.seed)
        with stages.stage("write", "Writing"):
            for name, tokens in (("before", found.before), ("after", found.after)):
                _write(folders[name], tokens, model, playback)
            metadata = metadata_of(
                requirements, found, model=model.config.name, provenance=provenance
            )
            results.write(
                "constraint.safetensors", persistence.to_bytes(training.constraint, metadata)
            )
        results.write_report(
            constraint_report(
                requirements,
                found,
                training,
                model=model.config.name,
                seed=options.seed,
                temperature=options.temperature,
                seconds=stages.seconds,
            )
        )
    _print(requirements, found, options.out)


def _space(model: MusicVAE, midime: MidiMe | None, *, sliders_only: bool, seed: int) -> Space:
    if midime is None:
        return base_space(model, seed=seed)
    return slider_space(midime, seed=seed) if sliders_only else song_space(midime, model, seed=seed)


def _train(
    space: Space,
    ear: Ear,
    requirements: Requirements,
    options: argparse.Namespace,
    stages: Stages,
) -> constrain.Constraining:
    config = ConstraintConfig(iterations=options.iterations, seed=options.seed)
    training = constrain.start(space, MusicJudge(ear, requirements), config)
    with stages.stage("train", "Training", total=options.iterations) as advance:
        for step in training:
            if step.iteration:
                advance(f"{step.all_satisfied:.0%} keep the rules")
    return training


def _write(results: Results, tokens: IntArray, model: MusicVAE, playback: Playback) -> None:
    music = to_music(tokens, parts=model.config.parts, playback=playback)
    for index, sequence in enumerate(music):
        results.write(f"{index:03d}.mid", write_midi(sequence))


def _print(requirements: Requirements, found: constrain.Comparison, out: Path) -> None:
    for column, item in enumerate(requirements):
        before, after = (
            _share(kept[:, column]) for kept in (found.satisfied_before, found.satisfied_after)
        )
        print(f"{item}: kept by {before} before, {after} after.")
    print(f"The same pieces before and after are in {out}.")


def _share(kept: FloatArray) -> str:
    return f"{float(kept.mean()):.1%}"
