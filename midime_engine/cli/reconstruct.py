"""``midime reconstruct``: what a model makes of a song when it only repeats it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from midime_engine.cli.account import print_material
from midime_engine.cli.arguments import add_model, add_out, add_songs
from midime_engine.cli.loading import load_midime, load_model
from midime_engine.cli.results import Results
from midime_engine.cli.songs import choose_tracks, read_songs
from midime_engine.cli.stages import Stages
from midime_engine.pipelines.embed import embed
from midime_engine.pipelines.generate import to_music
from midime_engine.pipelines.prepare import prepare
from midime_engine.pipelines.reconstruct import rebuild, rebuild_through
from midime_engine.pipelines.report import reconstruction_report

if TYPE_CHECKING:
    import argparse

__all__ = ["add_to", "run"]

_DESCRIPTION: Final = """\
Send a song through a model and back: what you hear is what the model understood of it. Writes
reconstruction.mid, the chunks end to end, and report.json with the share of steps of each chunk
that came back unchanged."""


def add_to(verbs: argparse._SubParsersAction[Any]) -> None:
    """Add the verb to the command line."""
    parser = verbs.add_parser(
        "reconstruct", help="send a song through a model and back", description=_DESCRIPTION
    )
    add_songs(parser)
    add_model(parser, default=None)
    parser.add_argument(
        "--midime",
        type=Path,
        metavar="FILE",
        help="go through the few numbers of this MidiMe (a midime.safetensors) as well",
    )
    add_out(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> None:
    """Read, encode, decode, write."""
    with Stages() as stages:
        with stages.stage("import", "Reading the music"):
            songs = read_songs(options.songs)
            midime, provenance = load_midime(options.midime) if options.midime else (None, None)
        results = Results(options.out)
        model = load_model(options.model, stages, midime=midime, provenance=provenance)
        parts, n_steps = model.config.parts, model.config.n_steps
        with stages.stage("import", "Cutting at bar lines"):
            chosen = choose_tracks(songs, options.tracks, parts=parts, n_steps=n_steps)
            material = prepare(songs, parts=parts, n_steps=n_steps, selections=chosen)
        chunks = material.chunks
        with stages.stage("encode", "Encoding the chunks"):
            mu = embed(chunks, model).latents.mu
        with stages.stage("decode", "Decoding them again"):
            if midime is None:
                rebuilt = rebuild(chunks, mu, model)
            else:
                rebuilt = rebuild_through(chunks, mu, midime, model)
        with stages.stage("write", "Writing"):
            music = to_music(rebuilt.tokens, parts=parts, playback=chunks.playback)
            results.write_joined("reconstruction.mid", music, chunks.playback)
        results.write_report(
            reconstruction_report(
                material,
                rebuilt,
                model=model.config.name,
                device=model.device,
                through_midime=midime is not None,
                seconds=stages.seconds,
            )
        )
    print_material(material)
    print(f"{rebuilt.mean_accuracy:.0%} of the steps came back unchanged; see {options.out}.")
