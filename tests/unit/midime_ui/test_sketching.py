"""Drawings are drawn once for everybody."""

from __future__ import annotations

import threading
from contextlib import nullcontext

import numpy as np
import pytest
import streamlit as st

from midime_engine import sketches
from midime_engine.constraints import persistence
from midime_engine.pipelines.sketching import SETTINGS
from midime_engine.sketches import RULES
from midime_engine.sketches.features import FEATURE_NAMES
from midime_engine.sketches.wishes import SketchJudge, Wish
from midime_ui import sketching
from tests.support.sketching import FakeSketchRNN, fake_bending, with_fake_sketches


@pytest.fixture(autouse=True)
def _fakes(monkeypatch) -> None:
    with_fake_sketches(monkeypatch)


def test_a_seed_gives_the_same_drawings() -> None:
    """The very same: nobody draws them twice, and the first do not depend on how many there are."""
    assert sketching.drawn(4, 1) is sketching.drawn(4, 1)
    assert np.array_equal(sketching.places(9, 1)[:4], sketching.places(4, 1))
    few, many = sketching.drawn(2, 1), sketching.drawn(4, 1)
    assert np.array_equal(few[1].strokes[0], many[1].strokes[0])


def test_every_rule_is_measured() -> None:
    """On the same drawings of the model's own."""
    measured = sketching.measures()
    assert tuple(measured) == tuple(RULES)
    n = len(sketching.first())
    assert all(values.shape == (n,) for values in measured.values())
    assert sketching.features().shape == (n, len(FEATURE_NAMES))


def test_the_first_drawings_need_no_model(monkeypatch) -> None:
    """They are there before it is loaded, which happens in the background."""
    ready = threading.Event()

    def load() -> FakeSketchRNN:
        ready.set()
        return FakeSketchRNN()

    monkeypatch.setattr(sketches, "load", load)
    assert len(sketching.drawn(12, 0)) == 12
    sketching.measures()
    sketching.features()
    sketching.warm_up()
    assert not ready.is_set()
    st.cache_resource.clear()
    monkeypatch.setenv("MIDIME_WARM_UP", "1")
    sketching.warm_up()
    assert ready.wait(20.0)
    assert len(sketching.drawn(12, 1)) == 12
    assert isinstance(sketching.at_work(), nullcontext)


def test_what_takes_long_is_said_once() -> None:
    """While the model is being loaded, and never again."""
    assert not isinstance(sketching.at_work(), nullcontext)
    sketching.model()
    assert isinstance(sketching.at_work(), nullcontext)


def test_a_constraint_moves_what_is_drawn() -> None:
    """By as much as is asked for; by nothing, nothing moves."""
    board = sketching.board()
    judge = SketchJudge(board.model, [Wish("size", 0.5)])
    data = persistence.to_bytes(fake_bending(board.space, judge, SETTINGS).finish())
    still, far = (sketching.moved(data, 3, 1, strength) for strength in (0.0, 1.0))
    drawn = sketching.drawn(3, 1)
    assert all(
        np.allclose(a.strokes[0], b.strokes[0], atol=1e-6)
        for a, b in zip(still, drawn, strict=True)
    )
    assert not all(
        np.array_equal(a.strokes[0], b.strokes[0]) for a, b in zip(far, drawn, strict=True)
    )


def test_a_way_has_as_many_drawings_as_asked_for() -> None:
    """From one kind to another."""
    assert len(sketching.between("cat", "house", 0, 5)) == 5
