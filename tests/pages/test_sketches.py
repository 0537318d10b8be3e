"""The page of drawings: look, bend by a rule, bend by likes, go from one to another."""

from __future__ import annotations

import pytest

from midime_ui import pools
from tests.support.sketching import with_fake_sketches

PATIENCE = 20.0


@pytest.fixture
def page(app, monkeypatch):
    """The page, as somebody opens it."""
    with_fake_sketches(monkeypatch)
    app.run()
    app.switch_page("pages/sketches.py").run()
    assert not app.exception
    return app


def finish(page) -> None:
    """Wait for the training, and look again."""
    job = pools.job_manager().get(page.session_state["sketch_job"].job_id)
    assert job.wait(PATIENCE), job.state
    page.run()
    assert not page.exception


def test_drawings_can_be_drawn_anew(page) -> None:
    """Twelve at first, and twelve others."""
    before = [chart.proto.spec for chart in page.get("plotly_chart")]
    page.button(key="sketch_others").click().run()
    after = [chart.proto.spec for chart in page.get("plotly_chart")]
    assert len(before) == len(after) == 2
    assert before != after


def test_a_rule_bends_the_drawings(page) -> None:
    """From the button to before and after."""
    page.selectbox(key="sketch_rule").set_value("few_strokes").run()
    page.button(key="sketch_bend").click().run()
    finish(page)
    assert page.metric[0].label == "As wished"
    assert any(heading.value == "Fewer strokes: before and after" for heading in page.subheader)


def test_likes_bend_the_drawings(page) -> None:
    """Two answers are enough to begin."""
    page.session_state["sketch_views"] = ":material/favorite: By what you like"
    page.run()
    page.button(key="sketch_like").click().run()
    page.button(key="sketch_dislike").click().run()
    page.button(key="sketch_bend_liked").click().run()
    finish(page)
    assert any(heading.value == "As you like them: before and after" for heading in page.subheader)


def test_a_way_leads_from_one_kind_to_another(page) -> None:
    """In the third view."""
    page.session_state["sketch_views"] = ":material/trending_flat: Between two"
    page.run()
    assert page.selectbox(key="sketch_from").value == "cat"
    assert len(page.get("plotly_chart")) == 4
