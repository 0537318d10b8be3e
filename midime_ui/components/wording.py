"""Numbers as people write them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from midime_engine.converters.classes import Role

__all__ = ["by_part", "count", "date", "either", "percent"]


def count(n: int, noun: str) -> str:
    """A number with its noun.

    >>> count(1, "piece"), count(12, "piece")
    ('1 piece', '12 pieces')
    """
    return f"{n} {noun}" if n == 1 else f"{n:,} {noun}s"


def date(moment: datetime) -> str:
    """A day that reads the same everywhere.

    >>> date(datetime(2026, 3, 7))
    '7 March 2026'
    """
    return f"{moment.day} {moment:%B %Y}"


def percent(share: float) -> str:
    """A share of one; what is nearly all is not called all.

    >>> percent(0.5), percent(0.9996), percent(1.0)
    ('50 %', '99 %', '100 %')
    """
    whole = round(100 * share)
    if whole == 100 and share < 1:  # noqa: PLR2004 - percent
        whole = 99
    return f"{whole} %"


def either(names: Sequence[str]) -> str:
    """Any of several things.

    >>> either(["bass"]), either(["melody", "bass", "drums"])
    ('bass', 'melody, bass or drums')
    """
    *others, last = names
    return f"{', '.join(others)} or {last}" if others else last


def by_part(shares: Mapping[Role, float]) -> str:
    """A share for each of several parts.

    >>> by_part({"melody": 0.5, "bass": 1.0})
    'melody 50 %, bass 100 %'
    """
    return ", ".join(f"{part} {percent(share)}" for part, share in shares.items())
