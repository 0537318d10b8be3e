"""A seed can be seen, typed and drawn, and stays in its range."""

from __future__ import annotations

from midime_ui.components.seed import MAX_SEED
from tests.support.stage import perform


def script() -> None:
    """A seed with a button that draws another."""
    import streamlit as st

    from midime_ui.components import seed

    st.button("draw", on_click=seed.draw, args=("seed",))
    st.session_state["result"] = seed.show("seed")


def test_a_typed_seed_is_the_seed() -> None:
    """Zero at first."""
    page = perform(script)
    assert page.session_state["result"] == 0
    page.number_input(key="seed").set_value(1234).run()
    assert page.session_state["result"] == 1234


def test_a_drawn_seed_is_shown() -> None:
    """So that it can be used again; of ten draws some differ."""
    page = perform(script)
    seen = set()
    for _ in range(10):
        page.button[0].click().run()
        assert page.number_input(key="seed").value == page.session_state["result"]
        seen.add(page.session_state["result"])
    assert len(seen) > 1
    assert all(0 <= value <= MAX_SEED for value in seen)
