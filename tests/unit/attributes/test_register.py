"""How high the lead plays."""

from __future__ import annotations

import pytest

from midime_engine.attributes.register import PitchRange, written_pitch
from midime_engine.attributes.registry import find
from midime_engine.errors import RuleError
from tests.support.passages import sung, trio


@pytest.mark.parametrize("text", ["C4-C6", "60-84", "C4 to C6", "c4 .. 84"])
def test_a_range_may_be_typed_in_names_or_numbers(text) -> None:
    """From lowest to highest."""
    assert PitchRange.named(text) == (60, 84)
    assert PitchRange.named(text).name == "C4-C6"


@pytest.mark.parametrize("ends", [(0, 127), (5, 60), (12, 12), (60, 61)])
def test_every_range_is_read_back(ends) -> None:
    """The lowest octave in numbers, for its names hold a dash."""
    assert PitchRange.named(PitchRange(*ends).name) == ends
    assert written_pitch(11) == "11"


@pytest.mark.parametrize("text", ["C4", "C6-C4", "C4-H5", "", "200-300", "-"])
def test_what_is_no_range_is_refused(text) -> None:
    """Also one that is upside down."""
    with pytest.raises(RuleError) as error:
        PitchRange.named(text)
    assert error.value.remedy


def test_both_ends_belong_to_a_range() -> None:
    """Below and above do not."""
    assert find("range").measure(sung("B3 C4 C5 C#5"), "C4-C5") == 0.5


@pytest.mark.parametrize(
    ("centre", "nearness"), [("C5", 1.0), ("F#5", 0.5), ("C6", 0.0), ("C3", 0.0)]
)
def test_a_register_fades_within_an_octave(centre, nearness) -> None:
    """The mean of B4 and C#5 is C5."""
    assert find("register").measure(sung("B4 C#5"), centre) == pytest.approx(nearness)


def test_the_register_of_a_trio_is_that_of_its_melody() -> None:
    """The bass may be as low as it likes."""
    assert find("register").measure(trio("C5", "C2"), "C5") == 1.0
