"""Which notes stand against a wish: what a roll shows in red.

Only rules that judge notes, or moves from note to note, have them. Whether a contour rises is a
matter of all notes together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from midime_engine.attributes.lines import lead_role
from midime_engine.attributes.passage import Passage, Passages

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy.typing as npt
    from note_seq import NoteSequence

    from midime_engine.attributes.requirement import Requirement
    from midime_engine.converters.classes import Role

    Bools = npt.NDArray[np.bool_]
    Indices = npt.NDArray[np.intp]

__all__ = ["offenders", "offending_notes"]


def offenders(wish: Requirement, passage: Passage) -> Bools:
    """Which notes of ``passage`` stand against ``wish``, ``[m]``.

    Of a wish for much they are those that the rule does not count, of a wish for little those that
    it counts; of a leap that is too wide it is the note that is leapt to. None for rules about the
    passage as a whole.
    """
    against = np.zeros(len(passage), bool)
    groups = _groups(wish, passage)
    if not len(groups):
        return against
    single = _apart(passage, groups)
    counted = wish.rule.measures(single, wish.argument) > 0
    is_against = counted if wish.is_upper_limit else ~counted
    against[groups[:, -1]] = is_against & wish.rule.heard(single)
    return against


def offending_notes(
    wishes: Iterable[Requirement],
    sequence: NoteSequence,
    *,
    parts: tuple[Role, ...] | None = None,
) -> frozenset[int]:
    """Which of ``sequence.notes`` stand against any of ``wishes``, by their indices."""
    passage, indices = Passage.located(sequence, parts=parts)
    against = np.zeros(len(passage), bool)
    for wish in wishes:
        against |= offenders(wish, passage)
    return frozenset(indices[against].tolist())


def _groups(wish: Requirement, passage: Passage) -> Indices:
    """The notes that are judged together, ``[k, 1]``, or two by two ``[k, 2]``."""
    if wish.rule.judges == "notes":
        return np.arange(len(passage))[:, None]
    if wish.rule.judges == "passage":
        return np.zeros((0, 1), np.intp)
    own = np.flatnonzero(passage.plays(lead_role(passage.parts)))
    # Notes are in order of start, then pitch: the last of those that begin together is the highest.
    highest = own[np.append(np.diff(passage.start[own]) != 0, True)[: len(own)]]
    return np.stack([highest[:-1], highest[1:]], axis=1)


def _apart(passage: Passage, groups: Indices) -> Passages:
    """Each group as a passage of its own, with every note where it was."""
    n, size = groups.shape
    notes = groups.ravel()
    return Passages(
        passage.pitch[notes],
        passage.start[notes],
        passage.end[notes],
        passage.part[notes],
        np.arange(n + 1) * size,
        passage.parts,
        np.full(n, passage.n_steps),
        np.full(n, passage.steps_per_bar),
    )
