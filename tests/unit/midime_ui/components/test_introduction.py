"""A first visitor learns what is going to happen."""

from __future__ import annotations

from tests.support.stage import perform, words


def test_there_are_three_steps_without_any_term_of_the_trade() -> None:
    """Song, button, sliders."""

    def script() -> None:
        from midime_ui.components import introduction

        introduction.show()

    text = words(perform(script))
    assert all(f"{number}. " in text for number in (1, 2, 3))
    assert not any(term in text.lower() for term in ("latent", "vector", "vae", "epoch"))
