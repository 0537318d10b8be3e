"""One training is watched, until its result is kept and its curve seen."""

from __future__ import annotations

from dataclasses import replace

import pytest

from midime_ui import watched_training
from midime_ui.watched_training import WatchedJob

pytestmark = pytest.mark.usefixtures("bare_session")


def test_the_training_started_last_is_watched() -> None:
    """Nothing of it is kept or shown at first; forgetting it is possible."""
    assert watched_training.job() is None
    watched_training.set_job(WatchedJob("one", 100))
    watched_training.set_job(WatchedJob("two", 20))
    watched = watched_training.job()
    assert watched == WatchedJob("two", 20, is_shown=False, is_kept=False)
    watched_training.set_job(replace(watched, is_kept=True))
    assert watched_training.job() == WatchedJob("two", 20, is_kept=True)
    watched_training.set_job(None)
    assert watched_training.job() is None
