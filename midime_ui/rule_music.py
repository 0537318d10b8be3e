"""What rules do to music, cached: the same places before and after."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import streamlit as st

from midime_engine.attributes.offenders import offending_notes
from midime_engine.constraints import editing
from midime_engine.pipelines import constrain, ruled
from midime_ui import ground as grounds
from midime_ui import playing
from midime_ui.ground import Ground
from midime_ui.rules import Rules

if TYPE_CHECKING:
    from collections.abc import Iterable

    from note_seq import NoteSequence

    from midime_engine.attributes.requirement import Assessment, Requirement, Requirements
    from midime_engine.constraints.editing import Edit
    from midime_engine.converters.classes import Role
    from midime_engine.pipelines.constrain import Comparison

__all__ = ["assess", "compared", "edited", "marks"]

_KEYS: Final[dict[str | type[Any], Any]] = {
    Ground: lambda ground: ground.key,
    Rules: lambda rules: rules.key,
}


def assess(ground: Ground, requirements: Requirements) -> Assessment:
    """How the pieces of ``ground`` keep the rules as they are."""
    return requirements.assess(grounds.pieces(ground).passages)


@st.cache_resource(show_spinner="Playing before and after…", max_entries=32, hash_funcs=_KEYS)
def compared(ground: Ground, rules: Rules, strength: float) -> Comparison:
    """The pieces of ``ground`` before and after, measured."""
    z = grounds.pieces(ground).z
    after = playing.constraint(rules).apply(z, playing.condition(rules), strength=strength)
    return constrain.compare(z, after, grounds.ear(ground), rules.requirements)


@st.cache_resource(show_spinner="Looking near this one…", max_entries=64, hash_funcs=_KEYS)
def edited(ground: Ground, rules: Rules, number: int) -> Edit:
    """The nearest place to piece ``number`` that keeps the rules."""
    z = grounds.pieces(ground).z[number : number + 1]
    requirements = rules.requirements
    judge = ruled.judge(requirements, grounds.ear(ground), rules.what)
    return editing.edit(z, playing.constraint(rules), judge, conditions=playing.condition(rules))


def marks(
    wishes: Iterable[Requirement], sequence: NoteSequence, parts: tuple[Role, ...]
) -> tuple[bool, ...]:
    """For each note of ``sequence`` whether it stands against a wish."""
    against = offending_notes(wishes, sequence, parts=parts)
    flags = np.zeros(len(sequence.notes), bool)
    flags[list(against)] = True
    return tuple(flags.tolist())
