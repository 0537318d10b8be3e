"""A setting that is out of bounds is named, quoted, and told what it may be."""

from __future__ import annotations

import pytest

from midime_engine.errors import OptionError
from midime_engine.learning.bounds import MAX_SEED, Bounds

BOUNDS = Bounds("A kite")


@pytest.mark.parametrize("value", [1, 7, MAX_SEED])
def test_whole_numbers_within_bounds_pass(value: int) -> None:
    """Both ends are within."""
    BOUNDS.require_int("tails", value, 1, MAX_SEED)


@pytest.mark.parametrize("value", [0, 8, True, 1.0, "1", None])
def test_everything_else_is_no_whole_number(value: object) -> None:
    """Not even what is equal to one."""
    with pytest.raises(OptionError, match="A kite cannot be set up: tails is") as refused:
        BOUNDS.require_int("tails", value, 1, 7)
    assert refused.value.remedy == "Set tails to a whole number from 1 to 7."


@pytest.mark.parametrize("value", [0, 0.5, 1.0])
def test_numbers_within_bounds_pass(value: float) -> None:
    """Whole ones too."""
    BOUNDS.require_float("wind", value, 0.0, 1.0)


@pytest.mark.parametrize("value", [-1e-9, 2, float("nan"), float("inf"), False, "0.5"])
def test_everything_else_is_no_number(value: object) -> None:
    """What is not a number least of all."""
    with pytest.raises(OptionError) as refused:
        BOUNDS.require_float("wind", value, 0.0, 1e-3)
    assert refused.value.remedy == "Set wind to a number from 0 to 0.001."


def test_a_long_value_is_not_quoted_whole() -> None:
    """It may be a damaged file."""
    assert len(str(BOUNDS.refusal("string", "x" * 10_000, "less"))) < 150
