"""Who owns something: whoever knows a secret, or whoever has logged in.

Only a digest is stored, so a stolen database opens nobody's library.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Self

from midime_engine.errors import LibraryError
from midime_engine.library.names import is_secret

__all__ = ["Owner"]


@dataclass(frozen=True, slots=True)
class Owner:
    """Somebody who may see, change and delete what is theirs."""

    digest: str
    """What the database knows them by."""

    @classmethod
    def by_secret(cls, secret: str) -> Self:
        """Whoever holds the owner's link.

        Raises:
            LibraryError: The text is no such secret; it may come from an address.
        """
        if not is_secret(secret):
            raise LibraryError(
                "This is no owner's link: a part of it is missing or changed.",
                remedy="Copy the whole link that the library page showed when you saved.",
            )
        return cls(_digest("secret", secret))

    @classmethod
    def by_login(cls, *, issuer: str, subject: str) -> Self:
        """Whoever has logged in: the ``iss`` and ``sub`` of OpenID Connect."""
        if not issuer or not subject:
            raise ValueError("A login has an issuer and a subject.")
        return cls(_digest("login", json.dumps([issuer, subject])))


def _digest(kind: str, text: str) -> str:
    # A secret of 256 random bits needs no salt and no slow hash.
    return hashlib.sha256(f"{kind}:{text}".encode()).hexdigest()
