"""Numbers as people write them."""

from __future__ import annotations

__all__ = ["count", "percent"]


def count(n: int, noun: str) -> str:
    """A number with its noun.

    >>> count(1, "piece"), count(12, "piece")
    ('1 piece', '12 pieces')
    """
    return f"{n} {noun}" if n == 1 else f"{n:,} {noun}s"


def percent(share: float) -> str:
    """A share of one; what is nearly all is not called all.

    >>> percent(0.5), percent(0.9996), percent(1.0)
    ('50 %', '99 %', '100 %')
    """
    whole = round(100 * share)
    if whole == 100 and share < 1:  # noqa: PLR2004 - percent
        whole = 99
    return f"{whole} %"
