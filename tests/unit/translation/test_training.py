"""Training as an iterator of plain steps."""

from __future__ import annotations

from itertools import islice

import numpy as np
import pytest

from midime_engine.errors import TrainingError
from midime_engine.translation.config import WEIGHTS
from midime_engine.translation.model import Translator
from midime_engine.translation.training import learning_rate, training_steps
from tests.support.translation import DRUMS, MELODY, toy_config, toy_pairs

CONFIG = toy_config()
PAIRS = toy_pairs(120)


@pytest.fixture(scope="module")
def trained() -> tuple[Translator, list]:
    """A translator after all steps, and the steps."""
    translator = Translator(CONFIG)
    return translator, list(training_steps(translator, PAIRS))


def test_every_term_is_told_and_the_loss_falls(trained: tuple[Translator, list]) -> None:
    """As plain numbers, by name, the first step first."""
    _, steps = trained
    assert [step.step for step in steps] == list(range(1, CONFIG.steps + 1))
    assert tuple(name for name, _ in steps[0].terms) == WEIGHTS
    assert all(value > 0 for _, value in steps[0].terms)
    means = [np.mean([step.total for step in part]) for part in (steps[:5], steps[-5:])]
    assert means[1] < 0.9 * means[0]


def test_the_total_is_the_weighted_sum(trained: tuple[Translator, list]) -> None:
    """Reconstruction and every term with the weight that the config gives it."""
    _, (first, *_) = trained
    weighted = sum(getattr(CONFIG, name) * value for name, value in first.terms)
    assert first.total == pytest.approx(first.reconstruction + weighted, rel=1e-4)


def test_who_leaves_and_comes_back_gets_the_same_weights(trained: tuple[Translator, list]) -> None:
    """Also in the middle of what is computed at once."""
    translator = Translator(CONFIG)
    for _ in islice(training_steps(translator, PAIRS), 7):
        pass
    assert translator.state.steps == 7
    list(training_steps(translator, PAIRS))
    for name, array in trained[0].weights.items():
        np.testing.assert_allclose(translator.weights[name], array, rtol=1e-4, atol=1e-5)


def test_attributes_are_carried_when_that_is_asked_for() -> None:
    """What the linear map hears in the music of one side it hears in its translation."""
    config = toy_config(steps=600, learning_rate=5e-3, shared_size=2)
    translator = Translator.starting(config, PAIRS)
    list(training_steps(translator, PAIRS))
    source = translator.encode(PAIRS.sides[0].latents.mu, 0).mu
    there = translator.decode(source, 1)
    heard = translator.attributes(translator.encode(there, 1).mu)
    labels = PAIRS.sides[0].labels
    for column in range(labels.shape[1]):
        assert np.corrcoef(heard[:, column], labels[:, column])[0, 1] > 0.4


def test_terms_that_are_switched_off_are_nothing() -> None:
    """Neither computed nor counted: what each gives can be seen."""
    off = dict.fromkeys((name for name in WEIGHTS if name != "beta"), 0.0)
    config = toy_config(**off, n_labels=0)
    pairs = toy_pairs(20)
    for side in pairs.sides:
        object.__setattr__(side, "labels", np.zeros((20, 0), np.float32))
    (step,) = training_steps(Translator(config), pairs, steps=1)
    assert [name for name, value in step.terms if value] == ["beta"]


def test_a_fixed_map_to_the_labels_stays_as_it_was_drawn() -> None:
    """The authors' code leaves it so; ours can."""
    translator = Translator(toy_config(fixed_labels=True))
    before = translator.weights["labels/kernel"].copy()
    list(training_steps(translator, PAIRS, steps=5))
    np.testing.assert_array_equal(translator.weights["labels/kernel"], before)
    assert not np.array_equal(
        translator.weights["encoder/mu/kernel"],
        Translator(toy_config()).weights["encoder/mu/kernel"],
    )


def test_a_loss_that_is_no_number_ends_the_training() -> None:
    """With the step, and what to change."""
    translator = Translator(toy_config(learning_rate=1.0, crossing=1000.0, steps=2000))
    with pytest.raises(TrainingError, match="broke down in step") as broke:
        list(training_steps(translator, _huge()))
    assert "learning rate" in broke.value.remedy


def test_pairs_that_do_not_fit_are_refused_before_the_first_step() -> None:
    """Not when the iterator is asked."""
    with pytest.raises(TrainingError):
        training_steps(Translator(CONFIG), toy_pairs(1))


def test_the_learning_rate_falls_to_a_tenth() -> None:
    """Along half a cosine, and no further when training goes on."""
    config = toy_config(learning_rate=0.5, steps=10)
    assert learning_rate(config, 0) == 0.5
    assert learning_rate(config, 5) == pytest.approx(0.275)
    assert learning_rate(config, 10) == learning_rate(config, 99) == pytest.approx(0.05)


def _huge():
    pairs = toy_pairs(20)
    for side, domain in zip(pairs.sides, (MELODY, DRUMS), strict=True):
        object.__setattr__(side.latents, "mu", np.full((20, domain.size), 1e30, np.float32))
    return pairs
