"""Rules that other installed packages bring: entry points of the group ``midime.rules``.

An entry point is a :class:`Rule`, or a function from a ``NoteSequence`` to a number in 0..1 whose
docstring says what it measures; the name of the entry point is that of the rule::

    [project.entry-points."midime.rules"]
    palindrome = "my_package.rules:palindrome"

They run as the code that they are: whoever installs one trusts it. One that cannot be loaded is
left out with a notice.
"""

from __future__ import annotations

import inspect
import re
from dataclasses import dataclass, replace
from importlib.metadata import entry_points
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

from midime_engine.attributes.rule import Rule
from midime_engine.errors import RuleError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from importlib.metadata import EntryPoint

    import numpy.typing as npt
    from note_seq import NoteSequence

    from midime_engine.attributes.passage import Passages

__all__ = ["GROUP", "Plugins", "load"]

GROUP: Final = "midime.rules"
_NAME: Final = re.compile(r"[a-z][a-z0-9_]*")
_REMEDY: Final = "Repair or remove the package that brings it."


class Plugins(NamedTuple):
    """What was found."""

    rules: tuple[Rule, ...]
    notices: tuple[str, ...]
    """A sentence for each that was left out."""


def load(taken: Collection[str]) -> Plugins:
    """Every rule that an installed package brings, whose name is not ``taken``."""
    rules: dict[str, Rule] = {}
    notices = []
    for entry in sorted(entry_points(group=GROUP), key=lambda entry: entry.name):
        name = entry.name.strip().lower().replace("-", "_")
        if name in rules or name in taken:
            why = "there is a rule of this name already"
        elif not _NAME.fullmatch(name):
            why = "its name is not made of letters, digits and underscores"
        else:
            found = _load(entry, name)
            if isinstance(found, Rule):
                rules[name] = found
                continue
            why = found
        notices.append(f"The rule {entry.name} of {_source(entry)} is left out: {why}.")
    return Plugins(tuple(rules.values()), tuple(notices))


def _load(entry: EntryPoint, name: str) -> Rule | str:
    """The rule, or why there is none."""
    try:
        found = entry.load()
    except Exception as error:  # noqa: BLE001 - somebody else's code may raise anything
        return f"it cannot be loaded ({type(error).__name__}: {error})"
    if isinstance(found, Rule):
        return replace(found, name=name, origin="plug-in")
    if not callable(found):
        return "it is neither a rule nor a function"
    definition = inspect.getdoc(found)
    if not definition:
        return "it has no docstring that says what it measures"
    title = definition.strip().splitlines()[0].rstrip(".")
    return Rule(name, title, definition, _Judged(name, found), hears=("notes",), origin="plug-in")


@dataclass(frozen=True, slots=True)
class _Judged:
    """A function of one piece of music, asked for each passage."""

    name: str
    function: Callable[[NoteSequence], Any]

    def __call__(self, passages: Passages, _: object) -> npt.NDArray[np.float64]:
        # Silence is worth 0 whatever anybody says, so nobody has to think of it.
        worths = [self._judge(each.sequence()) if len(each) else 0.0 for each in passages]
        return np.array(worths, np.float64)

    def _judge(self, music: NoteSequence) -> float:
        try:
            value = float(self.function(music))
        except Exception as error:
            raise RuleError(
                f"The rule {self.name} failed ({type(error).__name__}: {error}).", remedy=_REMEDY
            ) from error
        if not 0 <= value <= 1:
            raise RuleError(
                f"The rule {self.name} gave {value}; a measure is from 0 to 1.", remedy=_REMEDY
            )
        return value


def _source(entry: EntryPoint) -> str:
    return entry.dist.name if entry.dist is not None else entry.value
