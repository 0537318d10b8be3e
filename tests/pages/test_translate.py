"""The page that carries music over."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from midime_engine import examples
from midime_engine.errors import TrainingError
from midime_engine.pipelines import teach
from midime_engine.pipelines.translate import DEFAULT_STRICTNESS
from midime_engine.translation import embedded
from midime_engine.translation.training import TranslationStep
from tests.pages.steps import PATIENCE, train, upload, words
from tests.support.duets import an_own_carrier

if TYPE_CHECKING:
    import pytest
    from streamlit.testing.v1 import AppTest

PAGE = "pages/translate.py"


class Training:
    """Two steps of a translator that stays as it is."""

    seconds = 1.0

    def __init__(self, translator) -> None:
        self.translator = translator
        self.history = ()

    def __iter__(self):
        """Both steps."""
        for i in (1, 2):
            self.history += (TranslationStep(i, 2.0 / i, 1.0 / i, (("carrying", 1.0 / i),)),)
            yield self.history[-1]

    def settle(self) -> None:
        """Nothing to do."""


def opened(app: AppTest) -> AppTest:
    """The page, without an exception."""
    app.run()
    app.switch_page(PAGE).run()
    assert not app.exception
    return app


def source_names(app: AppTest) -> list[str]:
    """What one may start from."""
    return next(group.options for group in app.button_group if group.label == "Start from")


def test_without_a_song_an_example_is_carried_over_at_once(app: AppTest) -> None:
    """Four answers, both together, the map."""
    opened(app)
    assert [select.label for select in app.selectbox] == [
        "From",
        "To",
        "Example",
        "Piece of the song",
    ]
    assert app.selectbox[1].value == "drums_2bar"
    assert len([m for m in app.markdown if m.value.startswith("**Answer ")]) == 4
    assert "Both together" in words(app)
    assert "The map that both share" in words(app)
    assert "korobeiniki" in words(app).lower()


def test_another_strictness_and_other_seeds_give_other_answers(app: AppTest) -> None:
    """And the first four come back."""
    opened(app)
    first = words(app)
    app.slider(key="duet_strictness").set_value(0.1).run()
    assert words(app) != first
    app.slider(key="duet_strictness").set_value(DEFAULT_STRICTNESS).run()
    assert words(app) == first
    app.button(key="duet_others").click().run()
    assert "Seeds 0, 1, 2, 3" not in words(app)
    app.button(key="duet_first").click().run()
    assert words(app) == first


def test_an_answer_is_chosen_and_the_duet_is_kept(app: AppTest) -> None:
    """Either can then be carried on: the drums become a source."""
    opened(app)
    app.button(key="duet_choose_2").click().run()
    assert "Answer 3" in [each.value for each in app.subheader]
    app.button(key="duet_keep").click().run()
    assert not app.exception
    (duet,) = app.session_state["translated_duets"]
    assert duet.model == "drums_2bar"
    assert "1 duet." in words(app)
    assert app.button(key="duet_keep").label == "Kept"
    app.session_state["duet_wanted_start"] = "Something I kept"
    app.run()
    assert not app.exception
    assert app.selectbox(key="duet_to_model_drums_2bar").value == "mel_2bar"
    app.button(key=f"duet_kept_{duet.id}_discard").click().run()
    assert app.session_state["translated_duets"] == ()
    assert "Nothing yet" in words(app)


def test_a_song_of_ones_own_is_the_source_and_can_teach(
    app: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The new translator is asked from then on."""
    own = an_own_carrier(songs=["korobeiniki.mid"]).load().translator
    monkeypatch.setattr(teach, "start", lambda *_, **__: Training(own))
    upload(app, ("korobeiniki.mid", examples.read("korobeiniki")))
    app.switch_page(PAGE).run()
    app.selectbox(key="duet_from_model_trio_4bar").set_value("mel_2bar").run()
    assert not app.exception
    assert "12 passages" in words(app)
    app.button(key="duet_learn").click().run()
    deadline = time.monotonic() + PATIENCE
    while "translator_lessons" not in app.session_state and time.monotonic() < deadline:
        time.sleep(0.1)
        app.run()
    app.run()
    assert not app.exception
    (lesson,) = app.session_state["translator_lessons"]
    assert "Learnt from korobeiniki" in words(app)
    assert lesson.n_pairs == 12
    assert any("How it was learnt" in each.label for each in app.expander)


def test_a_song_that_lacks_a_part_says_which_and_what_is_possible(
    app: AppTest, tune: bytes
) -> None:
    """It can be carried over all the same, and an example stands in for what it cannot be."""
    upload(app, ("tune.mid", tune))
    app.switch_page(PAGE).run()
    assert "has no drums" in words(app)
    assert "general translator" in words(app)
    assert "Both together" in words(app)
    app.selectbox(key="duet_from_model_mel_2bar").set_value("drums_2bar").run()
    assert app.error
    assert "Both together" not in words(app)
    app.button(key="duet_example_instead").click().run()
    assert not app.exception
    assert "Both together" in words(app)


def test_a_pair_without_a_translator_says_so(app: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    """And offers to learn one."""
    monkeypatch.setattr(embedded, "available", tuple)
    opened(app)
    assert "No translator comes with MidiMe" in words(app)
    assert "learns from a song first" in str(app.selectbox[1].options)
    assert app.button(key="duet_learn")


def test_why_a_training_failed_is_said(app: AppTest) -> None:
    """In place, and the button stays."""
    app.run()
    app.session_state["translator_failure"] = TrainingError("Broken.", remedy="Try again.")
    opened(app)
    assert "Broken" in app.error[0].value
    assert app.button(key="duet_learn")


def test_where_the_sliders_stand_is_a_source_and_answers_go_back_to_them(
    app: AppTest, tune: bytes
) -> None:
    """Drums to the melody that is explored; melodies to drums, for the sliders."""
    upload(app, ("tune.mid", tune))
    train(app)
    app.switch_page(PAGE).run()
    assert "Where my sliders stand" in source_names(app)
    app.session_state["duet_wanted_start"] = "Where my sliders stand"
    app.run()
    assert not app.exception
    assert "where the sliders stand" in words(app)
    assert app.button(key="duet_send").disabled
    app.session_state["duet_wanted_start"] = "An example"
    app.run()
    app.selectbox(key="duet_from_model_mel_2bar").set_value("drums_2bar").run()
    assert not app.button(key="duet_send").disabled
    app.button(key="duet_send").click().run()
    assert not app.exception
    assert "Explore" in app.title[0].value
    (item,) = app.session_state["tray"]
    assert item.name.startswith("Goes with")
