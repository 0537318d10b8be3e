"""Translators as a session refers to them."""

from __future__ import annotations

import pytest

from midime_engine.errors import MidiMeFileError
from midime_engine.translation import embedded
from midime_ui.carriers import Carrier
from tests.support.duets import DRUMS, MELODY, an_own_carrier, the_general


def test_the_general_one_is_found_by_its_models() -> None:
    """Whichever of them is the source."""
    there, back = Carrier.general(MELODY, DRUMS), Carrier.general(DRUMS, MELODY)
    assert there == back == the_general()
    assert there is not None
    assert there.is_general
    assert there.title == "The general one"
    assert there.load().translator is embedded.load(there.name)[0]


def test_where_there_is_none_nothing_is_found() -> None:
    """Not every pair has one."""
    assert Carrier.general(MELODY, MELODY) is None


def test_a_file_says_what_it_is_and_what_it_has_learnt_from() -> None:
    """Names from strangers are bounded; what is no name is left out."""
    carrier = an_own_carrier(songs=["My  song.mid", 7, "x" * 500, "  "])
    assert carrier.models == (MELODY, DRUMS)
    assert carrier.songs == ("My song", "x" * 100)
    assert not carrier.is_general
    assert carrier.title.startswith("Learnt from My song, xxx")
    assert carrier.side_of(DRUMS) == 1
    assert carrier.joins(DRUMS, MELODY)
    assert not carrier.joins(MELODY, MELODY)


def test_who_says_no_song_is_called_ones_own() -> None:
    """There is always something to choose it by."""
    assert an_own_carrier(songs="Yesterday").title == "Your own"


def test_translators_are_told_apart_by_what_is_in_them() -> None:
    """The same file is the same translator."""
    assert an_own_carrier().key == an_own_carrier().key
    assert an_own_carrier().key != an_own_carrier(songs=["other.mid"]).key


@pytest.mark.parametrize("change", [{"scales": None}, {"attributes": ["density"]}])
def test_a_file_that_cannot_be_measured_with_is_refused(change: dict[str, object]) -> None:
    """Nobody wonders later why nothing follows."""
    with pytest.raises(MidiMeFileError):
        an_own_carrier(**change)


def test_what_is_no_translator_is_refused() -> None:
    """Whatever it is."""
    with pytest.raises(MidiMeFileError):
        Carrier.of_file(b"MThd")
