"""Many files through one function on the machines of a Ray cluster, or all cores of this one.

Ray Data hands the files to actors and streams the results back in order. Each actor lets a process
of :mod:`midime_engine.pretraining.crew` do the work: Ray would do a file that crashes its worker
again for ever, and would wait for one that hangs.

Ray is an optional extra (``pip install 'ray[data]'``). Archives and folders must be reachable
under the same path from every machine.
"""

from __future__ import annotations

import importlib.util
import logging
import pickle
from typing import TYPE_CHECKING, Any, TypeVar

from midime_engine.pretraining.crew import SECONDS_PER_FILE, Crew, Outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

__all__ = ["is_installed", "run_on_ray"]

_Item = TypeVar("_Item")
_Value = TypeVar("_Value")


def is_installed() -> bool:
    """Whether Ray Data can be used."""
    return all(importlib.util.find_spec(name) is not None for name in ("ray", "pyarrow"))


def run_on_ray(
    function: Callable[[_Item], _Value],
    items: Sequence[_Item],
    *,
    n_workers: int,
    seconds: float = SECONDS_PER_FILE,
) -> Iterator[Outcome[_Value]]:
    """``function`` of each of ``items``, in their order; arguments as of ``run_crew``.

    ``n_workers`` is for a Ray that is started here; a cluster that runs already is used whole.
    """
    import ray
    import ray.data

    if not ray.is_initialized():
        ray.init(
            num_cpus=max(1, n_workers),
            include_dashboard=False,
            log_to_driver=False,
            logging_level=logging.ERROR,
        )
    logging.getLogger("ray.data").setLevel(logging.ERROR)
    context = ray.data.DataContext.get_current()
    context.execution_options.preserve_order = True
    context.enable_progress_bars = False
    n_cores = max(1, int(ray.cluster_resources().get("CPU", 1)))
    dataset = ray.data.from_items([{"item": pickle.dumps(item)} for item in items]).map(
        _Actor,
        fn_constructor_args=(function, seconds),
        compute=ray.data.ActorPoolStrategy(min_size=1, max_size=n_cores),
        num_cpus=1,
    )
    for row in dataset.iter_rows():
        yield pickle.loads(row["outcome"])  # noqa: S301 - from our own actor


class _Actor:
    """One worker of the crew. Items and outcomes travel as bytes: Ray makes lists of tuples."""

    def __init__(self, function: Callable[[Any], Any], seconds: float) -> None:
        self._crew = Crew(function, n_workers=1, seconds=seconds)

    def __call__(self, row: dict[str, Any]) -> dict[str, Any]:
        """One file."""
        item = pickle.loads(row["item"])  # noqa: S301 - from the process that began all this
        (outcome,) = self._crew.run([item])
        return {"outcome": pickle.dumps(outcome)}
