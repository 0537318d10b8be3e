"""``midime compose``: a longer piece from a MidiMe."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from midime_engine.cli.account import print_material
from midime_engine.cli.arguments import (
    add_model,
    add_out,
    add_seed,
    add_temperature,
    point,
    share,
    whole_number,
)
from midime_engine.cli.loading import load_midime, load_model
from midime_engine.cli.results import Results
from midime_engine.cli.songs import read_songs
from midime_engine.cli.stages import Stages
from midime_engine.converters.harmony import chords_of
from midime_engine.errors import OptionError
from midime_engine.music.midi_io import write_midi
from midime_engine.pipelines import draws, forms
from midime_engine.pipelines.compose import compose, kept_in, kept_share, to_sequence
from midime_engine.pipelines.embed import embed
from midime_engine.pipelines.plan import MAX_BARS, MIN_BARS
from midime_engine.pipelines.prepare import Material, prepare
from midime_engine.pipelines.report import composition_report
from midime_engine.pipelines.take import MAX_SEED
from midime_engine.pipelines.travel import Place

if TYPE_CHECKING:
    from midime_engine.converters.classes import Role
    from midime_engine.midime.model import MidiMe
    from midime_engine.music.chords import Triad
    from midime_engine.music.playback import Playback
    from midime_engine.musicvae.model import MusicVAE
    from midime_engine.pipelines.plan import Plan
    from midime_engine.protocols import FloatArray

__all__ = ["add_to", "run"]

_DESCRIPTION: Final = """\
Write a longer piece, piece.mid, and report.json. The forms:

  song   in the order of the song's own pieces, moved toward a variation (needs --song)
  aaba   a section twice, another one, the first again
  path   from place to place
  free   one draw after the other

