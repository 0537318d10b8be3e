"""Bend drawings by rules and by ratings, and count what became of new ones.

python benchmarks/sketches/measure.py --out benchmarks/sketches/results.json

Each training is written as soon as it is over. Started again, the program goes on where it was
stopped, unless weights or settings are others than those of the file.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import time
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from midime_engine import sketches
from midime_engine.pipelines import constrain
from midime_engine.pipelines.sketching import (
    SETTINGS,
    DrawingBoard,
    compare_sketches,
    taste_judge,
)
from midime_engine.ratings import choosing
from midime_engine.ratings.ballots import dislike, like
from midime_engine.ratings.taste import Taste
from midime_engine.sketches.features import FEATURE_NAMES
from midime_engine.sketches.files import WEIGHTS
from midime_engine.sketches.rules import RULES
from midime_engine.sketches.wishes import SketchJudge, Wish

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt

    from midime_engine.constraints.config import ConstraintConfig
    from midime_engine.constraints.judge import Judge

N_NEW: Final = 1000
"""New drawings on which before and after are counted."""

NEW_SEED: Final = 4321
"""Theirs: no training starts from them."""

GENTLER: Final = {
    "roundness": 0.5,
    "few_strokes": 0.58,
    "size": 0.75,
    "ink": 0.43,
    "symmetry": 0.6,
    "tallness": 0.53,
    "closed_lines": 0.8,
}
STRICTER: Final = {
    "roundness": 0.6,
    "few_strokes": 0.75,
    "size": 0.85,
    "ink": 0.55,
    "symmetry": 0.75,
    "tallness": 0.58,
    "closed_lines": 0.9,
}
"""Two amounts of each rule: what two fifths to two thirds of the program's drawings have, and what
a tenth to a third have."""

WISHES: Final = [Wish(name, least) for name in RULES for least in (GENTLER[name], STRICTER[name])]

N_RATED: Final = 20
N_PIECES: Final = 90


def column(table: npt.NDArray[np.float64], name: str) -> npt.NDArray[np.float64]:
    """One feature of all drawings."""
    return table[:, FEATURE_NAMES.index(name)]


TASTES: Final[dict[str, Callable[[npt.NDArray[np.float64]], npt.NDArray[np.bool_]]]] = {
    "likes boats": lambda table: column(table, "boat") > 0.5,  # noqa: PLR2004 - a taste
    "likes round drawings of few strokes": lambda table: (
        (column(table, "roundness") > 0.55)  # noqa: PLR2004 - a taste
        & (column(table, "few_strokes") > 0.6)  # noqa: PLR2004 - a taste
    ),
    "likes small ones without much ink": lambda table: (
        (column(table, "size") < 0.65)  # noqa: PLR2004 - a taste
        & (column(table, "ink") < 0.4)  # noqa: PLR2004 - a taste
    ),
}
"""Three hidden tastes: of each, what is liked, from the features of drawings."""


def bent(
    board: DrawingBoard, judge: Judge, settings: ConstraintConfig
) -> tuple[dict[str, Any], npt.NDArray[np.float32], npt.NDArray[np.float32]]:
    """Train, move new places, and say what changed; with the places before and after."""
    training = constrain.start(board.space, judge, settings)
    began = time.perf_counter()
    constraint = training.finish()
    seconds = time.perf_counter() - began
    z = board.model.starts(N_NEW, seed=NEW_SEED)
    moved = constraint.apply(z)
    compared = compare_sketches(board, judge, z, moved)
    figures = {
        "before": compared.satisfied_before,
        "after": compared.satisfied_after,
        "same_kind": compared.same_kind,
        "commonest": compared.commonest[1],
        "known_before": compared.known_before,
        "known_after": compared.known_after,
        "moved_of_norm": compared.moved / compared.norm,
        "seconds": seconds,
        "shows": compared.commonest[0],
    }
    return figures, z, moved


def by_rule(wish: Wish, board: DrawingBoard, settings: ConstraintConfig) -> dict[str, Any]:
    """One rule."""
    return bent(board, SketchJudge(board.model, [wish]), settings)[0]


def by_taste(name: str, board: DrawingBoard, settings: ConstraintConfig) -> dict[str, Any]:
    """Twenty ratings by somebody with that taste, asked about what would teach most."""
    likes = TASTES[name]
    pieces = board.features(board.model.starts(N_PIECES, seed=100 + settings.seed))
    liked = likes(pieces)
    ballots: list[Any] = []
    seen: list[int] = []
    taste: Taste | None = None
    while len(ballots) < N_RATED:
        number = choosing.next_piece(pieces, seen, taste, seed=settings.seed)
        seen.append(number)
        ballots.append(like(number) if liked[number] else dislike(number))
        if 0 < sum(ballot.worse is None for ballot in ballots) < len(ballots):
            taste = Taste.of(pieces, ballots, population=pieces)
    if taste is None:
        return {"before": float(liked.mean()), "nothing to tell apart": True}
    figures, z, moved = bent(board, taste_judge(board, taste), settings)
    return figures | {
        "liked": sum(ballot.worse is None for ballot in ballots),
        "before": float(likes(board.features(z)).mean()),
        "after": float(likes(board.features(moved)).mean()),
    }


def mean(runs: list[dict[str, Any]]) -> dict[str, float]:
    """Of each figure that all runs have."""
    shared = set.intersection(*(set(run) for run in runs)) - {"seed", "shows"}
    return {key: float(np.mean([run[key] for run in runs])) for key in sorted(shared)}


def header(settings: ConstraintConfig) -> dict[str, Any]:
    """What figures must have in common to stand in one file."""
    return {
        "new drawings": N_NEW,
        "weights": hashlib.sha256(WEIGHTS.read_bytes()).hexdigest(),
        "mixture": hashlib.sha256(
            WEIGHTS.with_suffix(".mixture.safetensors").read_bytes()
        ).hexdigest(),
        "settings": json.loads(json.dumps(asdict(settings))),
    }


def so_far(path: Path, settings: ConstraintConfig) -> dict[str, Any]:
    """The figures in ``path`` if they are of the same weights and settings; else none."""
    fresh = header(settings)
    if path.exists():
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        if all(found.get(key) == value for key, value in fresh.items()):
            return found
        print("The file is of other weights or settings: measuring anew.", flush=True)
    return fresh | {"measured": {}}


def main() -> None:
    """Measure and write."""
    measures: dict[str, Callable[[DrawingBoard, ConstraintConfig], dict[str, Any]]] = {
        f"{wish.rule}>={wish.least}": partial(by_rule, wish) for wish in WISHES
    } | {name: partial(by_taste, name) for name in TASTES}
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--distance", type=float, default=SETTINGS.distance)
    parser.add_argument("--only", nargs="*", default=[*measures], choices=[*measures])
    options = parser.parse_args()
    board = DrawingBoard.of(sketches.load())
    settings = replace(SETTINGS, distance=options.distance)
    results = so_far(options.out, settings)
    # One seed of everything first: a run that is stopped early has something of all.
    for seed in range(options.seeds):
        for name in options.only:
            runs = results["measured"].setdefault(name, {"runs": []})["runs"]
            if any(run["seed"] == seed for run in runs):
                continue
            figures = measures[name](board, replace(settings, seed=seed))
            runs.append({"seed": seed} | figures)
            results["measured"][name]["mean"] = mean(runs)
            options.out.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
            shown = {
                key: round(value, 3) if isinstance(value, float) else value
                for key, value in figures.items()
            }
            print(name, seed, shown, flush=True)


if __name__ == "__main__":
    main()
