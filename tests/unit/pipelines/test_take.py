"""A take plays what its numbers say, and refuses numbers that say nothing."""

from __future__ import annotations

import json

import numpy as np
import pytest

from midime_engine.errors import OptionError
from midime_engine.pipelines.embed import embed
from midime_engine.pipelines.take import FARTHEST, Take, play
from tests.support.fakes import PlaneSpace

TAKE = Take((0.5, -1.25), ((3, 0.5), (12, -2.0)), 0.8, 7)


@pytest.fixture
def space(material, model) -> PlaneSpace:
    """Two sliders through the song."""
    return PlaneSpace(embed(material.chunks, model).latents.mu)


def test_a_take_comes_back_from_a_file() -> None:
    """Every field, through JSON."""
    assert Take.from_json(json.loads(json.dumps(TAKE.to_json()))) == TAKE
    plain = Take((0.0,))
    assert Take.from_json(json.loads(json.dumps(plain.to_json()))) == plain


def test_the_point_is_decoded_as_it_is(space, model) -> None:
    """As the sliders of the app do it."""
    played = play(Take((0.5, -1.25)), space, model)
    expected = space.decode(np.array([[0.5, -1.25]], np.float32))
    np.testing.assert_array_equal(played.z, expected)
    np.testing.assert_array_equal(played.tokens, model.decode_tokens(expected))


def test_a_nudge_moves_one_dimension_of_the_large_space(space, model) -> None:
    """And no other."""
    point = (0.5, -1.25)
    moved = play(Take(point, ((3, 5.0),)), space, model).z - play(Take(point), space, model).z
    np.testing.assert_allclose(moved[0], np.eye(32)[3] * 5.0, atol=1e-5)


@pytest.mark.parametrize(
    "values",
    [
        {"point": ()},
        {"point": (float("nan"),)},
        {"point": (FARTHEST * 1.01,)},
        {"nudges": ((3, float("inf")),)},
        {"nudges": ((-1, 0.5),)},
        {"nudges": ((3, 0.5), (3, 0.5))},
        {"seed": -1},
        {"seed": 2**31},
        {"temperature": 0.0},
        {"temperature": 5.1},
    ],
    ids=str,
)
def test_numbers_out_of_their_range_are_refused(values) -> None:
    """When the take is made, not when it is played."""
    with pytest.raises(OptionError) as caught:
        Take(**{"point": (0.0,), **values})
    assert caught.value.remedy


@pytest.mark.parametrize(
    "change",
    [
        {"point": "01"},
        {"point": [True]},
        {"point": [10**400]},
        {"point": None},
        {"nudges": [[1.5, 1.0]]},
        {"nudges": [[1]]},
        {"nudges": 3},
        {"seed": "7"},
        {"seed": 1.0},
        {"temperature": "hot"},
    ],
    ids=lambda change: f"{next(iter(change))}={str(next(iter(change.values())))[:12]}",
)
def test_data_of_another_kind_are_refused(change) -> None:
    """They may come from anybody."""
    with pytest.raises(OptionError):
        Take.from_json({**TAKE.to_json(), **change})


def test_a_missing_number_is_refused() -> None:
    """Rather than guessed."""
    for name in TAKE.to_json():
        data = TAKE.to_json()
        del data[name]
        with pytest.raises(OptionError, match=name):
            Take.from_json(data)


def test_a_point_of_another_space_is_refused(space, model) -> None:
    """With the number of sliders that it has."""
    with pytest.raises(OptionError, match="3 numbers"):
        play(Take((0.0, 0.0, 0.0)), space, model)


def test_a_nudge_beyond_the_model_is_refused(space, model) -> None:
    """With the dimensions that there are."""
    with pytest.raises(OptionError, match="no dimension 32") as caught:
        play(Take((0.0, 0.0), ((32, 1.0),)), space, model)
    assert "0 to 31" in caught.value.remedy
