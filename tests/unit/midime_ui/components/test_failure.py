"""An error says what happened and what to do, and shows strangers' text as it is."""

from __future__ import annotations

import pytest

from midime_ui.components.failure import plain
from tests.support.stage import perform, words


@pytest.mark.parametrize(
    "text", ["**b**", "[x](javascript:1)", "<b>x</b>", "$x$", "`x`", ":red[x]", "# x", "a|b"]
)
def test_markdown_in_a_name_is_not_read(text: str) -> None:
    """Every mark is escaped."""
    shown = plain(text)
    for mark in "*_[]<>#$`:|":
        assert f"\\{mark}" in shown or mark not in text
    assert len(shown) > len(text)


@pytest.mark.parametrize("text", ["www.evil.example", "http://evil.example", "me@evil.example"])
def test_an_address_in_a_name_is_no_link(text: str) -> None:
    """Browsers' Markdown links them without any mark."""
    assert "\N{WORD JOINER}" in plain(text)


def test_a_name_of_several_lines_stays_one_line() -> None:
    """It cannot begin a list or a heading."""
    assert plain("a\n\n- b") == "a - b"


def test_an_error_ends_the_page_with_its_remedy() -> None:
    """What comes after is not shown."""

    def script() -> None:
        import streamlit as st

        from midime_engine.errors import MidiReadError
        from midime_ui.components import failure

        failure.show(MidiReadError("Broken.", remedy="Repair it."), about="a*b.mid")
        with failure.stops_page():
            raise MidiReadError("Also broken.", remedy="Take another.")
        st.write("never")

    page = perform(script)
    assert r"**a\*b.mid**: Broken." in page.error[0].value
    assert "**What to do:** Repair it." in page.error[0].value
    assert "Take another." in page.error[1].value
    assert "never" not in words(page)
