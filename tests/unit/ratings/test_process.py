"""Laplace's approximation against what it approximates, and against other ways to compute it."""

from __future__ import annotations

import numpy as np
import pytest

from midime_engine.latent.logistic import logistic
from midime_engine.ratings.process import fit


def kernel(points, *, scale: float = 1.5):
    """A covariance over points of a line."""
    points = np.asarray(points, float)
    return scale * np.exp(-0.5 * (points[:, None] - points[None]) ** 2)


def log_posterior(f, covariance):
    """Up to a constant: logistic likelihood of all positive, normal prior."""
    return -np.logaddexp(0.0, -f).sum() - 0.5 * f @ np.linalg.solve(covariance, f)


def climbed(covariance, *, rounds: int = 20_000, rate: float = 0.02):
    """The mode by plain gradient ascent in the space of ``covariance @ a``: slow and simple."""
    a = np.zeros(len(covariance))
    for _ in range(rounds):
        a += rate * (1.0 - logistic(covariance @ a) - a)
    return covariance @ a


def test_newtons_mode_is_the_one_that_climbing_finds() -> None:
    """For contrasts that pull against each other."""
    points = kernel([0.0, 0.4, 1.5, 3.0])
    design = np.array([[1.0, 0, 0, 0], [0, -1.0, 0, 0], [0, 1.0, -1.0, 0], [0, 0, 0, 1.0]])
    covariance = design @ points @ design.T
    found = fit(covariance)
    mode = climbed(covariance + 1e-6 * np.eye(4))
    assert np.allclose(found.slopes, 1.0 - logistic(mode), atol=1e-5)
    best = log_posterior(mode, covariance)
    for direction in np.eye(4):
        for step in (-0.01, 0.01):
            assert log_posterior(mode + step * direction, covariance) < best


def test_the_gain_is_the_inverse_that_it_is_said_to_be() -> None:
    """``(K + W⁻¹)⁻¹``, computed the direct way."""
    covariance = kernel([0.0, 0.7, 2.0])
    found = fit(covariance)
    chance = 1.0 - found.slopes
    w = chance * (1.0 - chance)
    direct = np.linalg.inv(covariance + 1e-6 * np.eye(3) + np.diag(1.0 / w))
    assert np.allclose(found.gain, direct, atol=1e-6)


def brute_force(covariance, cross, own):
    """Evidence, and mean of what is new, by adding up over a fine grid of two contrasts."""
    grid = np.linspace(-9.0, 9.0, 361)
    one, other = np.meshgrid(grid, grid, indexing="ij")
    f = np.stack([one.ravel(), other.ravel()])
    solved = np.linalg.solve(covariance, f)
    density = np.exp(-0.5 * (f * solved).sum(axis=0))
    density /= density.sum()
    weight = density * logistic(f[0]) * logistic(f[1])
    mean = (cross @ solved) @ weight / weight.sum()
    square = (own - cross @ np.linalg.solve(covariance, cross)) + (
        (cross @ solved) ** 2 @ weight / weight.sum() - mean**2
    )
    return np.log(weight.sum()), mean, square


@pytest.mark.parametrize("apart", [0.2, 1.0, 2.5])
def test_evidence_and_prediction_are_near_the_true_integrals(apart: float) -> None:
    """Laplace's approximation is a little low in the evidence and near in the rest."""
    points = [0.0, apart, 0.5 * apart]
    whole = kernel(points)
    sign = np.array([1.0, -1.0])  # The first was liked, the second disliked.
    covariance = whole[:2, :2] * np.outer(sign, sign)
    cross = whole[2, :2] * sign + np.array([0.3, 0.0])
    found = fit(covariance)
    evidence, true_mean, true_variance = brute_force(covariance, cross, whole[2, 2])
    mean, variance = found.predict(cross[None], np.array([whole[2, 2]]))
    assert found.evidence == pytest.approx(evidence, abs=0.06)
    assert mean[0] == pytest.approx(true_mean, abs=0.12)
    assert variance[0] == pytest.approx(true_variance, rel=0.15)


def test_what_was_said_makes_surer_of_what_is_near() -> None:
    """And leaves what is far away as it was."""
    found = fit(kernel([0.0]))
    cross = kernel([0.0, 0.1, 9.0])[1:, :1]
    mean, variance = found.predict(cross, np.full(2, 1.5))
    assert mean[0] > 0.3
    assert variance[0] < 1.4
    assert mean[1] == pytest.approx(0.0, abs=1e-9)
    assert variance[1] == pytest.approx(1.5)


def test_what_explains_the_answers_has_more_evidence() -> None:
    """Answers that fall apart by place are likelier where places matter."""
    points = np.array([-2.0, -1.8, 1.8, 2.0])
    sign = np.array([1.0, 1.0, -1.0, -1.0])
    by_place = fit(np.outer(points, points) * np.outer(sign, sign))
    by_nothing = fit(np.eye(4))
    assert by_place.evidence > by_nothing.evidence
