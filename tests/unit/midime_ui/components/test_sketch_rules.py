"""A rule is chosen with how much of it."""

from __future__ import annotations

import pytest

from midime_engine.sketches import RULES
from midime_engine.sketches.reached import REACHED
from midime_ui import sketch_state
from tests.support.sketching import with_fake_sketches
from tests.support.stage import perform


def script() -> None:
    """The choice."""
    from midime_ui.components import sketch_rules

    sketch_rules.show()


@pytest.fixture(autouse=True)
def _fakes(monkeypatch) -> None:
    with_fake_sketches(monkeypatch)


def test_every_rule_brings_its_usual_amount() -> None:
    """And says what that means, how many drawings keep it already, and what it costs."""
    page = perform(script)
    for name, rule in RULES.items():
        page.selectbox(key="sketch_rule").set_value(name).run()
        assert page.slider(key=f"sketch_least_{name}").value == rule.usual
        assert rule.asked(rule.usual) in page.caption[0].value
        usual, more = REACHED[name]
        assert f"at {usual.least:.0%}, {usual.kept:.0%} of" in page.caption[0].value
        assert (more.instead or "") in page.caption[0].value
        assert "%" in page.caption[0].value


def test_more_of_a_rule_is_kept_by_fewer() -> None:
    """The share follows the slider."""
    page = perform(script)
    page.selectbox(key="sketch_rule").set_value("few_strokes").run()
    shares = []
    for least in (0.1, 0.6, 1.0):
        page.slider(key="sketch_least_few_strokes").set_value(least).run()
        shares.append(int(page.caption[0].value.split(" by itself, ")[1].split("%")[0]))
    assert shares[0] > 90 > shares[1] > shares[2]


def test_the_button_begins_a_training() -> None:
    """Which is watched under the name of the wish."""
    page = perform(script)
    page.selectbox(key="sketch_rule").set_value("size").run()
    page.button(key="sketch_bend").click().run()
    watched = page.session_state["sketch_job"]
    assert isinstance(watched, sketch_state.WatchedBending)
    assert watched.wish == RULES["size"].wish
