from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from safetensors.numpy import load_file

from midime_engine.errors import TrainingError
from midime_engine.pretraining.objective import PretrainingModel
from midime_engine.pretraining.training import SNAPSHOT_NAME, as_log, pretrain
from tests.support.pretraining import RUN, arpeggios, ticking

if TYPE_CHECKING:
    from pathlib import Path

    from midime_engine.pretraining.training import Progress


@pytest.fixture(scope="module")
def finished(tmp_path_factory) -> tuple[list[Progress], Path]:
    """The records and the folder of one run that nothing interrupted."""
    folder = tmp_path_factory.mktemp("run")
    return list(pretrain(arpeggios(), RUN, folder, now=ticking())), folder


def test_a_run_learns(finished) -> None:
    """The loss falls far, and unseen windows get their holds right, if not yet their pitches."""
    records, _ = finished
    assert records[-1].reconstruction < 0.4 * records[0].reconstruction
    assert records[-1].evaluation.step_accuracy > 0.7


def test_a_run_ends_when_its_time_is_over(finished) -> None:
    """Its share rises to 1, with an evaluation at the end and one every five minutes before."""
    records, _ = finished
    assert records[-1].step == 120
    assert records[-1].seconds == 1200.0
    assert records[-1].sequences == 120 * 16
    shares = [record.share for record in records]
    assert shares == sorted(shares)
    evaluated = [record.step for record in records if record.evaluation]
    assert evaluated == [30, 60, 90, 120]


def test_schedules_follow_the_clock(finished) -> None:
    """A record shows the learning rate and the beta of its share of the run."""
    for record in finished[0]:
        assert record.learning_rate == RUN.learning_rate_at(record.share)
        assert record.beta == RUN.beta_at(record.share)


def test_a_resumed_run_ends_at_the_same_weights(finished, tmp_path: Path) -> None:
    """Killed between two snapshots, it ends bit for bit where it would have ended."""
    run = pretrain(arpeggios(), RUN, tmp_path, now=ticking())
    while next(run).step < 66:
        pass
    run.close()
    resumed = list(pretrain(arpeggios(), RUN, tmp_path, now=ticking()))
    records, folder = finished
    assert resumed[-1] == records[-1]
    ends = [load_file(path / SNAPSHOT_NAME) for path in (folder, tmp_path)]
    assert ends[0].keys() == ends[1].keys()
    for name, array in ends[0].items():
        np.testing.assert_array_equal(array, ends[1][name], err_msg=name)


def test_other_settings_do_not_resume_a_run(finished) -> None:
    """The message says which of them differ."""
    other = replace(RUN, max_beta=0.5, seed=3)
    with pytest.raises(TrainingError, match="max_beta, seed"):
        next(pretrain(arpeggios(), other, finished[1], now=ticking()))


def test_a_record_can_be_written_as_json(finished) -> None:
    """With its evaluation, if it has one."""
    records, _ = finished
    stored = json.loads(json.dumps(as_log(records[-1])))
    assert stored["step"] == 120
    assert 0.0 <= stored["evaluation"]["step_accuracy"] <= 1.0


@pytest.mark.parametrize("change", [{"batch_size": 41}, {"model": "testing-trio"}])
def test_windows_that_do_not_fit_are_refused(change, tmp_path: Path) -> None:
    """Fewer than a batch, or of other parts and another length."""
    with pytest.raises(TrainingError, match="needs at least"):
        next(pretrain(arpeggios(), replace(RUN, **change), tmp_path, now=ticking()))


def test_a_loss_that_is_no_number_ends_the_run(tmp_path: Path, monkeypatch) -> None:
    """At once, and the last good snapshot stays."""

    def poisoned(*_, **__):
        return {"loss": np.nan, "reconstruction": np.nan, "kl": 1.0}

    run = pretrain(arpeggios(), RUN, tmp_path, now=ticking())
    while next(run).step < 30:
        pass
    kept = (tmp_path / SNAPSHOT_NAME).read_bytes()
    monkeypatch.setattr(PretrainingModel, "train_on_batch", poisoned)
    with pytest.raises(TrainingError, match="step 31"):
        next(run)
    assert (tmp_path / SNAPSHOT_NAME).read_bytes() == kept
