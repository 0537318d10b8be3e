"""Choosing a song: what is taken from it, and what is said when that is impossible."""

from __future__ import annotations

from typing import TYPE_CHECKING

from midime_engine import examples
from tests.pages.steps import upload, words
from tests.support.studio import a_tune

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest


def test_a_first_visitor_is_told_what_happens(app: AppTest) -> None:
    """Three steps in plain words, and nothing that needs a song."""
    app.run()
    assert not app.exception
    assert "Give it a song" in words(app)
    assert not app.get("plotly_chart")


def test_a_file_is_shown_heard_and_counted(app: AppTest, tune: bytes) -> None:
    """Metre, tempo, track with its reason, roll, player, number of pieces."""
    upload(app, ("tune.mid", tune))
    assert "4/4 · 90 beats per minute · 32 bars" in words(app)
    assert "heard in 16 of 16 chunks" in words(app)
    assert app.metric[0].value == "16 pieces of 2 bars"
    assert app.get("plotly_chart")
    assert app.get("audio")
    assert not app.warning


def test_a_short_song_is_welcome_with_a_warning(app: AppTest) -> None:
    """Four pieces are little, and the visitor hears what follows from that."""
    upload(app, ("short.mid", a_tune(n_bars=8, qpm=120)))
    assert app.metric[0].value == "4 pieces of 2 bars"
    assert "by heart" in app.warning[0].value


def test_several_files_become_one_song_book(app: AppTest) -> None:
    """Their pieces are counted together."""
    upload(app, ("a.mid", a_tune(n_bars=8, qpm=100)), ("b.mid", a_tune(n_bars=16, qpm=100)))
    labels = [expander.label for expander in app.expander]
    assert labels[0] == "a.mid"
    assert "b.mid" in labels
    assert app.metric[0].value == "12 pieces of 2 bars"


def test_a_file_that_is_no_midi_is_refused_by_name_with_a_remedy(app: AppTest, tune: bytes) -> None:
    """The good one beside it is taken all the same."""
    upload(app, ("cat.mid", b"meow"), ("tune.mid", tune))
    assert "cat.mid" in app.error[0].value
    assert "What to do" in app.error[0].value
    assert app.metric[0].value == "16 pieces of 2 bars"


def test_the_name_of_a_file_is_not_read_as_markdown(app: AppTest, tune: bytes) -> None:
    """Names come from strangers."""
    upload(app, ("[x](http://evil) **b**.mid", tune))
    assert r"\[x\]" in app.subheader[0].value


def test_an_example_can_be_taken(app: AppTest) -> None:
    """With its composer named; songs that the model cannot read are not offered."""
    app.run()
    pills = app.button_group(key="example")
    assert "Corner Shop Groove" not in pills.options
    pills.set_value("ode_to_joy").run()
    assert not app.exception
    assert "Beethoven" in words(app)
    assert app.metric[0].value == "12 pieces of 2 bars"


def test_the_song_is_kept_when_the_visitor_comes_back(app: AppTest, tune: bytes) -> None:
    """Looking at another page costs nothing."""
    upload(app, ("tune.mid", tune))
    app.switch_page("pages/embedding.py").run()
    app.switch_page("pages/upload.py").run()
    assert app.metric[0].value == "16 pieces of 2 bars"


def test_a_song_without_a_melody_is_explained_once(app: AppTest) -> None:
    """With what to do, and no way on that would lead nowhere."""
    app.run()
    upload(app, ("drums.mid", examples.read("corner_shop_groove")))
    assert len(app.error) == 1
    assert "No track can be read as a melody" in app.error[0].value
    assert not app.metric
    assert not any(button.key == "go_Train" for button in app.button)
