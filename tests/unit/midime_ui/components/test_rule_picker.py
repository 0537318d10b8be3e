"""Which rules shall be kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.support.stage import perform, words

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

MELODY, DRUMS = ("melody",), ("drums",)


def script(parts: Any) -> None:
    """The component alone."""
    import streamlit as st

    from midime_ui.components import rule_picker

    found = rule_picker.show(parts)
    st.session_state["result"] = None if found is None else tuple(map(str, found))


def chosen(page: AppTest) -> tuple[str, ...] | None:
    """What the component says."""
    result: tuple[str, ...] | None = page.session_state["result"]
    return result


def choose(page: AppTest, *names: str) -> AppTest:
    """Press these, and no others."""
    return page.get("button_group")[0].set_value(list(names)).run()


def test_something_is_chosen_to_begin_with() -> None:
    """A key, or a drum where there are no pitches."""
    assert chosen(perform(script, parts=MELODY)) == ("key=C major",)
    assert chosen(perform(script, parts=DRUMS)) == ("drum=kick",)


def test_only_what_the_model_can_play_is_offered() -> None:
    """Drums have no leaps, a melody no kick."""
    offered = perform(script, parts=DRUMS).get("button_group")[0].options
    assert any("kick" in str(option).lower() for option in offered)
    assert not any("leaps" in str(option) for option in offered)


def test_several_are_kept_together() -> None:
    """Each has a control of its own."""
    page = choose(perform(script, parts=MELODY), "key", "leap", "rests")
    assert chosen(page) == ("key=C major", "leap=7", "rests")


def test_without_any_it_says_what_to_do() -> None:
    """And nothing can be trained."""
    page = choose(perform(script, parts=MELODY))
    assert chosen(page) is None
    assert "at least one rule" in words(page)


def test_contradictions_are_said_at_once() -> None:
    """Only C major and only F sharp major leave no music."""
    page = perform(script, parts=MELODY)
    page.text_area(key="own_rules_text").set_value("key=F# major").run()
    assert chosen(page) is None
    assert "share only F and B" in page.warning[0].value
    assert "Leave one of them out" in page.warning[0].value


def test_a_bad_rule_of_ones_own_has_to_be_corrected_first() -> None:
    """The others are not trained without it."""
    page = perform(script, parts=MELODY)
    page.text_area(key="own_rules_text").set_value("densty > 0.4").run()
    assert chosen(page) is None
    assert page.error


def test_a_control_that_says_nothing_is_a_fault_in_words() -> None:
    """No chord is no progression."""
    page = choose(perform(script, parts=MELODY), "chords")
    page.text_input(key="rule_chords_argument").set_value("Hm Xy").run()
    assert chosen(page) is None
    assert "no chord" in page.warning[0].value
