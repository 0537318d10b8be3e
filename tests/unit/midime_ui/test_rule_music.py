"""The same places before and after."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from midime_engine.attributes.parsing import parse_all
from midime_ui import ground as grounds
from midime_ui import rule_music
from midime_ui.ground import Ground
from tests.support.ruling import a_melody, some_rules

if TYPE_CHECKING:
    from midime_ui.studies import Study


def test_what_is_played_without_rules_is_held_against_them(study: Study) -> None:
    """Each piece against each rule."""
    found = rule_music.assess(Ground(study.model), parse_all(["key=C major", "rests"]))
    assert found.satisfied.shape == (256, 2)


def test_all_pieces_are_compared_before_and_after(study: Study) -> None:
    """A constraint that moves everything to a scale of C major satisfies that key."""
    found = rule_music.compared(Ground(study.model), some_rules(), 1.0)
    assert found.satisfied_after.all()
    assert not found.satisfied_before.all()
    assert (found.after == a_melody()).all()
    still = rule_music.compared(Ground(study.model), some_rules(), 0.0)
    assert (still.after == still.before).all()


def test_a_single_piece_is_moved_as_little_as_it_takes(study: Study) -> None:
    """Never further than all pieces are."""
    ground = Ground(study.model)
    edit = rule_music.edited(ground, some_rules(), 3)
    assert edit.satisfied[0]
    everyone = rule_music.compared(ground, some_rules(), 1.0)
    assert edit.distance[0] <= everyone.moved[3] + 1e-3


def test_notes_against_a_rule_are_marked(study: Study) -> None:
    """One flag for each note, in the order of the notes."""
    (sequence,) = grounds.music(Ground(study.model), a_melody((60, 61, 62)))
    wishes = parse_all(["key=C major"])
    assert rule_music.marks(wishes, sequence, ("melody",)) == (False, True, False)
    assert rule_music.marks(parse_all(["rests"]), sequence, ("melody",)) == (False,) * 3


@pytest.mark.usefixtures("fakes")
def test_silence_has_nothing_to_mark() -> None:
    """Not even for a wish for notes."""
    (sequence,) = grounds.music(Ground("mel_2bar"), a_melody(())[:, :32])
    assert rule_music.marks(parse_all(["key=C major"]), sequence, ("melody",)) == ()
