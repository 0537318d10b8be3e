"""The dimensions of a base model, the most informative first."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from midime_engine.music.playback import Playback
from midime_engine.musicvae import cards
from midime_ui import dimensions, personal_space
from midime_ui.studies import Songless
from tests.support.studio import fake_cards

if TYPE_CHECKING:
    import pytest

    from midime_ui.personal import Personal
    from midime_ui.studies import Study


def test_what_was_measured_on_unseen_music_counts_first(
    study: Study, personal: Personal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As the card of the model says it, as far as there are controls for it."""
    measured = list(range(255, -1, -1))
    named = [
        replace(card, figures={"validation": {"dimensions_by_information": measured}})
        for card in fake_cards()
    ]
    monkeypatch.setattr(cards, "available", lambda: tuple(named))
    assert dimensions.order(study, personal) == tuple(measured[: dimensions.MAX_DIMENSIONS])


def test_every_embedded_model_was_measured() -> None:
    """All its dimensions, each once."""
    for card in cards.available():
        found = dimensions._measured(card.name)
        assert found is not None
        assert sorted(found) == list(range(card.z_size))


def test_otherwise_the_song_says_which_dimensions_speak(study: Study, personal: Personal) -> None:
    """The fake keeps all that it hears in the first 32."""
    order = dimensions.order(study, personal)
    assert len(order) == dimensions.MAX_DIMENSIONS
    assert set(order[:32]) == set(range(32))


def test_without_the_song_it_is_what_the_midime_moves(study: Study, personal: Personal) -> None:
    """The one that it moves most comes first."""
    bare = replace(study, sources=(), songless=Songless("x", Playback()))
    first = dimensions.order(bare, personal)[0]
    space = personal_space.space(personal)
    spread = space.decode(space.sample(256, seed=0)).std(axis=0)
    assert spread[first] == spread.max()


def test_nudges_are_added_to_what_the_midime_makes(personal: Personal) -> None:
    """Before and after."""
    offset = np.zeros(256, np.float32)
    offset[9] = 2.0
    before, after = dimensions.moved(personal, (0.0, 0.0, 0.0), offset)
    np.testing.assert_allclose(after - before, offset, atol=1e-6)
    same = dimensions.moved(personal, (0.0, 0.0, 0.0), None)
    assert same[0] is same[1]
