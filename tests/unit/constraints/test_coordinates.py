"""What counts of ``z``, in units of sigma."""

from __future__ import annotations

import numpy as np
import pytest

from midime_engine.constraints.coordinates import Coordinates

SCALE = np.float32([0.1, 1.0, 0.5, 0.01])


def test_dimensions_that_say_nothing_are_left_out() -> None:
    """Their posterior is the prior."""
    assert Coordinates.of(SCALE).dimensions.tolist() == [0, 2, 3]


def test_where_nothing_says_anything_all_dimensions_count() -> None:
    """There is nothing to choose by."""
    assert len(Coordinates.of(np.ones(5, np.float32))) == 5


def test_a_finer_dimension_has_longer_units() -> None:
    """Up to a fineness of a twentieth."""
    factors = Coordinates.of(SCALE).factors
    assert factors / factors[1] == pytest.approx([5.0, 1.0, 10.0])


def test_coordinates_go_back_into_z_and_leave_the_rest() -> None:
    """What says nothing keeps its value."""
    coordinates = Coordinates.of(SCALE)
    z = np.float32([[1, 2, 3, 4]])
    assert coordinates.into(z, coordinates.of_z(z)) == pytest.approx(z)
    moved = coordinates.into(z, coordinates.of_z(z) + 1)
    assert moved[0, 1] == 2
    assert moved[0, 0] == pytest.approx(1 + 1 / coordinates.factors[0])
    assert z[0, 0] == 1
