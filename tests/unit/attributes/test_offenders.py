"""Which notes stand against a wish."""

from __future__ import annotations

import numpy as np
import pytest

from midime_engine.attributes.offenders import offenders, offending_notes
from midime_engine.attributes.parsing import parse
from midime_engine.attributes.registry import rules
from tests.support.notes import add, sequence
from tests.support.passages import random_passages, sung, trio

_TUNE = sung("C4 . F#4 . G4 . off . B5")


@pytest.mark.parametrize(
    ("wish", "against"),
    [
        ("key=C major", [1]),
        ("key=C major<=0.5", [0, 2, 3]),
        ("avoid=F#,B", [1, 3]),
        ("chords=C", [1, 3]),
        ("range=C4-G4", [3]),
        ("leap=6", [3]),
        ("leap=4", [1, 3]),
        ("length=eighth", [3]),
        ("contour=rising", []),
        ("density>=0.9", []),
        ("density > 0.9", []),
    ],
)
def test_the_notes_against_a_wish_are_those_that_its_rule_does_not_count(wish, against) -> None:
    """C4, F sharp 4, G4 and B5; rules about the whole blame nobody."""
    assert np.flatnonzero(offenders(parse(wish), _TUNE)).tolist() == against


def test_parts_that_a_rule_does_not_hear_are_not_blamed() -> None:
    """The bass lies below the range of the melody, the drums in no key."""
    band = trio("C4", "C2", "k s")
    assert not offenders(parse("range=C4-C5"), band).any()
    assert not offenders(parse("key=C major"), band).any()
    assert offenders(parse("key=Db major"), trio("D4", "C2", "k")).tolist() == [True, False, False]


def test_the_shares_of_good_notes_are_the_measure(rng) -> None:
    """For every rule that judges notes: what is not blamed, over all that it hears."""
    batch = random_passages(rng, ("melody",))
    judged = [rule for rule in rules() if rule.judges == "notes"]
    assert {rule.name for rule in judged} == {"key", "scale", "chords", "avoid", "range", "length"}
    for rule in judged:
        wish = parse(f"{rule.name}={rule.argument.example}")
        for passage in batch:
            blamed = offenders(wish, passage)
            share = 1 - blamed.mean() if len(blamed) else 0.0
            assert wish.measure(passage) == pytest.approx(share)


def test_notes_of_any_music_are_found_by_their_indices() -> None:
    """In the order of the music, which need not be that of time or of parts."""
    music = sequence([(0.5, 1.0, 61)], is_drum=False)
    add(music, [(0.0, 0.1, 37)], instrument=9, is_drum=True)
    add(music, [(0.0, 0.5, 60), (1.0, 1.5, 66)])
    assert offending_notes([parse("key=C major")], music) == {0, 3}
    assert offending_notes([parse("key=C major"), parse("range=C#4-C5")], music) == {0, 2, 3}
    assert offending_notes([parse("key=C major")], sequence()) == frozenset()


def test_silence_has_no_notes_to_blame() -> None:
    """Nor has a passage of a single note a leap."""
    for wish in ("key=C major", "leap=0"):
        assert offenders(parse(wish), sung("")).shape == (0,)
    assert not offenders(parse("leap=0"), sung("C4")).any()
