"""Wishes as they are typed: ``key=C major``, ``density>=0.5``, ``range=C4-C6 weight=2``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, cast

from midime_engine.attributes.expression import own_rule
from midime_engine.attributes.features import FEATURES
from midime_engine.attributes.registry import find, is_rule
from midime_engine.attributes.requirement import Requirement, Requirements
from midime_engine.attributes.syntax import FUNCTIONS, MAX_LENGTH
from midime_engine.errors import RuleError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from midime_engine.attributes.rule import Comparison

__all__ = ["MAX_WISHES", "parse", "parse_all"]

MAX_WISHES: Final = 16
"""Joined. Each takes a critic's output and a row on a page."""

_WEIGHT: Final = re.compile(r"\s+weight\s*=\s*(\S+)\s*$", flags=re.IGNORECASE)
_WISH: Final = re.compile(
    r"\s*(?P<name>[^=<>!]*?)\s*(?:=(?P<argument>[^=<>]*?))?\s*"
    r"(?:(?P<comparison>[<>]=|≥|≤)\s*(?P<threshold>[^=<>]*?)\s*)?",
)
_NUMBER: Final = re.compile(r"[+-]?[\d.]+(?:e[+-]?\d+)?\s*%?", flags=re.IGNORECASE)
_WORDS: Final = re.compile(r"[\w -]*")
_OF_EXPRESSIONS: Final = frozenset({"and", "or", "not", "if", "in", *FUNCTIONS, *FEATURES})
_SIGNS: Final = {"≥": ">=", "≤": "<="}


def parse(text: str) -> Requirement:
    """The requirement that ``text`` states.

    Raises:
        RuleError: If it states none; says what there is.
    """
    if len(text) > MAX_LENGTH:
        raise RuleError(
            f"This rule has {len(text):,} characters; up to {MAX_LENGTH} are read.",
            remedy="Write it shorter, or as several rules.",
        )
    weight = _WEIGHT.search(text)
    wish = text[: weight.start()] if weight else text
    if not wish.strip():
        raise RuleError("The rule is empty.", remedy="Write for example key=C major.")
    counts = _weight(weight[1]) if weight else 1.0
    found = _WISH.fullmatch(wish)
    if not found or _is_expression(found):
        return Requirement(own_rule(wish), weight=counts)
    rule = find(found["name"])
    sign = found["comparison"]
    return Requirement(
        rule,
        found["argument"] or "",
        cast("Comparison", _SIGNS.get(sign, sign)) if sign else None,
        _share(found["threshold"], rule.name) if sign else None,
        counts,
    )


def parse_all(texts: Iterable[str]) -> Requirements:
    """All of them, joined.

    Raises:
        RuleError: If one cannot be read, or if there are none or too many.
    """
    wishes = tuple(parse(text) for text in texts)
    if not wishes:
        raise RuleError("No rule is given.", remedy="Give at least one, for example key=C major.")
    if len(wishes) > MAX_WISHES:
        raise RuleError(
            f"{len(wishes)} rules are given; up to {MAX_WISHES} are joined.",
            remedy="Leave out those that matter least.",
        )
    return Requirements(wishes)


def _is_expression(found: re.Match[str]) -> bool:
    """Whether what looks like a rule is rather an expression over features."""
    name, threshold = found["name"], found["threshold"]
    if found["argument"] is not None:
        return False
    if is_rule(name):
        needed = find(name).argument
        lacks_argument = needed is not None and not needed.optional
        is_meant = lacks_argument and name.lower() in FEATURES  # range <= 12 semitones
        return threshold is not None and (is_meant or not _NUMBER.fullmatch(threshold))
    words = set(re.findall(r"\w+", name.lower()))
    return threshold is not None or not _WORDS.fullmatch(name) or bool(words & _OF_EXPRESSIONS)


def _share(text: str, name: str) -> float:
    plain = text.strip()
    try:
        return float(plain[:-1]) / 100 if plain.endswith("%") else float(plain)
    except ValueError:
        raise RuleError(
            f"“{plain}” is not a number.",
            remedy=f"Write a share from 0 to 1, such as {name}>=0.5.",
        ) from None


def _weight(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise RuleError(
            f"“{text}” is not a weight.", remedy="Write a number, such as weight=2."
        ) from None
