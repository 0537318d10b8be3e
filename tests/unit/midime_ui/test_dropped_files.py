"""What was dropped waits until it is read, what was refused until something else is dropped."""

from __future__ import annotations

import pytest

from midime_engine.errors import MidiReadError
from midime_ui import dropped_files
from midime_ui.studies import Source

pytestmark = pytest.mark.usefixtures("bare_session")


def test_nothing_has_arrived_before_something_is_dropped() -> None:
    """And asking is no error."""
    assert (dropped_files.arrivals(), dropped_files.refusals()) == ((), ())


def test_what_was_dropped_is_handed_over_once() -> None:
    """Whoever has read it says so; what could not be read stays with its reason."""
    dropped_files.set_arrivals((Source("a.mid", b"a"), Source("b.mid", b"b")))
    assert [each.name for each in dropped_files.arrivals()] == ["a.mid", "b.mid"]
    dropped_files.set_refusals((("b.mid", MidiReadError("Bad.", remedy="Better.")),))
    dropped_files.set_arrivals(())
    assert dropped_files.arrivals() == ()
    ((name, error),) = dropped_files.refusals()
    assert (name, error.remedy) == ("b.mid", "Better.")
