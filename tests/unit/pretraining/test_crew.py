from __future__ import annotations

import itertools

import pytest

from midime_engine.errors import TrainingError
from midime_engine.pretraining import crew
from midime_engine.pretraining.crew import Crew, Outcome, attempt, run_crew, run_here
from tests.support.crew_functions import BAD, CRASH, HANG, ODD, UNREADABLE, square

GOOD = [0, 1, 2, 3, 4, 5]


def test_results_come_in_the_order_of_the_items() -> None:
    """From two processes as from this one."""
    here = list(run_here(square, GOOD))
    assert here == [Outcome(number * number) for number in GOOD]
    assert list(run_crew(square, GOOD, n_workers=2)) == here


def test_one_bad_file_costs_itself_only() -> None:
    """It may crash the process that reads it, keep it busy for ever, or raise anything."""
    numbers = range(24)
    found = list(run_crew(square, numbers, n_workers=2, seconds=2.0))
    failures = {n: outcome.failure for n, outcome in enumerate(found) if outcome.failure}
    assert set(failures) == {CRASH, HANG, ODD, UNREADABLE, BAD}
    assert "exit code 3" in failures[CRASH]
    assert "longer than 2 seconds" in failures[HANG]
    assert failures[ODD] == "ValueError: odd"
    assert failures[UNREADABLE] == "It is no music."
    good = [n for n in numbers if n not in failures]
    assert [found[n].value for n in good] == [n * n for n in good]


def test_items_are_drawn_as_they_are_needed() -> None:
    """Memory stays bounded whatever the number of files."""
    drawn = itertools.count()
    results = run_crew(square, ((next(drawn), 2)[1] for _ in range(10_000)), n_workers=1)
    for _ in range(5):
        assert next(results).value == 4
    results.close()
    assert next(drawn) < 100


def test_a_crew_stays_for_several_lists() -> None:
    """Workers that crashed are replaced in between."""
    with Crew(square, n_workers=1) as crew_of_one:
        assert [o.value for o in crew_of_one.run([2, 3])] == [4, 9]
        assert [o.value for o in crew_of_one.run([CRASH, 4])] == [None, 16]
        assert [o.value for o in crew_of_one.run([5])] == [25]


def test_no_items_start_no_process() -> None:
    """And give no results."""
    assert list(run_crew(square, [], n_workers=2)) == []


def test_a_worker_that_cannot_start_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else they would be started for ever: here they cannot import what they shall do."""

    class Dead(crew._Worker):
        """Ends before it is ready."""

        def __init__(self, function) -> None:
            super().__init__(function)
            self.process.kill()

    monkeypatch.setattr(crew, "_Worker", Dead)
    with pytest.raises(TrainingError, match="started") as caught:
        list(run_crew(square, GOOD, n_workers=1))
    assert "--workers 0" in caught.value.remedy


def test_an_exception_is_an_outcome() -> None:
    """But an interrupt is not."""

    def interrupted(_: int) -> int:
        raise KeyboardInterrupt

    assert attempt(square, BAD).failure == "It needs more memory than there is."
    with pytest.raises(KeyboardInterrupt):
        attempt(interrupted, 1)
