"""The base model can be chosen; the songs suggest one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from midime_ui import model_at_work
from midime_ui.components import model_picker
from tests.support.stage import perform, words
from tests.support.studio import EMBEDDED, a_validation, fake_cards

if TYPE_CHECKING:
    from midime_ui.personal import Personal
    from midime_ui.studies import Source, Study


def script(sources: tuple[Source, ...], personal: Personal | None = None) -> None:
    """The component of a visitor whose songs have just arrived."""
    import streamlit as st

    from midime_ui import model_choice, state
    from midime_ui.components import model_picker

    if not state.sources():
        state.set_sources(sources)
        model_choice.suggest()
        if personal is not None:
            state.set_personal(personal)
    model_picker.show()
    st.session_state["result"] = state.study()


def test_every_embedded_model_is_offered_with_what_it_would_hear(study: Study) -> None:
    """In plain words; what the song can feed is preselected."""
    page = perform(script, sources=study.sources)
    radio = page.radio(key="base_model")
    assert radio.value == "mel_2bar"
    assert len(radio.options) == len(EMBEDDED)
    assert radio.options[0] == "**Melody, 2 bars** · suits your song"
    captions = list(radio.proto.captions)
    assert captions[0].endswith("8 pieces of 2 bars in your song.")
    assert captions[2].endswith("4 pieces of 4 bars in your song, without bass or drums.")
    assert captions[3].endswith("Not for your song: no track can be read as drums.")


@pytest.mark.parametrize(("kind", "name"), [("trio", "trio_4bar"), ("drums", "drums_2bar")])
def test_bands_and_drums_are_recognised(
    kind: str, name: str, request: pytest.FixtureRequest
) -> None:
    """Nobody has to know what to choose."""
    page = perform(script, sources=request.getfixturevalue(kind).sources)
    assert page.radio(key="base_model").value == name
    assert page.session_state["result"].model == name


def test_the_choice_of_the_visitor_holds(study: Study) -> None:
    """On every run from then on, and it is what everything is computed from."""
    page = perform(script, sources=study.sources)
    page.radio(key="base_model").set_value("mel_16bar").run()
    assert page.session_state["result"].model == "mel_16bar"
    page.run()
    assert page.radio(key="base_model").value == "mel_16bar"


def test_what_was_learnt_with_the_old_model_is_said(study: Study, personal: Personal) -> None:
    """The songs stay, and the way back is named. Before a training there is nothing to say."""
    page = perform(script, sources=study.sources, personal=personal)
    page.radio(key="base_model").set_value("mel_16bar").run()
    assert "Trained already on **Melody, 2 bars**" in words(page)
    assert page.session_state["result"].sources == study.sources

    page = perform(script, sources=study.sources)
    page.radio(key="base_model").set_value("mel_16bar").run()
    assert "Trained already" not in words(page)


def test_a_weak_model_is_passed_over_and_the_page_says_why(
    trio: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the figure of its card, and how to choose it nevertheless; then nothing more is said."""

    def cards():
        for card in fake_cards():
            accuracy = 0.61 if card.name == "trio_4bar" else 0.9
            validation = a_validation(card.parts, accuracy)
            yield replace(card, figures={**card.figures, "validation": validation})

    monkeypatch.setattr("midime_engine.musicvae.available", lambda: tuple(cards()))
    page = perform(script, sources=trio.sources)
    assert page.radio(key="base_model").value == "mel_2bar"
    text = words(page)
    assert "**Trio, 4 bars** would hear more of your song" in text
    assert "61 %" in text
    assert "choose it above" in text
    page.radio(key="base_model").set_value("trio_4bar").run()
    assert page.session_state["result"].model == "trio_4bar"
    assert "would hear more" not in words(page)


@pytest.mark.usefixtures("fakes")
def test_a_name_that_is_not_on_offer_is_not_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    """The options of a widget are only what an honest browser sends."""
    session: dict[str, object] = {"base_model": "/etc/passwd"}
    monkeypatch.setattr("streamlit.session_state", session)
    model_picker._choose()
    assert model_at_work.model_name() == "mel_2bar"


def test_no_word_of_mathematics_stands_before_the_question_mark(study: Study) -> None:
    """Who wants to know what a MusicVAE is asks for it."""
    page = perform(script, sources=study.sources)
    radio = page.radio(key="base_model")
    assert not any(
        word in text.lower()
        for text in (radio.label, *radio.options, *radio.proto.captions, words(page))
        for word in ("latent", "encoder", "vector")
    )
