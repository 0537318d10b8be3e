"""Do the variations of a trio keep the song's motifs, part by part?

Every MIDI file named on the command line is personalised with one setting; results_trios.csv holds
a row for each part of each song, for the variations and for what the bare model plays with the
same seed. Run from the top of the repository::

    python benchmarks/personalisation/trios.py SONG.mid ... [--model trio_4bar]
"""

from __future__ import annotations

import argparse
import csv
import dataclasses
import statistics
import sys
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parents[2]))

import numpy as np
from settings import add_settings, settings_in

from midime_engine import musicvae
from midime_engine.errors import NoUsableTrackError
from midime_engine.metrics.events import is_onset
from midime_engine.metrics.motifs import kept_motifs
from midime_engine.metrics.similarity import DRUM_FEATURES, PITCHED_FEATURES
from midime_engine.music.midi_io import read_midi
from midime_engine.pipelines import personalise
from midime_engine.pipelines.embed import embed, training_latents
from midime_engine.pipelines.outcome import evaluate
from midime_engine.pipelines.prepare import prepare

if TYPE_CHECKING:
    from collections.abc import Iterator

    from midime_engine.converters.classes import Role
    from midime_engine.midime.config import MidiMeConfig
    from midime_engine.musicvae.model import MusicVAE
    from midime_engine.protocols import IntArray

    Row = dict[str, float | str]

RESULTS = Path(__file__).parent / "results_trios.csv"
SAMPLES = 8
PLAYERS = ("variations", "base")
FEATURES = ("kept_motifs", *dict.fromkeys((*PITCHED_FEATURES, *DRUM_FEATURES)))
REBUILT = ("rebuilt_by_model", "rebuilt_by_midime")


def main() -> None:
    """Measure every song, print the means and keep all rows."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("songs", nargs="+", type=Path, metavar="SONG.mid")
    parser.add_argument("--model", default="trio_4bar")
    add_settings(parser)
    parser.add_argument("--samples", type=int, default=SAMPLES)
    parser.add_argument("--no-results", action="store_true", help="print only")
    options = parser.parse_args()
    model = musicvae.load(options.model)
    config = settings_in(options)
    rows = [row for path in options.songs for row in measure(path, model, config, options.samples)]
    rows += list(means(rows, model.config.parts))
    columns = ["song", "part", "plays", "chunks", *REBUILT, "with_notes", "copied_bars", *FEATURES]
    for row in rows[-2 * len(model.config.parts) :]:
        print("  ".join(f"{key} {row[key]}" for key in columns if row.get(key, "") != ""))
    if not options.no_results:
        with RESULTS.open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, columns, restval="", lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)


def measure(path: Path, model: MusicVAE, config: MidiMeConfig, n_samples: int) -> Iterator[Row]:
    """Rows of one song: of each part that the song has, the variations and the bare model."""
    song = read_midi(path.read_bytes(), name=path.name)
    parts = model.config.parts
    try:
        material = prepare([song], parts=parts, n_steps=model.config.n_steps)
    except NoUsableTrackError as error:
        print(f"{path.name}: {error}", file=sys.stderr)
        return
    embedding = embed(material.chunks, model)
    z = training_latents(embedding, model, parts=parts)
    training = personalise.start(z, dataclasses.replace(config, input_size=z.shape[1]))
    training.finish()
    starts = model.starts(n_samples, seed=config.seed)
    outcome = evaluate(
        embedding, training.space, model, parts=parts, starts=starts, seed=config.seed
    )
    chunks = material.chunks.tokens
    steps = material.chunks.playback.n_steps
    played = dict(zip(PLAYERS, (outcome.variations.tokens, outcome.base.tokens), strict=True))
    compared = dict(zip(PLAYERS, (outcome.variations_compared, outcome.base_compared), strict=True))
    for column, part in enumerate(parts):
        if part not in material.selections[0].tracks:
            continue
        rebuilt = dict(
            zip(
                REBUILT,
                (
                    float(np.mean(tokens[:, :steps, column] == chunks[:, :steps, column]))
                    for tokens in (outcome.by_model.tokens, outcome.by_midime.tokens)
                ),
                strict=True,
            )
        )
        for player in PLAYERS:
            tokens = played[player][:, :steps]
            figures = {
                **(rebuilt if player == "variations" else {}),
                "with_notes": _share_with_notes(tokens[:, :, column], part),
                "copied_bars": compared[player].originality.copied_bars_by_part[part],
                "kept_motifs": kept_motifs(chunks[:, :steps], tokens, parts=parts)[part],
                **compared[player].similarity[part],
            }
            yield {
                "song": path.stem,
                "part": part,
                "plays": player,
                "chunks": len(chunks),
                **{key: round(float(value), 3) for key, value in figures.items()},
            }


def means(rows: list[Row], parts: tuple[Role, ...]) -> Iterator[Row]:
    """The mean over all songs of every figure, for each part and player."""
    for part in parts:
        for player in PLAYERS:
            own = [row for row in rows if (row["part"], row["plays"]) == (part, player)]
            figures = [key for key in own[0] if key not in {"song", "part", "plays"}] if own else []
            yield {
                "song": "mean",
                "part": part,
                "plays": player,
                **{
                    key: round(statistics.mean(float(row[key]) for row in own), 3)
                    for key in figures
                },
            }


def _share_with_notes(line: IntArray, part: Role) -> float:
    return float(is_onset(line, part).any(axis=1).mean())


if __name__ == "__main__":
    main()
