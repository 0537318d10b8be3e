"""A curve is shown at a pace that can be seen, and a result is kept on any page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from midime_ui import cutting, pools, state, trained, watched_training
from midime_ui.components import training_panel
from midime_ui.components.training_panel import REVEAL_SECONDS, n_revealed
from midime_ui.components.training_settings import Settings
from midime_ui.jobs import JobState

if TYPE_CHECKING:
    import pytest

    from midime_ui.studies import Study

PATIENCE = 20.0


def test_the_curve_grows_and_then_is_all_there() -> None:
    """However fast the training was."""
    shown = [
        n_revealed(100, n_expected=100, seconds=share * REVEAL_SECONDS)
        for share in (0.0, 0.25, 0.5, 1.0, 9.0)
    ]
    assert shown == [0, 25, 50, 100, 100]


def test_no_more_is_shown_than_there_is() -> None:
    """A slow training is shown as it comes."""
    assert n_revealed(3, n_expected=5000, seconds=60.0) == 3


def test_a_result_is_kept_on_any_page(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who looks elsewhere while it trains finds it trained."""
    from midime_engine.midime.config import MidiMeConfig

    monkeypatch.setattr("streamlit.session_state", {})
    training_panel.collect()
    training_panel._start(study, Settings(MidiMeConfig(epochs=10), augment=None))
    watched = watched_training.job()
    assert watched is not None
    job = pools.job_manager().get(watched.id)
    assert job is not None
    assert job.wait(PATIENCE)
    assert job.state is JobState.DONE, job.error

    state.set_sources(study.sources)
    training_panel.collect()
    trained.follow()

    personal = state.personal()
    assert personal is not None
    assert len(personal.steps) == 10
    assert personal.fingerprint == cutting.fingerprint(study)


def test_a_result_is_taken_once_and_not_for_another_song(
    study: Study, trio: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who has gone on to another song does not get the sliders of the one before."""
    from midime_engine.midime.config import MidiMeConfig

    monkeypatch.setattr("streamlit.session_state", {})
    state.set_sources(study.sources)
    training_panel._start(study, Settings(MidiMeConfig(epochs=10), augment=None))
    watched = watched_training.job()
    assert watched is not None
    job = pools.job_manager().get(watched.id)
    assert job is not None
    assert job.wait(PATIENCE)

    state.set_sources(trio.sources)
    for _ in range(2):
        training_panel.collect()
        trained.follow()
        assert state.personal() is None
    assert [each.personal for each in trained.all()] == [job.result]

    state.set_sources(study.sources)
    trained.follow()
    assert state.personal() == job.result
