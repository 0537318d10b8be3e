"""``midime blend``: two MidiMes become a third."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from midime_engine.cli.arguments import share, whole_number
from midime_engine.cli.loading import load_model, read_file
from midime_engine.cli.results import Results
from midime_engine.cli.stages import Stages
from midime_engine.midime.persistence import MAX_FILE_BYTES
from midime_engine.pipelines import blend
from midime_engine.pipelines.take import MAX_SEED

if TYPE_CHECKING:
    import argparse

__all__ = ["add_to", "run"]

_DESCRIPTION: Final = """\
Blend two MidiMes of the same base model: trains a new one on music that lies between theirs. The
result is a MidiMe like any other, for `midime sample`, the app, or another blend."""


def add_to(verbs: argparse._SubParsersAction[Any]) -> None:
    """Add the verb to the command line."""
    parser = verbs.add_parser(
        "blend", help="make a MidiMe that lies between two others", description=_DESCRIPTION
    )
    for name in ("a", "b"):
        parser.add_argument(name, type=Path, metavar=f"{name.upper()}.safetensors", help="a MidiMe")
    parser.add_argument(
        "--share",
        type=share,
        default=0.5,
        metavar="X",
        help="share of the second, from 0 to 1 (default: %(default)s)",
    )
    parser.add_argument(
        "--seed",
        type=whole_number(0, MAX_SEED),
        default=0,
        metavar="N",
        help="the same seed gives the same blend (default: 0)",
    )
    parser.add_argument(
        "--out", type=Path, required=True, metavar="FILE", help="the file to write the blend to"
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> None:
    """Read, train, write, compare."""
    from midime_engine.midime import persistence

    a, b = (
        blend.Half.of(read_file(path, most=MAX_FILE_BYTES), name=name)
        for path, name in zip((options.a, options.b), _names(options.a, options.b), strict=True)
    )
    blend.require_related(a, b)
    results = Results(options.out.parent)
    provenance = blend.provenance_of(a, b, share=options.share)
    with Stages() as stages:
        training = blend.start(a, b, share=options.share, seed=options.seed)
        config = training.space.config
        with stages.stage("train", "Training the blend", total=config.epochs) as advance:
            for step in training:
                advance(f"loss {step.total:.1f}")
        data = persistence.to_bytes(training.space, provenance.to_json())
        results.write(options.out.name, data)
        model = load_model(None, stages, midime=training.space, provenance=provenance)
        with stages.stage("sample", "Comparing it with both"):
            alike = blend.likeness(training.space, a, b, model, provenance=provenance)
    print(
        f"{options.out}: its music is {alike.to_a:.0%} like {a.name} and {alike.to_b:.0%} like "
        f"{b.name}, which are {alike.apart:.0%} alike."
    )


def _names(a: Path, b: Path) -> tuple[str, str]:
    """What to call two files; ``midime personalize`` gives all of them the same name."""
    return (a.stem, b.stem) if a.stem != b.stem else (str(a), str(b))
