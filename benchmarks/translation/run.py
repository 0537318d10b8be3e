"""How good translators are: general ones of three seeds, and personal ones of songs.

python run.py --pairs pairs.npz --translators seed_0/x.safetensors seed_1/... --out results.json

`pairs.npz` and the translators are what `midime pretrain-translator` writes. Judged are pairs of
songs kept for validation: up to 600 different ones. A personal translator learns from the first
half of such a song, on top of the general one, and is judged by the second half: against another
song, and against other bars of the same song, which says whether it hears its source or only knows
the song. Of a trio only bass and drums count then: the melody it was given itself. *New* are those
bars alone whose target is not among those learnt from: songs repeat.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1]))

from midime_engine import musicvae
from midime_engine.metrics.distance import distance
from midime_engine.pipelines import teach
from midime_engine.pipelines.translate import whole
from midime_engine.pretraining.duets import Heard
from midime_engine.pretraining.translation_figures import sign_test
from midime_engine.pretraining.translators import held_out, judge
from midime_engine.translation import persistence

STRICTNESS = (1.0, 0.9, 0.7, 0.5)
LEAST_WINDOWS = 16
"""Of a song that a personal translator is trained on: eight to learn, eight to be judged by."""

MOST_WINDOWS = 40
MANNERS = range(2)
MEANT = (
    "own_accuracy",
    "round_trip",
    "ratio",
    "songs_nearer",
    "monotone",
    "monotone_vectors",
    "most_frequent",
    "silent",
)


@dataclass
class Pair:
    """What one pair of models needs."""

    heard: Heard
    models: tuple[Any, Any]
    translators: list[Any]
    metadata: dict[str, Any]


def load(pairs: Path, paths: list[Path]) -> Pair:
    """Read everything."""
    read = [persistence.load(path) for path in paths]
    domains = read[0][0].config.domains
    models = tuple(musicvae.load(domain.model) for domain in domains)
    return Pair(
        Heard.load(pairs, domains), models, [translator for translator, _ in read], read[0][1]
    )


def general(pair: Pair, strictness: tuple[float, ...]) -> list[dict[str, Any]]:
    """Both directions of every seed; the first one at every strictness."""
    rows = held_out(pair.heard, pair.heard.is_valid)
    found = []
    for seed, translator in enumerate(pair.translators):
        for strict in strictness if seed == 0 else strictness[:1]:
            judged = judge(translator, pair.heard, rows, pair.models, strictness=strict)
            for each in judged:
                found.append({"seed": seed, "strictness": strict, **each.to_json()})
                print(found[-1]["source"], seed, strict, found[-1]["carried"], flush=True)
    return found


def means(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Mean over the seeds of both directions, at the strictness at which all were judged."""
    strict = lines[0]["strictness"]
    found = []
    for source in dict.fromkeys(line["source"] for line in lines):
        same = [one for one in lines if one["source"] == source and one["strictness"] == strict]
        figures = {name: [one[name] for one in same] for name in MEANT}
        figures |= {
            f"{kind} {name}": [one[kind][name] for one in same]
            for kind in ("carried", "shuffled")
            for name in ("density", "syncopation")
        }
        mean = {name: round(float(np.mean(values)), 4) for name, values in figures.items()}
        line = {"source": source, "target": same[0]["target"], "strictness": strict}
        found.append({**line, "n_seeds": len(same), "n_pairs": same[0]["n_pairs"], **mean})
    return found


