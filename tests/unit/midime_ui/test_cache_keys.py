"""What is the same is recognised, and what is not is told apart."""

from __future__ import annotations

from dataclasses import replace

from midime_ui.cache_keys import KEYS
from midime_ui.personal import Personal
from midime_ui.studies import Source, Study


def test_a_digest_stands_for_the_bytes() -> None:
    """Of a song with its name, of a MidiMe whatever its curve, of a study with its model."""
    song = Source("a.mid", b"a")
    assert KEYS[Source](song) == KEYS[Source](Source("a.mid", b"a", "credit"))
    assert KEYS[Source](song) != KEYS[Source](Source("b.mid", b"a"))
    made = Personal(b"w", "f", (), n_vectors=3, seconds=0.1, stopped_early=False)
    assert KEYS[Personal](made) == KEYS[Personal](replace(made, seconds=9.0))
    assert KEYS[Personal](made) != KEYS[Personal](replace(made, data=b"v"))
    assert KEYS[Study](Study((song,), (), "x")) != KEYS[Study](Study((song,), (), "y"))
