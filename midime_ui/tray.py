"""The tray: what a visitor has kept of all that was heard, until the session ends.

Plain data in session state, like everything in :mod:`midime_ui.state`. History
belongs to whoever shows the page: it takes :func:`items` and gives them to :func:`set_items`, so
that a discarded item comes back.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Self, cast

import numpy as np
import streamlit as st

from midime_engine.errors import OptionError

if TYPE_CHECKING:
    from midime_engine.pipelines.generate import Variations
    from midime_engine.protocols import IntArray
    from midime_ui.components.sliders import Position

__all__ = [
    "FULL",
    "MAX_ITEMS",
    "MAX_NAME",
    "Item",
    "add",
    "discard",
    "is_full",
    "is_kept",
    "items",
    "rename",
    "set_items",
]

MAX_ITEMS: Final = 24
"""Three boards of eight: more is a heap, not a choice, and each is drawn on the page."""

MAX_NAME: Final = 60
"""Letters of a name: what fits above a small roll on two lines."""

FULL: Final = f"The tray holds {MAX_ITEMS} pieces of music, and it is full."

_TRAY: Final = "tray"


@dataclass(frozen=True, slots=True)
class Item:
    """One kept piece of music: its notes, and the numbers that they were made from."""

    id: str
    """Follows from the music and how it was made: what is kept twice is there once."""

    name: str

    position: Position | None
    """Where the sliders play it; None if they cannot (music of the base model)."""

    z: tuple[float, ...]
    """In the big space, ``z_size`` numbers."""

    z_small: tuple[float, ...] | None
    """In the personal space, ``latent_size`` numbers; None for music of the base model."""

    tokens: bytes
    """The music: int32, ``shape`` of them, row by row."""

    shape: tuple[int, int]
    """Steps and parts."""

    seed: int
    temperature: float | None

    @classmethod
    def of(
        cls,
        made: Variations,
        index: int,
        *,
        name: str,
        position: Position | None,
        seed: int,
        temperature: float | None,
    ) -> Self:
        """Keep number ``index`` of what a model made."""
        tokens = np.ascontiguousarray(made.tokens[index], np.int32)
        n_steps, n_parts = tokens.shape
        z = tuple(made.z[index].tolist())
        small = None if made.z_small is None else tuple(made.z_small[index].tolist())
        made_from = repr((z, small, temperature, tokens.shape)).encode()
        digest = hashlib.sha256(made_from + tokens.tobytes()).hexdigest()[:16]
        return cls(
            id=digest,
            name=_tidy(name) or "Unnamed",
            position=position,
            z=z,
            z_small=small,
            tokens=tokens.tobytes(),
            shape=(n_steps, n_parts),
            seed=seed,
            temperature=temperature,
        )

    @property
    def window(self) -> IntArray:
        """The music as tokens ``[steps, parts]``, not to be changed."""
        return np.frombuffer(self.tokens, np.int32).reshape(self.shape)


def items() -> tuple[Item, ...]:
    """What is kept, the oldest first."""
    return cast("tuple[Item, ...]", st.session_state.get(_TRAY, ()))


def set_items(items: tuple[Item, ...]) -> None:
    """Have exactly these in the tray."""
    st.session_state[_TRAY] = items


def is_full() -> bool:
    """Whether nothing more can be kept."""
    return len(items()) >= MAX_ITEMS


def is_kept(id: str) -> bool:  # noqa: A002 - the field's own name
    """Whether that item is in the tray."""
    return any(item.id == id for item in items())


def add(item: Item) -> None:
    """Keep ``item``; nothing happens if it is kept already.

    Raises:
        OptionError: The tray is full.
    """
    if is_kept(item.id):
        return
    if is_full():
        raise OptionError(FULL, remedy="Discard one that you like less, then keep this one.")
    set_items((*items(), item))


def rename(id: str, name: str) -> None:  # noqa: A002 - the field's own name
    """Give an item another name; an empty one changes nothing."""
    tidy = _tidy(name)
    if tidy:
        set_items(tuple(replace(i, name=tidy) if i.id == id else i for i in items()))


def discard(id: str) -> None:  # noqa: A002 - the field's own name
    """Take an item out of the tray; nothing happens if it is not there."""
    set_items(tuple(item for item in items() if item.id != id))


def _tidy(name: str) -> str:
    return " ".join(name.split())[:MAX_NAME].strip()
