"""How far a taste has been understood, held against what is easily counted."""

from __future__ import annotations

import numpy as np
import pytest

from midime_engine.ratings.ballots import dislike, like, prefer
from midime_engine.ratings.progress import foretold, leanings, progress
from midime_engine.ratings.taste import Opinion, Taste

X = np.random.default_rng(1).standard_normal((200, 3))


class Said:
    """In place of a taste: says what it is told to."""

    def __init__(self, liked, doubt=None) -> None:
        self.liked = np.asarray(liked, float)
        self.doubt = np.zeros(len(self.liked)) if doubt is None else np.asarray(doubt, float)

    def opinion(self, features):
        """The chances of the pieces whose numbers stand in the first column, or of all."""
        assert len(features) == len(self.liked)
        return Opinion(self.liked, self.doubt)

    def about(self, names):
        """Mostly about the second feature."""
        return ((names[1], 0.7), (names[0], 0.2), (names[2], 0.1))


def test_favourites_are_the_upper_tenth() -> None:
    """Of twenty pieces the two that are likeliest to be liked."""
    known = progress(Said([0.9, 0.8, *[0.5] * 18], [0.2] * 20), np.zeros((20, 1)))
    assert known.favourites == pytest.approx(0.85)
    assert known.sure == pytest.approx((0.9 + 0.8 + 18 * 0.5) / 20)
    assert known.doubt == pytest.approx(0.2)


def test_who_knows_nothing_is_sure_to_a_half() -> None:
    """And who knows that nothing is liked is as sure as who knows that all is."""
    assert progress(Said([0.5] * 4), np.zeros((4, 1))).sure == 0.5
    assert progress(Said([0.0, 0.0, 1.0]), np.zeros((3, 1))).sure == 1.0


def test_of_no_pieces_nothing_is_known() -> None:
    """A mistake of a programmer."""
    with pytest.raises(ValueError, match="no pieces"):
        progress(Said([]), np.zeros((0, 1)))


def test_answers_make_surer() -> None:
    """Of a real taste."""

    def after(n: int) -> float:
        ballots = [like(i) if X[i, 0] > 0 else dislike(i) for i in range(n)]
        return progress(Taste.of(X, ballots, population=X), X).sure

    assert 0.5 < after(4) < after(16) < after(40)


@pytest.mark.parametrize(("of", "direction"), [(X[:, 1], 1), (-X[:, 1], -1), (-(X[:, 1] ** 2), 0)])
def test_the_direction_is_that_of_what_is_liked(of, direction: int) -> None:
    """More, less, or neither where the middle is liked."""
    liked = 1 / (1 + np.exp(-of))
    first, *_ = leanings(Said(liked), X)
    assert (first.feature, first.share, first.direction) == (1, 0.7, direction)


def test_what_does_not_vary_has_no_direction() -> None:
    """Neither a feature nor a taste."""
    same = np.ones((200, 3))
    assert {each.direction for each in leanings(Said(X[:, 0] * 0 + 0.5), X)} == {0}
    assert {each.direction for each in leanings(Said(np.linspace(0, 1, 200)), same)} == {0}


def test_an_answer_was_expected_as_likely_as_the_taste_held_it() -> None:
    """A like by its chance, a dislike by the rest, a preference by the odds."""
    taste, features = Said([0.8, 0.5]), np.zeros((2, 1))
    assert foretold(taste, features, like(0)) == pytest.approx(0.8)
    assert foretold(taste, features, dislike(0)) == pytest.approx(0.2)
    assert foretold(taste, features, prefer(0, 1)) == pytest.approx(0.8)
    assert foretold(taste, features, prefer(1, 0)) == pytest.approx(0.2)
    assert foretold(Said([1.0, 0.0]), features, prefer(1, 0)) == pytest.approx(0.0, abs=1e-9)
