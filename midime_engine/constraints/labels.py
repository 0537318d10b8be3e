"""What has been heard so far, and from where: the only teacher of the critics."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from midime_engine.constraints.judge import Judge, Verdict
    from midime_engine.protocols import FloatArray

__all__ = ["Labels"]

_COMMON: Final = 0.05
"""Share of places that keep a wish from which on a critic is told only whether it is kept. Of
fewer there is nothing to learn from, so until then it is also told how nearly."""

_RECENT: Final = 4
"""Hearings of the actor's own places, of which half of every batch is drawn."""

_OTHER_CONDITIONS: Final = 0.5
"""Share of a batch that is judged under conditions other than its own: what has been heard once
teaches all of them."""


class Labels:
    """A growing heap of places with what was heard there."""

    def __init__(self, judge: Judge) -> None:
        """Begin with nothing."""
        self._judge = judge
        self._x: list[FloatArray] = []
        self._heard: list[FloatArray] = []
        self._conditions: list[FloatArray] = []
        self._n_first = 0

    def __len__(self) -> int:
        """Places heard."""
        return sum(map(len, self._x))

    def add(self, x: FloatArray, heard: FloatArray, conditions: FloatArray) -> Verdict:
        """Keep what was heard at ``x`` ``[n, d]`` and say what it is worth."""
        self._x.append(x)
        self._heard.append(heard)
        self._conditions.append(conditions)
        return self._judge.judge(heard, conditions)

    def close_first(self) -> None:
        """Say that all that comes from now on are the actor's own places."""
        self._n_first = len(self._x)

    def batch(self, n: int, rng: np.random.Generator) -> tuple[FloatArray, FloatArray]:
        """``n`` rows of coordinates with conditions ``[n, d + c]``, and their labels ``[n, k]``."""
        self._join()
        recent = self._x[max(self._n_first, len(self._x) - _RECENT) :]
        n_all = len(self)
        rows = rng.integers(0, n_all, n)
        if recent:
            rows[: n // 2] = rng.integers(n_all - sum(map(len, recent)), n_all, n // 2)
        conditions = self._all_conditions[rows].copy()
        if conditions.shape[1]:
            other = rng.random(n) < _OTHER_CONDITIONS
            conditions[other] = self._judge.conditions(int(other.sum()), rng)
        verdict = self._judge.judge(self._all_heard[rows], conditions)
        inputs = np.hstack([self._all_x[rows], conditions]).astype(np.float32)
        return inputs, _labels(verdict)

    def _join(self) -> None:
        """Make three arrays of what has come, once per hearing."""
        if getattr(self, "_n_joined", 0) != len(self._x):
            self._n_joined = len(self._x)
            self._all_x = np.concatenate(self._x)
            self._all_heard = np.concatenate(self._heard)
            self._all_conditions = np.concatenate(self._conditions)


def _labels(verdict: Verdict) -> FloatArray:
    kept = verdict.satisfied.astype(np.float32)
    strictness = np.clip(kept.mean(axis=0) / _COMMON, 0.0, 1.0)  # [k]
    return np.asarray(strictness * kept + (1.0 - strictness) * verdict.rewards, np.float32)
