"""What may be written as a rule of one's own."""

from __future__ import annotations

import time

import pytest

from midime_engine.attributes.syntax import MAX_DEPTH, MAX_LENGTH, check
from midime_engine.errors import ExpressionError


@pytest.mark.parametrize(
    ("text", "names", "is_comparison"),
    [
        ("density > 0.4", ("density",), True),
        ("stepwise*0.7+rests*.3", ("rests", "stepwise"), False),
        ("Density > 0.4 AND Rests < 0.2", ("density", "rests"), True),
        ("0.2 < density <= 0.4", ("density",), True),
        ("-density + 1", ("density",), False),
        ("max(abs(mean_pitch - 60) / 12, 0.5)", ("mean_pitch",), False),
        ("not (density ≥ 0.4 or rests ≠ 0)", ("density", "rests"), True),
        ("density \n > 1e-1", ("density",), True),
    ],
)
def test_arithmetic_and_comparisons_of_features_are_let_through(text, names, is_comparison) -> None:
    """In any case, on any number of lines, with the signs of books."""
    checked = check(text)
    assert (checked.names, checked.is_comparison) == (names, is_comparison)


@pytest.mark.parametrize(
    "text",
    [
        "__import__('os').system('true') > density",
        "density.__class__ > 1",
        "().__class__.__bases__[0].__subclasses__() and density > 1",
        "density[0] > 1",
        "[density for x in (1, 2)] > 1",
        "(lambda: density)() > 1",
        "f'{density}' > 1",
        "'a' * 9 > density",
        "b'a' > density",
        "9 ** 9 ** 9 > density",
        "density ** 2 > 1",
        "density << 9 > 1",
        "density // 1 > 1",
        "density % 2 > 1",
        "density @ rests > 1",
        "~1 > density",
        "print(density) > 1",
        "eval('1') > density",
        "min(density, key=rests) > 1",
        "min(*(density, rests)) > 1",
        "max.__call__(density, 1) > 1",
        "density if rests > 1 else 1",
        "(x := density) > 1",
        "True and density > 1",
        "None == density",
        "1j > density",
        "... > density",
        "density in (1, 2)",
        "density is rests",
        "{density} > 1",
        "(density, rests) > 1",
        "yield density",
        "density > 1; rests > 1",
        "import os",
        "density > 1e999",
        "density > 1000001",
        "density > " + "9" * 400,
        "\x00density > 1",
        "density > 1 # why",
    ],
)
def test_nothing_else_is_let_through(text) -> None:
    """Whatever Python could do with it."""
    if text.endswith("# why"):
        assert check(text).names == ("density",)  # A remark is no code.
        return
    with pytest.raises(ExpressionError) as error:
        check(text)
    assert error.value.remedy
    assert str(error.value).startswith(f"Column {error.value.column}: ")
    assert 1 <= error.value.column <= len(text)


@pytest.mark.parametrize(
    "text",
    [
        "(" * 240 + "density" + ")" * 240,
        "-" * 480 + "density",
        "not " * 120 + "density > 1",
        "density" + "+1" * 240,
        "density" + ">1" * 240,
        "min(" * 60 + "density",
        "[" * 490,
        "density" + "(1)" * 150,
        "9" * 490,
    ],
)
def test_what_is_deep_or_long_is_refused_at_once(text) -> None:
    """Neither the parser nor the check is kept busy."""
    assert len(text) <= MAX_LENGTH + 1
    started = time.perf_counter()
    with pytest.raises(ExpressionError):
        check(text)
    assert time.perf_counter() - started < 1


def test_limits_are_where_they_are_said_to_be() -> None:
    """A text of exactly as many characters, a nesting of exactly that depth."""
    text = "density > 0.4"
    assert check(text.ljust(MAX_LENGTH)).text == text
    with pytest.raises(ExpressionError) as error:
        check(text.ljust(MAX_LENGTH + 1))
    assert error.value.column == MAX_LENGTH + 1
    assert check("-" * MAX_DEPTH + "density").names == ("density",)
    with pytest.raises(ExpressionError, match="involved"):
        check("-" * (MAX_DEPTH + 1) + "density")


@pytest.mark.parametrize(
    ("text", "column", "told"),
    [
        ("density > 0.4 and leep < 3", 19, "largest_leap"),
        ("  densitee > 3", 3, "density"),
        ("density ≥ 0.4 and ≥ 3", 19, "such as"),
        ("density ≥ 0.4 and leep > 3", 19, "largest_leap"),
        ("density = 0.4", 9, ">="),
        ("(density > 0.4", 1, "Pair"),
        ("density > 0.4)", 14, "Pair"),
        ("density and rests > 1", 1, "density >= 0.5"),
        ("(density > 0.4) * 2", 2, "and, or and not"),
        ("rests + 'a'", 9, "0.5"),
        ("1 > 0.5", 1, "Name at least one"),
        ("lowest", 1, "lowest >= 5"),
        ("rests > abs", 9, "abs("),
        ("rests > min(1)", 9, "two numbers"),
        ("rests > abs(1, 2)", 9, "one number"),
        ("   ", 1, "Write numbers"),
        ("density >", 9, "such as"),
    ],
)
def test_a_fault_says_where_it_is_and_what_to_write(text, column, told) -> None:
    """Columns are those of the text as it was typed."""
    with pytest.raises(ExpressionError) as error:
        check(text)
    assert told in error.value.remedy
    assert error.value.column == column
