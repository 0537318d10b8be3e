"""A model that keeps rules: a trained constraint stands between its ``z`` and its music.

Nothing that plays the model has to know of it: sliders, maps and boards ask for music at a place,
and the constraint moves the place before it is decoded.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal, cast, get_args

from midime_engine.attributes.parsing import parse, parse_all
from midime_engine.attributes.registry import find
from midime_engine.attributes.requirement import Requirements
from midime_engine.attributes.scales import KEYS
from midime_engine.constraints import persistence
from midime_engine.errors import ConstraintFileError, RuleError
from midime_engine.pipelines.wishes import ConditionalJudge, Ear, MusicJudge, OneOf, SoMuch

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from midime_engine.constraints.model import Constraint
    from midime_engine.pipelines.wishes import Question
    from midime_engine.protocols import DecodesTokens, FloatArray, IntArray

__all__ = [
    "Asked",
    "RuleFile",
    "RuledModel",
    "asked",
    "condition",
    "judge",
    "pack",
    "unpack",
]

Asked = Literal["key", "density"]
"""What one constraint can be asked for in many ways: which of 24 keys, how many notes."""

_LEAST_DENSITY: Final = 0.1
_MOST_DENSITY: Final = 0.7
"""Share of the sixteenths; what lies beyond no model here plays often enough to learn it."""

_TOLERANCE: Final = 0.05
"""Of a density on either side: one note in twenty sixteenths."""

_ROUNDING: Final = 1e-6
_PAIR: Final = 2
_MOST_WISHES: Final = 16
_LONGEST: Final = 500


def asked(requirements: Requirements) -> Asked | None:
    """What a constraint for ``requirements`` can be asked for in other ways; None for nothing.

    A key that is wished for every note, or a density about a value (at least and at most, a tenth
    apart); each alone.
    """
    if len(requirements) == 1:
        (only,) = requirements
        whole = only.rule.name == "key" and only.enough == 1 and not only.is_upper_limit
        return "key" if whole else None
    if len(requirements) == _PAIR:
        low, high = sorted(requirements, key=lambda item: item.is_upper_limit)
        same = low.rule.name == high.rule.name == "density" and low.argument == high.argument == ""
        is_pair = same and high.is_upper_limit and not low.is_upper_limit
        width = high.enough - low.enough
        if is_pair and abs(width - 2 * _TOLERANCE) < _ROUNDING:
            return "density" if _in_reach((low.enough + high.enough) / 2) else None
    return None


def condition(requirements: Requirements, what: Asked | None) -> FloatArray | None:
    """What to ask a constraint for, ``[c]``; None where it always does the same.

    Raises:
        RuleError: The rules are not such as it can be asked for.
    """
    if what is None:
        return None
    if asked(requirements) != what:
        raise RuleError(
            f"These rules cannot be asked of what has learnt any {what}: {requirements}.",
            remedy="Train it for these rules.",
        )
    if what == "key":
        return OneOf(_all_keys()).condition(KEYS.index(requirements[0].argument))
    return _density().condition(sum(item.enough for item in requirements) / _PAIR)


def judge(
    requirements: Requirements, ear: Ear, what: Asked | None
) -> MusicJudge | ConditionalJudge:
    """Who says whether music keeps ``requirements``, or whatever else may be asked for."""
    if what is None:
        return MusicJudge(ear, requirements)
    question: Question = OneOf(_all_keys()) if what == "key" else _density()
    return ConditionalJudge(ear, (question,))


@dataclass(frozen=True, slots=True, eq=False)
class RuledModel:
    """A model whose places are moved to where the rules are kept before they are played."""

    model: DecodesTokens
    constraint: Constraint
    condition: FloatArray | None = None
    strength: float = 1.0
    """0 leaves every place where it is, 1 moves it all the way."""

    def decode_tokens(
        self, z: FloatArray, *, temperature: float | None = None, seed: int | Sequence[int] = 0
    ) -> IntArray:
        """``[n, z_size]`` to ``[n, steps, parts]``."""
        moved = self.constraint.apply(z, self.condition, strength=self.strength)
        return self.model.decode_tokens(moved, temperature=temperature, seed=seed)


@dataclass(frozen=True, slots=True, eq=False)
class RuleFile:
    """What a file of a constraint holds, checked."""

    constraint: Constraint
    model: str
    """Name of the base model in whose space it works."""

    requirements: Requirements
    what: Asked | None
    figures: Mapping[str, float]
    """What was measured after training, by name."""


def pack(
    constraint: Constraint,
    *,
    model: str,
    requirements: Requirements,
    what: Asked | None = None,
    figures: Mapping[str, float] | None = None,
) -> bytes:
    """A constraint with what it is for, as a file; the same again gives the same bytes."""
    metadata = {
        "model": model,
        "rules": [str(item) for item in requirements],
        "asked": what,
        "figures": dict(figures or {}),
    }
    return persistence.to_bytes(constraint, metadata)


def unpack(data: bytes) -> RuleFile:
    """Read what :func:`pack` wrote; the bytes may come from anybody.

    Raises:
        ConstraintFileError: They are no constraint, or do not say what it is for.
    """
    constraint, metadata = persistence.from_bytes(data)
    try:
        found = _read(constraint, metadata)
        wished = condition(found.requirements, found.what)
    except (RuleError, KeyError, TypeError, ValueError) as error:
        raise _unfit(f"it does not say which rules it keeps ({str(error)[:120]})") from error
    # A taste is one wish that no rule says.
    n_wishes = max(1, len(found.requirements))
    sizes = (n_wishes, 0) if wished is None else (1, len(wished))
    if sizes != (constraint.config.n_wishes, constraint.config.condition_size):
        raise _unfit("it has learnt something else than it says")
    return found


def _read(constraint: Constraint, metadata: Mapping[str, Any]) -> RuleFile:
    # A report of the command line says more of each rule than its text.
    rules = [item["rule"] if isinstance(item, dict) else item for item in metadata["rules"]]
    what, model = metadata.get("asked"), metadata["model"]
    are_texts = all(isinstance(rule, str) for rule in rules)
    if not are_texts or not isinstance(model, str) or len(model) > _LONGEST:
        raise TypeError("no rules or no model are named")
    if len(rules) > _MOST_WISHES or what not in (None, *get_args(Asked)):
        raise ValueError("too many rules, or an unknown question")
    figures = metadata.get("figures", {})
    numbers = {
        str(name)[:40]: float(value)
        for name, value in (figures.items() if isinstance(figures, dict) else ())
        if isinstance(value, int | float)
    }
    # Without rules it was learnt from what somebody likes.
    wishes = parse_all(rules) if rules else Requirements(())
    return RuleFile(constraint, model, wishes, cast("Asked | None", what), numbers)


def _all_keys() -> Requirements:
    return Requirements(tuple(parse(f"key={name}") for name in KEYS))


def _density() -> SoMuch:
    return SoMuch(find("density"), _LEAST_DENSITY, _MOST_DENSITY, _TOLERANCE)


def _in_reach(value: float) -> bool:
    return _LEAST_DENSITY - _ROUNDING <= value <= _MOST_DENSITY + _ROUNDING


def _unfit(reason: str) -> ConstraintFileError:
    return ConstraintFileError(
        f"This is not a set of rules that can be used: {reason}.",
        remedy="Choose a .safetensors file that was saved on the page for rules, or train again.",
    )
