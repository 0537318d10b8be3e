"""Rules that other packages bring."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from midime_engine.attributes.plugins import load
from midime_engine.errors import RuleError
from tests.support.passages import TRIO, random_passages, sung, trio

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_CODE = '''
from midime_engine.attributes.registry import find

def palindrome(sequence):
    """Share of notes that are the same from behind.

    0 for silence.
    """
    pitches = [note.pitch for note in sequence.notes]
    same = [a == b for a, b in zip(pitches, reversed(pitches))]
    return sum(same) / len(same)

def silent(sequence):
    return 1.0

def loud(sequence):
    """Too much."""
    return 7

def fails(sequence):
    """Divides by nothing."""
    return 1 / 0

key = find("key")
number = 3
'''


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A distribution with seven rules of different virtue, installed for this test."""
    (tmp_path / "midime_oddities.py").write_text(_CODE)
    info = tmp_path / "midime_oddities-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: midime-oddities\nVersion: 1.0\n")
    entries = {
        "palindrome": "palindrome",
        "theirs": "key",
        "loud": "loud",
        "fails": "fails",
        "silent": "silent",
        "number": "number",
        "missing": "nothing_here",
        "density": "palindrome",
        "Not good!": "palindrome",
    }
    lines = [f"{name} = midime_oddities:{what}" for name, what in entries.items()]
    (info / "entry_points.txt").write_text("[midime.rules]\n" + "\n".join(lines) + "\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    yield tmp_path
    sys.modules.pop("midime_oddities", None)


@pytest.mark.usefixtures("installed")
def test_a_function_of_another_package_is_a_rule() -> None:
    """With its docstring as definition, and any passage as its music."""
    rule = next(rule for rule in load(["density"]).rules if rule.name == "palindrome")
    assert (rule.origin, rule.title) == (
        "plug-in",
        "Share of notes that are the same from behind",
    )
    assert "0 for silence" in rule.definition
    assert rule.measure(sung("C4 D4 C4")) == 1.0
    assert rule.measure(sung("C4 D4 E4")) == pytest.approx(1 / 3)
    assert rule.measure(sung("")) == 0.0


@pytest.mark.usefixtures("installed")
def test_a_rule_of_another_package_takes_the_name_of_its_entry_point() -> None:
    """It measures as it does under its own."""
    rule = next(rule for rule in load(["density"]).rules if rule.name == "theirs")
    assert rule.measure(sung("C4 C#4"), "C major") == 0.5


@pytest.mark.usefixtures("installed")
def test_what_cannot_be_a_rule_is_left_out_with_a_notice() -> None:
    """Each with its name, its package and the reason; the good ones stay."""
    found = load(["density"])
    assert {rule.name for rule in found.rules} == {"palindrome", "theirs", "loud", "fails"}
    told = {notice.split()[2]: notice for notice in found.notices}
    assert set(told) == {"silent", "number", "missing", "density", "Not"}
    assert all("midime-oddities" in notice for notice in told.values())
    assert "docstring" in told["silent"]
    assert "neither a rule nor a function" in told["number"]
    assert "AttributeError" in told["missing"]
    assert "already" in told["density"]


@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize(("name", "why"), [("loud", "gave 7.0"), ("fails", "ZeroDivisionError")])
def test_a_rule_of_another_package_that_misbehaves_says_so(name, why, rng) -> None:
    """An error with a remedy, never a crash."""
    rule = next(rule for rule in load([]).rules if rule.name == name)
    with pytest.raises(RuleError, match=why) as error:
        rule.measures(random_passages(rng, TRIO, n=3))
    assert error.value.remedy


@pytest.mark.usefixtures("installed")
def test_a_rule_of_another_package_is_not_asked_about_silence() -> None:
    """It need not divide by the number of no notes."""
    rule = next(rule for rule in load([]).rules if rule.name == "palindrome")
    assert rule.measures([trio(), trio("C4")]).tolist() == [0.0, 1.0]
