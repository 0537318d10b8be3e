"""Blending: two that belong together, a share, a name, and what came of it."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from midime_engine.midime import persistence
from midime_ui import contents, library, owners, reopening, saving, state
from midime_ui.position import Position
from tests.support.keeping import with_provenance
from tests.support.stage import perform, words

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

    from midime_ui.personal import Personal
    from midime_ui.studies import Study

PATIENCE = 30.0


@pytest.fixture
def personal(study: Study, personal: Personal) -> Personal:
    """With its provenance, as the app makes it."""
    return with_provenance(study, personal)


def another(personal: Personal) -> Personal:
    """The same music, with a provenance that makes it another file."""
    midime, metadata = persistence.from_bytes(personal.data)
    return replace(personal, data=persistence.to_bytes(midime, {**metadata, "n_chunks": 99}))


def script(study: Study, *trained: tuple[str, Personal]) -> None:
    """The library of somebody who has saved ``trained``."""
    import streamlit as st

    from midime_ui import library, owners, saving
    from midime_ui.components import blend_panel
    from midime_ui.position import Position

    if "ready" not in st.session_state:
        st.session_state["ready"] = True
        for name, personal in trained:
            saving.save(study, personal, Position((0.0,) * 3, None, 0), name=name, with_songs=False)
    blend_panel.show(library.library().list_saved(owners.require_owner()))


def page_with(study: Study, *trained: tuple[str, Personal]) -> AppTest:
    """That page."""
    return perform(lambda: script(study, *trained))


def finish(page: AppTest) -> None:
    """Wait for the blend as the browser does, which asks every half second."""
    deadline = time.monotonic() + PATIENCE
    while not page.metric and not page.error and time.monotonic() < deadline:
        time.sleep(0.2)
        page.run()
    assert not page.exception


def test_with_one_midime_the_page_says_what_is_missing(study: Study, personal: Personal) -> None:
    """Rather than nothing, or a button that does not work."""
    page = page_with(study, ("march", personal))
    assert "Save two MidiMes" in words(page)
    assert not page.button


def test_two_become_a_third_and_both_numbers_are_told(study: Study, personal: Personal) -> None:
    """Under the name that was given, with its parents."""
    page = page_with(study, ("march", personal), ("waltz", another(personal)))
    # Both were saved within a second, so either may stand first.
    one, _, other = page.text_input[0].value.partition(" and ")
    assert {one, other} == {"waltz", "march"}
    page.slider(key="blend_share").set_value(25)
    page.text_input[0].set_value("walking waltz")
    page.button(key="blend_start").click().run()
    finish(page)
    assert [metric.label for metric in page.metric] == [f"Like {one}", f"Like {other}"]
    assert all(metric.value.endswith("%") for metric in page.metric)
    assert "walking waltz is in your library" in page.success[0].value


def test_a_blend_is_opened_exported_and_imported_like_any_other(
    study: Study, personal: Personal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the settings that name its parents."""
    import streamlit as st

    monkeypatch.setattr(st, "session_state", {})
    from midime_engine.pipelines.blend import Half
    from midime_ui import blending, models
    from midime_ui.jobs import Job

    one, other = (
        Half.of(each.data, name=name)
        for name, each in (("march", personal), ("waltz", another(personal)))
    )
    job: blending.BlendJob = Job()
    job.run(blending.work_on(one, other, models.server(study.model), share=0.25, seed=0))
    assert job.result is not None
    saved = saving.keep_blend(job.result, name="both")
    assert saved.settings["blend of"] == "75 % march and 25 % waltz"
    data = library.library().open(owners.require_owner(), saved.id).model
    assert data == job.result.data
    again = saving.imported(data, name="both.safetensors")
    assert again.settings["blend of"] == saved.settings["blend of"]
    reopening.open_saved(again)
    opened = state.personal()
    assert opened is not None
    assert opened.data == data
    assert state.explorable() != state.study()
    content = contents.of_session(
        state.explorable(), opened, Position((1.0,) * 4, None, 3, ((12, 0.5),)), with_songs=False
    )
    assert reopening.open_content(content, name="x").nudges == ((12, 0.5),)


def test_one_midime_saved_twice_is_refused(study: Study, personal: Personal) -> None:
    """In a sentence, at once."""
    page = page_with(study, ("march", personal), ("again", personal))
    page.button(key="blend_start").click().run()
    assert "are the same MidiMe" in words(page)
