"""What has been understood so far, said plainly."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from midime_ui.components import taste_summary
from midime_ui.ground import Ground
from midime_ui.rating_state import Answer
from tests.support.leaning import few_notes
from tests.support.stage import perform, words

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

    from midime_ui.studies import Study


def script(ground: Ground, given: tuple[Answer, ...]) -> None:
    """After these answers."""
    from midime_ui import rating_state
    from midime_ui.components import taste_summary

    rating_state.clear(ground)
    for answer in given:
        rating_state.add(ground, answer)
    taste_summary.show(ground)


def after(study: Study, *given: Answer) -> AppTest:
    """What stands there then."""
    return perform(script, ground=Ground(study.model), given=given)


def test_at_first_it_says_how_to_begin(study: Study) -> None:
    """Without a curve."""
    page = after(study)
    assert "Nothing has been rated yet" in words(page)
    assert not page.metric


@pytest.mark.parametrize(("kind", "said"), [("like", "liked"), ("dislike", "disliked")])
def test_one_sided_answers_are_said_to_be_so(study: Study, kind, said: str) -> None:
    """With what is missing."""
    page = after(study, *(Answer(kind, (i,)) for i in range(5)))
    assert f"You have {said} everything so far" in words(page)


def test_with_two_sides_it_leans(study: Study) -> None:
    """In words, in two figures, as a curve that a screen reader is told about."""
    given = few_notes(Ground(study.model), 12)
    page = after(study, *given)
    told = words(page)
    assert "You seem to like" in told or "Only a guess yet" in told
    assert [each.label for each in page.metric] == ["Its favourites: liked", "Foreseen answers"]
    n = int(page.metric[1].value.split()[-1])
    assert 1 <= n <= 10
    assert len(page.get("plotly_chart")) == 1


def test_a_guess_is_called_a_guess() -> None:
    """Until it is surer."""
    assert taste_summary._sentence("**low notes**", sure=0.55).startswith("Only a guess yet")
    assert taste_summary._sentence("**low notes**", sure=0.8) == "You seem to like **low notes**."
