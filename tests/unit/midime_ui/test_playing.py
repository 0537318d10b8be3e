"""A MidiMe plays by its rules, as long as they are switched on."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from midime_ui import landscape, models, personal_space, playing, variations
from midime_ui.rules import Applied
from tests.support.ruling import a_melody, some_rules

if TYPE_CHECKING:
    import numpy as np

    from midime_ui.personal import Personal
    from midime_ui.studies import Study

POINT = (0.5, -1.0, 0.0)


def variation(study: Study, personal: Personal, **more) -> np.ndarray:
    """The music of the sliders."""
    return personal_space.variation(study, personal, POINT, temperature=None, seed=0, **more).tokens


def test_without_rules_it_is_the_model_itself(study: Study, personal: Personal) -> None:
    """And with rules that are switched off."""
    server = models.server(study.model)
    assert playing.server(study.model, personal) is server
    off = replace(personal, rules=Applied(some_rules(), is_on=False))
    assert playing.server(study.model, off) is server
    assert off.key == personal.key


def test_every_way_to_play_it_keeps_the_rules(study: Study, personal: Personal) -> None:
    """Sliders, fine controls, boards and ways between two points."""
    ruled = replace(personal, rules=Applied(some_rules()))
    assert not (variation(study, personal) == a_melody()).all()
    assert (variation(study, ruled) == a_melody()).all()
    assert (variation(study, ruled, nudges=((1, 2.0),)) == a_melody()).all()
    board = variations.music(study, ruled, (1, 2, 3))
    assert (board.tokens == a_melody()).all()
    way = landscape.travel(
        study, ruled, start=POINT, end=(0.0, 0.0, 0.0), n=2, temperature=None, seed=0
    )
    assert {note.pitch for note in way.notes} == {60, 62, 64, 65, 67, 69, 71, 72}


def test_what_is_cached_without_rules_is_not_played_with_them(
    study: Study, personal: Personal
) -> None:
    """Nor what was cached with others, or with less strength."""
    other = some_rules("key=F major", tokens=a_melody((65, 67, 69)))
    ways = [
        personal,
        replace(personal, rules=Applied(some_rules())),
        replace(personal, rules=Applied(some_rules(), 0.25)),
        replace(personal, rules=Applied(other)),
    ]
    assert len({variation(study, each).tobytes() for each in ways}) == 4


def test_what_can_be_asked_for_many_keys_is_asked_for_one() -> None:
    """The one that is wished now."""
    any_key = some_rules(what="key")
    assert playing.condition(some_rules()) is None
    first, second = (
        playing.condition(any_key.asked_for((f"key={key}",))) for key in ("C major", "A minor")
    )
    assert first is not None
    assert second is not None
    assert (first != second).any()
    assert playing.constraint(any_key).config.condition_size == 24
