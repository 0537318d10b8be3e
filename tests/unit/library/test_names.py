"""Ids are unguessable, names are clean."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from midime_engine.library.names import (
    MAX_NAME,
    clean_name,
    is_id,
    is_secret,
    new_id,
    new_secret,
)


def test_ids_and_secrets_are_random_and_long_enough() -> None:
    """At least 96 bits each, and never the same twice."""
    assert len(base64.urlsafe_b64decode(new_id() + "==")) * 8 == 128
    assert len(base64.urlsafe_b64decode(new_secret() + "=")) * 8 == 256
    assert len({new_id() for _ in range(1000)}) == 1000
    assert is_id(new_id())
    assert is_secret(new_secret())


@pytest.mark.parametrize("text", ["", "../x", "a" * 21, "a" * 23, "a" * 21 + "\n", "é" * 22])
def test_what_is_no_id_is_recognised(text: str) -> None:
    """Whatever an address says."""
    assert not is_id(text)
    assert not is_secret(text)


@given(st.text(alphabet=st.characters(), max_size=300))
def test_any_name_becomes_one_that_a_database_can_hold(text: str) -> None:
    """No line breaks, no zero bytes, no halves of letters, not too long, never nothing."""
    name = clean_name(text)
    assert 0 < len(name) <= MAX_NAME
    assert name.isprintable()
    name.encode("utf-8")


def test_half_a_letter_does_not_spoil_a_name() -> None:
    """A lone surrogate, as a browser may send it."""
    assert clean_name("a\ud800b") == "a?b"
    assert clean_name("\x00\n") == "Untitled"
