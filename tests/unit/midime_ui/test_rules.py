"""Trained rules as plain data."""

from __future__ import annotations

import pytest

from midime_engine.errors import ConstraintFileError
from midime_ui.rules import Applied, Rules
from tests.support.ruling import some_rules


def test_a_file_says_all_that_a_session_needs() -> None:
    """And equal files are equal rules."""
    rules = some_rules("key=C major", "rests")
    again = Rules.of_file(rules.data)
    assert again == rules
    assert again.sha256 == rules.sha256
    assert [str(item) for item in again.requirements] == ["key=C major", "rests"]
    with pytest.raises(ConstraintFileError):
        Rules.of_file(b"no constraint")


def test_what_has_learnt_every_key_answers_for_another() -> None:
    """Nothing else does."""
    fixed, any_key = some_rules(), some_rules(what="key")
    assert fixed.answers(("key=C major",))
    assert not fixed.answers(("key=A minor",))
    assert any_key.answers(("key=A minor",))
    assert not any_key.answers(("key=A minor", "rests"))
    minor = any_key.asked_for(("key=A minor",))
    assert minor.data == any_key.data
    assert minor.key != any_key.key


def test_rules_are_at_work_when_they_change_something() -> None:
    """Switched on, and with some strength."""
    rules = some_rules()
    assert Applied(rules).is_at_work
    assert not Applied(rules, is_on=False).is_at_work
    assert not Applied(rules, strength=0.0).is_at_work


def test_their_settings_come_back_from_the_library() -> None:
    """Strength, switch, and which key."""
    any_key = some_rules(what="key")
    applied = Applied(any_key.asked_for(("key=A minor",)), 0.5, is_on=False)
    assert Applied.from_json(any_key.data, applied.to_json()) == applied


@pytest.mark.parametrize(
    ("stored", "strength"),
    [
        ({}, 1.0),
        ({"strength": 7}, 1.0),
        ({"strength": -1}, 0.0),
        ({"strength": float("nan")}, 1.0),
        ({"strength": "much", "is_on": None}, 1.0),
        ({"wishes": ["key=A minor"]}, 1.0),
        ({"wishes": ["no rule"]}, 1.0),
        ({"wishes": [3]}, 1.0),
        ({"wishes": []}, 1.0),
    ],
)
def test_settings_of_a_stranger_become_as_usual(stored, strength) -> None:
    """What makes no sense is left out, and the rules stay those of the file."""
    applied = Applied.from_json(some_rules().data, stored)
    assert applied.strength == strength
    assert applied.rules.wishes == ("key=C major",)
    assert applied.is_on
