from __future__ import annotations

import pytest

from midime_engine.errors import OptionError
from midime_engine.pretraining.recipe import TRIO, Recipe


@pytest.mark.parametrize(("n_steps", "least"), [(16, 2), (32, 2), (64, 4), (256, 16)])
def test_longer_windows_need_more_notes(n_steps: int, least: int) -> None:
    """One for each bar of 4/4."""
    assert Recipe(("melody",), n_steps).least_onsets == least


def test_accompaniment_is_for_short_melodies() -> None:
    """Long windows are there for the form of a tune."""
    assert Recipe(("melody",), 32).with_figures
    assert not Recipe(("melody",), 256).with_figures
    assert not Recipe(("drums",), 32).with_figures
    assert not Recipe(TRIO, 32).with_figures


def test_unknown_parts_are_refused() -> None:
    """With the parts that there are."""
    with pytest.raises(OptionError, match="bass and drums") as caught:
        Recipe(("bass", "drums"), 32)
    assert "melody" in caught.value.remedy


def test_a_window_has_a_step() -> None:
    """A programming mistake, not the user's."""
    with pytest.raises(ValueError, match="one step"):
        Recipe(("melody",), 0)
