"""A constraint between places and music, and the file that says what it is for."""

from __future__ import annotations

import numpy as np
import pytest

from midime_engine.attributes.parsing import parse_all
from midime_engine.attributes.requirement import Requirements
from midime_engine.constraints import persistence
from midime_engine.errors import ConstraintFileError, RuleError
from midime_engine.pipelines import ruled
from midime_engine.pipelines.wishes import ConditionalJudge, Ear, MusicJudge
from tests.support.ruling import a_constraint, a_melody
from tests.support.studio import FakeMusicVAE

MODEL = FakeMusicVAE()
EAR = Ear(MODEL, ("melody",))
C_MAJOR = parse_all(["key=C major"])
DENSE = parse_all(["density>=0.35", "density<=0.45"])


@pytest.mark.parametrize(
    ("wishes", "what"),
    [
        (["key=C major"], "key"),
        (["key=Bb minor"], "key"),
        (["key=C major>=0.9"], None),
        (["key=C major", "rests"], None),
        (["density>=0.35", "density<=0.45"], "density"),
        (["density<=0.45", "density>=0.35"], "density"),
        (["density>=0.35", "density<=0.55"], None),
        (["density>=0.85", "density<=0.95"], None),
        (["density=drums>=0.35", "density=drums<=0.45"], None),
        (["density>=0.4"], None),
    ],
)
def test_a_key_and_a_density_can_be_asked_for_in_many_ways(wishes, what) -> None:
    """Alone and as usual; everything else is learnt for itself."""
    assert ruled.asked(parse_all(wishes)) == what


def test_what_is_asked_for_is_a_key_among_all_or_a_number() -> None:
    """As the judges of such constraints understand it."""
    assert ruled.condition(C_MAJOR, None) is None
    major = ruled.condition(C_MAJOR, "key")
    minor = ruled.condition(parse_all(["key=C minor"]), "key")
    assert major is not None
    assert minor is not None
    assert (major.argmax(), minor.argmax(), len(major)) == (0, 12, 24)
    assert ruled.condition(DENSE, "density") == pytest.approx([0.0], abs=1e-5)
    with pytest.raises(RuleError, match="cannot be asked"):
        ruled.condition(DENSE, "key")


def test_a_question_has_a_judge_of_its_own() -> None:
    """Rules that stay the same have the usual one."""
    assert isinstance(ruled.judge(C_MAJOR, EAR, None), MusicJudge)
    judge = ruled.judge(C_MAJOR, EAR, "key")
    assert isinstance(judge, ConditionalJudge)
    assert judge.condition_size == 24
    assert ruled.judge(DENSE, EAR, "density").condition_size == 1


def test_places_are_moved_before_they_are_played() -> None:
    """All the way, part of it, or not at all."""
    z = np.zeros((3, 256), np.float32)
    constraint = a_constraint()
    played = ruled.RuledModel(MODEL, constraint).decode_tokens(z)
    assert (played == a_melody()).all()
    weak = ruled.RuledModel(MODEL, constraint, strength=0.0)
    assert (weak.decode_tokens(z) == MODEL.decode_tokens(z)).all()


def test_seed_and_temperature_are_those_of_the_model() -> None:
    """The constraint draws nothing."""
    z = np.zeros((1, 256), np.float32)
    player = ruled.RuledModel(MODEL, a_constraint())
    assert (player.decode_tokens(z, temperature=1.0, seed=2) == a_melody() + 2).all()


def test_a_file_says_what_it_is_for() -> None:
    """And the same again gives the same bytes."""
    packed = [
        ruled.pack(a_constraint(), model="mel_2bar", requirements=C_MAJOR, figures={"kept": 0.98})
        for _ in range(2)
    ]
    assert packed[0] == packed[1]
    found = ruled.unpack(packed[0])
    assert found.model == "mel_2bar"
    assert str(found.requirements) == "key=C major"
    assert found.what is None
    assert found.figures == {"kept": 0.98}
    z = np.ones((1, 256), np.float32)
    assert (found.constraint.apply(z) == a_constraint().apply(z)).all()


def test_a_file_of_the_command_line_is_read_as_well() -> None:
    """It says more of each rule than its text."""
    rules = [{"rule": "key=C major", "mean": {"before": 0.6, "after": 1.0}}]
    data = persistence.to_bytes(a_constraint(), {"model": "mel_2bar", "rules": rules})
    assert str(ruled.unpack(data).requirements) == "key=C major"


def test_what_was_learnt_from_ratings_keeps_no_rule() -> None:
    """It is one wish, which no rule says, and it is asked for nothing."""
    data = ruled.pack(a_constraint(), model="mel_2bar", requirements=Requirements(()))
    found = ruled.unpack(data)
    assert len(found.requirements) == 0
    assert ruled.condition(found.requirements, found.what) is None
    with pytest.raises(ConstraintFileError):
        ruled.unpack(ruled.pack(a_constraint(n_wishes=2), model="m", requirements=Requirements(())))


@pytest.mark.parametrize(
    "metadata",
    [
        {},
        {"model": "mel_2bar"},
        {"model": 3, "rules": ["key=C major"]},
        {"model": "mel_2bar", "rules": "key=C major"},
        {"model": "mel_2bar", "rules": [3]},
        {"model": "mel_2bar", "rules": ["no such rule"]},
        {"model": "mel_2bar", "rules": ["rests"] * 17},
        {"model": "mel_2bar", "rules": ["key=C major"], "asked": "weather"},
        {"model": "mel_2bar", "rules": ["key=C major"], "asked": "key"},
        {"model": "mel_2bar", "rules": ["rests"], "asked": "key"},
    ],
)
def test_a_file_that_does_not_say_so_is_refused(metadata) -> None:
    """Whoever wrote it."""
    with pytest.raises(ConstraintFileError, match="rules"):
        ruled.unpack(persistence.to_bytes(a_constraint(), metadata))
