"""All rules there are, by name."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from midime_engine.attributes import activity, drumming, form, harmony, motion, register, rhythm
from midime_engine.attributes.plugins import Plugins, load
from midime_engine.attributes.words import near
from midime_engine.errors import RuleError

if TYPE_CHECKING:
    from midime_engine.attributes.rule import Rule

__all__ = ["find", "is_rule", "notices", "rules"]


_QUOTED: Final = 40
"""Characters of what was typed: enough to know it again."""


_BUILT_IN: Final = (
    *harmony.RULES,
    *activity.RULES,
    *register.RULES,
    *motion.RULES,
    *rhythm.RULES,
    *form.RULES,
    *drumming.RULES,
)


def rules() -> tuple[Rule, ...]:
    """Every rule, in the order in which they are listed: ours, then those of other packages."""
    return (*_BUILT_IN, *_plugins().rules)


def notices() -> tuple[str, ...]:
    """Which rules of other packages are left out, and why."""
    return _plugins().notices


@cache
def _plugins() -> Plugins:
    return load([rule.name for rule in _BUILT_IN])


def find(name: str) -> Rule:
    """The rule called ``name``.

    Raises:
        RuleError: If there is none.
    """
    by_name = {rule.name: rule for rule in rules()}
    plain = _plain(name)
    if plain not in by_name:
        raise RuleError(
            f"There is no rule called “{name.strip()[:_QUOTED]}”.",
            remedy=f"{near(plain, by_name)} `midime rules` explains each.",
        )
    return by_name[plain]


def is_rule(name: str) -> bool:
    """Whether there is a rule called ``name``."""
    return any(rule.name == _plain(name) for rule in rules())


def _plain(name: str) -> str:
    return name.strip().lower().replace("-", "_").replace(" ", "_")
