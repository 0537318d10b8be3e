"""Numbers as people write them."""

from __future__ import annotations

import pytest

from midime_ui.components.wording import count, percent


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
