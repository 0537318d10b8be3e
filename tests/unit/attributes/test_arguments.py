"""What a rule asks for beside its name."""

from __future__ import annotations

import pytest

from midime_engine.attributes.arguments import Argument
from midime_engine.errors import RuleError

_NUMBER = Argument("number", "number", int, str, "7", "Write a whole number.")


def test_text_is_read_once_and_written_back_plainly() -> None:
    """A number with a zero in front is the same number."""
    assert _NUMBER.value(" 07 ") == 7
    assert _NUMBER.canonical(" 07 ") == "7"


def test_what_is_missing_is_asked_for_with_an_example() -> None:
    """The remedy can be copied."""
    with pytest.raises(RuleError, match="which number") as error:
        _NUMBER.value(" ")
    assert "For example: 7" in error.value.remedy


def test_an_optional_argument_may_be_missing() -> None:
    """It is read as nothing."""
    argument = Argument("part", "choice", str.strip, str, "", "Write a part.", optional=True)
    assert argument.value("") == ""
    assert argument.canonical("  ") == ""
