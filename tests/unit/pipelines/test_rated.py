"""Ratings are ratings of music, wherever and whenever they were given."""

from __future__ import annotations

import json
import zlib

import numpy as np
import pytest

from midime_engine.errors import RatingError
from midime_engine.pipelines.rated import MOST_BALLOTS, Rated, pack, unpack
from midime_engine.pipelines.tasting import features_of
from midime_engine.ratings.ballots import dislike, like, prefer
from midime_engine.ratings.taste import Taste

TOKENS = np.random.default_rng(0).integers(0, 60, (30, 32, 1)).astype(np.int32)
BALLOTS = [like(7), dislike(2), prefer(20, 7)]


@pytest.mark.parametrize("shape", [(32, 1), (64, 3), (256, 3)])
def test_a_piece_comes_back_as_it_was(shape: tuple[int, int]) -> None:
    """With drums as well."""
    window = np.random.default_rng(1).integers(0, 512, shape).astype(np.int32)
    assert np.array_equal(unpack(pack(window), n_parts=shape[1]), window)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"nonsense",
        pack(TOKENS[0])[:-3],
        zlib.compress(b""),
        zlib.compress(b"odd"),
        zlib.compress(np.array([-1], "<i2").tobytes()),
        zlib.compress(bytes(50_000_000)),
    ],
    ids=["empty", "nonsense", "cut", "nothing", "odd", "negative", "bomb"],
)
def test_what_is_no_piece_is_refused(data: bytes) -> None:
    """Before it takes any memory."""
    with pytest.raises(RatingError, match="cannot be read"):
        unpack(data, n_parts=1)


def test_a_piece_has_whole_steps() -> None:
    """Thirty-two tokens are no steps of three parts."""
    with pytest.raises(RatingError):
        unpack(pack(TOKENS[0]), n_parts=3)


def test_only_what_was_rated_is_kept() -> None:
    """Under numbers of its own."""
    rated = Rated.of(TOKENS, BALLOTS)
    assert [unpack(piece, n_parts=1).tolist() for piece in rated.pieces] == [
        TOKENS[i].tolist() for i in (2, 7, 20)
    ]
    assert rated.ballots == (like(1), dislike(0), prefer(2, 1))


def test_ratings_come_back_from_text() -> None:
    """And are equal then."""
    rated = Rated.of(TOKENS, BALLOTS)
    again = Rated.from_json(rated.to_json(), n_parts=1)
    assert again == rated
    assert again.key == rated.key
    assert Rated.of(TOKENS, BALLOTS[:2]).key != rated.key


GOOD = json.loads(Rated.of(TOKENS, BALLOTS).to_json())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        json.dumps({**GOOD, "ballots": [[0, 3]]}),
        json.dumps({**GOOD, "ballots": [[0, 0]]}),
        json.dumps({**GOOD, "ballots": [[None, None]]}),
        json.dumps({**GOOD, "ballots": [[True, None]]}),
        json.dumps({**GOOD, "ballots": [[0]]}),
        json.dumps({**GOOD, "ballots": [[0, None]] * (MOST_BALLOTS + 1)}),
        json.dumps({**GOOD, "pieces": ["?"]}),
        json.dumps({**GOOD, "pieces": ["AAAA"] * 3}),
    ],
)
def test_text_of_anybody_is_checked(text: str) -> None:
    """It may be damaged, or of another version."""
    with pytest.raises(RatingError, match="cannot be read"):
        Rated.from_json(text, n_parts=1)


def test_several_people_are_pooled() -> None:
    """As if one had said it all; each ballot is about the piece that it was about."""
    one, other = Rated.of(TOKENS, BALLOTS), Rated.of(TOKENS, [dislike(9), prefer(9, 1)])
    pooled = Rated.pooled([one, other])
    assert len(pooled.pieces) == 5
    assert pooled.ballots == (*one.ballots, dislike(4), prefer(4, 3))
    assert pooled.pieces[4] == pack(TOKENS[9])
    assert Rated.pooled([]) == Rated((), ())


def test_a_taste_of_music_is_that_of_its_features() -> None:
    """The same as of the numbers from which it was asked."""
    table = features_of(TOKENS, parts=("melody",))
    direct = Taste.of(table, BALLOTS, population=table).opinion(table)
    rated = Rated.of(TOKENS, BALLOTS)
    taste = rated.taste(parts=("melody",), steps_per_bar=16.0, population=table)
    assert np.allclose(taste.opinion(table).liked, direct.liked)
    with pytest.raises(RatingError, match="Nothing has been rated"):
        Rated((), ()).taste(parts=("melody",), steps_per_bar=16.0, population=table)
