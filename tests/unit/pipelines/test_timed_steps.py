"""The steps of a training are remembered, and nobody's drawing counts as training."""

from __future__ import annotations

import itertools

from midime_engine.pipelines.timed_steps import TimedSteps


def test_every_step_that_was_taken_is_remembered() -> None:
    """In order; none is taken before it is asked for."""
    taken: list[int] = []
    training = TimedSteps(taken.append(i) or i for i in range(10))
    for step in training:
        if step == 3:
            break
    assert taken == [0, 1, 2, 3]
    assert training.history == (0, 1, 2, 3)
    assert list(training) == list(range(4, 10))
    assert training.history == tuple(range(10))


def test_seconds_count_the_steps_and_not_the_caller() -> None:
    """A page that draws slowly does not make the training slow."""
    training = TimedSteps(iter(range(3)))
    clock = itertools.count()
    for _ in training:
        for _ in range(200_000):
            next(clock)
    assert 0.0 < training.seconds < 0.01
