"""Rules of one's own, computed."""

from __future__ import annotations

import time

import numpy as np
import pytest

from midime_engine.attributes.expression import compile_expression, own_rule
from midime_engine.attributes.features import FEATURES
from midime_engine.attributes.passage import Passages, passages
from tests.support.passages import TRIO, drummed, random_passages, random_tokens, sung, trio

_EIGHTHS = sung("C4 . " * 16)  # Density 0.5, no rests, one pitch: 60.


def _worth(text: str, passage=_EIGHTHS) -> float:
    return float(compile_expression(text).rewards(Passages.of([passage]))[0])


@pytest.mark.parametrize(
    "text",
    [
        "density > 0.4",
        "density >= 0.5",
        "density <= 0.5",
        "density == 0.5",
        "density != 0.4",
        "0.4 < density < 0.6",
        "density > 0.4 and rests < 0.1",
        "density > 0.9 or rests < 0.1",
        "not density > 0.6",
        "not (density > 0.6 or rests > 0.1)",
        "lowest >= 60 and highest <= 60",
        "abs(mean_pitch - 62) <= 2",
        "max(density, rests) == 0.5",
        "density * 2 - rests + 1 >= 2",
        "mean_pitch / 12 == 5",
        "1 / rests == 0",
    ],
)
def test_what_holds_is_worth_1(text) -> None:
    """Of a passage whose features are known."""
    assert _worth(text) == 1.0


@pytest.mark.parametrize(
    ("text", "worth"),
    [
        ("density > 0.5", 1.0),
        ("density > 0.75", 0.75),
        ("density < 0.25", 0.75),
        ("rests > 0.25", 0.75),
        ("lowest >= 66", 0.75),
        ("lowest >= 90", 0.0),
        ("lowest / 12 >= 5.5", 0.75),
        ("notes_per_bar * 2 >= 24", 0.75),
        ("density == 0.75", 0.75),
        ("density != 0.5", 1.0),
        ("0.75 < density < 0.9", 0.75),
        ("density > 0.75 and rests > 0.5", 0.5),
        ("density > 0.75 or rests > 0.5", 0.75),
        ("not density < 0.75", 0.75),
        ("not (density < 0.75 or rests < 0.5)", 0.5),
    ],
)
def test_what_does_not_hold_is_worth_less_the_further_it_is_away(text, worth) -> None:
    """A straight slope over the span of what is compared; just missed is nearly 1."""
    assert _worth(text) < 1.0
    assert _worth(text) == pytest.approx(worth, abs=1e-5)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("density", 0.5),
        ("density * 0.6 + rests * 0.4", 0.3),
        ("density * 9", 1.0),
        ("density - 9", 0.0),
        ("min(density, 0.25, 0.75)", 0.25),
        ("-density + 1", 0.5),
        ("density / rests", 0.0),
    ],
)
def test_arithmetic_is_cut_to_a_share(text, value) -> None:
    """Also what is divided by nothing."""
    assert _worth(text) == pytest.approx(value)


@pytest.mark.parametrize(
    "text", ["density < 0.9", "rests >= 0", "not density > 0.5", "1 - density", "kick < 1"]
)
def test_silence_is_worth_nothing(text) -> None:
    """Whatever it would compute to."""
    assert _worth(text, trio()) == 0.0
    assert own_rule(text).measure(trio()) == 0.0


def test_what_is_not_there_to_be_heard_is_worth_nothing() -> None:
    """Drums have no lowest note, a melody no kick."""
    assert _worth("lowest < 60", drummed("k s")) == 0.0
    assert _worth("kick < 0.5", sung("C4")) == 0.0
    assert own_rule("kick < 0.5 and lowest > 3").hears == ("drums", "pitched", "lead")


def test_passages_are_judged_side_by_side_as_alone(rng) -> None:
    """In order."""
    batch = random_passages(rng, TRIO, n=12)
    expression = compile_expression("density > 0.4 and largest_leap <= 17 or backbeat > 0.3")
    alone = [expression.rewards(Passages.of([passage]))[0] for passage in batch]
    assert np.allclose(expression.rewards(batch), alone)


def test_an_expression_agrees_with_python(rng) -> None:
    """What holds is what Python holds to be true, for plain numbers in place of arrays."""
    batch = random_passages(rng, TRIO)
    text = "density > 0.4 and not largest_leap <= 17 or 2 * rests + stepwise / 2 < 0.3 != backbeat"
    values = {name: FEATURES[name].compute(batch) for name in compile_expression(text).names}
    heard = np.array([bool(p.plays("melody").any() and p.plays("drums").any()) for p in batch])
    expected = [
        eval(text, {}, {name: value[i] for name, value in values.items()})  # noqa: S307 - ours
        for i in range(len(batch))
    ]
    found = compile_expression(text).rewards(batch) == 1
    assert found.tolist() == (np.array(expected) & heard).tolist()


def test_rules_of_the_same_text_are_the_same_rule() -> None:
    """However it is spaced."""
    assert own_rule("density  >  0.4") == own_rule("density > 0.4")
    assert own_rule("density > 0.4") != own_rule("density > 0.5")
    assert own_rule("density > 0.4").name == "density > 0.4"


def test_the_longest_expression_takes_milliseconds_for_thousands_of_passages(rng) -> None:
    """Nothing that is let through grows or loops."""
    batch = passages(random_tokens(rng, ("melody",), n=2000), parts=("melody",))
    expression = compile_expression(" or ".join([" + ".join(["rests"] * 15) + " > 15"] * 3))
    started = time.perf_counter()
    expression.rewards(batch)
    assert time.perf_counter() - started < 1
