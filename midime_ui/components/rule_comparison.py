"""What rules do: figures, and one piece before and after, to be seen and heard."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import streamlit as st

from midime_ui import ground as grounds
from midime_ui import rule_music
from midime_ui.components import (
    before_after,
    change_figures,
    failure,
    piece_chooser,
    rule_words,
    wording,
)
from midime_ui.components.before_after import Version
from midime_ui.rules import STRONGEST

if TYPE_CHECKING:
    from midime_engine.pipelines.constrain import Comparison
    from midime_engine.protocols import IntArray
    from midime_ui.ground import Ground
    from midime_ui.rules import Rules

__all__ = ["figures_sentence", "show"]

_STRENGTH: Final = "rules_strength"
_ALONE: Final = "rules_piece_alone"
"""The piece that was moved on its own, with the rules that it was moved for."""

_GOOD: Final = 0.9
"""Below this share the page says so and what could help."""

_FAR: Final = 0.5
"""Of the length of ``z``: from here on little of a piece is left, unless its shape is."""

_ALIKE: Final = 0.5
"""Correlation of contours from which on a melody is known again."""

_FEWER: Final = 0.75
"""Of the notes: when a quarter of them is gone, a piece sounds like another."""

_ABOUT_HOW_MUCH: Final = frozenset({"density", "rests", "length", "legato"})
"""Whoever wishes one of these wishes for more or fewer notes."""


def show(ground: Ground, rules: Rules) -> float:
    """Everything about what ``rules`` do on ``ground``; the strength that was chosen."""
    strength = st.slider(
        "How strongly",
        0.0,
        STRONGEST,
        STRONGEST,
        0.05,
        key=_STRENGTH,
        persist_state="session",
        help="How far along its way each piece is moved: at 0 nothing changes, at 1 the rules are "
        "kept as well as was learnt.",
    )
    strength = min(max(float(strength), 0.0), STRONGEST)
    found = rule_music.compared(ground, rules, strength)
    _show_figures(found, rules, strength)
    number = piece_chooser.choose(len(found.moved), first=_first(found), key="rules")
    _show_piece(ground, rules, found, number)
    return strength


def _show_figures(found: Comparison, rules: Rules, strength: float) -> None:
    before, after = _share(found.satisfied_before), _share(found.satisfied_after)
    columns = st.columns(4, gap="medium")
    with columns[0]:
        st.metric(
            "Keep the rules",
            wording.percent(after),
            f"{wording.percent(before)} before",
            delta_color="off",
            delta_arrow="off",
            help=f"Share of {len(found.moved)} pieces, none of which was learnt from, that keep "
            "all rules.",
        )
    for column, show_figure in zip(columns[1:], change_figures.FIGURES, strict=True):
        with column:
            show_figure(found)
    sentence = figures_sentence(found, rules) if strength == STRONGEST else ""
    if sentence:
        st.info(failure.plain(sentence), icon=":material/info:")


def figures_sentence(found: Comparison, rules: Rules) -> str:
    """What falls short, with the figure and what could help; empty where nothing does."""
    after = _share(found.satisfied_after)
    if after >= _GOOD:
        return _cost(found, rules)
    shares = found.satisfied_after.mean(axis=0)
    worst = int(np.argmin(shares))
    hardest = ""
    if len(shares) > 1:
        kept = wording.percent(float(shares[worst]))
        hardest = f" The hardest is “{rule_words.said(rules.requirements[worst])}”, kept by {kept}."
    return (
        f"Only {wording.percent(after)} of the pieces keep the rules after training.{hardest} Not "
        "everything is within reach of this model: ask for a little less of it, choose fewer "
        "rules, or start from all that the model can play. A single piece can often be helped "
        "with the button below."
    )


def _cost(found: Comparison, rules: Rules) -> str:
    """What it takes from the pieces that the rules are kept."""
    is_changed = found.contour is None or found.contour < _ALIKE
    if found.moved.mean() > _FAR * found.norm and is_changed:
        far, own = found.moved.mean(), found.norm
        return (
            f"The rules are kept, but the pieces had to go far: {far:.1f}, where a piece "
            f"itself lies {own:.1f} from the middle. Little of each is left. Ask for less, or "
            "take less strength."
        )
    wished = {item.rule.name for item in rules.requirements}
    if wished & _ABOUT_HOW_MUCH or found.notes_ratio is None or found.notes_ratio > _FEWER:
        return ""
    alone = " Trained for this key alone, more of them stay." if rules.what == "key" else ""
    return (
        f"The rules are kept partly by playing less: {wording.percent(found.notes_ratio)} of the "
        f"notes are left.{alone}"
    )


def _first(found: Comparison) -> int:
    """A piece that did not keep the rules and does now."""
    turned = found.satisfied_after.all(axis=1) & ~found.satisfied_before.all(axis=1)
    return int(np.argmax(turned))


def _show_piece(ground: Ground, rules: Rules, found: Comparison, number: int) -> None:
    wish = [*rules.key, *ground.key, str(number)]
    is_alone = st.session_state.get(_ALONE) == wish
    before = found.before[number]
    after, title = found.after[number], "With your rules"
    kept = bool(found.satisfied_after[number].all())
    moved = float(found.moved[number])
    if is_alone:
        edit = rule_music.edited(ground, rules, number)
        after = grounds.ear(ground).tokens(edit.z)[0]
        kept, moved = bool(edit.satisfied[0]), float(edit.distance[0])
        title = "Just this one, as near as possible"
    before_after.show(
        _version(ground, rules, before, "Without", kept=bool(found.satisfied_before[number].all())),
        _version(ground, rules, after, title, kept=kept, moved=moved),
        key="rules_pair",
        overlay="as it was",
    )
    if is_alone:
        if not kept:
            st.info(
                "No place was found near this piece where it keeps the rules; this is the one that "
                "comes nearest to them.",
                icon=":material/info:",
            )
        st.button(
            "Back to what was learnt for all",
            icon=":material/undo:",
            key="rules_alone_back",
            on_click=_set_alone,
            args=(None,),
        )
    else:
        st.button(
            "Make just this one keep the rules",
            icon=":material/auto_fix_high:",
            key="rules_alone",
            on_click=_set_alone,
            args=(wish,),
            help="Looks for the nearest place of this very piece that keeps the rules, by "
            "following the critics from z itself and listening to what it finds (an "
            "identity-preserving edit). It changes less than what was learnt for all pieces.",
        )


def _set_alone(wish: list[str] | None) -> None:
    st.session_state[_ALONE] = wish


def _version(
    ground: Ground,
    rules: Rules,
    window: IntArray,
    title: str,
    *,
    kept: bool,
    moved: float | None = None,
) -> Version:
    (sequence,) = grounds.music(ground, window[None])
    marked = rule_music.marks(rules.requirements, sequence, ground.parts)
    said = "It keeps the rules." if kept else "It does not keep the rules."
    n = sum(marked)
    if n:
        said = f"{said} {wording.count(n, 'note')} of {len(marked)} against them."
    if moved is not None:
        said = f"{said} Moved by {moved:.1f}."
    return Version(title, sequence, marked if any(marked) else None, said)


def _share(satisfied: np.ndarray) -> float:
    return float(satisfied.all(axis=1).mean())
