"""A model draws what its seeds say, whoever draws beside it."""

from __future__ import annotations

import numpy as np
import pytest

from midime_engine.latent.mixture import Mixture
from midime_engine.sketches.model import SketchRNN


def test_posteriors_have_the_size_of_the_model(tiny, tiny_model, few) -> None:
    """One row for each drawing, whatever else is in the batch."""
    together, alone = tiny_model.encode(few), tiny_model.encode(few[3:4])
    assert together.mu.shape == (len(few), tiny.z_size) == (len(few), tiny_model.z_size)
    assert np.allclose(together.mu[3], alone.mu[0], atol=1e-5)
    assert len(tiny_model.encode([])) == 0


def test_a_seed_repeats_a_drawing(tiny_model) -> None:
    """Each row has a stream of its own: the first do not depend on how many there are."""
    z = tiny_model.prior(5)
    many = tiny_model.decode_rows(z, temperature=1.0, seed=3)
    few = tiny_model.decode_rows(z[:2], temperature=1.0, seed=3)
    assert np.allclose(many[:2], few, atol=1e-5)
    assert not np.allclose(many, tiny_model.decode_rows(z, temperature=1.0, seed=4))
    assert not np.allclose(many[0], tiny_model.decode_rows(z[:1].repeat(2, axis=0))[0])


def test_seeds_of_their_own(tiny_model) -> None:
    """Each row as if it were decoded alone."""
    z = tiny_model.prior(3)
    rows = tiny_model.decode_rows(z, temperature=0.8, seed=[9, 9, 4])
    assert np.allclose(
        rows[1], tiny_model.decode_rows(z[1:2], temperature=0.8, seed=9)[0], atol=1e-5
    )


def test_without_temperature_there_is_no_chance(tiny_model) -> None:
    """None and 0 are the same, for any seed."""
    z = tiny_model.prior(2)
    greedy = tiny_model.decode_rows(z)
    assert np.allclose(greedy, tiny_model.decode_rows(z, temperature=0.0, seed=5))


def test_drawings_are_made_of_the_rows(tiny, tiny_model) -> None:
    """And whether they ended is said of each."""
    z = tiny_model.prior(4)
    drawings = tiny_model.decode(z, temperature=1.0)
    finished = tiny_model.finishes(z, temperature=1.0)
    assert len(drawings) == len(finished) == 4
    assert all(drawing.n_points <= tiny.n_steps for drawing in drawings)


def test_starts_are_where_drawings_lie(tiny, tiny_arrays) -> None:
    """From the mixture, where there is one; from the prior otherwise."""
    z = np.random.default_rng(0).normal(3.0, 0.1, (200, tiny.z_size)).astype(np.float32)
    mixture = Mixture.fit(z, dimensions=np.arange(tiny.z_size), n_components=1)
    assert SketchRNN(tiny, tiny_arrays, mixture=mixture).starts(50).mean() > 2.5
    plain = SketchRNN(tiny, tiny_arrays)
    assert np.array_equal(plain.starts(3, seed=1), plain.prior(9, seed=1)[:3])


@pytest.mark.parametrize(
    ("z", "arguments"),
    [
        (np.zeros((2, 3)), {}),
        (np.full((1, 6), np.nan), {}),
        (np.zeros((1, 6)), {"temperature": -1.0}),
        (np.zeros((2, 6)), {"seed": [1]}),
    ],
)
def test_what_cannot_be_decoded_is_refused(tiny_model, z, arguments) -> None:
    """Another shape, no numbers, a temperature below zero, too few seeds."""
    with pytest.raises(ValueError, match=r"z must|temperature|seed"):
        tiny_model.decode(z, **arguments)
