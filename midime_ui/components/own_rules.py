"""Rules of one's own: small expressions over what can be counted, one a line."""

from __future__ import annotations

from typing import Final, NamedTuple

import streamlit as st

from midime_engine.attributes.features import FEATURES
from midime_engine.attributes.parsing import MAX_WISHES, parse
from midime_engine.errors import ExpressionError, RuleError
from midime_ui.components import failure, wording

__all__ = ["Typed", "read", "show"]

_EXAMPLE: Final = "density > 0.4 and largest_leap <= 7"
_MAX_CHARS: Final = 2000
"""A dozen lines; a single rule may have 500."""


class Typed(NamedTuple):
    """What was made of a text."""

    wishes: tuple[str, ...]
    """The rules that could be read, in their written form."""

    faults: tuple[tuple[int, RuleError], ...]
    """Line, from 1, and what is wrong with it."""


def show() -> Typed:
    """Offer a field for rules, and say below it what is wrong with them."""
    with st.expander("A rule of your own", icon=":material/edit_note:", key="own_rules"):
        text = st.text_area(
            "One rule on each line",
            key="own_rules_text",
            placeholder=_EXAMPLE,
            max_chars=_MAX_CHARS,
            height=90,
            persist_state="session",
            help="Numbers, names, + - * /, comparisons, and, or, not, min, max and abs. It is "
            "never run as a program. The rules above can be typed as well, such as key=A minor or "
            "chords=C Am F G.",
        )
        found = read(text or "")
        lines = (text or "").splitlines()
        for number, error in found.faults:
            _show_fault(lines[number - 1], error, about=f"Line {number}" if lines[1:] else "")
        if found.wishes and not found.faults:
            st.caption(f":material/check: {wording.count(len(found.wishes), 'rule')} understood.")
        with st.popover("What can be counted", icon=":material/list:"):
            st.markdown(
                "\n".join(
                    f"- `{feature.name}`: {failure.plain(feature.help)}"
                    for feature in FEATURES.values()
                )
            )
    return found


def read(text: str) -> Typed:
    """The rules of ``text``, one on each line; empty lines say nothing.

    >>> read("density > 0.4").wishes
    ('density > 0.4',)
    """
    wishes: list[str] = []
    faults: list[tuple[int, RuleError]] = []
    for number, line in enumerate(text.splitlines()[:MAX_WISHES], start=1):
        if not line.strip():
            continue
        try:
            wishes.append(str(parse(line)))
        except RuleError as error:
            faults.append((number, error))
    return Typed(tuple(wishes), tuple(faults))


def _show_fault(line: str, error: RuleError, *, about: str) -> None:
    failure.show(error, about=about)
    if isinstance(error, ExpressionError):
        # Tabs would push the mark elsewhere.
        shown = " ".join(line.split("\t"))
        st.code(f"{shown}\n{' ' * (error.column - 1)}↑", language=None)
