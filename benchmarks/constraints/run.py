"""What a constraint reaches, and what it leaves: rules and ratings on the embedded models.

Every row is one training: rules or a hidden taste, a space, a seed; a thousand other places of the
space are decoded before and after. Run from the top of the repository::

    python benchmarks/constraints/run.py [EXPERIMENT ...] [--windows WINDOWS.npz]

``WINDOWS.npz`` (from ``midime windows``) holds the real bars for the overlaps; without it those
columns stay empty. Experiments that are run again replace their rows in ``results.csv``.
"""

from __future__ import annotations

import argparse
import csv
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).parents[2]))

import numpy as np
from tastes import TASTES, rate

from midime_engine import examples, musicvae
from midime_engine.attributes.parsing import parse, parse_all
from midime_engine.attributes.registry import find, rules
from midime_engine.attributes.requirement import Requirements
from midime_engine.attributes.scales import KEYS
from midime_engine.constraints.config import ConstraintConfig
from midime_engine.metrics.events import is_onset
from midime_engine.metrics.similarity import similarity
from midime_engine.midime.config import MidiMeConfig
from midime_engine.music.midi_io import read_midi
from midime_engine.pipelines import constrain, personalise
from midime_engine.pipelines.embed import embed, training_latents
from midime_engine.pipelines.prepare import prepare
from midime_engine.pipelines.spaces import base_space, slider_space, song_space
from midime_engine.pipelines.tasting import TasteJudge, features_of
from midime_engine.pipelines.wishes import ConditionalJudge, Ear, MusicJudge, OneOf, SoMuch

if TYPE_CHECKING:
    from collections.abc import Iterator

    from midime_engine.constraints.space import Space
    from midime_engine.protocols import FloatArray, IntArray

RESULTS = Path(__file__).parent / "results.csv"
N = 1000
SEEDS = (0, 1, 2)
SONG = "minuet_in_g"
MAJOR = (0, 2, 4, 5, 7, 9, 11)

Row = dict[str, Any]


