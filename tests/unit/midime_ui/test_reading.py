"""A song is read once, recognised by its content."""

from __future__ import annotations

import pytest

from midime_engine.errors import MidiReadError
from midime_ui import reading
from midime_ui.studies import Source
from tests.support.studio import a_tune


@pytest.mark.usefixtures("fakes")
def test_equal_songs_are_read_once() -> None:
    """Whoever drops them."""
    data = a_tune(n_bars=4, qpm=90)
    assert reading.song(Source("a.mid", data)) is reading.song(Source("a.mid", data))
    assert reading.song(Source("a.mid", data)) is not reading.song(Source("b.mid", data))


@pytest.mark.usefixtures("fakes")
def test_an_error_is_not_remembered() -> None:
    """It is raised again, as itself."""
    for _ in range(2):
        with pytest.raises(MidiReadError):
            reading.song(Source("a.mid", b"nothing"))
