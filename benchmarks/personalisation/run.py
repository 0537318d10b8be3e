"""How much do the variations resemble the song, and how much of it do they copy?

Every built-in example that has a melody, and every MIDI file named on the command line, is
personalised with one setting; a row of results.csv holds its figures and those of the bare model
with the same seed. Run from the top of the repository::

    python benchmarks/personalisation/run.py [SONG.mid ...]
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

from midime_engine import examples, musicvae
from midime_engine.errors import NoUsableTrackError
from midime_engine.music.midi_io import read_midi
from midime_engine.pipelines import personalise
from midime_engine.pipelines.embed import embed, training_latents
from midime_engine.pipelines.generate import is_audible
from midime_engine.pipelines.outcome import evaluate
from midime_engine.pipelines.prepare import prepare

if TYPE_CHECKING:
    from midime_engine.midime.config import MidiMeConfig
    from midime_engine.musicvae.model import MusicVAE

RESULTS = Path(__file__).parent / "results.csv"
FEATURES = ("pitch_class", "interval", "onset_position", "duration")
SAMPLES = 8
MIN_CHUNKS, MAX_CHUNKS = 8, 24


def main() -> None:
    """Measure every song, print the table and keep it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("songs", nargs="*", type=Path, metavar="SONG.mid")
    parser.add_argument("--model", default=musicvae.DEFAULT_MODEL)
    add_settings(parser)
    parser.add_argument("--no-results", action="store_true", help="print only")
    options = parser.parse_args()
    model = musicvae.load(options.model)
    config = settings_in(options)
    songs = [(example.slug, examples.read(example.slug)) for example in examples.EXAMPLES]
    songs += [(path.stem, path.read_bytes()) for path in options.songs]
    rows = [row for name, data in songs if (row := measure(name, data, model, config))]
    figures = [key for key in rows[0] if key != "song"]
    columns = {key: [float(row[key]) for row in rows] for key in figures}
    for label, summary in (("median", statistics.median), ("mean", statistics.mean)):
        rows.append({"song": label, **{key: round(summary(columns[key]), 3) for key in figures}})
    for row in rows:
        print("  ".join(f"{value!s:>8.24}" for value in row.values()))
    if not options.no_results:
        with RESULTS.open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, rows[0], lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)


def measure(
    name: str, data: bytes, model: MusicVAE, config: MidiMeConfig
) -> dict[str, float | str] | None:
    """Figures of one song; None where it has no melody, or not 8 to 24 chunks of it."""
    song = read_midi(data, name=name)
    parts = model.config.parts
    try:
        material = prepare([song], parts=parts, n_steps=model.config.n_steps)
    except NoUsableTrackError:
        return None
    n_chunks = len(material.chunks.items)
    if not MIN_CHUNKS <= n_chunks <= MAX_CHUNKS:
        return None
    embedding = embed(material.chunks, model)
    z = training_latents(embedding, model, parts=parts)
    config = dataclasses.replace(config, input_size=z.shape[1])
    training = personalise.start(z, config)
    training.finish()
    starts = model.starts(SAMPLES, seed=config.seed)
    outcome = evaluate(
        embedding, training.space, model, parts=parts, starts=starts, seed=config.seed
    )
    samples = outcome.variations.tokens
    row: dict[str, float | str] = {
        "song": name,
        "chunks": n_chunks,
        "rebuilt_by_model": outcome.by_model.mean_accuracy,
        "rebuilt_by_midime": outcome.by_midime.mean_accuracy,
    }
    for label, compared in (
        ("midime", outcome.variations_compared),
        ("base", outcome.base_compared),
    ):
        for feature in FEATURES:
            row[f"{label}_{feature}"] = compared.similarity[parts[0]][feature]
        row[f"{label}_copied_bars"] = compared.originality.copied_bars
    row["audible"] = sum(is_audible(window, parts=parts) for window in samples)
    row["distinct"] = len(np.unique(samples, axis=0))
    row["drawn"] = outcome.variations.n_drawn
    return {k: v if isinstance(v, str) else round(float(v), 3) for k, v in row.items()}


if __name__ == "__main__":
    main()