def main() -> None:
    """Run what is asked for and keep the rows."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("experiments", nargs="*", choices=[*EXPERIMENTS, []], metavar="EXPERIMENT")
    parser.add_argument("--windows", type=Path)
    options = parser.parse_args()
    real = _real(options.windows) if options.windows else None
    for name in options.experiments or EXPERIMENTS:
        rows = []
        for row in EXPERIMENTS[name](real):
            rows.append({"experiment": name, **row})
            print("  ".join(f"{key}={value}" for key, value in rows[-1].items()), flush=True)
        _keep(name, rows)


def key(real: IntArray | None) -> Iterator[Row]:
    """Only C major, from all that ``mel_2bar`` can play."""
    model = musicvae.load("mel_2bar")
    for seed in SEEDS:
        yield from _one(["key=C major"], base_space(model), Ear(model, ("melody",)), seed, real)


def key_and_density(real: IntArray | None) -> Iterator[Row]:
    """C major and dense: half of the sixteenths, and three quarters as in the paper."""
    model = musicvae.load("mel_2bar")
    for density in ("0.5", "0.75"):
        for seed in SEEDS:
            wishes = ["key=C major", f"density>={density}"]
            yield from _one(wishes, base_space(model), Ear(model, ("melody",)), seed, real)


def midime(real: IntArray | None) -> Iterator[Row]:
    """A minuet in G, but in C: around what its MidiMe plays, and by its sliders alone."""
    del real
    model = musicvae.load("mel_2bar")
    song = read_midi(examples.read(SONG), name=SONG)
    material = prepare([song], parts=("melody",), n_steps=32)
    embedding = embed(material.chunks, model)
    z = training_latents(embedding, model, parts=("melody",))
    space = personalise.start(z, MidiMeConfig()).finish()
    playback = material.chunks.playback
    for sliders_only in (False, True):
        for wishes in (["key=C major"], ["key=A minor", "density<=0.2"]):
            for seed in SEEDS:
                ear = Ear(
                    model,
                    ("melody",),
                    steps_per_bar=playback.steps_per_bar,
                    n_steps=playback.n_steps,
                    space=space if sliders_only else None,
                )
                around: Space = (
                    slider_space(space, chunks=embedding.latents)
                    if sliders_only
                    else song_space(space, model, chunks=embedding.latents)
                )
                for row in _one(wishes, around, ear, seed, None):
                    yield {**row, "space": f"{SONG} {'sliders' if sliders_only else 'around'}"}


def every_rule(real: IntArray | None) -> Iterator[Row]:
    """Each built-in rule alone, as it stands in the list, on the model that it is for."""
    del real
    models = {name: musicvae.load(name) for name in ("mel_2bar", "drums_2bar", "trio_4bar")}
    spaces = {name: base_space(model) for name, model in models.items()}
    for rule in rules():
        name = next(n for n, model in models.items() if rule.fits(model.config.parts))
        example = f"={rule.argument.example}" if rule.argument and rule.name != "density" else ""
        ear = Ear(models[name], models[name].config.parts)
        yield from _one([rule.name + example], spaces[name], ear, 0, None)


def other_models(real: IntArray | None) -> Iterator[Row]:
    """A trio in C major, drums on the backbeat and dense."""
    del real
    for name, wishes in (
        ("trio_4bar", ["key=C major"]),
        ("drums_2bar", ["backbeat", "density>=0.6"]),
    ):
        model = musicvae.load(name)
        for seed in SEEDS:
            yield from _one(wishes, base_space(model), Ear(model, model.config.parts), seed, None)


def conditional(real: IntArray | None) -> Iterator[Row]:
    """One actor for 24 keys, and one for any density: each asked for all of it."""
    del real
    model = musicvae.load("mel_2bar")
    ear, space = Ear(model, ("melody",)), base_space(model)
    keys = OneOf(Requirements(tuple(parse(f"key={name}") for name in KEYS)))
    density = SoMuch(find("density"), 0.15, 0.75)
    for question in (keys, density):
        judge = ConditionalJudge(ear, (question,))
        for seed in SEEDS:
            training = constrain.start(space, judge, replace(constrain.MANY_WISHES, seed=seed))
            training.finish()
            z = space.draw(N, 100 + seed)
            asked = judge.conditions(N, np.random.default_rng(seed))
            moved = training.constraint.apply(z, asked)
            before, after = (
                judge.judge(judge.hear(places, seed=seed), asked) for places in (z, moved)
            )
            yield {
                "model": "mel_2bar",
                "rules": "any of 24 keys" if question is keys else "density within 0.05",
                "seed": seed,
                "reward_before": _text([before.rewards.mean()]),
                "reward_after": _text([after.rewards.mean()]),
                "kept_before": _text([before.satisfied.mean()]),
                "kept_after": _text([after.satisfied.mean()]),
                "moved_of_norm": _away(z, moved),
                "notes_ratio": round(_n_notes(ear, moved) / _n_notes(ear, z), 3),
                "iterations": training.history[-1].iteration,
                "seconds": round(training.seconds, 1),
            }


def ratings(real: IntArray | None) -> Iterator[Row]:
    """Hidden tastes that answer twenty questions; the share that they like before and after."""
    del real
    model = musicvae.load("mel_2bar")
    ear, space = Ear(model, ("melody",)), base_space(model)
    for name, likes in TASTES.items():
        for seed in SEEDS:
            pool = features_of(ear.tokens(model.starts(256, seed=500 + seed)), parts=ear.parts)
            began = time.perf_counter()
            taste, n_liked = rate(pool, likes, seed=seed)
            asking = time.perf_counter() - began
            training = constrain.start(
                space, TasteJudge.of_music(ear, taste), ConstraintConfig(seed=seed)
            )
            training.finish()
            z = space.draw(N, 100 + seed)
            moved = training.constraint.apply(z)
            before, after = (
                likes(features_of(ear.tokens(places), parts=ear.parts)).mean()
                for places in (z, moved)
            )
            yield {
                "model": "mel_2bar",
                "rules": f"taste: {name}",
                "seed": seed,
                "liked_of_20": n_liked,
                "kept_before": round(float(before), 3),
                "kept_after": round(float(after), 3),
                "moved_of_norm": _away(z, moved),
                "iterations": training.history[-1].iteration,
                "seconds": round(training.seconds, 1),
                "asking_seconds": round(asking, 1),
            }


EXPERIMENTS = {
    "key": key,
    "key_and_density": key_and_density,
    "midime": midime,
    "ratings": ratings,
    "conditional": conditional,
    "other_models": other_models,
    "every_rule": every_rule,
}


def _one(
    wishes: list[str], space: Space, ear: Ear, seed: int, real: IntArray | None
) -> Iterator[Row]:
    requirements = parse_all(wishes)
    training = constrain.start(space, MusicJudge(ear, requirements), ConstraintConfig(seed=seed))
    training.finish()
    z = space.draw(N, 100 + seed)
    found = constrain.compare(z, training.constraint.apply(z), ear, requirements, seed=seed)
    yield {
        "model": ear.model.config.name,
        "rules": ", ".join(wishes),
        "space": "all",
        "seed": seed,
        "measure_before": _text(found.measures_before.mean(axis=0)),
        "measure_after": _text(found.measures_after.mean(axis=0)),
        "reward_before": _text(found.rewards_before.mean(axis=0)),
        "reward_after": _text(found.rewards_after.mean(axis=0)),
        "kept_before": _text(found.satisfied_before.mean(axis=0)),
        "kept_after": _text(found.satisfied_after.mean(axis=0)),
        "all_kept_after": round(float(found.satisfied_after.all(axis=1).mean()), 3),
        "moved_of_norm": round(float(found.moved.mean()) / found.norm, 3),
        "notes_ratio": _round(found.notes_ratio),
        "contour": _round(found.contour),
        "contour_of_strangers": _round(found.contour_of_strangers),
        "distinct_before": found.distinct[0],
        "distinct_after": found.distinct[1],
        "diversity_ratio": _round(found.diversity_ratio),
        "unchanged": round(found.unchanged, 3),
        "iterations": training.history[-1].iteration,
        "seconds": round(training.seconds, 1),
        **_overlaps(found, real),
    }


def _overlaps(found: constrain.Comparison, real: IntArray | None) -> Row:
    """With real bars, before and after.

    Pitch classes are left out beside all real bars, which know other keys, and counted beside
    those that keep to a major key, moved to C.
    """
    if real is None:
        return {}
    in_c = _in_c_major(real)
    rows: Row = {}
    for when, tokens in (("before", found.before), ("after", found.after)):
        features = similarity(real, tokens, parts=("melody",), steps_per_bar=16)["melody"]
        of_key = similarity(in_c, tokens, parts=("melody",), steps_per_bar=16)["melody"]
        rest = [value for name, value in features.items() if name != "pitch_class"]
        rows[f"overlap_{when}"] = round(float(np.mean(rest)), 3)
        rows[f"overlap_in_key_{when}"] = round(float(np.mean(list(of_key.values()))), 3)
    return rows


def _in_c_major(real: IntArray) -> IntArray:
    """The windows that keep to a major key, moved to C by the fewest semitones."""
    moved = []
    for window in real[:, :, 0]:
        notes = window >= 2  # noqa: PLR2004 - the first class that begins a note
        for shift in sorted(range(-5, 7), key=abs):
            pitches = window[notes] + shift
            if pitches.min() >= 2 and np.isin((pitches - 2 + 21) % 12, MAJOR).all():  # noqa: PLR2004
                moved.append(np.where(notes, window + shift, window))
                break
    return np.array(moved, np.int32)[:, :, None]


def _real(path: Path) -> IntArray:
    windows = np.load(path)["valid"].astype(np.int32)
    windows = windows.reshape(-1, 32, 1)
    windows = windows[(windows[:, :, 0] >= 2).sum(axis=1) >= 2]  # noqa: PLR2004 - two notes
    chosen = np.random.default_rng(0).permutation(len(windows))[:4000]
    return np.asarray(windows[chosen])


def _n_notes(ear: Ear, z: FloatArray) -> int:
    return int(is_onset(ear.tokens(z)[:, :, 0], "melody").sum())


def _away(z: FloatArray, moved: FloatArray) -> float:
    norms = np.linalg.norm(moved - z, axis=1).mean() / np.linalg.norm(z, axis=1).mean()
    return round(float(norms), 3)


def _text(values: Any) -> str:
    return " ".join(f"{float(value):.4f}" for value in values)


def _round(value: float | None) -> float | str:
    return "" if value is None else round(value, 3)


def _keep(name: str, rows: list[Row]) -> None:
    kept = []
    if RESULTS.exists():
        with RESULTS.open(newline="", encoding="utf-8") as file:
            kept = [row for row in csv.DictReader(file) if row["experiment"] != name]
    everything = [*kept, *rows]
    columns = list(dict.fromkeys(column for row in everything for column in row))
    with RESULTS.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, columns, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(everything)


if __name__ == "__main__":
    main()