def personal(pair: Pair) -> list[dict[str, Any]]:
    """Each song kept for validation: from its first half to its second."""
    heard, translator = pair.heard, pair.translators[0]
    scales = teach.scales_of(pair.metadata)
    domains = translator.config.domains
    chosen = np.flatnonzero(heard.is_valid & heard.together)
    songs = heard.songs[chosen]
    rng = np.random.default_rng(0)
    found = []
    for song in np.unique(songs).tolist():
        rows = chosen[songs == song]
        if len(rows) < LEAST_WINDOWS:
            continue
        half = len(rows) // 2
        # A window of other bars lies between them: they overlap by a bar.
        learnt = np.zeros(len(heard.songs), bool)
        learnt[rows[:half][-MOST_WINDOWS:]] = True
        asked = rows[half + domains[0].span // 16 :][:MOST_WINDOWS]
        others = rng.choice(chosen[songs != song], len(asked))
        since = time.perf_counter()
        training = teach.start(
            heard.pairs(learnt, scales),
            teach.personal_config(domains, general=translator),
            general=translator,
        )
        own = training.finish()
        seconds = time.perf_counter() - since
        for side in (0, 1):
            line = {"song": song, "source": domains[side].model, "target": domains[1 - side].model}
            target = heard.tokens[1 - side]
            known = {window.tobytes() for window in target[learnt]}
            is_new = np.array([window.tobytes() not in known for window in target[asked]])
            line |= {"learnt": int(learnt.sum()), "asked": len(asked), "new": int(is_new.sum())}
            line["seconds"] = round(seconds, 1)
            shuffled = np.roll(asked, len(asked) // 2)
            against = {"own": asked, "other": others, "shuffled": shuffled}
            for name, one in (("general", translator), ("personal", own)):
                for which, far in _distances(pair, one, asked, against, side).items():
                    line[f"{name}_{which}"] = round(float(far.mean()), 4)
                    if is_new.any():
                        line[f"{name}_{which}_new"] = round(float(far[is_new].mean()), 4)
            found.append(line)
            print(line, flush=True)
    return found


def _distances(
    pair: Pair, translator: Any, asked: Any, rows: dict[str, Any], side: int
) -> dict[str, Any]:
    """Of each answer from the target at the row of each name, mean over the manners, ``[n]``.

    Parts that the source has, too, are left out where there are others.
    """
    mu = pair.heard.mu[side][asked].astype(np.float32)
    answers = whole(mu, MANNERS, translator, pair.models[1 - side], side=side, strictness=1.0)
    given, parts = (translator.config.domains[i].parts for i in (side, 1 - side))
    columns = [i for i, part in enumerate(parts) if part not in given] or list(range(len(parts)))
    judged = tuple(parts[i] for i in columns)
    real = pair.heard.tokens[1 - side][:, :, columns]
    return {
        which: np.mean(
            [distance(one[:, :, columns], real[chosen], parts=judged) for one in answers], axis=0
        )
        for which, chosen in rows.items()
    }


def summary(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """How many songs are nearer to their own, for each direction and kind of translator."""
    found = []
    for source in dict.fromkeys(line["source"] for line in lines):
        for name in ("general", "personal"):
            for control, ending in (("other", ""), ("other", "_new"), ("shuffled", "")):
                of_source = [
                    line
                    for line in lines
                    if line["source"] == source and f"{name}_own{ending}" in line
                ]
                own = [line[f"{name}_own{ending}"] for line in of_source]
                other = [line[f"{name}_{control}{ending}"] for line in of_source]
                nearer = sum(a < b for a, b in zip(own, other, strict=True))
                found.append(
                    {
                        "source": source,
                        "target": of_source[0]["target"],
                        "translator": name,
                        "against": f"{control}{ending}",
                        "ratio": round(float(np.mean(own) / np.mean(other)), 4),
                        "songs_nearer": nearer,
                        "n_songs": len(own),
                        "sign_p": sign_test(nearer, len(own)),
                    }
                )
    return found


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=Path, required=True)
    parser.add_argument("--translators", type=Path, nargs="+", required=True)
    parser.add_argument("--strictness", type=float, nargs="+", default=STRICTNESS)
    parser.add_argument("--only", choices=("general", "personal"))
    parser.add_argument("--out", type=Path, required=True, help="a .json file")
    options = parser.parse_args()
    pair = load(options.pairs, options.translators)
    # What was measured before stays, so that both parts can be run at different times.
    results = json.loads(options.out.read_text("utf-8")) if options.out.exists() else {}
    if options.only != "personal":
        results["general"] = general(pair, tuple(options.strictness))
        results["general_means"] = means(results["general"])
        options.out.write_text(json.dumps(results, indent=1) + "\n", "utf-8")
    if options.only != "general":
        results["personal"] = personal(pair)
        results["personal_summary"] = summary(results["personal"])
        options.out.write_text(json.dumps(results, indent=1) + "\n", "utf-8")
        for line in results["personal_summary"]:
            print(line)


if __name__ == "__main__":
    main()
