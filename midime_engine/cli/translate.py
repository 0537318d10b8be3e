"""``midime translate``: music of one model to music of another that goes with it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from midime_engine.cli.account import print_material
from midime_engine.cli.arguments import (
    add_out,
    add_seed,
    add_temperature,
    share,
    whole_number,
)
from midime_engine.cli.loading import load_model, read_file
from midime_engine.cli.results import Results
from midime_engine.cli.songs import read_songs
from midime_engine.cli.stages import Stages
from midime_engine.errors import OptionError
from midime_engine.music.joining import concatenate
from midime_engine.music.layering import together
from midime_engine.music.midi_io import write_midi
from midime_engine.pipelines import bridge, partners, teach, translate
from midime_engine.pipelines.prepare import prepare
from midime_engine.pipelines.take import MAX_SEED
from midime_engine.pipelines.translation_report import translation_report
from midime_engine.translation import embedded, persistence
from midime_engine.translation.domain import face

if TYPE_CHECKING:
    import argparse

    from midime_engine.converters.chunks import Chunks
    from midime_engine.music.song import Song
    from midime_engine.musicvae.model import MusicVAE
    from midime_engine.protocols import IntArray
    from midime_engine.translation.domain import Domain
    from midime_engine.translation.model import Translator

__all__ = ["add_to", "run"]

_DESCRIPTION: Final = """\
Hear a song in one model and answer it in another: drums to a melody, a melody to drums, a trio to a
melody. Writes the source as the model heard it (source.mid), answers as long as the song
(sample_00.mid, sample_01.mid ...), source and answer together (together_00.mid ...) and
report.json. A translator for some pairs of models comes with MidiMe; --learn trains one on the song
itself, on top of that one where there is one, and writes it (translator.safetensors)."""

_MOST_SAMPLES: Final = 32
"""Each is a whole song."""

_TRANSLATOR_NAME: Final = "translator.safetensors"


def add_to(verbs: argparse._SubParsersAction[Any]) -> None:
    """Add the verb to the command line."""
    parser = verbs.add_parser(
        "translate",
        help="answer a song in another model: drums to a melody and back",
        description=_DESCRIPTION,
    )
    parser.add_argument("song", type=Path, metavar="SONG.mid", help="a MIDI file, up to 5 MB")
    for flag, name, what in (
        ("--from", "source", "the model that hears the song, for example mel_2bar"),
        ("--to", "target", "the model that answers, for example drums_2bar"),
    ):
        parser.add_argument(flag, dest=name, required=True, metavar="MODEL", help=what)
    parser.add_argument(
        "--translator",
        type=Path,
        metavar="FILE",
        help="a translator that was saved (default: the general one that comes with MidiMe)",
    )
    parser.add_argument(
        "--learn",
        action="store_true",
        help="first learn from the song what its own parts are like; it needs the parts of both "
        "models",
    )
    parser.add_argument(
        "--strictness",
        type=share,
        default=translate.DEFAULT_STRICTNESS,
        metavar="X",
        help="how closely the answers follow, from 0 to 1 (default: %(default)s)",
    )
    parser.add_argument(
        "--samples",
        type=whole_number(1, _MOST_SAMPLES),
        default=4,
        metavar="N",
        help="how many answers to write (default: 4)",
    )
    add_seed(parser, highest=MAX_SEED - _MOST_SAMPLES)
    add_temperature(parser)
    add_out(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> None:
    """Load, learn if asked to, hear, answer, write."""
    chosen = _chosen(options)
    results = Results(options.out)
    with Stages() as stages:
        with stages.stage("import", "Reading the song"):
            (song,) = read_songs([options.song])
        source = load_model(options.source, stages)
        target = load_model(options.target, stages)
        domains, side = _sides(chosen, source, target)
        history: list[dict[str, float]] = []
        if options.learn:
            models = (source, target) if side == 0 else (target, source)
            chosen, history = _learn(song, domains, models, chosen, stages, seed=options.seed)
        if chosen is None:
            raise OptionError(
                f"There is no translator from {options.source} to {options.target}.",
                remedy="Add --learn to train one on the song, name one after --translator, or "
                "train one with `midime pretrain-translator`.",
            )
        domain, other = domains[side], domains[1 - side]
        with stages.stage("import", "Cutting at bar lines"):
            material = prepare([song], parts=domain.parts, n_steps=domain.span)
        with stages.stage("encode", "Hearing the song"):
            x = bridge.encode(material.chunks.tokens, source, domain).mu
        seeds = range(options.seed, options.seed + options.samples)
        with stages.stage("decode", "Answering"):
            answers = translate.whole(
                x,
                seeds,
                chosen.translator,
                target,
                side=side,
                strictness=options.strictness,
                temperature=options.temperature,
            )
        with stages.stage("write", "Writing"):
            _write(results, answers, material.chunks, other)
            if options.learn:
                data = persistence.to_bytes(chosen.translator, chosen.metadata)
                results.write(_TRANSLATOR_NAME, data)
        results.write_report(
            translation_report(
                material,
                answers,
                domains=(domain, other),
                translator=chosen.name,
                device=target.device,
                settings={
                    "samples": options.samples,
                    "seeds": list(seeds),
                    "strictness": options.strictness,
                    "temperature": options.temperature,
                    "learn": options.learn,
                },
                history=history,
                seconds=stages.seconds,
            )
        )
    print_material(material)
    print(f"{len(answers)} answer{' is' if len(answers) == 1 else 's are'} in {options.out}.")


@dataclass(frozen=True, slots=True)
class _Chosen:
    """A translator, and what is known of it."""

    name: str
    translator: Translator
    metadata: dict[str, Any]


def _chosen(options: argparse.Namespace) -> _Chosen | None:
    """The translator that is named, or the general one; None where there is neither."""
    if options.translator is not None:
        data = read_file(options.translator, most=persistence.MAX_FILE_BYTES)
        return _Chosen(options.translator.name, *persistence.from_bytes(data))
    found = embedded.between(options.source, options.target)
    return _Chosen(found[0].name, *embedded.load(found[0].name)) if found else None


def _sides(
    chosen: _Chosen | None, source: MusicVAE, target: MusicVAE
) -> tuple[tuple[Domain, Domain], int]:
    """Both sides, and which of them the source is.

    Raises:
        OptionError: The pair makes no sense, or the translator is between other models.
    """
    ends = bridge.domain_of(source.config), bridge.domain_of(target.config)
    here, there = face(*ends)
    if chosen is None:
        return (here, there), 0
    domains = chosen.translator.config.domains
    for side in (0, 1):
        if (domains[side], domains[1 - side]) == (here, there):
            return domains, side
    between = " and ".join(domain.model for domain in domains)
    raise OptionError(
        f"{chosen.name} translates between {between}, not from {source.config.name} to "
        f"{target.config.name}.",
        remedy="Name its models after --from and --to, or leave --translator out.",
    )


def _learn(
    song: Song,
    domains: tuple[Domain, Domain],
    models: tuple[MusicVAE, MusicVAE],
    chosen: _Chosen | None,
    stages: Stages,
    *,
    seed: int,
) -> tuple[_Chosen, list[dict[str, float]]]:
    """A translator of the song's own, and the losses of its training."""
    with stages.stage("pairs", "Looking for bars in which both play"):
        found = partners.find([song], domains)
        scales = teach.scales_of(chosen.metadata) if chosen else teach.own_scales(found, domains)
        pairs = partners.to_pairs(found, models, domains, scales)
    general = chosen.translator if chosen else None
    config = teach.personal_config(domains, general=general, seed=seed)
    with stages.stage("train", "Learning from the song", total=config.steps) as advance:
        training = teach.start(pairs, config, general=general)
        for step in training:
            advance(f"loss {step.total:.3f}")
    metadata = teach.metadata_of(
        scales,
        songs=[song.name],
        sha256=[song.sha256],
        pairs=len(found),
        general=chosen.name if chosen else None,
    )
    history = [
        {"step": step.step, "total": step.total, "reconstruction": step.reconstruction}
        | dict(step.terms)
        for step in training.history
    ]
    print(f"Learnt from {len(found)} windows in which both play.")
    return _Chosen(_TRANSLATOR_NAME, training.translator, metadata), history


def _write(results: Results, answers: IntArray, chunks: Chunks, other: Domain) -> None:
    heard = concatenate([chunk.sequence for chunk in chunks.items], chunks.playback)
    results.write("source.mid", write_midi(heard))
    for index, tokens in enumerate(answers):
        answer = translate.to_song(tokens, chunks, parts=other.parts)
        results.write(f"sample_{index:02d}.mid", write_midi(answer))
        both = together([heard, answer], chunks.playback)
        results.write(f"together_{index:02d}.mid", write_midi(both))
