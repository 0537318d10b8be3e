"""Another model: the songs stay, what was learnt waits, nobody gets what is not on offer."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
import streamlit as st

from midime_engine import catalogue
from midime_ui import model_at_work, model_choice, pools, state, trained, watched_training
from midime_ui.watched_training import WatchedJob

if TYPE_CHECKING:
    from midime_ui.personal import Personal
    from midime_ui.studies import Study

pytestmark = pytest.mark.usefixtures("fakes")


@pytest.fixture(autouse=True)
def session(monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    """A session without a browser, with nothing in its address."""
    values: dict[str, object] = {}
    monkeypatch.setattr(st, "session_state", values)
    monkeypatch.setattr(st, "query_params", {})
    return values


@pytest.fixture
def toasts(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is said in passing."""
    said: list[str] = []
    monkeypatch.setattr(st, "toast", lambda text, **_: said.append(text))
    return said


def test_songs_and_tracks_stay_and_the_midime_waits(study: Study, personal: Personal) -> None:
    """It belongs to the model before, and is there when that one is chosen again."""
    state.set_sources(study.sources)
    state.set_track(study.sources[0].sha256, "melody", 0)
    state.set_personal(personal)
    watched_training.set_job(WatchedJob("long over", 100))

    model_choice.choose("mel_16bar")

    assert state.sources() == study.sources
    assert state.track(study.sources[0].sha256, "melody") == 0
    assert state.personal() is None
    assert watched_training.job() is None
    assert [each.personal for each in trained.all()] == [personal]
    assert model_at_work.model_name() == "mel_16bar"


def test_choosing_what_is_at_work_changes_nothing(personal: Personal) -> None:
    """But the next song will not change it either."""
    state.set_personal(personal)
    model_choice.choose("mel_2bar")
    assert state.personal() is personal
    assert model_at_work.has_chosen_model()


def test_a_choice_goes_before_a_download_under_way() -> None:
    """When it is there, it is not taken any more."""
    model_at_work.set_wanted_model("magenta/trio_4bar")
    model_choice.choose("mel_2bar")
    assert model_at_work.wanted_model() is None


def test_a_training_under_way_is_stopped(toasts: list[str]) -> None:
    """Its result would belong to a model that is no longer at work; the visitor is told, once."""
    began = threading.Event()

    def work(job):
        began.set()
        while not job.should_stop():
            pass

    job = pools.job_manager().submit(work)
    assert began.wait(10)
    watched_training.set_job(WatchedJob(job.id, 100))
    model_choice.choose("trio_4bar")
    assert job.wait(10)
    assert watched_training.job() is None
    assert len(toasts) == 1
    assert "has been ended" in toasts[0]

    watched_training.set_job(WatchedJob(job.id, 100))
    model_choice.choose("mel_2bar")
    assert len(toasts) == 1, "it was over"


def test_the_songs_suggest_until_the_visitor_decides(trio: Study, drums: Study) -> None:
    """Then they no longer do."""
    state.set_sources(trio.sources)
    model_choice.suggest()
    assert model_at_work.model_name() == "trio_4bar"
    model_choice.choose("mel_2bar")
    state.set_sources(drums.sources)
    model_choice.suggest()
    assert model_at_work.model_name() == "mel_2bar"


def test_the_address_may_name_a_model_once() -> None:
    """What the visitor chooses afterwards holds, although the address still says otherwise."""
    st.query_params["model"] = "drums_2bar"
    model_choice.read_address()
    assert model_at_work.model_name() == "drums_2bar"
    model_choice.choose("mel_2bar")
    model_choice.read_address()
    assert model_at_work.model_name() == "mel_2bar"


@pytest.mark.parametrize("name", ["nothing", "/etc/passwd", "../weights", "magenta/multitrack"])
def test_the_address_gets_nothing_that_is_not_on_offer(name: str, toasts: list[str]) -> None:
    """It is checked against the list, and the visitor is told."""
    st.query_params["model"] = name
    model_choice.read_address()
    model_choice.read_address()
    assert not model_at_work.has_chosen_model()
    assert len(toasts) == 1


def test_the_address_starts_no_download(
    session: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A published model is shown; one that is here already is taken."""
    st.query_params["model"] = "magenta/trio_4bar"
    model_choice.read_address()
    assert model_at_work.model_name() == "mel_2bar"
    assert session[model_choice.PUBLISHED_KEY] == "magenta/trio_4bar"

    monkeypatch.setattr(catalogue, "is_cached", lambda _: True)
    st.query_params["model"] = "magenta/mel_2bar_small"
    model_choice.read_address()
    assert model_at_work.model_name() == "magenta/mel_2bar_small"
