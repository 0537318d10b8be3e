"""The whole catalogue, and looking up in it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from midime_engine.catalogue import magenta_js, magenta_python
from midime_engine.errors import UnknownModelError

if TYPE_CHECKING:
    from midime_engine.catalogue.entry import Entry

__all__ = ["entries", "find", "require_supported"]


@cache
def entries() -> tuple[Entry, ...]:
    """Every published checkpoint, the unsupported ones last, in the order of their names."""
    every = (*magenta_python.ENTRIES, *magenta_js.ENTRIES)
    return tuple(sorted(every, key=lambda entry: (not entry.supported, entry.name)))


def find(name: object) -> Entry | None:
    """The entry called ``name``, None if there is none."""
    return next((entry for entry in entries() if entry.name == name), None)


def require_supported(entry: Entry) -> None:
    """Raise UnknownModelError, with the reason, for a checkpoint that our networks cannot run."""
    if not entry.supported:
        raise UnknownModelError(
            f"{entry.name} cannot be used here: {entry.reason}.",
            remedy="Choose another of those that `midime models` lists.",
        )
