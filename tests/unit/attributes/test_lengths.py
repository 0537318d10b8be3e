"""Note lengths by name."""

from __future__ import annotations

import pytest

from midime_engine.attributes.lengths import LENGTHS, Lengths, lengths_named
from midime_engine.errors import RuleError


@pytest.mark.parametrize(
    ("text", "lengths", "name"),
    [
        ("eighth", (2, 2), "eighth"),
        ("Eighth notes", (2, 2), "eighth"),
        ("eighth-quarter", (2, 4), "eighth-quarter"),
        ("eighth to half", (2, 8), "eighth-half"),
        ("3", (3, 3), "dotted eighth"),
        ("5-7", (5, 7), "5-7"),
        ("dotted quarter", (6, 6), "dotted quarter"),
    ],
)
def test_a_length_is_a_name_a_number_or_two_of_them(text, lengths, name) -> None:
    """In sixteenths; the written form reads as the same."""
    assert lengths_named(text) == lengths
    assert Lengths(*lengths).name == name
    assert lengths_named(name) == lengths


def test_every_name_is_read_back() -> None:
    """From sixteenth to whole."""
    for name, steps in LENGTHS.items():
        assert lengths_named(name) == (steps, steps)


@pytest.mark.parametrize("text", ["", "eigth", "quarter-eighth", "0", "9999", "1-2-3", "-"])
def test_what_is_no_length_is_refused(text) -> None:
    """With a way out."""
    with pytest.raises(RuleError) as error:
        lengths_named(text)
    assert error.value.remedy
