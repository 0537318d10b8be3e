"""A stage for single components: a session with a song and a MidiMe, on fakes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import streamlit as st
from streamlit import config

from midime_engine import examples
from midime_engine.midime import persistence
from midime_engine.midime.config import MidiMeConfig
from midime_engine.pipelines import personalise
from midime_ui import cutting, rebuilding
from midime_ui.personal import Personal
from midime_ui.studies import Source, Study
from tests.support.studio import a_tune, with_fakes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def fakes(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """No TensorFlow, and empty caches before and after."""
    with with_fakes(monkeypatch, tmp_path):
        yield


@pytest.fixture(autouse=True)
def _any_session() -> Iterator[None]:
    """AppTest keeps the widgets' local functions in the session; ``test_state`` checks ours."""
    option = "runner.enforceSerializableSessionState"
    original = config.get_option(option)
    config.set_option(option, False)
    yield
    config.set_option(option, original)


@pytest.fixture
def bare_session(monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    """A session without a browser, in which nothing has been chosen yet."""
    values: dict[str, object] = {}
    monkeypatch.setattr(st, "session_state", values)
    monkeypatch.delenv("MIDIME_MODEL", raising=False)
    return values


@pytest.fixture
def source() -> Source:
    """Sixteen bars at 90 quarter notes per minute."""
    return Source("tune.mid", a_tune(n_bars=16, qpm=90), "Somebody, CC0")


@pytest.fixture
def study(fakes: None, source: Source) -> Study:  # noqa: ARG001 - for what it does
    """That song, with the tracks that suit it best."""
    return Study((source,), (), "mel_2bar")


@pytest.fixture
def trio(fakes: None) -> Study:  # noqa: ARG001 - for what it does
    """A song of melody, bass and drums, for a model of all three."""
    song = Source("korobeiniki.mid", examples.read("korobeiniki"))
    return Study((song,), (), "trio_4bar")


@pytest.fixture
def drums(fakes: None) -> Study:  # noqa: ARG001 - for what it does
    """A song of drums alone, for a drum model."""
    return Study((Source("groove.mid", examples.read("corner_shop_groove")),), (), "drums_2bar")


@pytest.fixture
def personal(study: Study) -> Personal:
    """A MidiMe of that song."""
    training = personalise.start(
        rebuilding.embedding(study).latents.mu, MidiMeConfig(epochs=20, latent_size=3)
    )
    return Personal(
        data=persistence.to_bytes(training.finish(), {}),
        fingerprint=cutting.fingerprint(study),
        steps=training.history,
        n_vectors=8,
        seconds=0.2,
        stopped_early=False,
    )
