from __future__ import annotations

import numpy as np
import pytest

from midime_engine.pretraining.config import PretrainingConfig

CONFIG = PretrainingConfig()


def test_the_learning_rate_rises_and_falls() -> None:
    """Up to its peak in the first fiftieth of the run, then down to the final one."""
    rates = [CONFIG.learning_rate_at(share) for share in np.linspace(0, 1, 1001)]
    peak = int(np.argmax(rates))
    assert rates[peak] == CONFIG.learning_rate
    assert peak == 20
    assert np.all(np.diff(rates[:peak]) > 0)
    assert np.all(np.diff(rates[peak:]) < 0)
    assert rates[-1] == pytest.approx(CONFIG.final_learning_rate)
    assert min(rates) > 0


def test_beta_is_near_zero_while_the_latent_is_learned() -> None:
    """Too early, it would empty the latent before it is used."""
    assert CONFIG.beta_at(0.0) == 0.0
    assert CONFIG.beta_at(0.1) < 0.02 * CONFIG.max_beta
    assert CONFIG.beta_at(CONFIG.beta_share) == CONFIG.beta_at(1.0) == CONFIG.max_beta


def test_beta_rises_from_where_it_starts() -> None:
    """A run that goes on from a model in use begins with a weight in use."""
    config = PretrainingConfig(min_beta=0.02, max_beta=0.05)
    assert config.beta_at(0.0) == 0.02
    assert config.beta_at(1.0) == 0.05


def test_nothing_is_shown_to_the_decoder_at_first() -> None:
    """Then more and more, up to the share that stays."""
    shares = [CONFIG.input_dropout_at(progress) for progress in np.linspace(0, 1, 101)]
    assert shares[0] == 1.0
    assert np.all(np.diff(shares[:11]) < 0)
    assert shares[10:] == pytest.approx([CONFIG.input_dropout] * 91)


@pytest.mark.parametrize(
    "change",
    [
        {"batch_size": 0},
        {"minutes": 0.0},
        {"learning_rate": 0.0},
        {"input_dropout": 1.0},
        {"input_dropout": -0.1},
        {"first_input_dropout": 1.1},
        {"steps_per_call": -1},
    ],
)
def test_settings_that_teach_nothing_are_refused(change) -> None:
    """No windows, no time, no steps, nothing shown."""
    with pytest.raises(ValueError, match=r"must be"):
        PretrainingConfig(**change)
