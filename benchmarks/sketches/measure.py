"""Bend drawings by rules and by ratings, and count what became of new ones.

python benchmarks/sketches/measure.py --out benchmarks/sketches/results.json
"""

from __future__ import annotations

import argparse
import json
import time
from dataclasses import replace
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
        "known_before": compared.known_before,
        "known_after": compared.known_after,
        "moved_of_norm": compared.moved / compared.norm,
        "seconds": seconds,
    }
    return figures, z, moved


def by_rule(board: DrawingBoard, name: str, settings: ConstraintConfig) -> dict[str, Any]:
    """One rule at its usual amount."""
    judge = SketchJudge(board.model, [Wish(name, RULES[name].usual)])
    return bent(board, judge, settings)[0]


def by_taste(board: DrawingBoard, name: str, settings: ConstraintConfig) -> dict[str, Any]:
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
    shared = set.intersection(*(set(run) for run in runs))
    return {key: float(np.mean([run[key] for run in runs])) for key in sorted(shared)}


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--distance", type=float, default=SETTINGS.distance)
    parser.add_argument("--only", nargs="*", default=[*RULES, *TASTES])
    options = parser.parse_args()
    board = DrawingBoard.of(sketches.load())
    results: dict[str, Any] = {"new drawings": N_NEW, "distance": options.distance}
    for name in options.only:
        measure = by_rule if name in RULES else by_taste
        runs = []
        for seed in range(options.seeds):
            settings = replace(SETTINGS, distance=options.distance, seed=seed)
            runs.append(measure(board, name, settings))
            print(name, seed, {key: round(value, 3) for key, value in runs[-1].items()}, flush=True)
        results[name] = {"mean": mean(runs), "runs": runs}
        options.out.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
