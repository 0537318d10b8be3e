"""New music is compared with the song, with no training and with no song at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from midime_ui import comparing, cutting, models, rebuilding

if TYPE_CHECKING:
    from midime_ui.personal import Personal
    from midime_ui.studies import Study


def test_the_song_itself_is_a_copy(study: Study) -> None:
    """All of its bars stand in it, and every window agrees with one of it wholly."""
    tokens = cutting.material(study).chunks.tokens
    originality = comparing.compared(study, tokens).originality
    assert originality.copied_bars == 1.0
    assert {each.agreement for each in originality.nearest} == {1.0}


def test_without_a_song_the_seed_decides(study: Study) -> None:
    """The same seed is the same music, computed once; another one is not."""
    size = models.z_size(study.model)
    first, again, other = (
        comparing.prior_sample(study.model, z_size=size, temperature=None, seed=seed)
        for seed in (0, 0, 1)
    )
    assert first is again
    assert not np.array_equal(first.z, other.z)


def test_a_training_is_judged_beside_none(study: Study, personal: Personal) -> None:
    """The fake training moves no weight, so the MidiMe gives back what it gave before."""
    outcome = comparing.outcome(study, personal)
    before = comparing.rebuilt_untrained(study, personal)
    assert rebuilding.overall(study, outcome.by_model) == 1.0
    assert np.array_equal(before.tokens, outcome.by_midime.tokens)
    assert not np.array_equal(before.tokens, outcome.by_model.tokens)
