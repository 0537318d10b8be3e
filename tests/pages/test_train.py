"""Training: a button, a curve, and what has come of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from midime_engine.errors import TrainingError
from midime_engine.pipelines import personalise
from midime_ui import training
from tests.pages.steps import links, train, upload, wait_for_the_result, words

if TYPE_CHECKING:
    import pytest
    from streamlit.testing.v1 import AppTest


def test_without_a_song_the_page_says_so_and_links_to_it(app: AppTest) -> None:
    """Nobody is stranded."""
    app.run()
    app.switch_page("pages/train.py").run()
    assert "needs a song" in words(app)
    assert links(app)


def test_a_training_ends_with_figures_and_sound(app: AppTest, tune: bytes) -> None:
    """Time, reconstruction, before and after, likeness beside the base model's."""
    upload(app, ("tune.mid", tune))
    train(app)
    assert [metric.label for metric in app.metric] == [
        "Time taken",
        "The song through the base model",
        "Through your 4 sliders",
    ]
    assert app.button(key="start").label == "Train again"
    assert len(app.get("bidi_component")) == 3
    table = app.dataframe[0].value
    assert list(table.columns) == ["What is alike", "MidiMe", "Base model"]
    assert table["MidiMe"].between(0, 100).all()


def test_the_settings_are_those_that_are_trained_with(app: AppTest, tune: bytes) -> None:
    """More sliders, fewer rounds."""
    upload(app, ("tune.mid", tune))
    app.switch_page("pages/train.py").run()
    app.slider(key="latent_size").set_value(6)
    app.number_input(key="epochs").set_value(30)
    train(app)
    assert app.metric[2].label == "Through your 6 sliders"
    assert app.metric[0].delta == "30 rounds"


def test_a_failure_is_said_in_place_and_the_button_stays(
    app: AppTest, tune: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What went wrong, what to do, and another try."""

    def refuse(*_: object):
        raise TrainingError("The loss is not finite.", remedy="Try another seed.")

    monkeypatch.setattr(personalise, "start", refuse)
    upload(app, ("tune.mid", tune))
    app.switch_page("pages/train.py").run()
    app.button(key="start").click().run()
    app.run()
    assert not app.exception
    assert "Try another seed" in app.error[0].value
    assert app.button(key="start").label == "Train MidiMe"


def test_the_button_that_leads_here_has_trained_already(app: AppTest, tune: bytes) -> None:
    """Two clicks from a song to its sliders; training again is there for who wants it."""
    upload(app, ("tune.mid", tune))
    app.button(key="go_Train").click().run()
    assert not app.exception
    assert not any(button.key == "start" for button in app.button)
    assert any(button.key == "stop" for button in app.button)
    app.switch_page("pages/train.py").run()  # A browser is there already.
    wait_for_the_result(app)
    assert app.button(key="start").label == "Train again"
    assert app.number_input(key="epochs").value == 100
    app.button(key="go_Explore").click().run()
    assert app.title[0].value == "Explore variations of your song"


def test_what_is_trained_is_not_trained_again_by_coming_back(app: AppTest, tune: bytes) -> None:
    """The way on from the song then leads to the sliders."""
    upload(app, ("tune.mid", tune))
    train(app)
    app.switch_page("pages/upload.py").run()
    assert not any(button.key == "go_Train" for button in app.button)
    app.switch_page("pages/train.py").run()
    assert app.metric


def test_a_start_that_fails_at_once_is_said_in_place(
    app: AppTest, tune: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the button for another try."""

    def refuse(*_: object, **__: object):
        raise TrainingError("The loss is not finite.", remedy="Try another seed.")

    monkeypatch.setattr(training, "train_on", refuse)
    upload(app, ("tune.mid", tune))
    app.button(key="go_Train").click().run()
    assert not app.exception
    assert "Try another seed" in app.error[0].value
    assert app.button(key="start").label == "Train MidiMe"
