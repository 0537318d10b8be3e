"""Nudges stand in the session and in the address."""

from __future__ import annotations

import pytest
import streamlit as st

from midime_ui import nudges


@pytest.fixture(autouse=True)
def address(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """A session without a browser, and its address."""
    query: dict[str, str] = {}
    monkeypatch.setattr(st, "session_state", {})
    monkeypatch.setattr(st, "query_params", query)
    return query


def test_at_first_they_are_those_of_the_address(address: dict[str, str]) -> None:
    """Later the session knows better."""
    address["d"] = "3:1"
    assert nudges.all() == ((3, 1.0),)
    address["d"] = "4:1"
    assert nudges.all() == ((3, 1.0),)


def test_a_dimension_is_moved_and_let_go() -> None:
    """Each alone."""
    nudges.nudge(7, 1.5)
    nudges.nudge(2, -0.5)
    nudges.nudge(7, 0.25)
    assert nudges.all() == ((2, -0.5), (7, 0.25))
    nudges.nudge(2, 0.0)
    assert nudges.all() == ((7, 0.25),)


def test_the_address_says_them_and_says_nothing_of_none(address: dict[str, str]) -> None:
    """Whatever else it says stays."""
    address["z0"] = "1"
    nudges.put(((7, 0.25),))
    nudges.in_address()
    assert address == {"z0": "1", "d": "7:0.25"}
    nudges.put(())
    nudges.in_address()
    assert address == {"z0": "1"}
