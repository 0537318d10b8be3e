"""The two sides of a translation: a model, and how many of its windows make one vector.

Models differ in the length of their windows. So that both sides last equally long, the shorter
windows are laid end to end: four bars of a trio stand against two melodies of two bars, whose two
``z`` are one vector of twice the size.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from midime_engine.errors import OptionError

if TYPE_CHECKING:
    from midime_engine.converters.classes import Role

__all__ = ["MAX_SIZE", "Domain", "face"]

MAX_SIZE: Final = 4096
"""Numbers of one side: sixteen windows of two bars. More is no longer one musical thought, and its
network would be larger than the model that it serves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Domain:
    """One side of a translation."""

    model: str
    """Name of the base model."""

    parts: tuple[Role, ...]
    n_steps: int
    """Of one window of the model."""

    z_size: int
    """Of one window of the model."""

    n_windows: int = 1
    """Windows end to end in one vector."""

    def __post_init__(self) -> None:
        """Refuse sizes that nothing can have.

        Raises:
            OptionError: A size is not a whole number in its range.
        """
        object.__setattr__(self, "parts", tuple(self.parts))
        for name in ("n_steps", "z_size", "n_windows"):
            value = getattr(self, name)
            if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= MAX_SIZE:
                raise OptionError(
                    f"A translator cannot be set up: {name} is {value!r:.80}.",
                    remedy=f"Set {name} to a whole number from 1 to {MAX_SIZE}.",
                )
        known = {"melody", "bass", "drums"}
        if not self.parts or not set(self.parts) <= known or not isinstance(self.model, str):
            raise OptionError(
                f"A translator cannot be set up: {self.parts!r:.80} are no parts.",
                remedy="Name a model and its parts: melody, bass, drums.",
            )
        if self.size > MAX_SIZE:
            raise OptionError(
                f"{self.n_windows} windows of {self.model} are {self.size} numbers, "
                f"and a translator takes {MAX_SIZE}.",
                remedy="Choose models whose windows are nearer to each other in length.",
            )

    @property
    def size(self) -> int:
        """Numbers of one vector of this side."""
        return self.n_windows * self.z_size

    @property
    def span(self) -> int:
        """Steps that one vector stands for."""
        return self.n_windows * self.n_steps

    def to_json(self) -> dict[str, Any]:
        """Plain data that the constructor takes again."""
        return {
            "model": self.model,
            "parts": list(self.parts),
            "n_steps": self.n_steps,
            "z_size": self.z_size,
            "n_windows": self.n_windows,
        }


def face(one: Domain, other: Domain) -> tuple[Domain, Domain]:
    """Both sides with as many windows as make them equally long.

    Args:
        one: A side with the windows of its model; its ``n_windows`` is not looked at.
        other: The other one.

    Raises:
        OptionError: The pair makes no sense; the message says why.
    """
    if one.model == other.model:
        raise OptionError(
            f"From {one.model} to itself there is nothing to translate.",
            remedy="Choose two different models.",
        )
    long, short = max(one.n_steps, other.n_steps), min(one.n_steps, other.n_steps)
    if long % short:
        raise OptionError(
            f"Windows of {one.n_steps} steps ({one.model}) and of {other.n_steps} steps "
            f"({other.model}) never end together.",
            remedy="Choose two models of which one has windows of a whole number of the other's.",
        )
    return _lasting(one, long), _lasting(other, long)


def _lasting(domain: Domain, n_steps: int) -> Domain:
    return Domain(
        model=domain.model,
        parts=domain.parts,
        n_steps=domain.n_steps,
        z_size=domain.z_size,
        n_windows=n_steps // domain.n_steps,
    )
