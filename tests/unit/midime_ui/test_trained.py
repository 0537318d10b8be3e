"""A MidiMe belongs to its notes and model; it goes and comes back with them."""

from __future__ import annotations

import pickle
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
import streamlit as st

from midime_ui import model_at_work, state, trained, tray
from midime_ui.components import sliders
from midime_ui.position import Position
from midime_ui.state import Visit
from midime_ui.studies import Source
from midime_ui.trained import MAX_TRAINED
from tests.support.studio import a_tune

if TYPE_CHECKING:
    from midime_ui.personal import Personal
    from midime_ui.studies import Study

SOMEWHERE = Position((1.0, -2.0, 0.5), 0.5, 42)
ITEM = tray.Item("id", "x", None, (0.0,), None, b"", (0, 1), 0, None)


@pytest.fixture(autouse=True)
def session(monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    """A session without a browser."""
    values: dict[str, object] = {}
    monkeypatch.setattr(st, "session_state", values)
    monkeypatch.setattr(st, "query_params", {})
    return values


@pytest.fixture(autouse=True)
def toasts(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is said in passing."""
    said: list[str] = []
    monkeypatch.setattr(st, "toast", lambda text, **_: said.append(text))
    return said


@pytest.fixture
def at_work(study: Study, personal: Personal) -> Study:
    """A trained song, sliders that were moved, and something in the tray."""
    state.set_sources(study.sources)
    state.set_personal(personal)
    trained.follow()
    sliders.restore(SOMEWHERE)
    tray.set_items((ITEM,))
    return study


def another() -> tuple[Source, ...]:
    """Other notes."""
    return (Source("other.mid", a_tune(n_bars=8, qpm=90, pitch=50)),)


def test_another_song_and_back_loses_nothing(
    at_work: Study, personal: Personal, toasts: list[str], session: dict[str, object]
) -> None:
    """The MidiMe, its sliders, and what was kept of its music; the visitor is told."""
    state.set_sources(another())
    trained.follow()
    assert state.personal() is None
    assert tray.items() == ()
    assert not toasts
    sliders.restore(Position((0.0, 0.0, 0.0), None, 7))
    assert trained.is_there(at_work)

    state.set_sources(at_work.sources)
    trained.follow()
    assert state.personal() == personal
    assert sliders.current(3) == SOMEWHERE
    assert tray.items() == (ITEM,)
    assert len(toasts) == 1
    assert pickle.loads(pickle.dumps(session))  # noqa: S301 - our own bytes


def test_another_model_and_back_loses_nothing(at_work: Study, personal: Personal) -> None:
    """Although the songs are the same."""
    model_at_work.choose_model("mel_16bar")
    trained.follow()
    assert state.personal() is None
    assert not trained.is_there(replace(at_work, model="mel_16bar"))
    model_at_work.choose_model("mel_2bar")
    trained.follow()
    assert state.personal() == personal
    assert sliders.current(3) == SOMEWHERE


def test_a_run_in_which_nothing_changes_moves_nothing(at_work: Study, personal: Personal) -> None:
    """The page runs at every click."""
    trained.follow()
    sliders.restore(replace(SOMEWHERE, seed=43))
    trained.follow()
    assert (state.study(), state.personal()) == (at_work, personal)
    assert sliders.current(3).seed == 43
    assert tray.items() == (ITEM,)


@pytest.mark.usefixtures("at_work")
def test_songs_that_the_model_cannot_hear_put_it_away() -> None:
    """The page says what is wrong with them."""
    from midime_engine import examples

    state.set_sources((Source("groove.mid", examples.read("corner_shop_groove")),))
    model_at_work.choose_model("mel_2bar")
    trained.follow()
    assert state.personal() is None
    assert len(trained.all()) == 1


def test_what_somebody_shares_is_nobody_elses(study: Study, personal: Personal) -> None:
    """It is there as long as the link is at work."""
    state.set_sources(study.sources)
    state.set_personal(personal)
    state.set_visit(Visit("id", "x", datetime(2027, 1, 1, tzinfo=UTC), with_songs=True))
    trained.follow()
    assert state.personal() == personal
    model_at_work.choose_model("mel_16bar")
    trained.follow()
    assert state.personal() is None
    assert trained.all() == ()


def test_the_newest_are_kept_and_one_of_each(personal: Personal, toasts: list[str]) -> None:
    """A session is bounded, and says so whenever something has to go."""
    for i in range(MAX_TRAINED + 2):
        trained.keep(replace(personal, fingerprint=f"{i}"))
        assert len(toasts) == max(0, i + 1 - MAX_TRAINED)
    trained.keep(replace(personal, fingerprint="3", seconds=9.0))
    assert len(toasts) == 2
    assert "not used for the longest" in toasts[0]
    kept = [each.personal.fingerprint for each in trained.all()]
    assert kept == ["2", "4", "5", "3"]
    assert trained.all()[-1].personal.seconds == 9.0
