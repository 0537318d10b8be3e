"""Schedules go where they should."""

from __future__ import annotations

import pytest

from midime_engine.errors import OptionError
from midime_engine.sketches.settings import SketchSettings


def test_the_learning_rate_rises_and_falls() -> None:
    """To a hundredth of a thousandth."""
    settings = SketchSettings(learning_rate=1e-3)
    rates = [settings.learning_rate_at(share) for share in (0.0, 0.02, 0.5, 1.0)]
    assert rates[0] < rates[1]
    assert rates[1] == pytest.approx(1e-3)
    assert rates[1] > rates[2] > rates[3]
    assert rates[3] == pytest.approx(1e-5)


def test_the_weight_of_the_kl_rises_to_its_limit() -> None:
    """And stays there."""
    settings = SketchSettings(max_beta=0.4, beta_share=0.5)
    assert settings.beta_at(0.0) == 0.0
    assert settings.beta_at(0.25) == pytest.approx(0.1)
    assert settings.beta_at(0.5) == settings.beta_at(1.0) == 0.4


@pytest.mark.parametrize(
    "wrong",
    [
        {"minutes": 0.0},
        {"batch_size": 0},
        {"max_beta": -1.0},
        {"beta_share": 0.0},
        {"input_dropout": 1.0},
        {"matmul_dtype": "int8"},
    ],
)
def test_what_cannot_be_trained_with_is_refused(wrong) -> None:
    """With a sentence for the command line."""
    with pytest.raises(OptionError):
        SketchSettings(**wrong)
