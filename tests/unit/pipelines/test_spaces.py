"""The spaces in which music can be constrained."""

from __future__ import annotations

import numpy as np
import pytest

from midime_engine.pipelines.embed import embed
from midime_engine.pipelines.spaces import base_space, slider_space, song_space
from tests.support.fakes import PlaneSpace


@pytest.fixture
def embedding(material, model):
    """The song in the model's space."""
    return embed(material.chunks, model)


def test_the_space_of_a_model_starts_from_its_dreams(model) -> None:
    """And what is real is what it hears in them again."""
    space = base_space(model)
    assert np.array_equal(space.draw(5, 3), model.starts(5, seed=3))
    assert np.array_equal(space.posterior.mu[0], np.clip(np.rint(model.starts(1)[0]), 0, 89))


def test_the_space_of_a_song_starts_from_what_its_midime_plays(model, embedding) -> None:
    """In the vectors of the model underneath."""
    midime = PlaneSpace(embedding.latents.mu)
    space = song_space(midime, model)
    assert space.z_size == 32
    assert np.array_equal(space.draw(4, 1), midime.decode(midime.sample(4, seed=1)))


def test_the_song_itself_counts_as_much_as_the_dreams(model, embedding) -> None:
    """Where it is at hand."""
    midime = PlaneSpace(embedding.latents.mu)
    space = song_space(midime, model, chunks=embedding.latents)
    chunks = {row.tobytes() for row in embedding.latents.mu}
    among = np.mean([row.tobytes() in chunks for row in space.posterior.mu])
    assert among == pytest.approx(0.5, abs=0.05)


def test_the_space_of_the_sliders_has_as_many_numbers_as_there_are_sliders(embedding) -> None:
    """Dreams and song alike."""
    midime = PlaneSpace(embedding.latents.mu)
    for space in (slider_space(midime), slider_space(midime, chunks=embedding.latents)):
        assert space.z_size == 2
        assert np.array_equal(space.draw(4, 1), midime.sample(4, seed=1))
