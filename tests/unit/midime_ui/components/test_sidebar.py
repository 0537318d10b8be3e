"""What holds on every page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from midime_engine import examples
from midime_ui import navigation
from midime_ui.studies import Source
from tests.support.stage import perform

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

    from midime_ui.personal import Personal
    from midime_ui.studies import Study


@pytest.fixture(autouse=True)
def _no_router(monkeypatch: pytest.MonkeyPatch) -> None:
    """Links need one."""
    monkeypatch.setattr(navigation, "show_link", lambda *_, **__: None)


def script(sources: tuple, personal: object) -> None:
    """The sidebar of a visitor with these songs."""
    from midime_ui import state
    from midime_ui.components import sidebar

    state.set_sources(sources)
    if personal is not None:
        state.set_personal(personal)
    sidebar.show()


def test_song_training_model_and_sound_are_named(study: Study, personal: Personal) -> None:
    """In this order."""
    page = perform(script, sources=study.sources, personal=personal)
    text = said(page)
    assert "tune.mid" in text
    assert "has been trained" in text
    assert "Melody, 2 bars" in text
    assert "plays" in text


def test_a_midime_of_another_song_does_not_count(
    study: Study, trio: Study, personal: Personal
) -> None:
    """Nor one that cannot be compared, where the model finds nothing in the song."""
    assert "has been trained" not in said(perform(script, sources=trio.sources, personal=personal))
    drums = (Source("groove.mid", examples.read("corner_shop_groove")),)
    assert "has been trained" not in said(perform(script, sources=drums, personal=personal))
    assert "has been trained" in said(perform(script, sources=study.sources, personal=personal))


def said(page: AppTest) -> str:
    """All that stands in the sidebar."""
    return " ".join(e.value for e in [*page.sidebar.markdown, *page.sidebar.caption])


@pytest.mark.usefixtures("fakes")
def test_without_a_song_there_is_none() -> None:
    """It would push the first page aside while it is being read."""
    assert not said(perform(script, sources=(), personal=None))
