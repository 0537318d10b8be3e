"""What the model heard: a map, and each piece beside its reconstruction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.pages.steps import links, upload, words

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest


def test_without_a_song_the_page_says_so_and_links_to_it(app: AppTest) -> None:
    """Nobody is stranded."""
    app.run()
    app.switch_page("pages/embedding.py").run()
    assert not app.exception
    assert "needs a song" in words(app)
    assert links(app) == ["upload"] or links(app) == [""]


def test_each_piece_is_played_beside_its_reconstruction(app: AppTest, tune: bytes) -> None:
    """Map, two rolls, two players, and how many steps are the same."""
    upload(app, ("tune.mid", tune))
    app.switch_page("pages/embedding.py").run()
    assert not app.exception
    assert app.metric[0].value == "100 %"
    assert len(app.get("plotly_chart")) == 3
    assert len(app.get("bidi_component")) == 2
    assert "All 32 steps are the same." in words(app)


def test_another_piece_can_be_chosen(app: AppTest, tune: bytes) -> None:
    """By its bars."""
    upload(app, ("tune.mid", tune))
    app.switch_page("pages/embedding.py").run()
    app.selectbox(key="chunk").set_value(3).run()
    assert "tune.mid, bars 7 to 8" in words(app)
