"""A host has a default, a song suggests, and the visitor decides."""

from __future__ import annotations

import pytest

from midime_ui import model_at_work

pytestmark = pytest.mark.usefixtures("bare_session")


def test_the_environment_may_name_another_model(monkeypatch: pytest.MonkeyPatch) -> None:
    """Until the visitor has a song or an opinion."""
    monkeypatch.setenv("MIDIME_MODEL", "somewhere/else")
    assert model_at_work.model_name() == "somewhere/else"
    model_at_work.choose_model("mel_2bar")
    assert model_at_work.model_name() == "mel_2bar"


def test_a_song_suggests_and_the_visitor_decides() -> None:
    """The next song suggests something else, and is not asked."""
    model_at_work.set_suggested_model("trio_4bar")
    assert model_at_work.model_name() == "trio_4bar"
    assert not model_at_work.has_chosen_model()

    model_at_work.choose_model("mel_16bar")
    model_at_work.set_suggested_model("drums_2bar")

    assert model_at_work.model_name() == "mel_16bar"
    assert model_at_work.has_chosen_model()
