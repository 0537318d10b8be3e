"""Between which models music is carried over."""

from __future__ import annotations

import pytest

from midime_engine.errors import MidiMeFileError, OptionError
from midime_engine.translation import embedded
from midime_ui import models, pairings
from tests.support.duets import DRUMS, MELODY, TRIO, an_own_carrier, the_general

pytestmark = pytest.mark.usefixtures("fakes")


def test_what_can_be_heard_at_once_comes_first() -> None:
    """The general translator is at hand for melodies and drums."""
    ready, _ = pairings.pairings(MELODY, ())
    assert ready[0].target == DRUMS
    assert ready[0].carriers == (the_general(),)


def test_own_translators_come_before_the_general_one() -> None:
    """The latest first; those of other pairs are left out."""
    old, new = an_own_carrier(songs=["old.mid"]), an_own_carrier(songs=["new.mid"])
    other = an_own_carrier(MELODY, TRIO)
    ready, _ = pairings.pairings(DRUMS, (old, new, other))
    (found,) = [pairing for pairing in ready if pairing.target == MELODY]
    assert found.carriers == (new, old, the_general())


def test_models_of_the_same_parts_are_refused_in_a_sentence() -> None:
    """A melody adds nothing to a melody."""
    ready, refused = pairings.pairings(MELODY, ())
    assert {each.target for each in refused} == {"mel_16bar"}
    assert "nothing to add" in refused[0].reason
    assert "mel_16bar" not in {pairing.target for pairing in ready}


def test_a_pair_without_any_translator_is_offered_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """One can be learnt; of equals, those of the same length come first."""
    monkeypatch.setattr(embedded, "available", tuple)
    ready, _ = pairings.pairings(MELODY, ())
    assert [pairing.carriers for pairing in ready] == [()] * len(ready)
    assert ready[0].target == DRUMS


def test_both_sides_last_equally_long() -> None:
    """Two melodies of two bars against a trio of four."""
    melody, trio = pairings.sides(MELODY, TRIO)
    assert (melody.n_windows, trio.n_windows) == (2, 1)
    assert melody.span == trio.span
    with pytest.raises(OptionError):
        pairings.sides(MELODY, MELODY)


def test_a_translator_of_models_that_are_not_here_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Before anything is asked of it."""
    carrier = an_own_carrier()
    pairings.require_usable(carrier)
    monkeypatch.setattr(models, "is_offered", lambda name: name != DRUMS)
    with pytest.raises(MidiMeFileError, match="not offered here"):
        pairings.require_usable(carrier)


def test_a_translator_of_other_versions_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Names may stay while models change."""
    carrier = an_own_carrier()
    ends = pairings.sides(MELODY, TRIO)
    monkeypatch.setattr(pairings, "sides", lambda *_: ends)
    with pytest.raises(MidiMeFileError, match="other versions"):
        pairings.require_usable(carrier)


def test_the_model_at_work_is_always_among_those_to_choose_from(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It may be a published one."""
    monkeypatch.setattr(pairings.model_at_work, "model_name", lambda: "elsewhere")
    assert pairings.offered()[0] == "elsewhere"
