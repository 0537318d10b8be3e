"""What lies below the workbench follows it; ``tests/pages/test_explore.py`` sees it on its page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.support.stage import perform, words

if TYPE_CHECKING:
    from midime_ui.personal import Personal
    from midime_ui.studies import Study


def script(study: Study, personal: Personal) -> None:
    """The component after the sliders, which it reads."""
    import streamlit as st

    from midime_ui.components import explorations

    st.session_state.setdefault("z0", 0.0)
    explorations.show(study, personal)


def test_only_the_open_view_is_drawn(study: Study, personal: Personal) -> None:
    """And the ways to keep and to take home, whichever is open."""
    page = perform(script, study=study, personal=personal)
    views = [tab.label for tab in page.tabs]
    assert [label.split()[-1] for label in views] == ["Variations", "Map", "piece", "Compare"]
    page.session_state["views"] = views[3]
    page.run()
    assert "Without your song" in words(page)
    page.session_state["views"] = views[1]
    page.run()
    assert "Without your song" not in words(page)
    assert "Take it home" in words(page)
    assert not page.exception


def test_it_reads_where_the_sliders_stand(study: Study, personal: Personal) -> None:
    """Whatever the session says of them."""
    page = perform(script, study=study, personal=personal)
    page.session_state["z0"] = 1.5
    page.session_state["seed"] = 77
    page.session_state["views"] = page.tabs[3].label
    page.run()
    assert "seed 77" in words(page)
