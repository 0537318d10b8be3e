"""All figures of a model in one place."""

from __future__ import annotations

import json

import numpy as np
import pytest

from midime_engine.pretraining.judgement import judge, reconstruct
from midime_engine.pretraining.prior import fit_mixture
from tests.support.networks import random_tokens, shared_model


@pytest.fixture(scope="module")
def judged() -> dict:
    """A trio of random weights, judged by random windows."""
    model = shared_model("testing-trio")
    rng = np.random.default_rng(4)
    valid, train = random_tokens(model.config, 10, rng), random_tokens(model.config, 30, rng)
    mixture = fit_mixture(model, train)
    return judge(
        model, valid, train=train, others={"folk": valid[:3]}, mixture=mixture, n_samples=20
    )


def test_the_judgement_is_plain_data(judged) -> None:
    """Whatever goes into a card survives a trip through JSON."""
    assert json.loads(json.dumps(judged)) == json.loads(json.dumps(judged, default=str))


def test_every_part_is_judged_greedily_and_sampled(judged) -> None:
    """Hits for drums only."""
    for mode in ("greedy_from_mu", "sampled_from_mu", "sampled_from_posterior"):
        parts = judged[mode]["parts"]
        assert list(parts) == ["melody", "bass", "drums"]
        assert parts["melody"]["hits"] is None
        assert set(parts["drums"]["hits"]) == {"precision", "recall", "f1"}


def test_greedy_figures_are_those_of_the_likeliest_tokens(rng) -> None:
    """Decoded from the means."""
    model = shared_model("testing-drums")
    valid = random_tokens(model.config, 6, rng)
    decoded = model.decode_tokens(model.encode_tokens(valid).mu)
    found = reconstruct(model, valid)["greedy_from_mu"]
    assert found["step_accuracy"] == pytest.approx(float((decoded == valid).mean()))


def test_dimensions_come_in_the_order_of_what_they_carry(judged) -> None:
    """The first has the most nats, and their sum is the KL of a window."""
    nats = np.array(judged["nats_per_dimension"])
    order = judged["dimensions_by_information"]
    assert sorted(order) == list(range(len(nats)))
    assert (np.diff(nats[order]) <= 1e-4).all()
    assert nats.sum() == pytest.approx(judged["greedy_from_mu"]["kl_nats"], rel=1e-3)


def test_samples_stand_beside_real_windows(judged) -> None:
    """Four collections, and the halves of the real windows as what can be reached."""
    assert len(judged["prior"]["samples"]) == 4
    assert judged["prior"]["samples"][0]["samples"] == 20
    assert set(judged["prior"]["real"]["overlap"]) == {"melody", "bass", "drums"}
    assert judged["prior"]["real"]["copied_bars"] == 0.0
    worst = [row["lowest_overlap"] for row in judged["prior"]["samples"]]
    assert judged["prior"]["lowest_overlap"] == {
        "prior": min(worst[:2]),
        "mixture": min(worst[2:]),
    }


def test_other_windows_are_judged_by_what_comes_back(judged) -> None:
    """Without the table of dimensions."""
    folk = judged["other_windows"]["folk"]
    assert folk["windows"] == 3
    assert set(folk) == {
        "windows",
        "greedy_from_mu",
        "sampled_from_mu",
        "sampled_from_posterior",
    }


def test_one_window_has_no_ways(rng) -> None:
    """A single validation window is judged all the same."""
    model = shared_model("testing")
    assert judge(model, random_tokens(model.config, 1, rng), n_samples=5)["interpolation"] is None
