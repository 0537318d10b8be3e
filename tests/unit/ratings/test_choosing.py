"""What is asked about next is new, and teaches."""

from __future__ import annotations

import numpy as np
import pytest

from midime_engine.ratings.ballots import dislike, like
from midime_engine.ratings.choosing import next_pair, next_piece
from midime_engine.ratings.taste import Taste

FEATURES = np.random.default_rng(0).standard_normal((40, 4))


@pytest.fixture(scope="module")
def taste() -> Taste:
    """Somebody likes much of the first feature."""
    ballots = [like(i) if FEATURES[i, 0] > 0 else dislike(i) for i in range(12)]
    return Taste.of(FEATURES, ballots, population=FEATURES)


def test_the_first_piece_follows_from_the_seed() -> None:
    """And differs between seeds."""
    first = [next_piece(FEATURES, [], None, seed=seed) for seed in range(8)]
    assert first == [next_piece(FEATURES, [], None, seed=seed) for seed in range(8)]
    assert len(set(first)) > 3


def test_at_first_each_piece_is_as_unlike_the_others_as_can_be() -> None:
    """So that there is something to like and something to dislike."""
    heard = [7]
    piece = next_piece(FEATURES, heard, None)
    scaled = (FEATURES - FEATURES.mean(axis=0)) / FEATURES.std(axis=0)
    assert piece == np.argmax(np.linalg.norm(scaled - scaled[7], axis=1))


def test_later_the_most_doubtful_piece_is_asked_about(taste: Taste) -> None:
    """Weighed against hope, nothing that is left has more of both."""
    heard = list(range(12))
    piece = next_piece(FEATURES, heard, taste)
    opinion = taste.opinion(FEATURES)
    worth = opinion.doubt + 0.2 * opinion.liked
    assert piece not in heard
    assert worth[piece] >= worth[12:].max() - 1e-3
    assert opinion.doubt[piece] > np.median(opinion.doubt[12:])


def test_nothing_is_asked_twice(taste: Taste) -> None:
    """Until everything has been heard, which is said."""
    heard: list[int] = []
    for _ in range(len(FEATURES)):
        heard.append(next_piece(FEATURES, heard, taste))
    assert sorted(heard) == list(range(len(FEATURES)))
    with pytest.raises(ValueError, match="All pieces"):
        next_piece(FEATURES, heard, taste)


@pytest.mark.parametrize("knows", [False, True])
def test_a_pair_is_two_new_pieces(taste: Taste, *, knows: bool) -> None:
    """Before anything is known as after."""
    heard = list(range(10))
    one, other = next_pair(FEATURES, heard, taste if knows else None)
    assert one != other
    assert not {one, other} & set(heard)


def test_a_pair_is_hard_to_decide(taste: Taste) -> None:
    """Its two are nearer to each other in what is expected than two at random."""
    heard = list(range(12))
    one, other = next_pair(FEATURES, heard, taste)
    liked = taste.opinion(FEATURES).liked
    differences = np.abs(liked[12:, None] - liked[None, 12:])
    assert abs(liked[one] - liked[other]) < np.median(differences)


def test_of_one_piece_there_is_no_pair() -> None:
    """Nor of none."""
    with pytest.raises(ValueError, match="All pieces"):
        next_pair(FEATURES, range(39), None)
