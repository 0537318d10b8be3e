"""Rules of one's own."""

from __future__ import annotations

import pytest

from midime_engine.errors import ExpressionError
from midime_ui.components import own_rules
from tests.support.stage import perform, words


def script() -> None:
    """The component alone."""
    import streamlit as st

    from midime_ui.components import own_rules

    st.session_state["result"] = own_rules.show().wishes


def test_every_line_is_a_rule() -> None:
    """Empty ones say nothing; named rules can be typed as well."""
    found = own_rules.read("density > 0.4\n\nkey=A minor\n")
    assert found.wishes == ("density > 0.4", "key=A minor")
    assert found.faults == ()


def test_a_fault_knows_its_line_and_its_column() -> None:
    """And the other lines are read all the same."""
    found = own_rules.read("rests\ndensity > 0.4 and largst_leap <= 7")
    ((line, error),) = found.faults
    assert line == 2
    assert isinstance(error, ExpressionError)
    assert error.column == 19
    assert found.wishes == ("rests",)


def test_no_more_lines_are_read_than_wishes_are_joined() -> None:
    """A text may be long."""
    assert len(own_rules.read("rests\n" * 100).wishes) == 16


def test_a_fault_is_said_below_the_field() -> None:
    """With what is wrong, where, and what to do."""
    page = perform(script)
    page.text_area(key="own_rules_text").set_value("density > 0.4 and largst_leap <= 7").run()
    assert "Column 19" in page.error[0].value
    assert "largest" in page.error[0].value
    assert page.code[0].value == f"density > 0.4 and largst_leap <= 7\n{' ' * 18}↑"
    page.text_area(key="own_rules_text").set_value("density > 0.4").run()
    assert not page.error
    assert "1 rule understood" in words(page)
    assert page.session_state["result"] == ("density > 0.4",)


@pytest.mark.parametrize("text", ["__import__('os')", "open('x')", "density.real > 0"])
def test_nothing_is_run(text: str) -> None:
    """It is refused like any other fault."""
    assert own_rules.read(text).wishes == ()
