"""``midime pretrain-translator``: a general translator between two models, from corpora."""

from __future__ import annotations

import shlex
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from midime_engine.cli.arguments import add_out, add_split, whole_number
from midime_engine.cli.loading import load_model
from midime_engine.cli.stages import Stages
from midime_engine.errors import OptionError
from midime_engine.pipelines import bridge, teach
from midime_engine.pipelines.take import MAX_SEED
from midime_engine.translation.config import MAX_STEPS
from midime_engine.translation.domain import face

if TYPE_CHECKING:
    import argparse

    from midime_engine.musicvae.model import MusicVAE
    from midime_engine.pretraining.duets import Heard
    from midime_engine.translation.domain import Domain

__all__ = ["add_to", "run"]

_DESCRIPTION: Final = """\
Train a general translator between two models. Corpora are zip archives and folders of MIDI files;
those with whole bands (melody, bass and drums) teach how parts go together. What the models hear is
kept in the output folder (pairs.npz) for the next run. Writes the translator in half precision,
with a card that says how good it is."""

_PAIRS_NAME: Final = "pairs.npz"
_PLAYED: Final = 1024
_MOST_PLAYED: Final = 65_536

_SHOWN: Final = 100
"""Steps between two lines of the course."""


def add_to(verbs: argparse._SubParsersAction[Any]) -> None:
    """Add the verb to the command line."""
    parser = verbs.add_parser(
        "pretrain-translator",
        help="train a general translator between two models",
        description=_DESCRIPTION,
    )
    parser.add_argument("models", nargs=2, metavar="MODEL", help="the two models")
    parser.add_argument(
        "--corpora", nargs="+", type=Path, default=[], metavar="PATH", help="zip archives, folders"
    )
    add_split(parser)
    parser.add_argument(
        "--pairs", type=Path, metavar="NPZ", help="what the models heard before, for --corpora"
    )
    parser.add_argument(
        "--steps",
        type=whole_number(1, MAX_STEPS),
        default=teach.GENERAL_STEPS,
        metavar="N",
        help="length of the training (default: %(default)s)",
    )
    parser.add_argument(
        "--listen",
        type=whole_number(1, _MOST_PLAYED),
        default=_PLAYED,
        metavar="N",
        help="translations of each side that are decoded and measured, every twentieth of the way "
        "(default: %(default)s)",
    )
    parser.add_argument(
        "--seed",
        type=whole_number(0, MAX_SEED),
        default=0,
        metavar="N",
        help="of weights, order and noise (default: 0)",
    )
    add_out(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> None:
    """Cut, hear, train, judge, write."""
    from midime_engine.pretraining import translators

    options.out.mkdir(parents=True, exist_ok=True)
    with Stages() as stages:
        first, second = (load_model(name, stages) for name in options.models)
        models = (first, second)
        domains = face(*(bridge.domain_of(model.config) for model in models))
        heard = _heard(options, models, domains, stages)
        scales = heard.scales(~heard.is_valid)
        pairs = heard.pairs(~heard.is_valid, scales)
        config = replace(teach.general_config(domains, seed=options.seed), steps=options.steps)
        course: list[dict[str, float]] = []
        training = translators.General(pairs, scales, models, config, n_played=options.listen)
        with stages.stage("train", "Training", total=config.steps) as advance:
            for step in training:
                advance(f"loss {step.total:.3f}")
                if step.step % _SHOWN == 0 or step.step == 1:
                    terms = {name: round(value, 5) for name, value in step.terms}
                    line = {"step": step.step, "total": round(step.total, 5)}
                    line["reconstruction"] = round(step.reconstruction, 5)
                    course.append(line | terms)
        with stages.stage("judge", "Judging"):
            rows = translators.held_out(heard, heard.is_valid)
            judged = translators.judge(training.translator, heard, rows, models, strictness=1.0)
        path = translators.write(
            options.out,
            training.translator,
            scales,
            judged,
            data={
                "train": len(pairs),
                "together": int(pairs.together.sum()),
                "valid": len(rows),
                "corpora": _sources(options),
            },
            course=course,
            command=_command(options),
        )
    for one in judged:
        carried = one.to_json()["carried"]
        print(
            f"{one.source} to {one.target}: back {one.round_trip:.3f} of {one.own_accuracy:.3f}, "
            f"density {carried['density']}, syncopation {carried['syncopation']}, "
            f"distance ratio {one.ratio:.3f} ({one.songs_nearer} of {one.n_songs} songs)."
        )
    print(f"Wrote {path}.")


def _heard(
    options: argparse.Namespace,
    models: tuple[MusicVAE, MusicVAE],
    domains: tuple[Domain, Domain],
    stages: Stages,
) -> Heard:
    from midime_engine.pretraining.duets import Heard, cut, hear

    stored = options.pairs or options.out / _PAIRS_NAME
    if stored.exists():
        return Heard.load(stored, domains)
    named = [*options.corpora, *([options.split] if options.split else [])]
    missing = [str(path) for path in named if not path.exists()]
    if missing or not options.corpora:
        raise OptionError(
            f"There is nothing to train on: {', '.join(missing) or 'no corpora were named'}.",
            remedy="Name zip archives or folders of MIDI files with --corpora.",
        )
    with stages.stage("cut", "Cutting the corpora"):
        duets = cut(options.corpora, split=options.split, span=domains[0].span)
    with stages.stage("hear", "Hearing them"):
        heard = hear(duets, models, domains)
    heard.save(options.out / _PAIRS_NAME)
    return heard


def _command(options: argparse.Namespace) -> str:
    """What repeats the run, without the folders of this machine."""
    words = ["midime", "pretrain-translator", *options.models, "--corpora"]
    words += [path.name for path in options.corpora]
    words += ["--split", options.split.name] if options.split else []
    words += ["--steps", str(options.steps), "--listen", str(options.listen)]
    words += ["--seed", str(options.seed), "--out", "translator"]
    return shlex.join(words)


def _sources(options: argparse.Namespace) -> list[dict[str, str]]:
    from midime_engine.pretraining.sources import SOURCES

    names = [path.stem for path in options.corpora]
    return [dict(SOURCES[name]._asdict()) for name in names if name in SOURCES]
