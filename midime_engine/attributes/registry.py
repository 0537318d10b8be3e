"""All rules there are, by name."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from midime_engine.attributes import activity, drumming, form, harmony, motion, register, rhythm
from midime_engine.attributes.words import near
from midime_engine.errors import RuleError

if TYPE_CHECKING:
    from midime_engine.attributes.rule import Rule

__all__ = ["find", "rules"]


@cache
def rules() -> tuple[Rule, ...]:
    """Every rule, in the order in which they are listed."""
    return (
        *harmony.RULES,
        *activity.RULES,
        *register.RULES,
        *motion.RULES,
        *rhythm.RULES,
        *form.RULES,
        *drumming.RULES,
    )


def find(name: str) -> Rule:
    """The rule called ``name``.

    Raises:
        RuleError: If there is none.
    """
    by_name = {rule.name: rule for rule in rules()}
    plain = name.strip().lower().replace("-", "_").replace(" ", "_")
    if plain not in by_name:
        raise RuleError(
            f"There is no rule called “{name.strip()}”.",
            remedy=f"{near(plain, by_name)} `midime rules` explains each.",
        )
    return by_name[plain]
