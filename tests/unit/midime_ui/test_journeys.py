"""Journeys begin and end with what was kept, note for note."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from midime_ui import journeys, variations
from midime_ui.position import Position, on_sliders
from midime_ui.tray import Item

if TYPE_CHECKING:
    from midime_ui.personal import Personal
    from midime_ui.studies import Study


def items(study: Study, personal: Personal, temperature: float | None = None) -> list[Item]:
    """Two kept variations."""
    made = variations.music(study, personal, (3, 7), temperature=temperature)
    return [
        Item.of(
            made,
            i,
            name=f"Seed {seed}",
            position=Position(on_sliders(made.z_small[i].tolist()), temperature, seed),
            seed=seed,
            temperature=temperature,
        )
        for i, seed in enumerate((3, 7))
    ]


def test_both_ends_are_what_was_kept(study: Study, personal: Personal) -> None:
    """Also where dice were thrown for them."""
    a, b = items(study, personal, 0.8)
    made = journeys.journey(study, personal, a, b, 5)
    np.testing.assert_array_equal(made.tokens[0], a.window)
    np.testing.assert_array_equal(made.tokens[-1], b.window)
    assert len(made.tokens) == 5


def test_a_stop_is_what_the_sliders_play_there(study: Study, personal: Personal) -> None:
    """So it can be put on them."""
    from midime_ui import personal_space

    a, b = items(study, personal)
    made = journeys.journey(study, personal, a, b, 4)
    assert made.z_small is not None
    for i in (1, 2):
        there = on_sliders(made.z_small[i].tolist())
        alone = personal_space.variation(study, personal, there, temperature=None, seed=0)
        np.testing.assert_array_equal(alone.tokens[0], made.tokens[i])


def test_music_of_the_base_model_is_reached_outside_the_personal_space(
    study: Study, personal: Personal
) -> None:
    """On the great circle of the large space."""
    a, _ = items(study, personal)
    base = variations.base_music(study.model, 256, (1,))
    b = Item.of(base, 0, name="Base", position=None, seed=1, temperature=None)
    made = journeys.journey(study, personal, a, b, 3)
    assert made.z_small is None
    np.testing.assert_allclose(made.z[[0, -1]], [a.z, b.z], atol=1e-5)
