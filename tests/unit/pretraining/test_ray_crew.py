from __future__ import annotations

import importlib.util

import pytest

from midime_engine.pretraining.crew import run_here
from midime_engine.pretraining.ray_crew import is_installed, run_on_ray
from tests.support.crew_functions import CRASH, ODD, square

INSTALLED = importlib.util.find_spec("ray") is not None


def test_ray_is_an_extra() -> None:
    """Whether it is there is found out without importing it."""
    assert is_installed() == INSTALLED


@pytest.mark.skipif(not INSTALLED, reason="Ray is not installed: pip install 'ray[data]'")
@pytest.mark.filterwarnings("ignore")  # what Ray prints about itself
def test_a_cluster_gives_what_one_process_gives() -> None:
    """In the same order; a block whose worker crashed is done again, and only its culprit fails."""
    import ray

    numbers = [number for number in range(150) if number != 11]
    try:
        found = list(run_on_ray(square, numbers, n_workers=2))
    finally:
        ray.shutdown()
    failures = {n: o.failure for n, o in zip(numbers, found, strict=True) if o.failure}
    assert set(failures) == {CRASH, ODD, 17, 19}
    good = [number for number in numbers if number not in failures]
    values = [o.value for n, o in zip(numbers, found, strict=True) if n in set(good)]
    assert values == [outcome.value for outcome in run_here(square, good)]
