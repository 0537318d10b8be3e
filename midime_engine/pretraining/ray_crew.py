"""Many files through one function on the machines of a Ray cluster, or all cores of this one.

Ray Data hands blocks of files to its workers and streams the results back in order. A block that
is lost (its worker crashed, or was stopped because it hung) is done again here, file by file, by
the processes of :mod:`midime_engine.pretraining.crew`, which find the culprit.

Ray is an optional extra (``pip install 'midime[ray]'``). Archives and folders must be reachable
under the same path from every machine.
"""

from __future__ import annotations

import faulthandler
import importlib.util
import logging
from functools import partial
from typing import TYPE_CHECKING, Any, Final, TypeVar

from midime_engine.pretraining.crew import SECONDS_PER_FILE, Outcome, attempt, run_crew

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

__all__ = ["is_installed", "run_on_ray"]

_BLOCK: Final = 64
"""Files to a block: what is lost and done again when one of them crashes its worker."""

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
    """``function`` of each of ``items``, in their order; arguments as in ``run_crew``.

    ``n_workers`` is for a Ray that is started here; a cluster that runs already is used whole.
    """
    import ray

    # What fails is done again and reported with its name; Ray would print pages about it.
    logging.getLogger("ray.data").setLevel(logging.CRITICAL)
    if not ray.is_initialized():
        ray.init(
            num_cpus=max(1, n_workers),
            include_dashboard=False,
            log_to_driver=False,
            logging_level=logging.ERROR,
        )
    due = 0
    for index, outcome in _rows(function, items, seconds):
        yield from run_crew(function, items[due:index], n_workers=n_workers, seconds=seconds)
        yield outcome
        due = index + 1
    yield from run_crew(function, items[due:], n_workers=n_workers, seconds=seconds)


def _rows(
    function: Callable[[_Item], _Value], items: Sequence[_Item], seconds: float
) -> Iterator[tuple[int, Outcome[_Value]]]:
    import ray

    context = ray.data.DataContext.get_current()
    context.execution_options.preserve_order = True
    context.max_errored_blocks = -1  # as many as there are: they are done again
    context.enable_progress_bars = False
    dataset = ray.data.from_items(
        [{"index": index, "item": item} for index, item in enumerate(items)],
        override_num_blocks=-(-len(items) // _BLOCK) or 1,
    ).map(partial(_row, function=function, seconds=seconds), ray_remote_args_fn=_only_once)
    for row in dataset.iter_rows():
        yield int(row["index"]), row["outcome"]


def _only_once() -> dict[str, Any]:
    return {"max_retries": 0}


def _row(
    row: dict[str, Any], *, function: Callable[[_Item], _Value], seconds: float
) -> dict[str, Any]:
    faulthandler.dump_traceback_later(seconds, exit=True)
    try:
        return {"index": row["index"], "outcome": attempt(function, row["item"])}
    finally:
        faulthandler.cancel_dump_traceback_later()
