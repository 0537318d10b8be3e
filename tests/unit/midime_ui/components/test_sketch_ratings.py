"""Ratings lead to a taste, and a taste to a training."""

from __future__ import annotations

import pytest

from tests.support.sketching import with_fake_sketches
from tests.support.stage import perform


def script() -> None:
    """One drawing to rate."""
    from midime_ui.components import sketch_ratings

    sketch_ratings.show()


@pytest.fixture(autouse=True)
def _fakes(monkeypatch) -> None:
    with_fake_sketches(monkeypatch)


def test_likes_and_dislikes_make_a_taste() -> None:
    """Not before there are both; what it seems to be about is said."""
    page = perform(script)
    assert page.button(key="sketch_bend_liked").disabled
    page.button(key="sketch_like").click().run()
    page.button(key="sketch_skip").click().run()
    assert page.button(key="sketch_bend_liked").disabled
    assert not page.caption
    page.button(key="sketch_dislike").click().run()
    assert not page.button(key="sketch_bend_liked").disabled
    assert page.caption[0].value.startswith("You seem to look at: ")
    assert len(page.session_state["sketch_ballots"]) == 2
    assert len(set(page.session_state["sketch_seen"])) == 3


def test_a_taste_can_be_trained_on_and_forgotten() -> None:
    """The training is the visitor's wish; forgetting begins anew."""
    page = perform(script)
    page.button(key="sketch_like").click().run()
    page.button(key="sketch_dislike").click().run()
    page.button(key="sketch_bend_liked").click().run()
    assert page.session_state["sketch_job"].wish == "As you like them"
    page.button(key="sketch_forget").click().run()
    assert page.session_state["sketch_ballots"] == ()
    assert page.button(key="sketch_bend_liked").disabled


def test_somebody_who_has_seen_everything_is_told() -> None:
    """And can still train."""

    def all_seen() -> None:
        import streamlit as st

        from midime_ui.components import sketch_ratings

        st.session_state["sketch_seen"] = tuple(range(90))
        sketch_ratings.show()

    page = perform(all_seen)
    assert page.info[0].value == "You have seen them all."
