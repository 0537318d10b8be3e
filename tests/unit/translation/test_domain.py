"""The two sides of a translation."""

from __future__ import annotations

from dataclasses import replace

import pytest

from midime_engine.errors import OptionError
from midime_engine.translation.domain import MAX_SIZE, Domain, face

MELODY = Domain(model="mel_2bar", parts=("melody",), n_steps=32, z_size=256)
TRIO = Domain(model="trio_4bar", parts=("melody", "bass", "drums"), n_steps=64, z_size=256)


def test_the_shorter_windows_are_laid_end_to_end() -> None:
    """Two melodies of two bars stand against four bars of a trio, whichever comes first."""
    for one, other in (face(MELODY, TRIO), face(TRIO, MELODY)[::-1]):
        assert (one.n_windows, one.size, one.span) == (2, 512, 64)
        assert (other.n_windows, other.size, other.span) == (1, 256, 64)


def test_windows_of_equal_length_stand_alone() -> None:
    """Two bars against two bars: one vector each, whatever it was before."""
    drums = Domain(model="drums_2bar", parts=("drums",), n_steps=32, z_size=200, n_windows=3)
    assert [side.n_windows for side in face(MELODY, drums)] == [1, 1]


def test_a_model_is_not_translated_to_itself() -> None:
    """The sentence says so and asks for another one."""
    with pytest.raises(OptionError, match="nothing to translate") as refused:
        face(MELODY, MELODY)
    assert refused.value.remedy == "Choose two different models."


def test_windows_that_never_end_together_make_no_pair() -> None:
    """Three bars do not stand against two."""
    with pytest.raises(OptionError, match="never end together"):
        face(MELODY, replace(TRIO, n_steps=48))


def test_a_side_of_too_many_windows_is_refused() -> None:
    """The network would be larger than the models that it serves."""
    with pytest.raises(OptionError, match=str(MAX_SIZE)):
        face(MELODY, replace(TRIO, n_steps=32 * 17))


@pytest.mark.parametrize(
    "change",
    [{"n_steps": 0}, {"z_size": "256"}, {"n_windows": True}, {"parts": ()}, {"parts": ("oboe",)}],
)
def test_sizes_and_parts_that_nothing_has_are_refused(change: dict[str, object]) -> None:
    """A damaged file ends in one sentence."""
    with pytest.raises(OptionError, match="cannot be set up"):
        Domain(**{**MELODY.to_json(), **change})


def test_plain_data_makes_the_same_side_again() -> None:
    """What a file says of a side is all of it."""
    assert Domain(**TRIO.to_json()) == TRIO
