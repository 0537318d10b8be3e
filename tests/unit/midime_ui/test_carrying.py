"""Answers, what they have of their source, and the map."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from midime_ui import carrying
from tests.support.duets import DRUMS, a_passage, an_own_carrier, the_general

if TYPE_CHECKING:
    from midime_ui.studies import Study


def test_answers_are_of_the_other_model_and_as_long_as_the_source(study: Study) -> None:
    """The same question, the very same answers."""
    passage, carrier = a_passage(study), the_general()
    found = carrying.answers(passage, carrier, 0.9, 0)
    assert found.tokens.shape == (carrying.N_ANSWERS, 32, 1)
    assert carrying.target_domain(passage, carrier).model == DRUMS
    assert carrying.answers(passage, carrier, 0.9, 0) is found
    assert len({window.tobytes() for window in found.tokens}) == carrying.N_ANSWERS


def test_strictness_and_seed_change_the_answers(study: Study) -> None:
    """Each is another question."""
    passage, carrier = a_passage(study), the_general()
    asked = [(0.9, 0), (0.2, 0), (0.9, 100)]
    heard = {carrying.answers(passage, carrier, *each).tokens.tobytes() for each in asked}
    assert len(heard) == len(asked)


def test_both_together_are_one_piece_of_several_instruments(study: Study) -> None:
    """All notes of either, at the tempo of the source."""
    passage, carrier = a_passage(study), the_general()
    tokens = carrying.answers(passage, carrier, 0.9, 0).tokens[0]
    answer = carrying.target_music(passage, carrier, tokens)
    both = carrying.both(passage, answer)
    assert {note.is_drum for note in both.notes} == {True, False}
    assert len(both.notes) == 8 + len(answer.notes)
    assert both.tempos[0].qpm == pytest.approx(90)


def test_source_and_answers_are_measured_alike(study: Study) -> None:
    """Shares of all music of the kind."""
    passage, carrier = a_passage(study), the_general()
    found = carrying.answers(passage, carrier, 0.9, 0)
    source, targets = carrying.shares(passage, carrier, found.tokens)
    assert source.shape == (6,)
    assert targets.shape == (carrying.N_ANSWERS, 6)
    assert ((targets >= 0) & (targets <= 1)).all()


def test_the_map_shows_music_of_both_sides(study: Study) -> None:
    """In the space that they share."""
    carrier = an_own_carrier()
    plane = carrying.plane(carrier)
    assert [cloud.shape for cloud in plane.clouds] == [(120, 2), (120, 2)]
    translator = carrying.loaded(carrier).translator
    here = plane.place(translator.encode(a_passage(study).vector[None], 0).mu)
    assert here.shape == (1, 2)
    assert np.isfinite(here).all()
