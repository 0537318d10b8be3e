"""The control of one rule: what it is about and how much of it, by ear and not by formula."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import streamlit as st

from midime_engine.attributes.scales import SCALES
from midime_engine.attributes.words import OCTAVE, pitch_class_name, pitch_name
from midime_ui.components import failure, keyboard, wording

if TYPE_CHECKING:
    from midime_engine.attributes.arguments import Argument
    from midime_engine.attributes.rule import Rule
    from midime_engine.converters.classes import Role

__all__ = ["DENSITY_TOLERANCE", "show"]

DENSITY_TOLERANCE: Final = 0.05
"""On either side of a density that is wished: one note in twenty sixteenths."""

_LOWEST: Final = 36
_HIGHEST: Final = 96
"""Of what is offered, C2 to C7: beyond, hardly any song is written."""

_NOTES: Final = tuple(pitch_class_name(number) for number in range(OCTAVE))
_PITCHES: Final = tuple(pitch_name(number) for number in range(_LOWEST, _HIGHEST + 1))
_AT_LEAST: Final = "at least"
_ABOUT: Final = "about"
_AT_MOST: Final = "at most"
_SIGNS: Final = {_AT_LEAST: ">=", _AT_MOST: "<="}
_NEVER_LITTLE: Final = frozenset({"contour", "register", "rhythm", "drum_rhythm", "start", "end"})
"""Nobody wishes for little of these."""

_WHOLE_OR_NOT: Final = frozenset({"start", "end"})
"""Kept or not: there is no share of it."""


def show(rule: Rule, parts: tuple[Role, ...]) -> tuple[str, ...]:
    """Ask for what is wished of ``rule`` of a model of ``parts``; the wish as one types it.

    A density about a value is two wishes: at least and at most.
    """
    st.markdown(f"**{failure.plain(rule.title)}**", help=failure.plain(rule.definition))
    argument = "" if rule.argument is None else _ask(rule.name, rule.argument, parts)
    asked = f"{rule.name}={argument}" if argument else rule.name
    if rule.name in _WHOLE_OR_NOT:
        return (asked,)
    return _how_much(rule, asked)


def _how_much(rule: Rule, asked: str) -> tuple[str, ...]:
    signs = [_AT_LEAST, _AT_MOST]
    if rule.name == "density":
        signs = [_AT_LEAST, _ABOUT, _AT_MOST]
    sign = _AT_LEAST
    usual = _AT_MOST if rule.comparison == "<=" else _AT_LEAST
    if rule.judges == "passage" and rule.name not in _NEVER_LITTLE:
        chosen = st.segmented_control(
            "How much",
            signs,
            default=_ABOUT if rule.name == "density" else usual,
            key=f"rule_{rule.name}_sign",
            label_visibility="collapsed",
            persist_state="session",
        )
        sign = chosen if chosen in signs else usual
    share = _share(rule)
    if sign == _ABOUT:
        low, high = max(0.0, share - DENSITY_TOLERANCE), min(1.0, share + DENSITY_TOLERANCE)
        return (f"{asked}>={low:.2f}", f"{asked}<={high:.2f}")
    if sign == usual and share == rule.threshold:
        return (asked,)
    return (f"{asked}{_SIGNS[sign]}{share:g}",)


def _share(rule: Rule) -> float:
    percent = st.slider(
        _LABELS.get(rule.judges, "How much of it"),
        0,
        100,
        round(100 * rule.threshold),
        5,
        format="%d %%",
        key=f"rule_{rule.name}_share",
        persist_state="session",
        help=_OF_DENSITY if rule.name == "density" else None,
    )
    return min(max(round(float(percent)) / 100, 0.0), 1.0)


_LABELS: Final = {"notes": "Of the notes", "moves": "Of the moves from note to note"}
_OF_DENSITY: Final = (
    "The share of the sixteenth steps on which a note begins: 25 % is four notes in a bar of 4/4, "
    "50 % is eight."
)


def _ask(rule: str, argument: Argument, parts: tuple[Role, ...]) -> str:
    if argument.name == "part":
        if len(parts) == 1:
            return ""  # There is nothing to choose.
        argument = replace(argument, choices=parts)
    ask = _CONTROLS.get(argument.kind, _ask_text)
    return ask(f"rule_{rule}_argument", argument)


def _ask_key(key: str, argument: Argument) -> str:
    return _ask_scale(key, ("major", "minor"), argument.example)


def _ask_any_scale(key: str, argument: Argument) -> str:
    return _ask_scale(key, tuple(SCALES), argument.example)


def _ask_pitch(key: str, argument: Argument) -> str:
    chosen = st.select_slider(
        "About which note",
        _PITCHES,
        argument.example,
        key=key,
        persist_state="session",
        help=argument.help,
    )
    return str(chosen)


def _ask_notes(key: str, argument: Argument) -> str:
    chosen = st.multiselect(
        "Which notes",
        _NOTES,
        argument.example.split(","),
        key=key,
        persist_state="session",
        help=argument.help,
    )
    return ",".join(chosen)


def _ask_number(key: str, argument: Argument) -> str:
    chosen = st.slider(
        "Semitones",
        int(max(argument.lowest or 0, 1)),
        int(min(argument.highest or OCTAVE, 2 * OCTAVE)),
        int(argument.example),
        key=key,
        persist_state="session",
        help=argument.help,
    )
    return str(chosen)


def _ask_scale(key: str, kinds: tuple[str, ...], example: str) -> str:
    tonic, _, kind = example.partition(" ")
    left, right = st.columns([1, 2])
    with left:
        first = st.selectbox(
            "Tonic",
            _NOTES,
            _NOTES.index(tonic),
            key=f"{key}_tonic",
            persist_state="session",
            help="The note on which the scale stands.",
        )
    with right:
        if len(kinds) == len(("major", "minor")):
            mode = st.segmented_control(
                "Mode",
                kinds,
                default=kind,
                key=f"{key}_mode",
                persist_state="session",
            )
        else:
            mode = st.selectbox(
                "Scale", kinds, kinds.index(kind), key=f"{key}_mode", persist_state="session"
            )
    return f"{first} {mode or kind}"


def _ask_range(key: str, argument: Argument) -> str:
    low, _, high = argument.example.partition("-")
    lowest, highest = st.select_slider(
        "Lowest and highest note", _PITCHES, (low, high), key=key, persist_state="session"
    )
    keyboard.show(
        _LOWEST,
        _HIGHEST,
        _LOWEST + _PITCHES.index(lowest),
        _LOWEST + _PITCHES.index(highest),
    )
    return f"{lowest}-{highest}"


def _ask_choice(key: str, argument: Argument) -> str:
    options = ["", *argument.choices] if argument.optional else list(argument.choices)
    chosen = st.selectbox(
        argument.name.capitalize(),
        options,
        options.index(argument.example),
        key=key,
        persist_state="session",
        format_func=lambda choice: choice or f"what leads ({wording.either(argument.choices)})",
        help=argument.help,
    )
    return str(chosen)


def _ask_text(key: str, argument: Argument) -> str:
    return st.text_input(
        argument.name.capitalize(),
        argument.example,
        max_chars=200,
        key=key,
        persist_state="session",
        help=argument.help,
    ).strip()


_CONTROLS: Final = {
    "key": _ask_key,
    "scale": _ask_any_scale,
    "range": _ask_range,
    "pitch": _ask_pitch,
    "notes": _ask_notes,
    "number": _ask_number,
    "choice": _ask_choice,
    "lengths": _ask_choice,
}
