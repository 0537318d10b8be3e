"""Exploring: the sliders are the point that is decoded."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from midime_ui.position import Position
from midime_ui.tray import Item
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


def titles(app: AppTest) -> list[str]:
    """What stands above the music."""
    return [each.value for each in app.subheader]


def look_at(app: AppTest, view: str) -> None:
    """Open one of the views below the workbench."""
    app.session_state["views"] = next(tab.label for tab in app.tabs if view in tab.label)
    app.run()
    assert not app.exception


def an_item(name: str) -> Item:
    """Something kept."""
    return Item(
        id=name,
        name=name,
        position=Position((0.5, 0.0, 0.0, 0.0), None, 3),
        z=(0.0,) * 256,
        z_small=(0.5, 0.0, 0.0, 0.0),
        tokens=np.full((32, 1), 60, np.int32).tobytes(),
        shape=(32, 1),
        seed=3,
        temperature=None,
    )


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
    """In the middle at first, with music."""
    assert point(trained) == [0.0] * 4
    assert "Your variation" in titles(trained)


def test_below_the_workbench_only_the_open_view_is_drawn(trained: AppTest) -> None:
    """What nobody looks at costs nothing; another one comes when it is asked for."""
    assert "Nearest piece of your song" not in words(trained)
    look_at(trained, "Compare")
    assert "Nearest piece of your song" in words(trained)
    look_at(trained, "Map")
    assert "Nearest piece of your song" not in words(trained)
    assert "where you stand" in words(trained)


def test_the_open_view_follows_the_sliders(trained: AppTest) -> None:
    """It says of the very variation that is heard what it has of the song."""
    look_at(trained, "Compare")
    before = words(trained)
    trained.selectbox(key="start_from").set_value(5).run()
    assert words(trained) != before
    assert not trained.exception


def test_what_is_kept_of_the_song_is_said_as_a_number(trained: AppTest) -> None:
    """Beside the variation."""
    said = [caption.value for caption in trained.caption if "of your song" in caption.value]
    assert any("of its notes stand" in each for each in said)


def test_undo_and_redo_go_through_all_that_was_done(trained: AppTest) -> None:
    """Sliders, seed, temperature and fine controls; something new ends what lay ahead."""
    assert trained.button(key="undo").disabled
    trained.slider(key="z0").set_value(1.25).run()
    trained.slider(key="daring").set_value(0.5).run()
    trained.button(key="surprise").click().run()
    drawn = point(trained)
    for _ in range(2):
        trained.button(key="undo").click().run()
    assert point(trained) == [1.25, 0.0, 0.0, 0.0]
    assert trained.slider(key="daring").value == 0.0
    trained.button(key="redo").click().run()
    assert trained.slider(key="daring").value == 0.5
    trained.button(key="redo").click().run()
    assert point(trained) == drawn
    trained.button(key="undo").click().run()
    trained.slider(key="z1").set_value(-1.0).run()
    assert trained.button(key="redo").disabled
    assert not trained.exception


def test_what_was_kept_comes_back_with_undo(trained: AppTest) -> None:
    """The tray belongs to the history."""
    trained.session_state["tray"] = (an_item("First"),)
    trained.run()
    trained.session_state["tray"] = ()
    trained.run()
    trained.button(key="undo").click().run()
    assert [item.name for item in trained.session_state["tray"]] == ["First"]


def test_the_address_says_fine_controls(trained: AppTest) -> None:
    """They are read from it, and said beside the sliders with a way back."""
    assert "fine control" not in words(trained)
    trained.query_params["d"] = "3:0.5,7:-1"
    del trained.session_state["nudges"]
    trained.run()
    assert "2 fine controls moved" in words(trained)
    trained.button(key="fine_reset").click().run()
    assert "fine control" not in words(trained)
    assert trained.session_state["nudges"] == ()


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
    assert labels[:3] == ["MIDI", "WAV", "MP3"]


def test_another_song_needs_another_training(trained: AppTest) -> None:
    """The sliders never play a song that is no longer there."""
    upload(trained, ("other.mid", a_tune(n_bars=16, qpm=120, pitch=50)))
    trained.switch_page("pages/explore.py").run()
    assert not trained.exception
    assert not point(trained)
    assert links(trained) == ["train"]
