"""A run learns, goes on where it was stopped, and says when it cannot."""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
import pytest

from midime_engine.errors import TrainingError
from midime_engine.sketches.settings import SketchSettings
from midime_engine.sketches.strokes import rows_from_drawings
from midime_engine.sketches.training import SNAPSHOT_NAME, batch_at, read_weights, train

SETTINGS = SketchSettings(
    model="testing", minutes=4.0, batch_size=8, learning_rate=0.01, matmul_dtype="float32"
)


@pytest.fixture(scope="module")
def rows(tiny, few) -> np.ndarray:
    """Thirty-six rows to train on."""
    return np.tile(rows_from_drawings(few, steps=tiny.n_steps, scale=tiny.scale), (4, 1, 1))


def clock(seconds_per_step: float, start: float = 0.0):
    """A clock that goes on by so much with each look at it."""
    ticks = itertools.count()
    return lambda: start + next(ticks) * seconds_per_step


@pytest.fixture(scope="module")
def run(rows, tmp_path_factory) -> tuple:
    """A run that was left half-way and taken up again: its folder and the records of both parts."""
    folder = tmp_path_factory.mktemp("run")
    before = []
    for record in train(rows, SETTINGS, folder, now=clock(8.0)):
        before.append(record)
        if record.share > 0.5 and (folder / SNAPSHOT_NAME).exists():
            break
    return folder, before, list(train(rows, SETTINGS, folder, now=clock(8.0)))


def test_a_run_learns(run) -> None:
    """What drawings cost falls, to the end of the run."""
    _, before, after = run
    first, last = before[0], after[-1]
    assert last.share >= 0.9
    assert last.offsets + last.states < first.offsets + first.states


def test_a_run_goes_on_where_it_was_stopped(run) -> None:
    """From the last snapshot, whose step and weights can be read."""
    folder, before, after = run
    assert before[-1].step < 30 == after[-1].step  # four minutes of eight seconds each
    assert after[0].step <= before[-1].step + 3
    arrays, known = read_weights(folder)
    assert known["step"] == after[-1].step
    assert all(np.isfinite(array).all() for array in arrays.values())


def test_batches_are_functions_of_the_step(rows) -> None:
    """Every drawing once in a round, a little stretched, and some rows hidden."""
    first, again = (batch_at(rows, 2, SETTINGS, z_size=6) for _ in range(2))
    assert all(np.array_equal(a, b) for a, b in zip(first, again, strict=True))
    plain = replace(SETTINGS, stretch=0.0, input_dropout=0.0)
    marked = rows.copy()
    marked[:, 0, 0] = np.arange(len(rows))
    seen = [batch_at(marked, step, plain, z_size=6)[0][:, 0, 0] for step in range(4)]
    assert len(set(np.concatenate(seen).tolist())) == 32
    assert first[1].min() == 0.0
    assert first[1].mean() > 0.7
    assert first[2].shape == (8, 6)


def test_other_settings_do_not_go_on(run, rows, tmp_path) -> None:
    """A snapshot belongs to its run, and a damaged one to none."""
    with pytest.raises(TrainingError, match="other settings"):
        next(train(rows, replace(SETTINGS, seed=1), run[0]))
    (tmp_path / SNAPSHOT_NAME).write_bytes(b"nothing")
    with pytest.raises(TrainingError, match="cannot be read"):
        read_weights(tmp_path)


def test_too_few_drawings_are_refused(rows, tmp_path) -> None:
    """Before anything is built, as are those of another length."""
    for wrong in (rows[:4], rows[:, :5]):
        with pytest.raises(TrainingError, match="needs at least"):
            next(train(wrong, SETTINGS, tmp_path))
