"""What stands around a small roll that is a card: a heading, some words, and what can be done.

A card is one element of the page. Made of Streamlit's own text and buttons it would be eight, and a
browser draws every element again at the beginning and at the end of each run, so that a slider
would be heard later with eight cards in view.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Action", "Card"]


class Action(NamedTuple):
    """A button of a card."""

    name: str
    """What tells it from the other buttons of the card; an identifier."""

    label: str
    icon: str
    """As Streamlit writes it, ``":material/…:"``."""

    call: Callable[..., None]
    args: tuple[object, ...] = ()
    help: str | None = None
    is_off: bool = False


class Card(NamedTuple):
    """Plain text, and buttons in their order."""

    heading: str
    words: str = ""
    actions: tuple[Action, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """What the browser is told."""
        return {
            "heading": self.heading,
            "words": self.words,
            "actions": [
                {
                    "name": action.name,
                    "label": action.label,
                    "icon": action.icon.removeprefix(":material/").removesuffix(":"),
                    "help": action.help or "",
                    "is_off": action.is_off,
                }
                for action in self.actions
            ],
        }
