"""What is understood of a taste on a ground."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from midime_engine.errors import RatingError
from midime_engine.pipelines.rated import Rated
from midime_ui import ground as grounds
from midime_ui import rating_state, tasting
from midime_ui.ground import Ground
from midime_ui.rating_state import Answer
from tests.support.leaning import a_lesson, few_notes, ratings_of

if TYPE_CHECKING:
    from midime_ui.studies import Study


@pytest.fixture
def ground(study: Study) -> Ground:
    """All that the fake plays."""
    return Ground(study.model)


def test_a_taste_needs_two_sides(ground: Ground) -> None:
    """Before, there is none; of ratings of music that is an error with a sentence."""
    assert tasting.taste(ground, ()) is None
    assert tasting.taste(ground, rating_state.ballots((Answer("like", (0,)),))) is None
    assert tasting.taste(ground, rating_state.ballots(few_notes(ground, 8))) is not None
    with pytest.raises(RatingError, match="Nothing has been rated"):
        tasting.taste_of(ground, Rated((), ()))


def test_answers_on_the_page_are_ratings_of_that_music(ground: Ground) -> None:
    """Both lead to the same taste."""
    answers = few_notes(ground, 8)
    given = tasting.rated(ground, answers)
    assert given == ratings_of(ground, 8)
    table = tasting.features(ground)
    by_number = tasting.taste(ground, rating_state.ballots(answers))
    assert by_number is not None
    by_music = tasting.taste_of(ground, given)
    assert np.allclose(by_number.opinion(table).liked, by_music.opinion(table).liked)


def test_one_asks_about_what_was_not_heard(ground: Ground) -> None:
    """Until everything was."""
    answers = few_notes(ground, 10)
    assert tasting.next_one(ground, answers) not in range(10)
    pair = tasting.next_two(ground, answers)
    assert pair is not None
    assert not set(pair) & set(range(10))
    everything = tuple(Answer("skip", (i,)) for i in range(256))
    assert tasting.next_one(ground, everything) is None
    assert tasting.next_two(ground, everything[:-1]) is None


def test_the_course_has_a_point_for_every_ballot(ground: Ground) -> None:
    """Nothing is foretold before something is known; then everything is."""
    ballots = rating_state.ballots(few_notes(ground, 8))
    points = tasting.course(ground, ballots)
    assert len(points) == 8
    first_known = next(i for i, point in enumerate(points) if point.sure is not None)
    assert first_known >= 1
    assert all(point.foretold is None for point in points[: first_known + 1])
    assert all(point.foretold is not None for point in points[first_known + 1 :])
    assert all(0.5 <= point.sure <= 1 for point in points[first_known:])


def test_a_taste_leans_somewhere(ground: Ground) -> None:
    """Shares of features, the largest first."""
    taste = tasting.taste(ground, rating_state.ballots(few_notes(ground, 8)))
    assert taste is not None
    shares = [each.share for each in tasting.leaning(ground, taste)]
    assert shares == sorted(shares, reverse=True)


def test_the_same_places_are_heard_before_and_after(ground: Ground) -> None:
    """Without strength nothing changes; with all of it everything is the piece that is wished."""
    lesson = a_lesson(ground)
    still = tasting.compared(ground, lesson.learnt.rules, lesson.given, 0.0)
    assert np.array_equal(still.before, still.after)
    moved = tasting.compared(ground, lesson.learnt.rules, lesson.given, 1.0)
    assert np.array_equal(moved.found.before, grounds.pieces(ground).tokens)
    assert np.ptp(moved.after) == pytest.approx(0.0)
    assert moved.found.moved.min() > 0


def test_without_ratings_the_critics_of_the_taste_judge(ground: Ground) -> None:
    """The music is the same; these critics have learnt nothing and are undecided."""
    lesson = a_lesson(ground)
    known = tasting.compared(ground, lesson.learnt.rules, lesson.given, 1.0)
    found = tasting.compared(ground, lesson.learnt.rules, None, 1.0)
    assert np.array_equal(found.found.after, known.found.after)
    assert np.array_equal(found.before, np.full(256, 0.5))
    assert np.array_equal(found.after, np.full(256, 0.5))
