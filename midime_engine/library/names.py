"""Ids and names that come from outside: what they may look like."""

from __future__ import annotations

import re
import secrets
from typing import Final

__all__ = ["MAX_NAME", "clean_name", "is_id", "is_secret", "new_id", "new_secret"]

MAX_NAME: Final = 100
"""Letters of a name: more is no name any more."""

_ID_BYTES: Final = 16  # 128 bits: nobody finds one by trying.
_SECRET_BYTES: Final = 32
_ID: Final = re.compile(r"[A-Za-z0-9_-]{22}")
_SECRET: Final = re.compile(r"[A-Za-z0-9_-]{43}")


def new_id() -> str:
    """A random id of 128 bits, 22 letters that an address may hold."""
    return secrets.token_urlsafe(_ID_BYTES)


def new_secret() -> str:
    """A random secret of 256 bits, 43 letters that an address may hold."""
    return secrets.token_urlsafe(_SECRET_BYTES)


def is_id(text: str) -> bool:
    """Whether ``text`` can be an id at all.

    >>> is_id("../../etc/passwd"), is_id(new_id())
    (False, True)
    """
    return _ID.fullmatch(text) is not None


def is_secret(text: str) -> bool:
    """Whether ``text`` can be an owner's secret at all."""
    return _SECRET.fullmatch(text) is not None


def clean_name(text: str, *, otherwise: str = "Untitled") -> str:
    r"""``text`` in one line of at most :data:`MAX_NAME` letters that every database can hold.

    >>> clean_name("  Für\n Elise\x00 ")
    'Für Elise'
    """
    sound = text.encode("utf-8", "replace").decode("utf-8")  # Half a surrogate pair is no letter.
    shown = "".join(letter if letter.isprintable() else " " for letter in sound)
    return " ".join(shown.split())[:MAX_NAME].strip() or otherwise
