"""What a session has of rules."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from midime_engine.errors import TrainingError
from midime_ui import rulebook
from midime_ui.rulebook import Learnt, Watched
from midime_ui.rules import Applied
from midime_ui.trained import MAX_TRAINED
from tests.support.ruling import some_rules

if TYPE_CHECKING:
    from midime_ui.personal import Personal


@pytest.fixture(autouse=True)
def _empty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("streamlit.session_state", {})


def test_a_session_begins_with_nothing(personal: Personal) -> None:
    """Neither a training nor rules."""
    assert rulebook.watched() is None
    assert rulebook.learnt() is None
    assert rulebook.failure() is None
    assert rulebook.applied(personal) is None


def test_it_remembers_what_it_is_told() -> None:
    """Until it is told otherwise."""
    watched = Watched("id", ("rests",), 140)
    learnt = Learnt(some_rules(), ("mel_2bar",))
    error = TrainingError("x", remedy="y")
    rulebook.set_watched(watched)
    rulebook.set_learnt(learnt)
    rulebook.set_failure(error)
    assert (rulebook.watched(), rulebook.learnt(), rulebook.failure()) == (watched, learnt, error)
    rulebook.set_watched(None)
    assert rulebook.watched() is None


def test_rules_belong_to_one_midime(personal: Personal) -> None:
    """Another one is left as it is; taken away, they are gone."""
    other = replace(personal, data=b"other weights")
    applied = Applied(some_rules(), 0.5)
    rulebook.apply(personal, applied)
    assert rulebook.applied(personal) == applied
    assert rulebook.applied(other) is None
    rulebook.apply(personal, None)
    assert rulebook.applied(personal) is None


def test_as_many_are_kept_as_there_are_midimes(personal: Personal) -> None:
    """The oldest goes."""
    midimes = [replace(personal, data=bytes([i])) for i in range(MAX_TRAINED + 1)]
    for each in midimes:
        rulebook.apply(each, Applied(some_rules()))
    assert [rulebook.applied(each) is not None for each in midimes] == [
        False,
        *[True] * MAX_TRAINED,
    ]
