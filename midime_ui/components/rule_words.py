"""Rules as one says them: “Notes in a key: C major”, “Many or few notes: at most 40 %”."""

from __future__ import annotations

from typing import TYPE_CHECKING

from midime_engine.attributes.parsing import parse
from midime_ui.components import wording

if TYPE_CHECKING:
    from collections.abc import Iterable

    from midime_engine.attributes.requirement import Requirement

__all__ = ["line", "said"]


def said(wish: Requirement) -> str:
    """One wish in words; an expression of one's own as it was typed.

    >>> said(parse("density<=0.4")), said(parse("key=C major"))
    ('Many or few notes: at most 40 %', 'Notes in a key: C major')
    """
    if wish.rule.origin == "expression":
        return wish.label
    sign = "at most" if wish.is_upper_limit else "at least"
    is_usual = (wish.comparison, wish.enough) == (wish.rule.comparison, wish.rule.threshold)
    how_much = "" if is_usual and wish.argument else f"{sign} {wording.percent(wish.enough)}"
    rest = ", ".join(part for part in (wish.argument, how_much) if part)
    return f"{wish.rule.title}: {rest}"


def line(wishes: Iterable[str]) -> str:
    """All wishes in a line, short: a key or a scale is known by its name.

    >>> line(("key=C major", "density>=0.4"))
    'C major, many or few notes: at least 40 %'

    What was learnt from ratings keeps no rule:

    >>> line(())
    'what was liked'
    """
    return ", ".join(_short(parse(wish)) for wish in wishes) or "what was liked"


def _short(wish: Requirement) -> str:
    if wish.label in {f"key={wish.argument}", f"scale={wish.argument}"}:
        return wish.argument
    words = said(wish)
    return words if wish.rule.origin == "expression" else words[:1].lower() + words[1:]
