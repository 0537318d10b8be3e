"""``midime personalize``: from songs to a MidiMe, its variations and a report."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any, Final

from midime_engine.cli.account import print_material
from midime_engine.cli.arguments import (
    add_model,
    add_out,
    add_sampling,
    add_songs,
    whole_number,
)
from midime_engine.cli.loading import load_model
from midime_engine.cli.results import Results
from midime_engine.cli.songs import choose_tracks, read_songs
from midime_engine.cli.stages import Stages
from midime_engine.midime.config import MAX_EPOCHS, MidiMeConfig
from midime_engine.pipelines import generate, personalise
from midime_engine.pipelines.embed import embed, training_latents
from midime_engine.pipelines.outcome import evaluate
from midime_engine.pipelines.prepare import prepare
from midime_engine.pipelines.provenance import Provenance
from midime_engine.pipelines.report import personalisation_report

if TYPE_CHECKING:
    from midime_engine.midime.model import MidiMe
    from midime_engine.pipelines.outcome import Outcome
    from midime_engine.pipelines.personalise import Training
    from midime_engine.protocols import FloatArray

__all__ = ["add_to", "run"]

_DESCRIPTION: Final = """\
Train a MidiMe on your songs, in about a second, and let it play. Writes to --out:

  midime.safetensors   the MidiMe; `midime sample` and the app make more music from it
  sample_00.mid …      variations, in the tempo and metre of the (first) song
  reconstruction.mid   the songs as the MidiMe remembers them, end to end
  report.json          what was read and what was lost, losses, seconds, likeness and originality"""


def add_to(verbs: argparse._SubParsersAction[Any]) -> None:
    """Add the verb to the command line."""
    parser = verbs.add_parser(
        "personalize",
        aliases=["personalise"],
        help="train a MidiMe on songs and write variations of them",
        description=_DESCRIPTION,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add_songs(parser)
    add_model(parser)
    parser.add_argument(
        "--epochs",
        type=whole_number(1, MAX_EPOCHS),
        default=MidiMeConfig().epochs,
        metavar="N",
        help="training steps at most; fewer are taken when the loss no longer falls "
        "(default: %(default)s)",
    )
    add_sampling(parser)
    add_out(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> None:
    """Read, encode, train, play, compare, write."""
    with Stages() as stages:
        with stages.stage("import", "Reading the songs"):
            songs = read_songs(options.songs)
        results = Results(options.out)
        model = load_model(options.model, stages)
        parts, n_steps = model.config.parts, model.config.n_steps
        with stages.stage("import", "Cutting at bar lines"):
            chosen = choose_tracks(songs, options.tracks, parts=parts, n_steps=n_steps)
            material = prepare(songs, parts=parts, n_steps=n_steps, selections=chosen)
        with stages.stage("encode", "Encoding the chunks"):
            embedding = embed(material.chunks, model)
            z = training_latents(embedding, model, parts=parts)
        training = _train(z, options, stages)
        with stages.stage("sample", "Making and comparing variations"):
            outcome = evaluate(
                embedding,
                training.space,
                model,
                parts=parts,
                starts=model.starts(options.samples, seed=options.seed),
                temperature=options.temperature,
                seed=options.seed,
            )
        with stages.stage("write", "Writing"):
            provenance = Provenance.of(material, model=model.config.name, parts=parts)
            _write(results, training.space, provenance, outcome)
        results.write_report(
            personalisation_report(
                material,
                training.history,
                outcome,
                config=training.space.config,
                n_vectors=len(z),
                model=model.config.name,
                device=model.device,
                temperature=options.temperature,
                seed=options.seed,
                seconds=stages.seconds,
            )
        )
    print_material(material)
    _print_outcome(outcome, training)
    print(f"{len(results.names)} files are in {options.out}.")


def _train(z: FloatArray, options: argparse.Namespace, stages: Stages) -> Training[MidiMe]:
    config = MidiMeConfig(input_size=z.shape[1], epochs=options.epochs, seed=options.seed)
    with stages.stage("compile", "Preparing to train"):
        personalise.warm_up(z, config)
    training = personalise.start(z, config)
    with stages.stage("train", "Training a MidiMe", total=config.epochs) as advance:
        for step in training:
            advance(f"loss {step.total:.1f}")
    return training


def _write(results: Results, midime: MidiMe, provenance: Provenance, outcome: Outcome) -> None:
    from midime_engine.midime import persistence

    results.write("midime.safetensors", persistence.to_bytes(midime, provenance.to_json()))
    parts, playback = provenance.parts, provenance.playback
    variations = generate.to_music(outcome.variations.tokens, parts=parts, playback=playback)
    results.write_samples(variations)
    remembered = generate.to_music(outcome.by_midime.tokens, parts=parts, playback=playback)
    results.write_joined("reconstruction.mid", remembered, playback)


def _print_outcome(outcome: Outcome, training: Training[MidiMe]) -> None:
    epochs = len(training.history)
    latent_size = training.space.config.latent_size
    print(f"Trained for {epochs} epochs in {training.seconds:.1f} s.")
    print(
        f"Of the steps of the song, {outcome.by_model.mean_accuracy:.0%} survive the model and "
        f"{outcome.by_midime.mean_accuracy:.0%} also the {latent_size} numbers of the MidiMe."
    )
