"""Ways begin and end where they should, and stay in the personal space if they can."""

from __future__ import annotations

import numpy as np
import pytest

from midime_engine.pipelines.draws import settle
from midime_engine.pipelines.embed import embed
from midime_engine.pipelines.travel import Place, travel
from tests.support.fakes import PlaneSpace


@pytest.fixture
def space(material, model) -> PlaneSpace:
    """The plane through the chunks of the song."""
    return PlaneSpace(embed(material.chunks, model).latents.mu)


def place(space: PlaneSpace, *point: float) -> Place:
    """A point of the personal space."""
    z_small = np.array(point, np.float32)
    return Place(space.decode(z_small[None])[0], z_small)


def test_within_the_personal_space_the_way_is_straight(space) -> None:
    """The middle is the mean of both ends, and each place is what the space decodes there."""
    way = travel(place(space, -1.0, 0.0), place(space, 1.0, 2.0), 5, space)
    assert way.z_small is not None
    np.testing.assert_allclose(way.z_small[2], [0.0, 1.0], atol=1e-6)
    np.testing.assert_allclose(way.z, space.decode(way.z_small), atol=1e-4)


def test_sliders_can_stand_on_every_place(space) -> None:
    """Whatever the number of places; the ends are met exactly all the same."""
    a, b = place(space, 0.123456, 0.0), place(space, 1.0, 1.0)
    way = travel(a, b, 7, space)
    np.testing.assert_array_equal(way.z_small, settle(way.z_small))
    np.testing.assert_allclose(way.z[0], a.z, atol=1e-4)


def test_music_of_the_base_model_is_reached_on_the_great_circle(space) -> None:
    """There is no small point for it; lengths are kept on the way between equals."""
    rng = np.random.default_rng(0)
    a, b = (each / np.linalg.norm(each) for each in rng.standard_normal((2, 32)))
    way = travel(Place(a), Place(b), 7, space)
    assert way.z_small is None
    np.testing.assert_allclose(np.linalg.norm(way.z, axis=1), 1.0, atol=1e-5)
    np.testing.assert_allclose(way.z[[0, -1]], [a, b], atol=1e-6)


def test_what_lies_beside_the_personal_space_is_met_exactly(space) -> None:
    """A nudged end is reached with its nudge, and half of it is there half-way."""
    a, b = place(space, -1.0, 0.0), place(space, 1.0, 0.0)
    nudged = Place(b.z + np.float32(2.0), b.z_small)
    way = travel(a, nudged, 3, space)
    np.testing.assert_allclose(way.z[-1], nudged.z, atol=1e-5)
    np.testing.assert_allclose(way.z[1], travel(a, b, 3, space).z[1] + 1.0, atol=1e-4)


def test_a_way_has_two_ends(space) -> None:
    """One place leads nowhere."""
    with pytest.raises(ValueError, match="two ends"):
        travel(place(space, 0.0, 0.0), place(space, 1.0, 0.0), 1, space)