Places are drawn with --seed, or named with --through."""

_PATH_PLACES: Final = 4
"""Drawn for a path that names none."""


def add_to(verbs: argparse._SubParsersAction[Any]) -> None:
    """Add the verb to the command line."""
    parser = verbs.add_parser(
        "compose",
        help="write a longer piece from a saved MidiMe",
        description=_DESCRIPTION,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "midime",
        type=Path,
        metavar="MIDIME.safetensors",
        help="what `midime personalize` or the app has saved",
    )
    parser.add_argument(
        "--song",
        dest="songs",
        action="append",
        type=Path,
        default=[],
        metavar="SONG.mid",
        help="the song it was trained on, for --form song and --keep-harmony; may be repeated",
    )
    parser.add_argument(
        "--bars",
        type=whole_number(MIN_BARS, MAX_BARS),
        default=32,
        metavar="N",
        help=f"length, {MIN_BARS} to {MAX_BARS} (default: %(default)s)",
    )
    parser.add_argument(
        "--form",
        choices=("song", "aaba", "path", "free"),
        default="free",
        help="how it is laid out (default: %(default)s)",
    )
    parser.add_argument(
        "--through",
        action="append",
        type=point,
        default=[],
        metavar="A,B,...",
        help="a place, one number per slider; may be repeated: the variation that the song is "
        "moved to, A and B, or the stops of a path (--through=-0.4,1 where the first is negative)",
    )
    parser.add_argument(
        "--amount",
        type=share,
        default=0.5,
        metavar="X",
        help="with --form song, how far it is moved, from 0 to 1 (default: %(default)s)",
    )
    parser.add_argument(
        "--keep-harmony",
        action="store_true",
        help="move notes on strong beats to the chords of the song",
    )
    add_seed(parser, highest=MAX_SEED - MAX_BARS * 16)
    add_temperature(parser)
    add_model(parser, default=None)
    add_out(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> None:
    """Load, lay out, decode, join, write."""
    if not options.songs and (options.form == "song" or options.keep_harmony):
        wanted = "--form song" if options.form == "song" else "--keep-harmony"
        raise OptionError(f"{wanted} needs the song.", remedy="Name it after --song.")
    midime, provenance = load_midime(options.midime)
    with Stages() as stages:
        with stages.stage("import", "Reading the song"):
            songs = read_songs(options.songs)
        results = Results(options.out)
        model = load_model(options.model, stages, midime=midime, provenance=provenance)
        parts, playback = model.config.parts, provenance.playback
        material = None
        if songs:
            with stages.stage("import", "Cutting at bar lines"):
                material = prepare(songs, parts=parts, n_steps=model.config.n_steps)
                playback = material.chunks.playback
        with stages.stage("plan", "Laying the piece out"):
            plan = _plan(options, midime, model, material, playback)
        chords = _chords(material, parts) if material and options.keep_harmony else []
        with stages.stage("decode", "Making the music"):
            piece = compose(
                plan,
                model,
                parts=parts,
                playback=playback,
                temperature=options.temperature,
                chords=chords,
            )
        with stages.stage("write", "Writing"):
            sequence = to_sequence(piece, parts=parts, playback=playback)
            results.write("piece.mid", write_midi(sequence))
        share_kept = kept_share(kept_in(piece, material.chunks, parts=parts)) if material else None
        results.write_report(
            composition_report(
                piece,
                model=model.config.name,
                device=model.device,
                provenance=provenance,
                material=material,
                settings=_settings(options),
                kept_share=share_kept,
                seconds=stages.seconds,
            )
        )
    if material:
        print_material(material)
        print(f"{share_kept:.0%} of the notes stand in the song as well.")
    if piece.chords:
        print(f"{piece.n_moved} of {piece.n_notes} notes were moved to the harmony of the song.")
    print(f"{options.bars} bars are in {options.out}.")


def _plan(
    options: argparse.Namespace,
    midime: MidiMe,
    model: MusicVAE,
    material: Material | None,
    playback: Playback,
) -> Plan:
    bars, seed, n_steps = options.bars, options.seed, model.config.n_steps
    if options.form == "free":
        _require_at_most(0, options)
        return forms.free(
            bars,
            midime,
            model,
            parts=model.config.parts,
            playback=playback,
            n_steps=n_steps,
            temperature=options.temperature,
            seed=seed,
        )
    if options.form == "song" and material is not None:
        embedding = embed(material.chunks, model)
        return forms.along_song(
            bars,
            material.chunks,
            midime.encode(embedding.latents.mu).mu,
            midime,
            toward=_points(options, midime, 1)[0],
            amount=options.amount,
            seed=seed,
        )
    if options.form == "aaba":
        a, b = (_place(at, midime) for at in _points(options, midime, 2))
        return forms.aaba(bars, a, b, midime, playback=playback, n_steps=n_steps, seed=seed)
    n_places = max(2, len(options.through)) if options.through else _PATH_PLACES
    places = [_place(at, midime) for at in _points(options, midime, n_places)]
    return forms.path(bars, places, midime, playback=playback, n_steps=n_steps, seed=seed)


def _points(options: argparse.Namespace, midime: MidiMe, n: int) -> FloatArray:
    """The places that are named; what is missing of ``n`` is drawn, ``[n, latent_size]``.

    Raises:
        OptionError: More are named than the form has, or one has another number of sliders.
    """
    named, size = options.through, midime.config.latent_size
    _require_at_most(n, options)
    if any(len(place) != size for place in named):
        raise OptionError(
            f"A place of this MidiMe has {size} numbers.", remedy="Give one number per slider."
        )
    drawn = draws.points(range(options.seed, options.seed + n), midime)[len(named) :]
    return np.concatenate([np.array(named, np.float32).reshape(-1, size), drawn])


def _require_at_most(n: int, options: argparse.Namespace) -> None:
    if len(options.through) > n:
        places = "no place" if not n else "1 place" if n == 1 else f"{n} places"
        raise OptionError(
            f"--form {options.form} has {places}, and --through names {len(options.through)}.",
            remedy="Leave the others out.",
        )


def _place(point: FloatArray, midime: MidiMe) -> Place:
    return Place(midime.decode(point[None])[0], point)


def _chords(material: Material, parts: tuple[Role, ...]) -> list[Triad]:
    """The harmony of the song, bar by bar.

    Raises:
        OptionError: It has none.
    """
    heard = [chord for bars in chords_of(material.chunks, parts=parts) for chord in bars]
    chords = [chord for chord in heard if chord is not None]
    if not chords:
        raise OptionError(
            "The song has no part with pitches, so it has no harmony.",
            remedy="Leave --keep-harmony out.",
        )
    return chords


def _settings(options: argparse.Namespace) -> dict[str, Any]:
    return {
        "bars": options.bars,
        "form": options.form,
        "through": [list(place) for place in options.through],
        "amount": options.amount if options.form == "song" else None,
        "keep_harmony": options.keep_harmony,
        "seed": options.seed,
        "temperature": options.temperature,
    }
