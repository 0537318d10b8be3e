"""The base model can be chosen."""

from __future__ import annotations

import pytest

from tests.support.stage import perform, words


@pytest.mark.usefixtures("fakes")
def test_the_embedded_model_is_there_and_described() -> None:
    """By its name and in a line."""

    def script() -> None:
        from midime_ui.components import model_picker

        model_picker.show()

    page = perform(script)
    assert page.selectbox(key="base_model").value == "mel_2bar"
    assert words(page)


@pytest.mark.usefixtures("fakes")
def test_a_choice_is_remembered(monkeypatch) -> None:
    """In the state that everything is computed from."""
    from midime_ui import state
    from midime_ui.components import model_picker

    monkeypatch.setattr("streamlit.session_state", {"base_model": "other"})
    model_picker._remember()
    assert state.model_name() == "other"
