"""What a listener has said, and what nothing can be learnt from."""

from __future__ import annotations

import numpy as np
import pytest

from midime_engine.errors import RatingError
from midime_engine.ratings.ballots import Ballot, check, contrasts, dislike, like, prefer


def test_an_answer_is_about_one_piece_or_two() -> None:
    """A preference says nothing about either alone."""
    assert like(3) == Ballot(3, None)
    assert dislike(3) == Ballot(None, 3)
    assert prefer(1, 2) == Ballot(1, 2)


def test_nothing_can_be_learnt_from_nothing() -> None:
    """The sentence says how to begin."""
    with pytest.raises(RatingError, match="Nothing has been rated yet") as caught:
        check([])
    assert "like or dislike" in caught.value.remedy


@pytest.mark.parametrize(
    ("answer", "said", "missing"),
    [(like, "liked everything", "dislike"), (dislike, "disliked everything", "like")],
)
def test_nothing_can_be_told_apart_by_one_answer(answer, said: str, missing: str) -> None:
    """However often it is given; the remedy says what is missing."""
    with pytest.raises(RatingError, match=said) as caught:
        check([answer(i) for i in range(30)])
    assert f"something that you {missing}," in caught.value.remedy


@pytest.mark.parametrize("enough", [[like(0), dislike(1)], [prefer(0, 1)], [like(0), prefer(1, 2)]])
def test_two_sides_are_enough(enough: list[Ballot]) -> None:
    """A preference alone has both."""
    check(enough)


def test_a_ballot_is_a_row_that_should_be_positive() -> None:
    """The liked piece counts for it, the disliked one against."""
    rows = contrasts([like(0), dislike(2), prefer(2, 1)], 3)
    assert np.array_equal(rows, [[1, 0, 0], [0, 0, -1], [0, -1, 1]])
    assert contrasts([], 4).shape == (0, 4)


@pytest.mark.parametrize("wrong", [like(3), dislike(-1), prefer(1, 1), Ballot(None, None)])
def test_a_ballot_names_pieces_that_exist(wrong: Ballot) -> None:
    """And not one against itself."""
    with pytest.raises(ValueError, match="No such ballot"):
        contrasts([wrong], 3)
