"""A taste is found from few answers, and it knows how sure it is."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from midime_engine.errors import RatingError
from midime_engine.ratings.ballots import dislike, like, prefer
from midime_engine.ratings.choosing import next_pair, next_piece
from midime_engine.ratings.taste import Taste

N, WIDTH = 128, 8
TASTES = {
    "more of one": lambda x: x[:, 3] > 0.3,
    "less of one": lambda x: x[:, 5] < -0.3,
    "two at once": lambda x: (x[:, 1] + x[:, 6]) > 0.5,
}
MIDDLE = "a middle"
ALL = {**TASTES, MIDDLE: lambda x: np.abs(x[:, 4]) < 0.6}


@pytest.fixture(scope="module")
def population():
    """Pieces by eight features, of different measures, one of which never varies."""
    return _population()


@cache
def _population():
    x = np.random.default_rng(3).standard_normal((N, WIDTH))
    x[:, 7] = 0.7
    return x


def raw(population):
    """The same as it is measured: nobody has normalised it."""
    return population * np.array([1, 10, 0.1, 24, 1, 5, 1, 2]) + 60


@cache
def questioned(name: str, n: int) -> list[Taste]:
    """The tastes after each of ``n`` answers about the pieces that teach most."""
    liked = ALL[name](_population())
    features, ballots, tastes = raw(_population()), [], []
    taste = None
    heard: list[int] = []
    for _ in range(n):
        piece = next_piece(features, heard, taste)
        heard.append(piece)
        ballots.append(like(piece) if liked[piece] else dislike(piece))
        try:
            taste = Taste.of(features, ballots, population=features)
        except RatingError:
            continue
        tastes.append(taste)
    return tastes


@pytest.mark.parametrize("name", TASTES)
def test_twenty_answers_find_a_clear_taste(population, name: str) -> None:
    """Its favourites are liked, and most pieces are told rightly."""
    liked = TASTES[name](population)
    taste = questioned(name, 20)[-1]
    chance = taste.opinion(raw(population)).liked
    favourites = np.argsort(-chance)[: N // 10]
    assert liked[favourites].mean() >= 0.8
    assert liked[favourites].mean() >= 1.8 * liked.mean()
    assert ((chance > 0.5) == liked).mean() >= 0.7


def test_a_middle_takes_more_answers(population) -> None:
    """It has to be asked about on both sides: thirty find it."""
    chance = questioned(MIDDLE, 30)[-1].opinion(raw(population)).liked
    liked = ALL[MIDDLE](population)
    assert liked[np.argsort(-chance)[: N // 10]].mean() >= 0.75


def test_it_says_what_it_is_about() -> None:
    """The feature that decided stands first, and shares are shares."""
    taste = questioned("more of one", 20)[-1]
    about = taste.about([f"f{i}" for i in range(WIDTH)])
    assert about[0][0] == "f3"
    assert about[0][1] > 0.4
    assert sum(share for _, share in about) == pytest.approx(1.0, abs=0.02)
    assert "f7" not in dict(about)


def test_doubt_falls_with_answers(population) -> None:
    """On the mean over all pieces."""
    tastes = questioned("more of one", 20)
    doubt = [taste.opinion(raw(population)).doubt.mean() for taste in tastes]
    assert doubt[-1] < 0.6 * doubt[2]


def test_preferences_are_enough(population) -> None:
    """Nobody has to say that anything is good."""
    features, worth = raw(population), population[:, 3]
    ballots, heard, taste = [], [], None
    for _ in range(15):
        one, other = next_pair(features, heard, taste)
        heard += [one, other]
        ballots.append(prefer(one, other) if worth[one] > worth[other] else prefer(other, one))
        taste = Taste.of(features, ballots, population=features)
    assert taste is not None
    assert np.corrcoef(taste.opinion(features).liked, worth)[0, 1] > 0.8


def test_chances_and_doubts_are_what_they_are_called(population) -> None:
    """Chances within 0..1; nats of a yes or no."""
    taste = questioned(MIDDLE, 30)[4]
    opinion = taste.opinion(raw(population))
    assert ((opinion.liked > 0) & (opinion.liked < 1)).all()
    assert ((opinion.doubt >= 0) & (opinion.doubt < np.log(2))).all()


def test_the_measures_of_features_do_not_matter(population) -> None:
    """Semitones or octaves, the taste is the same."""
    ballots = [like(0), dislike(1), like(2), dislike(3)]
    plain = Taste.of(population, ballots, population=population)
    measured = Taste.of(raw(population), ballots, population=raw(population))
    assert np.allclose(
        plain.opinion(population).liked, measured.opinion(raw(population)).liked, atol=1e-6
    )


def test_a_taste_is_not_extrapolated(population) -> None:
    """A hundred deviations say no more than four."""
    taste = questioned("more of one", 20)[8]
    far, farther = raw(population)[:1].copy(), raw(population)[:1].copy()
    far[:, 3], farther[:, 3] = 60 + 24 * 10, 60 + 24 * 1000
    assert taste.opinion(far).liked == taste.opinion(farther).liked


def test_what_does_not_vary_tells_nothing() -> None:
    """Then all pieces are as good as each other, but the answers count."""
    same = np.ones((5, 3))
    taste = Taste.of(same, [like(0), like(1), like(2), prefer(3, 4)], population=same)
    assert np.ptp(taste.opinion(same).liked) == 0
    assert taste.opinion(same).liked[0] > 0.6
    assert taste.about(["a", "b", "c"]) == ()


def test_one_sided_answers_are_refused(population) -> None:
    """With the sentence of the ballots."""
    with pytest.raises(RatingError, match="liked everything"):
        Taste.of(population, [like(0), like(1)], population=population)


def test_features_have_the_width_of_the_population(population) -> None:
    """A mistake of a programmer."""
    with pytest.raises(ValueError, match=r"features must be \[n, 8\]"):
        Taste.of(population[:, :5], [like(0), dislike(1)], population=population)
