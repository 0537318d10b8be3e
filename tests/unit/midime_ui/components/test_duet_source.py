"""Where music is carried over from."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from midime_ui import duets, navigation
from midime_ui.components.duet_source import EXAMPLE, KEPT, SLIDERS, SONG
from tests.support.duets import DRUMS, a_passage
from tests.support.stage import perform, words

if TYPE_CHECKING:
    from midime_ui.personal import Personal
    from midime_ui.studies import Study


@pytest.fixture(autouse=True)
def _no_links(monkeypatch: pytest.MonkeyPatch) -> None:
    """There are no pages on this stage."""
    monkeypatch.setattr(navigation, "show_link", lambda _step, **_: None)


def script(
    study: Study | None = None,
    personal: Personal | None = None,
    duet: duets.Duet | None = None,
    wanted: str | None = None,
) -> None:
    """The component alone, on its way to drums or from them."""
    import streamlit as st

    from midime_ui import duets, pairings, state
    from midime_ui.components import duet_source

    if study is not None and state.study() is None:
        state.set_sources(study.sources)
    if personal is not None and state.personal() is None:
        state.set_personal(personal)
    if duet is not None:
        duets.add(duet)
    if wanted is not None and "result" not in st.session_state:
        st.session_state["duet_wanted_start"] = wanted
    start = duet_source.ask()
    model = start.model or "mel_2bar"
    target = "drums_2bar" if model == "mel_2bar" else "mel_2bar"
    side = pairings.sides(model, target)[0]
    st.session_state["result"] = (start, *duet_source.passage_of(start, side))


def test_without_a_song_there_is_an_example(study: Study) -> None:  # noqa: ARG001 - for the fakes
    """One with all parts, so that it can teach as well."""
    page = perform(script)
    start, passage, songs = page.session_state["result"]
    assert start.kind == EXAMPLE
    assert passage.title == "Korobeiniki, bars 1 to 2"
    assert songs.title == "Korobeiniki"
    assert len(page.button_group) == 0


def test_a_song_of_ones_own_comes_first(study: Study) -> None:
    """A piece of it by its place."""
    page = perform(script, study=study)
    assert page.session_state["result"][0].kind == SONG
    page.selectbox[0].set_value(2).run()
    assert page.session_state["result"][1].first_bar == 5


def test_an_example_can_be_taken_all_the_same_and_the_choice_lasts(study: Study) -> None:
    """Until a better one comes."""
    page = perform(script, study=study)
    page.button_group[0].set_value(EXAMPLE).run()
    assert page.session_state["result"][0].kind == EXAMPLE
    assert page.run().session_state["result"][0].kind == EXAMPLE


def test_where_the_sliders_stand_is_heard_by_the_model_of_the_midime(
    study: Study, personal: Personal
) -> None:
    """With the songs to learn from."""
    page = perform(script, study=study, personal=personal, wanted=SLIDERS)
    start, passage, songs = page.session_state["result"]
    assert (start.kind, start.model) == (SLIDERS, "mel_2bar")
    assert songs == study
    assert passage.shape == (32, 1)
    assert passage.title.endswith("where the sliders stand")


def test_an_answer_that_was_kept_is_a_source(study: Study) -> None:
    """At the tempo of what it answered."""
    tokens = np.full((32, 1), 5, np.int32)
    source = a_passage(study)
    x = np.arange(256, dtype=np.float32)
    duet = duets.Duet(
        source, DRUMS, ("drums",), tokens.tobytes(), (32, 1), x.tobytes(), seed=1, strictness=0.5
    )
    page = perform(script, duet=duet, wanted=KEPT)
    start, passage, _ = page.session_state["result"]
    assert (start.kind, start.model) == (KEPT, DRUMS)
    assert np.array_equal(passage.window, tokens)
    assert np.array_equal(passage.vector, x)
    assert passage.playback.qpm == source.playback.qpm


def test_a_song_without_the_part_says_so_and_offers_an_example(drums: Study) -> None:
    """A groove holds no melody."""
    page = perform(script, study=replace(drums, model="mel_2bar"))
    assert page.session_state["result"][1] is None
    assert page.error
    page.button(key="duet_example_instead").click().run()
    assert not page.exception
    assert page.session_state["result"][0].kind == EXAMPLE
    assert "What to do" not in words(page)
