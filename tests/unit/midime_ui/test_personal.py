"""A MidiMe is recognised by its weights and the rules that act on it."""

from __future__ import annotations

from dataclasses import replace

from midime_ui.personal import Personal
from midime_ui.rules import Applied
from tests.support.ruling import some_rules


def test_a_midime_with_rules_plays_and_is_kept_as_another() -> None:
    """Switched off it plays as before, and carries them all the same."""
    bare = Personal(b"weights", "x", (), 1, 0.1, stopped_early=False)
    ruled = replace(bare, rules=Applied(some_rules()))
    off = replace(bare, rules=Applied(some_rules(), is_on=False))
    assert bare.key == (bare.sha256,)
    assert len({bare.key, ruled.key}) == 2
    assert off.key == bare.key
    assert bare.identity == bare.sha256
    assert off.identity == ruled.identity != bare.identity
