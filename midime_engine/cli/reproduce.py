"""``midime reproduce``: make the music of a bundle again."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from midime_engine.cli.arguments import add_model, add_out
from midime_engine.cli.loading import load_model, read_file
from midime_engine.cli.results import Results
from midime_engine.cli.stages import Stages
from midime_engine.midime.persistence import MAX_FILE_BYTES
from midime_engine.music.limits import MAX_FILE_BYTES as MAX_MIDI_BYTES
from midime_engine.musicvae.digest import digest_of
from midime_engine.pipelines import bundle
from midime_engine.pipelines.provenance import Provenance
from midime_engine.pipelines.report import sampling_report
from midime_engine.pipelines.reproduce import differences, reproduce

if TYPE_CHECKING:
    import argparse

__all__ = ["add_to", "run"]

_DESCRIPTION: Final = """\
Play again what was downloaded from the app with "Everything": writes variation.mid and report.json,
and says whether the music is the same byte for byte. The zip need not be unpacked; of an unpacked
one name params.json, beside which midime.safetensors has to lie."""


def add_to(verbs: argparse._SubParsersAction[Any]) -> None:
    """Add the verb to the command line."""
    parser = verbs.add_parser(
        "reproduce", help="make the music of a downloaded bundle again", description=_DESCRIPTION
    )
    parser.add_argument(
        "bundle", type=Path, metavar="BUNDLE.zip", help="the zip, or its params.json"
    )
    add_model(parser, default=None)
    add_out(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> None:
    """Read, decode, write, compare."""
    from midime_engine.midime import persistence

    found = _read(options.bundle)
    midime, metadata = persistence.from_bytes(found.midime)
    provenance = Provenance.from_json(metadata)
    results = Results(options.out)
    name = options.model or provenance.model
    with Stages() as stages:
        model = load_model(name, stages, midime=midime, provenance=provenance)
        model_sha256 = digest_of(name)
        with stages.stage("sample", "Playing it again"):
            played = reproduce(
                found,
                midime,
                provenance,
                model,
                n_steps=model.config.n_steps,
                z_size=model.config.z_size,
            )
        results.write(bundle.MIDI, played.midi)
        take = found.params.take
        report = sampling_report(
            played.variations,
            model=model.config.name,
            device=model.device,
            provenance=provenance,
            temperature=take.temperature,
            seed=take.seed,
            nudges=take.nudges,
            seconds=stages.seconds,
        )
        results.write_report({**report, "identical": played.is_identical})
    path = options.out / bundle.MIDI
    if played.is_identical:
        print(f"{path} is the same music, byte for byte.")
        return
    print(f"{path} is NOT the same, byte for byte.")
    for sentence in differences(found, model_sha256=model_sha256):
        print(f"- {sentence}", file=sys.stderr)


def _read(path: Path) -> bundle.Bundle:
    if path.suffix != ".json":
        return bundle.unpack(read_file(path, most=bundle.MAX_BYTES))
    midi, rules = path.with_name(bundle.MIDI), path.with_name(bundle.RULES)
    return bundle.unpack_params(
        read_file(path, most=MAX_FILE_BYTES),
        midime=read_file(path.with_name(bundle.MIDIME), most=MAX_FILE_BYTES),
        midi=read_file(midi, most=MAX_MIDI_BYTES) if midi.exists() else None,
        rules=read_file(rules, most=MAX_FILE_BYTES) if rules.exists() else None,
    )
