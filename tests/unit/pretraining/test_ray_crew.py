from __future__ import annotations

import importlib.util

import pytest

from midime_engine.pretraining.crew import run_here
from midime_engine.pretraining.ray_crew import is_installed, run_on_ray
from tests.support.crew_functions import BAD, CRASH, HANG, ODD, UNREADABLE, Task, square_of_task

INSTALLED = importlib.util.find_spec("ray") is not None


def test_ray_is_an_extra() -> None:
    """Whether it is there is found out without importing it."""
    assert is_installed() == INSTALLED


@pytest.mark.skipif(not INSTALLED, reason="Ray is not installed: pip install 'ray[data]'")
@pytest.mark.filterwarnings("ignore")  # what Ray prints about itself
def test_a_cluster_gives_what_one_process_gives() -> None:
    """In the same order, as the same types; files that crash or hang cost themselves only."""
    import ray

    numbers = range(150)
    try:
        found = list(
            run_on_ray(square_of_task, [Task(n) for n in numbers], n_workers=2, seconds=3.0)
        )
    finally:
        ray.shutdown()
    failures = {n: outcome.failure for n, outcome in enumerate(found) if outcome.failure}
    assert set(failures) == {CRASH, HANG, ODD, UNREADABLE, BAD}
    good = [n for n in numbers if n not in failures]
    expected = list(run_here(square_of_task, [Task(n) for n in good]))
    assert [found[n].value for n in good] == [outcome.value for outcome in expected]
    assert isinstance(found[0].value, Task)
