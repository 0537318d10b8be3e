"""Wishes that cannot be granted together."""

from __future__ import annotations

import pytest

from midime_engine.attributes.contradictions import conflicts
from midime_engine.attributes.parsing import parse_all
from tests.support.passages import TRIO


@pytest.mark.parametrize(
    ("wishes", "told"),
    [
        (("key=C major", "key=F# major"), "share only F and B, which is too little for music."),
        (("key=C major", "scale=F# major pentatonic"), "they have no note in common"),
        (("scale=C whole tone>=0.6", "scale=C# whole tone>=0.6"), "they have no note in common"),
        (("density>=0.8", "density<=0.2"), "nothing is at least 0.8 and at most 0.2"),
        (("range=C2-C3", "range=C5-C6"), "no pitch in common"),
        (("range=C2-C3>=0.6", "range=C5-C6>=0.6"), "no pitch in common"),
        (("range=C2-C3", "register=C6"), "cannot lie about C6"),
        (("contour=rising", "contour=falling"), "upside down"),
        (("contour=arch>=0.1", "contour=valley>=0.1"), "upside down"),
        (("density>=0.8", "rests>=0.5"), "where a note begins there is no rest"),
        (("start=C", "start=D"), "only one first note"),
        (("end=C", "end=D"), "only one last note"),
        (("start=F#", "key=C major"), "asks for a note that “key=C major” excludes"),
        (("chords=C Ebm", "key=C major"), ""),
        (("chords=F# C>=1", "scale=C major pentatonic"), "notes of F#"),
        (("backbeat", "key=C major"), "“backbeat” listens to drums, but this model plays melody."),
        (("backbeat", "bass_follows_kick"), "bass and drums"),
        (("snare >= 0.5",), "listens to drums"),
    ],
)
def test_a_contradiction_is_told_in_a_sentence(wishes, told) -> None:
    """With the wishes as they were typed and the reason."""
    found = conflicts(parse_all(wishes), ("melody",))
    assert told in " ".join(found)
    assert bool(found) == bool(told)
    assert all(sentence.endswith(".") for sentence in found)


@pytest.mark.parametrize(
    "wishes",
    [
        ("key=C major", "key=G major"),
        ("key=C major", "key=A minor", "chords=C Am F G"),
        ("key=C major>=0.5", "key=F# major>=0.5"),
        ("density>=0.2", "density<=0.8"),
        ("density=bass>=0.8", "density=melody<=0.2"),
        ("range=C4-C5", "range=C5-C6"),
        ("range=C2-C3>=0.5", "range=C5-C6>=0.5"),
        ("range=C4-C5", "register=C5"),
        ("contour=rising", "contour=arch"),
        ("contour=rising", "contour=falling<=0.5"),
        ("density>=0.5", "rests>=0.4"),
        ("start=C", "start=C,E", "end=G", "key=C major"),
        ("key=C major<=0.2", "key=F# major"),
        ("backbeat", "bass_follows_kick", "contour=arch"),
        ("density > 0.4 and largest_leap <= 7",),
    ],
)
def test_what_can_be_had_together_is_left_alone(wishes) -> None:
    """Hard is not impossible."""
    assert conflicts(parse_all(wishes), TRIO) == ()


def test_three_wishes_may_contradict_each_other_although_two_do_not() -> None:
    """Every pair shares enough, all of them only two notes."""
    wishes = ("key=C major", "scale=C blues", "avoid=C,F")
    for left_out in range(3):
        assert conflicts(parse_all(wishes[:left_out] + wishes[left_out + 1 :]), TRIO) == ()
    (sentence,) = conflicts(parse_all(wishes), TRIO)
    assert "share only G" in sentence


def test_the_same_contradiction_is_told_once() -> None:
    """However often it is typed."""
    wishes = ["density>=0.8", "density<=0.2", "density<=0.2"]
    assert len(conflicts(parse_all(wishes), TRIO)) == 1
