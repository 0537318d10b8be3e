"""Rules and tastes that come back from files."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from midime_engine.attributes.requirement import Requirements
from midime_engine.constraints.config import ConstraintConfig
from midime_engine.constraints.model import Constraint
from midime_engine.pipelines import ruled
from midime_ui import models, navigation, state
from midime_ui.components import learnt_file
from midime_ui.ground import Ground
from tests.support.ruling import a_constraint, some_rules
from tests.support.stage import perform, words

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

    from midime_ui.components.learnt_file import Kind
    from midime_ui.personal import Personal
    from midime_ui.rules import Rules

KINDS = (learnt_file.RULES, learnt_file.TASTE)


def script(kind: Kind) -> None:
    """A choice of the model, what is known, and the field for a file."""
    import streamlit as st

    from midime_ui.components import learnt_file, rule_ground

    ground = rule_ground.show()
    known = st.session_state.get("result")
    st.button("Learn", key="learn", on_click=lambda: st.session_state.update(result=None))

    def keep(rules: Rules) -> None:
        st.session_state["result"] = rules

    learnt_file.show(kind, ground, known, keep)


@pytest.fixture(autouse=True)
def links(fakes: None, monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Where links lead."""
    del fakes
    shown: list[object] = []
    monkeypatch.setattr(navigation, "show_link", lambda step, **_: shown.append(step))
    return shown


def a_file(kind: Kind, *, model="mel_2bar", constraint: Constraint | None = None) -> bytes:
    """What was downloaded of ``kind``."""
    wishes = some_rules().requirements if kind is learnt_file.RULES else Requirements(())
    return ruled.pack(constraint or a_constraint(), model=model, requirements=wishes)


def opened(kind: Kind, data: bytes) -> AppTest:
    """A page on which a file was dropped."""
    page = perform(script, kind=kind)
    file = ("some *file*.safetensors", data, "application/octet-stream")
    page.file_uploader(key=f"{kind.name}_file").set_value(file).run()
    assert not page.exception
    return page


def refused(kind: Kind, data: bytes) -> str:
    """What is said about a file that is not opened."""
    page = opened(kind, data)
    assert "result" not in page.session_state
    assert "\\*file\\*" in page.error[0].value
    return page.error[0].value


@pytest.mark.parametrize("kind", KINDS)
def test_what_was_downloaded_comes_back(kind: Kind) -> None:
    """The same bytes, and it is said."""
    data = a_file(kind)
    page = opened(kind, data)
    assert page.session_state["result"].data == data
    assert "Opened" in words(page)
    assert not page.error


@pytest.mark.parametrize("kind", KINDS)
def test_what_was_learnt_since_is_kept(kind: Kind) -> None:
    """The file that still lies there is opened again only when that is wished."""
    page = opened(kind, a_file(kind))
    page.button(key="learn").click().run()
    assert page.session_state["result"] is None
    page.button(key=f"{kind.name}_opened_again").click().run()
    assert page.session_state["result"] is not None
    assert "Opened" in words(page)


@pytest.mark.parametrize("kind", KINDS)
def test_for_another_model_one_can_change_to_it(kind: Kind) -> None:
    """Which opens it; changing back says again for which it is."""
    page = opened(kind, a_file(kind, model="drums_2bar"))
    assert "result" not in page.session_state
    assert f"{kind.them} learnt for Drums, 2 bars" in page.error[0].value
    page.button(key=f"{kind.name}_switch").click().run()
    assert page.session_state["result"].model == "drums_2bar"
    assert not page.error
    page.selectbox(key="rules_model").set_value("mel_2bar").run()
    assert "learnt for Drums, 2 bars" in page.error[0].value


def test_each_kind_is_sent_to_its_page(links: list[object]) -> None:
    """With a link to it."""
    said = refused(learnt_file.TASTE, a_file(learnt_file.RULES))
    assert "These are rules, not a taste." in said
    assert "Open it on the page Rules." in said
    said = refused(learnt_file.RULES, a_file(learnt_file.TASTE))
    assert "learnt from ratings" in said
    assert "Open it on the page Taste." in said
    assert links == [navigation.CONSTRAINTS, navigation.RATINGS]


def test_a_midime_is_sent_to_the_library(personal: Personal, links: list[object]) -> None:
    """It is the file that people have most."""
    assert "Open it on the page Library." in refused(learnt_file.TASTE, personal.data)
    assert links == [navigation.LIBRARY]


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_neither_is_refused_with_a_sentence(kind: Kind) -> None:
    """Noise, half a file, and one that is not for this model's numbers."""
    data = a_file(kind)
    assert "safetensors" in refused(kind, b"nothing")
    assert "safetensors" in refused(kind, data[: len(data) // 2])
    config = ConstraintConfig(z_size=4, n_coordinates=4, layers=(4,), realism_layers=(4,))
    small = a_file(kind, constraint=Constraint(config, [1.0, 1.0, 1.0, 1.0]))
    assert "learnt for 4 numbers" in refused(kind, small)


def test_a_model_that_is_not_here_is_named_without_a_way_to_it() -> None:
    """One that can be downloaded is chosen elsewhere."""
    data = a_file(learnt_file.TASTE, model="nobody")
    page = opened(learnt_file.TASTE, data)
    assert "a model that is not offered here" in page.error[0].value
    assert not [each for each in page.button if each.key == "taste_switch"]
    published = next(entry.name for entry in models.published())
    assert "which downloads it" in refused(
        learnt_file.TASTE, a_file(learnt_file.TASTE, model=published)
    )


def test_a_visitor_stays_on_what_is_shared(personal: Personal) -> None:
    """Another model is for another session."""
    del personal

    def visiting() -> None:
        visit = state.Visit("id", "Song", datetime(2030, 1, 1, tzinfo=UTC), with_songs=False)
        state.set_visit(visit)
        learnt_file.show(learnt_file.TASTE, Ground("mel_2bar"), None, lambda _: None)

    page = perform(visiting)
    data = a_file(learnt_file.TASTE, model="drums_2bar")
    file = ("taste.safetensors", data, "application/octet-stream")
    page.file_uploader(key="taste_file").set_value(file).run()
    assert "Open it without the link" in page.error[0].value
    assert not page.button
