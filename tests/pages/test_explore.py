"""Exploring: the sliders are the point that is decoded."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.pages.steps import links, train, upload, words
from tests.support.studio import a_tune

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest


@pytest.fixture
def trained(app: AppTest, tune: bytes) -> AppTest:
    """The page of a visitor who has trained a MidiMe."""
    upload(app, ("tune.mid", tune))
    train(app)
    app.switch_page("pages/explore.py").run()
    assert not app.exception
    return app


def point(app: AppTest) -> list[float]:
    """Where the sliders stand."""
    return [slider.value for slider in app.slider if slider.label.startswith("Slider")]


def test_without_a_training_the_page_says_so_and_links_to_it(app: AppTest, tune: bytes) -> None:
    """First without a song, then without a MidiMe."""
    app.run()
    app.switch_page("pages/explore.py").run()
    assert "needs a song" in words(app)
    upload(app, ("tune.mid", tune))
    app.switch_page("pages/explore.py").run()
    assert "none has been trained" in words(app)
    assert links(app) == ["train"]


def test_there_are_as_many_sliders_as_dimensions(trained: AppTest) -> None:
    """In the middle at first; with music, its nearest piece and the base model beside it."""
    assert point(trained) == [0.0] * 4
    assert len(trained.get("audio")) == 3
    assert "Nearest piece of your song" in words(trained)


def test_a_surprise_moves_the_sliders_and_shows_its_seed(trained: AppTest) -> None:
    """The same seed leads to the same point again."""
    trained.button(key="surprise").click().run()
    drawn, seed = point(trained), trained.number_input(key="seed").value
    assert drawn != [0.0] * 4
    trained.number_input(key="seed").set_value(seed + 1 if seed < 9999 else 0).run()
    assert point(trained) != drawn
    trained.number_input(key="seed").set_value(seed).run()
    assert point(trained) == drawn
    assert not trained.exception


def test_the_sliders_can_start_from_a_piece_of_the_song(trained: AppTest) -> None:
    """And go back to the middle."""
    trained.selectbox(key="start_from").set_value(2).run()
    assert point(trained) != [0.0] * 4
    next(b for b in trained.button if b.label == "Back to the middle").click().run()
    assert point(trained) == [0.0] * 4


def test_the_address_sets_the_sliders(app: AppTest, tune: bytes) -> None:
    """A value beyond the range does not get through."""
    app.query_params["z1"] = "1.5"
    app.query_params["z2"] = "99"
    upload(app, ("tune.mid", tune))
    train(app)
    app.query_params["z1"] = "1.5"
    app.query_params["z2"] = "99"
    app.switch_page("pages/explore.py").run()
    assert not app.exception
    assert point(app)[1] == 1.5
    assert -3.0 <= point(app)[2] <= 3.0


def test_the_sliders_are_kept_while_the_visitor_looks_elsewhere(trained: AppTest) -> None:
    """Coming back, the same variation plays."""
    trained.slider(key="z0").set_value(1.25).run()
    trained.switch_page("pages/upload.py").run()
    trained.switch_page("pages/explore.py").run()
    assert point(trained)[0] == 1.25


def test_the_variation_can_be_taken_home(trained: AppTest) -> None:
    """As MIDI, WAV and MP3."""
    labels = [button.label for button in trained.get("download_button")]
    assert labels == ["MIDI", "WAV", "MP3"]


def test_another_song_needs_another_training(trained: AppTest) -> None:
    """The sliders never play a song that is no longer there."""
    upload(trained, ("other.mid", a_tune(n_bars=16, qpm=120, pitch=50)))
    trained.switch_page("pages/explore.py").run()
    assert not trained.exception
    assert "has changed since the training" in words(trained)
