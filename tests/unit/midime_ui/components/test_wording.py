"""Numbers as people write them."""

from __future__ import annotations

import datetime as dt

import pytest

from midime_ui.components.wording import by_part, count, date, either, percent


@pytest.mark.parametrize(
    ("n", "text"), [(0, "0 pieces"), (1, "1 piece"), (12, "12 pieces"), (1234, "1,234 pieces")]
)
def test_a_count_agrees_with_its_noun(n: int, text: str) -> None:
    """One piece, otherwise pieces."""
    assert count(n, "piece") == text


@pytest.mark.parametrize(
    ("share", "text"), [(0.0, "0 %"), (0.5, "50 %"), (0.9999, "99 %"), (1.0, "100 %")]
)
def test_nearly_all_is_not_all(share: float, text: str) -> None:
    """A hundred percent is a promise."""
    assert percent(share) == text


@pytest.mark.parametrize(
    ("names", "text"),
    [(["a"], "a"), (["a", "b"], "a or b"), (["a", "b", "c"], "a, b or c")],
)
def test_any_of_several_things_is_one_phrase(names: list[str], text: str) -> None:
    """With the last one after an or."""
    assert either(names) == text


def test_each_part_has_its_share() -> None:
    """In the order in which they are given."""
    assert by_part({"melody": 0.995, "drums": 0.5}) == "melody 99 %, drums 50 %"


def test_a_date_is_not_taken_for_another() -> None:
    """Month by name, since 3/7 is two days."""
    assert date(dt.datetime(2026, 3, 7, tzinfo=dt.UTC)) == "7 March 2026"
