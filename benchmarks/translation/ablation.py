"""What each part of a translator's training gives: the same training without it.

python ablation.py --pairs pairs.npz --out ablation.json

`pairs.npz` is what `midime pretrain-translator` writes. Every variant has the same pairs, steps and
seed, and is judged at full strictness on the same pairs of unknown songs as in `run.py`. Trainings
are shorter than that of the embedded translators; `--only` measures some and keeps the others.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1]))

from midime_engine import musicvae
from midime_engine.pipelines import bridge, teach
from midime_engine.pipelines.carried import NAMES
from midime_engine.pretraining.duets import Heard
from midime_engine.pretraining.translators import General, held_out, judge
from midime_engine.translation.config import TranslatorConfig
from midime_engine.translation.domain import face
from midime_engine.translation.manners import settle
from midime_engine.translation.model import Translator
from midime_engine.translation.training import training_steps

if TYPE_CHECKING:
    from midime_engine.translation.pairs import Pairs

MODELS = ("mel_2bar", "drums_2bar")
STEPS = 600
PLAYED = 512
VARIANTS = ("ours", "fixed labels", "no listening", "no attributes", "no pairs", "authors")
"""*Fixed labels* leaves the linear map to the attributes as it was drawn, as the authors' code
does. *No listening* trains without playing translations in between. *No attributes* has none at
all. *No pairs* tells nothing of what sounds together: neither to the losses nor to the manners.
*Authors* has their settings: 8 numbers, all of them shared, four layers of 512, random first
weights, their three terms and the fixed map."""


@dataclass
class Material:
    """What all variants are made of."""

    heard: Heard
    models: tuple[Any, Any]
    pairs: Pairs
    steps: int
    seed: int


def load(path: Path, steps: int, seed: int) -> Material:
    """Read everything."""
    models = (musicvae.load(MODELS[0]), musicvae.load(MODELS[1]))
    heard = Heard.load(path, face(*(bridge.domain_of(model.config) for model in models)))
    learnt = ~heard.is_valid
    return Material(heard, models, heard.pairs(learnt, heard.scales(learnt)), steps, seed)


def trained(name: str, material: Material) -> Translator:
    """The translator of a variant."""
    pairs, models = material.pairs, material.models
    ours = replace(
        teach.general_config(material.heard.domains, seed=material.seed), steps=material.steps
    )
    if name == "authors":
        config = TranslatorConfig(
            domains=ours.domains,
            n_labels=len(NAMES),
            fixed_labels=True,
            steps=ours.steps,
            batch_size=ours.batch_size,
            seed=ours.seed,
        )
        return _without_listening(Translator(config), pairs)
    if name == "no listening":
        return _without_listening(Translator.starting(ours, pairs), pairs)
    if name == "no attributes":
        without = replace(ours, labels=0.0, carrying=0.0)
        return _without_listening(Translator.starting(without, pairs), pairs)
    if name == "no pairs":
        ours = replace(ours, agreement=0.0, compromise=0.0)
        pairs = replace(pairs, together=np.zeros(len(pairs), bool))
    if name == "fixed labels":
        ours = replace(ours, fixed_labels=True)
    scales = material.heard.scales(~material.heard.is_valid)
    training = General(pairs, scales, models, ours, n_played=PLAYED)
    for _ in training:
        pass
    return training.translator


def _without_listening(translator: Translator, pairs: Pairs) -> Translator:
    for _ in training_steps(translator, pairs):
        pass
    settle(translator, pairs)
    return translator


def main() -> None:
    """Train, judge, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=Path, required=True)
    parser.add_argument("--steps", type=int, default=STEPS)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--only", nargs="+", choices=VARIANTS, default=VARIANTS)
    parser.add_argument("--out", type=Path, required=True, help="a .json file")
    options = parser.parse_args()
    material = load(options.pairs, options.steps, options.seed)
    rows = held_out(material.heard, material.heard.is_valid)
    results = json.loads(options.out.read_text("utf-8")) if options.out.exists() else {}
    for name in options.only:
        since = time.perf_counter()
        translator = trained(name, material)
        seconds = time.perf_counter() - since
        judged = judge(translator, material.heard, rows, material.models, strictness=1.0)
        results[name] = {
            "steps": options.steps,
            "seed": options.seed,
            "played": PLAYED,
            "seconds": round(seconds, 1),
            "directions": [each.to_json() for each in judged],
        }
        options.out.write_text(json.dumps(results, indent=1) + "\n", "utf-8")
        for each in judged:
            print(name, each.source, round(each.round_trip, 3), each.carried, flush=True)


if __name__ == "__main__":
    main()
