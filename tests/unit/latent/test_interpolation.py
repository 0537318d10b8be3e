"""Lines and great circles between latent vectors."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from midime_engine.latent.interpolation import lerp, slerp

_KIT = Path(__file__).parents[4] / "shared" / "conformance" / "tf1"
_T5 = np.linspace(0, 1, 5)


def test_lerp_is_the_straight_line() -> None:
    """Halfway is the mean, and t may go beyond the ends."""
    np.testing.assert_array_equal(
        lerp([0, 2], [4, 0], [0, 0.5, 1, 2]), [[0, 2], [2, 1], [4, 0], [8, -2]]
    )


def test_slerp_turns_through_equal_angles() -> None:
    """Between two unit vectors at right angles, a third of the way is thirty degrees."""
    path = slerp([1, 0], [0, 1], [0, 1 / 3, 1])
    np.testing.assert_allclose(path, [[1, 0], [np.sqrt(3) / 2, 0.5], [0, 1]], atol=1e-7)
    assert path.dtype == np.float32


def test_slerp_meets_both_ends_whatever_their_lengths() -> None:
    """The path starts at a and ends at b."""
    rng = np.random.default_rng(0)
    a, b = rng.standard_normal([2, 256]) * np.array([[1.0], [7.0]])
    np.testing.assert_allclose(slerp(a, b, [0, 1]), np.stack([a, b]), rtol=1e-6)


@pytest.mark.parametrize(
    ("a", "b"),
    [([1, 2], [1, 2]), ([1, 2], [2, 4]), ([1, 0], [-1, 0]), ([0, 0], [1, 0]), ([1, 0], [1, 1e-9])],
)
def test_slerp_is_the_line_where_no_great_circle_is_defined(a: list[float], b: list[float]) -> None:
    """Parallel, opposite and zero vectors give the straight line and never NaN."""
    np.testing.assert_array_equal(slerp(a, b, _T5), lerp(a, b, _T5))


def test_a_scalar_t_gives_one_row() -> None:
    """The result is always ``[k, z_size]``."""
    assert slerp([1, 0], [0, 1], 0.5).shape == lerp([1, 0], [0, 1], 0.5).shape == (1, 2)


@pytest.mark.parametrize(
    ("a", "b", "t"), [([1, 2], [1, 2, 3], [0]), ([[1, 2]], [[1, 2]], [0]), ([1], [2], [[0.5]])]
)
def test_refuses_shapes_that_do_not_fit(a: object, b: object, t: object) -> None:
    """Batches of vectors and matrices of t are a programming mistake."""
    for way in (lerp, slerp):
        with pytest.raises(ValueError, match="must"):
            way(a, b, t)


@pytest.mark.parametrize(
    "name", ["cat-drums_2bar_small", "cat-mel_2bar_big", "hierdec-mel_16bar", "hierdec-trio_16bar"]
)
def test_slerp_goes_where_magenta_goes(name: str) -> None:
    """Magenta's own interpolation of two means is met to 1e-6."""
    expected = _KIT / name / "expected.npz"
    if not expected.exists():
        pytest.skip(f"conformance kit not found at {_KIT}")
    with np.load(expected) as arrays:
        mu, path = arrays["mu"], arrays["slerp_mu0_mu1_5"]
    np.testing.assert_allclose(slerp(mu[0], mu[1], _T5), path, atol=1e-6, rtol=0)
