"""Ratings of music that can be kept: every piece as its notes, not as a number.

What was rated years ago, by somebody else, on a page that drew its pieces in another way, is then
still a rating of that music.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Self

import numpy as np

from midime_engine.errors import RatingError
from midime_engine.pipelines.tasting import features_of
from midime_engine.ratings.ballots import Ballot
from midime_engine.ratings.taste import Taste

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy.typing as npt

    from midime_engine.converters.classes import Role
    from midime_engine.protocols import IntArray

__all__ = ["MOST_BALLOTS", "Rated", "pack", "unpack"]

MOST_BALLOTS: Final = 300
"""Of one person: nobody rates so many, and learning takes their square."""

_MOST_TOKENS: Final = 4096
"""Of one piece: five times sixteen bars of three parts."""

_LITTLE: Final = "<i2"
"""Tokens are below 512."""


def pack(window: IntArray) -> bytes:
    """The tokens of one piece, ``[steps, parts]``, in some hundred bytes."""
    return zlib.compress(np.ascontiguousarray(window, _LITTLE).tobytes(), 9)


def unpack(data: bytes, *, n_parts: int) -> IntArray:
    """The way back.

    Raises:
        RatingError: They are no tokens of so many parts.
    """
    most = _MOST_TOKENS * np.dtype(_LITTLE).itemsize
    reading = zlib.decompressobj()
    try:
        raw = reading.decompress(data, most)
        tokens = np.frombuffer(raw, _LITTLE).astype(np.int32)
    except (zlib.error, ValueError) as error:
        raise _unreadable() from error
    if not reading.eof or not len(tokens) or len(tokens) % n_parts or tokens.min() < 0:
        raise _unreadable()
    return tokens.reshape(-1, n_parts)


@dataclass(frozen=True, slots=True)
class Rated:
    """Pieces and what was said about them; plain data."""

    pieces: tuple[bytes, ...]
    """As :func:`pack` writes them."""

    ballots: tuple[Ballot, ...]
    """By the numbers of the pieces."""

    @classmethod
    def of(cls, tokens: IntArray, ballots: Sequence[Ballot]) -> Self:
        """Those of ``tokens`` ``[n, steps, parts]`` that ``ballots`` are about."""
        named = sorted({piece for ballot in ballots for piece in ballot if piece is not None})
        number = {piece: i for i, piece in enumerate(named)}
        moved = tuple(
            Ballot(*(None if piece is None else number[piece] for piece in ballot))
            for ballot in ballots
        )
        return cls(tuple(pack(tokens[piece]) for piece in named), moved)

    @classmethod
    def pooled(cls, several: Iterable[Rated]) -> Self:
        """All ratings of several people as if one had given them."""
        pieces: list[bytes] = []
        ballots: list[Ballot] = []
        for each in several:
            first = len(pieces)
            pieces += each.pieces
            ballots += [
                Ballot(*(None if piece is None else piece + first for piece in ballot))
                for ballot in each.ballots
            ]
        return cls(tuple(pieces), tuple(ballots))

    @classmethod
    def from_json(cls, text: str, *, n_parts: int) -> Self:
        """Read what :meth:`to_json` wrote.

        Raises:
            RatingError: It is something else.
        """
        try:
            stored: dict[str, Any] = json.loads(text)
            pieces = tuple(base64.b64decode(piece, validate=True) for piece in stored["pieces"])
            ballots = tuple(_ballot(*pair, n=len(pieces)) for pair in stored["ballots"])
        except (ValueError, KeyError, TypeError, binascii.Error) as error:
            raise _unreadable() from error
        if len(ballots) > MOST_BALLOTS:
            raise _unreadable()
        for piece in pieces:
            unpack(piece, n_parts=n_parts)
        return cls(pieces, ballots)

    def to_json(self) -> str:
        """As text."""
        pieces = [base64.b64encode(piece).decode() for piece in self.pieces]
        return json.dumps({"pieces": pieces, "ballots": [list(each) for each in self.ballots]})

    @property
    def key(self) -> str:
        """Equal for equal ratings, and short."""
        return hashlib.sha256(repr((self.pieces, self.ballots)).encode()).hexdigest()

    def taste(
        self, *, parts: tuple[Role, ...], steps_per_bar: float, population: npt.ArrayLike
    ) -> Taste:
        """What they say of a taste; ``population`` as in :meth:`Taste.of`.

        Raises:
            RatingError: There is nothing to learn from them.
        """
        windows = [unpack(piece, n_parts=len(parts)) for piece in self.pieces]
        features = [
            features_of(window[None], parts=parts, steps_per_bar=steps_per_bar)[0]
            for window in windows
        ]
        shape = (len(features), np.shape(population)[1])
        return Taste.of(np.array(features).reshape(shape), self.ballots, population=population)


def _ballot(better: object, worse: object, *, n: int) -> Ballot:
    for piece in (better, worse):
        if piece is not None and not (type(piece) is int and 0 <= piece < n):
            raise ValueError("A ballot names no piece.")
    if better == worse:
        raise ValueError("A ballot says nothing.")
    return Ballot(better, worse)  # type: ignore[arg-type]  # checked above


def _unreadable() -> RatingError:
    return RatingError(
        "Stored ratings cannot be read.", remedy="Delete them below, and have people rate again."
    )
