"""A point of the space of a MidiMe is always the same music."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from midime_ui import personal_space

if TYPE_CHECKING:
    from midime_ui.personal import Personal
    from midime_ui.studies import Study


def test_the_same_point_is_the_same_music(study: Study, personal: Personal) -> None:
    """Another one is not."""
    point = (0.5, -1.0, 2.0)
    first = personal_space.variation(study, personal, point, temperature=None, seed=0)
    again = personal_space.variation(study, personal, point, temperature=None, seed=0)
    other = personal_space.variation(study, personal, (3.0, 3.0, -3.0), temperature=None, seed=0)
    assert np.array_equal(first.tokens, again.tokens)
    assert not np.array_equal(first.z, other.z)
    assert first.z_small is not None
    assert first.z_small[0].tolist() == pytest.approx(point)
