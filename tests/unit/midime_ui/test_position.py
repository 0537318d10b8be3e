"""Where a visitor stands, as the library and addresses say it."""

from __future__ import annotations

import numpy as np
import pytest

from midime_ui.position import (
    MAX_NUDGES,
    NUDGE_RANGE,
    RANGE,
    Position,
    in_words,
    on_sliders,
    tidy_nudges,
)

NUDGED = Position((1.25, 0.0), 0.7, 12, ((3, 0.5), (200, -1.25)))


def test_nudges_survive_the_library_and_the_address() -> None:
    """One short parameter for all of them; none without any."""
    assert Position.from_json(NUDGED.to_json(), n_sliders=2) == NUDGED
    query = NUDGED.to_query()
    assert query["d"] == "3:0.5,200:-1.25"
    assert tidy_nudges(query["d"]) == NUDGED.nudges
    assert "d" not in Position((1.0,), None, 0).to_query()


def test_a_position_from_before_there_were_nudges_has_none() -> None:
    """Saved and shared MidiMes of older versions open."""
    data = {"point": [1.0, 0.0], "temperature": None, "seed": 4}
    assert Position.from_json(data, n_sliders=2) == Position((1.0, 0.0), None, 4)


@pytest.mark.parametrize(
    "data",
    [
        "",
        "x",
        "1:",
        ":1",
        "1:1:1",
        "99999:1",
        "-1:1",
        "1:nan",
        "1:1e5",
        "\u0663:1",
        7,
        [[1]],
        [["1", 1]],
        [[1, None]],
        [[1.5, 1]],
        [[-1, 1]],
        [[10**9, 1]],
        [[1, float("nan")]],
    ],
)
def test_nudges_that_make_no_sense_are_none(data: object) -> None:
    """They may come from a stranger's address or file."""
    given = data if isinstance(data, str | list) else []
    assert tidy_nudges(given) == ()
    assert Position.from_json({"nudges": data}, n_sliders=1).nudges == ()


def test_nudges_are_bounded_in_size_and_number() -> None:
    """The last one of a dimension counts; what moves nothing is left out."""
    assert tidy_nudges("5:99,4:-99") == ((4, -NUDGE_RANGE), (5, NUDGE_RANGE))
    assert tidy_nudges("5:1,5:2,6:0,7:0.001") == ((5, 2.0),)
    assert len(tidy_nudges([(i, 1.0) for i in range(1000)])) == MAX_NUDGES


def test_the_offset_has_the_size_of_the_model() -> None:
    """A dimension that the model does not have moves nothing."""
    assert Position((0.0,), None, 0).offset(4) is None
    offset = NUDGED.offset(8)
    assert offset is not None
    np.testing.assert_array_equal(offset, [0, 0, 0, 0.5, 0, 0, 0, 0])


def test_an_address_with_every_nudge_stays_short() -> None:
    """It can be sent in a message."""
    nudges = tuple((100 + i, -2.95) for i in range(MAX_NUDGES))
    assert len(in_words(nudges)) < 500


@pytest.mark.parametrize("value", [-99.0, -3.0, -0.004, 0.123456, 2.999, 99.0])
def test_a_point_is_brought_to_where_a_slider_can_stand(value: float) -> None:
    """Within the range, on a hundredth."""
    (stood,) = on_sliders([value])
    assert -RANGE <= stood <= RANGE
    assert round(stood * 100) == pytest.approx(stood * 100)
