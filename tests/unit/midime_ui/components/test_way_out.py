"""Another model is one click away where it hears more."""

from __future__ import annotations

import pytest

from midime_engine import examples
from midime_ui import model_at_work
from midime_ui.components import way_out
from midime_ui.studies import Source, Study
from tests.support.stage import perform
from tests.support.studio import a_tune

pytestmark = pytest.mark.usefixtures("fakes")


def example(slug: str, model: str) -> Study:
    """An example, for a model that may not suit it."""
    return Study((Source(f"{slug}.mid", examples.read(slug)),), (), model)


def names(study: Study) -> list[tuple[str, int]]:
    """The models that are offered instead, and the pieces they hear."""
    return [(model.name, n) for model, n in way_out.alternatives(study)]


def test_drums_alone_lead_to_the_drum_model() -> None:
    """Whatever was chosen."""
    for model in ("mel_2bar", "mel_16bar", "trio_4bar"):
        assert names(example("corner_shop_groove", model)) == [("drums_2bar", 8)]


def test_a_tune_leads_away_from_drums() -> None:
    """To the short melody first."""
    assert names(example("ode_to_joy", "drums_2bar")) == [("mel_2bar", 12), ("mel_16bar", 2)]


def test_a_short_song_leads_from_long_to_short() -> None:
    """Of the same kind first."""
    assert names(example("korobeiniki", "mel_16bar"))[0] == ("mel_2bar", 12)


def test_a_band_without_a_band_leads_to_the_melody() -> None:
    """Silent parts are no reason to take a model that hears less."""
    tune = Study((Source("tune.mid", a_tune(n_bars=32, qpm=90)),), (), "trio_4bar")
    assert names(tune) == [("mel_2bar", 16)]


def test_who_has_the_best_needs_none() -> None:
    """Nothing is offered for its own sake."""
    assert names(example("ode_to_joy", "mel_2bar")) == []


def test_a_click_takes_the_other_model() -> None:
    """And the choice is the visitor's own."""

    def script(study: Study) -> None:
        import streamlit as st

        from midime_ui import model_at_work
        from midime_ui.components import way_out

        way_out.show(study)
        st.session_state["result"] = model_at_work.model_name()

    page = perform(script, study=example("corner_shop_groove", "mel_2bar"))
    page.button[0].click().run()
    assert page.session_state["result"] == "drums_2bar"
    assert page.session_state[model_at_work._CHOSEN_MODEL] == "drums_2bar"
