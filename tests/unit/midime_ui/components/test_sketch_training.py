"""A training is watched, kept and shown."""

from __future__ import annotations

from dataclasses import replace

import pytest

from midime_engine.errors import OptionError
from midime_engine.sketches.wishes import SketchJudge, Wish
from midime_ui import pools, sketch_state, sketching
from midime_ui.components import sketch_training
from tests.support.sketching import with_fake_sketches
from tests.support.stage import perform

PATIENCE = 20.0


@pytest.fixture(autouse=True)
def _fakes(monkeypatch) -> None:
    with_fake_sketches(monkeypatch)


def script() -> None:
    """A button that begins a training, and what becomes of it."""
    import streamlit as st

    from midime_engine.sketches.wishes import SketchJudge, Wish
    from midime_ui import sketching
    from midime_ui.components import sketch_training

    sketch_training.collect()
    if st.button("Bend", key="bend"):
        sketch_training.start(
            lambda: SketchJudge(sketching.model(), [Wish("size", 0.5)]), wish="Larger"
        )
    sketch_training.show()


def test_before_and_after_are_shown_when_it_is_over() -> None:
    """With the shares, what most of them show now, and the drawings at any strength."""
    page = perform(script)
    assert not page.metric
    page.button(key="bend").click().run()
    job = pools.job_manager().get(page.session_state["sketch_job"].job_id)
    assert job.wait(PATIENCE)
    page.run()
    assert not page.exception
    assert page.subheader[0].value == "Larger: before and after"
    assert page.metric[0].value == f"{page.session_state['sketch_bent'].after:.0%}"
    bent = page.session_state["sketch_bent"]
    page.session_state["sketch_job"] = None
    for share, n_remarks in ((0.3, 0), (0.97, 1)):
        page.session_state["sketch_bent"] = replace(bent, commonest=("fish", share))
        page.run()
        assert len(page.info) == n_remarks
    assert page.info[0].value.startswith("97% of them show a fish now")
    page.slider(key="sketch_strength").set_value(0.5).run()
    assert not page.exception


def test_what_cannot_be_begun_says_why(monkeypatch) -> None:
    """A sentence in place of a training."""
    monkeypatch.setattr("streamlit.session_state", {})

    def refuse() -> SketchJudge:
        raise OptionError("Nothing is wished.", remedy="Choose.")

    sketch_training.start(refuse, wish="Nothing")
    assert sketch_state.watched() is None
    assert not sketch_training.is_running()


def test_a_running_training_is_seen_as_running(monkeypatch) -> None:
    """Until it is over; then what it made is kept."""
    monkeypatch.setattr("streamlit.session_state", {})
    monkeypatch.setattr("streamlit.rerun", lambda: None)
    judge = SketchJudge(sketching.model(), [Wish("size", 0.5)])
    sketch_training.start(lambda: judge, wish="Larger")
    job = pools.job_manager().get(sketch_state.watched().job_id)
    assert job.wait(PATIENCE)
    assert not sketch_training.is_running()
    assert sketch_state.bent() is None
    sketch_training.collect()
    assert sketch_state.bent() == job.result
