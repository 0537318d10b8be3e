"""Magenta's models are described, downloaded when somebody asks, and then at work."""

from __future__ import annotations

import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from midime_engine import catalogue
from midime_engine.errors import DownloadError
from midime_ui import fetching, pools
from midime_ui.components.published_models import describe_progress
from midime_ui.fetching import Progress
from tests.support.stage import perform, words

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

    from midime_ui.studies import Source, Study

NAME = "magenta/trio_4bar"
PATIENCE = 10.0


def script(sources: tuple[Source, ...]) -> None:
    """The component of a visitor with a song."""
    import streamlit as st

    from midime_ui import model_at_work, state
    from midime_ui.components import published_models

    state.set_sources(sources)
    published_models.show(sources)
    st.session_state["result"] = model_at_work.model_name()


class Origin:
    """Where models come from: half of one, and the rest when the gate opens."""

    def __init__(self) -> None:
        self.gate = threading.Event()
        self.half_way = threading.Event()
        self.error: DownloadError | None = None
        self.cached: set[str] = set()

    def fetch(self, entry, *, progress):
        progress(8_800_000, 17_600_000)
        self.half_way.set()
        assert self.gate.wait(PATIENCE)
        progress(17_600_000, 17_600_000)
        if self.error is not None:
            raise self.error
        self.cached.add(entry.name)
        return Path(entry.slug)


@pytest.fixture
def origin(fakes: None, monkeypatch: pytest.MonkeyPatch) -> Origin:  # noqa: ARG001
    """A slow server, and an empty cache."""
    origin = Origin()
    monkeypatch.setattr(catalogue, "is_cached", lambda entry: entry.name in origin.cached)
    monkeypatch.setattr(pools, "Fetches", lambda: fetching.Fetches(origin.fetch))
    return origin


def choose(sources: tuple[Source, ...]) -> AppTest:
    """Look at the trio."""
    page = perform(script, sources=sources)
    page.selectbox(key="published_model").set_value(NAME).run()
    assert not page.exception
    return page


def run_until(page: AppTest, key: str) -> None:
    """Poll, as a browser does, until there is a button of that key."""
    deadline = time.monotonic() + PATIENCE
    while key not in {b.key for b in page.button} and time.monotonic() < deadline:
        time.sleep(0.05)
        page.run()
    assert not page.exception


@pytest.mark.usefixtures("origin")
def test_nothing_is_chosen_by_itself(study: Study) -> None:
    """The embedded models are what most people need."""
    page = perform(script, sources=study.sources)
    assert page.selectbox(key="published_model").value is None
    assert not page.button
    assert page.session_state["result"] == "mel_2bar"


@pytest.mark.usefixtures("origin")
def test_models_of_a_kind_stand_together(study: Study) -> None:
    """Each with its own name and its size."""
    page = perform(script, sources=study.sources)
    options = page.selectbox(key="published_model").options
    assert options[0].startswith("Melody, 2 bars · ")
    assert "Trio, 4 bars · trio_4bar · 18 MB" in options
    assert options == sorted(options, key=lambda o: ["Mel", "Tri", "Dru"].index(o[:3]))


@pytest.mark.usefixtures("origin")
def test_a_model_is_described_before_anything_is_downloaded(trio: Study) -> None:
    """What it plays, what it would hear, how much comes over the line, whose it is."""
    page = choose(trio.sources)
    text = words(page)
    assert "Melody, bass and drums for four bars" in text
    assert "6 pieces of 4 bars in your song." in text
    assert "on first use" in text
    assert "Licence: Apache" in text
    (button,) = page.button
    assert button.label.startswith("Download and use (")
    assert page.session_state["result"] == "mel_2bar"


def test_a_download_is_watched_and_then_at_work(trio: Study, origin: Origin) -> None:
    """With a bar that moves and a way to stop."""
    page = choose(trio.sources)
    page.button(key="download_published").click().run()
    assert origin.half_way.wait(PATIENCE)
    run_until(page, "stop_download")
    (bar,) = page.get("progress")
    assert bar.proto.text == "9 of 18 MB"
    assert bar.proto.value == 50

    origin.gate.set()
    job = pools.fetches().get(NAME)
    assert job.wait(PATIENCE)
    page.run()
    page.run()
    assert page.session_state["result"] == NAME
    assert "At work." in words(page)


def test_a_download_can_be_stopped(trio: Study, origin: Origin) -> None:
    """And taken up again; the model at work stays."""
    page = choose(trio.sources)
    page.button(key="download_published").click().run()
    assert origin.half_way.wait(PATIENCE)
    run_until(page, "stop_download")
    page.button(key="stop_download").click().run()
    origin.gate.set()
    assert pools.fetches().get(NAME).wait(PATIENCE)
    run_until(page, "download_published")
    assert "It goes on where it was." in words(page)
    assert page.session_state["result"] == "mel_2bar"


def test_offline_is_a_sentence(trio: Study, origin: Origin) -> None:
    """And what was at work goes on."""
    origin.error = DownloadError(
        "storage.googleapis.com cannot be reached.", remedy="Check the network."
    )
    origin.gate.set()
    page = choose(trio.sources)
    page.button(key="download_published").click().run()
    assert pools.fetches().get(NAME).wait(PATIENCE)
    run_until(page, "download_published")
    assert "cannot be reached" in page.error[0].value
    assert "Check the network." in page.error[0].value
    assert page.session_state["result"] == "mel_2bar"


def test_what_is_here_is_taken_at_once(trio: Study, origin: Origin) -> None:
    """Without a download."""
    origin.cached.add(NAME)
    page = choose(trio.sources)
    assert "Already on this server." in words(page)
    page.button(key="use_published").click().run()
    assert page.session_state["result"] == NAME


def test_who_only_looks_on_keeps_the_own_model(trio: Study, origin: Origin) -> None:
    """Somebody else's download chooses nothing for anybody."""
    job = pools.fetches().start(catalogue.find(NAME))
    assert origin.half_way.wait(PATIENCE)
    page = choose(trio.sources)
    assert page.get("progress")
    origin.gate.set()
    assert job.wait(PATIENCE)
    run_until(page, "use_published")
    assert page.session_state["result"] == "mel_2bar"


@pytest.mark.usefixtures("fakes")
def test_a_host_without_downloads_has_no_such_list(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not even an empty one; and nonsense is said."""
    monkeypatch.setenv("MIDIME_MAX_DOWNLOAD", "0")
    page = perform(script, sources=study.sources)
    assert not page.expander
    monkeypatch.setenv("MIDIME_MAX_DOWNLOAD", "lots")
    assert "MIDIME" in perform(script, sources=study.sources).error[0].value


@pytest.mark.parametrize(
    ("progress", "text"),
    [
        (Progress(0, 18_000_000), "0 of 18 MB"),
        (Progress(17_900_000, 18_000_000), "18 of 18 MB"),
        (Progress(300_000_000, None), "300 MB so far"),
    ],
)
def test_progress_is_said_in_megabytes(progress: Progress, text: str) -> None:
    """Also where nobody knows how many will come."""
    assert describe_progress(progress) == text
