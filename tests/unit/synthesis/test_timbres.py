"""Families of instruments."""

from __future__ import annotations

import pytest

from midime_engine.synthesis.timbres import TIMBRES, timbre_of


def test_there_is_a_timbre_for_each_of_the_sixteen_families() -> None:
    """General MIDI has 128 programs in families of eight."""
    assert len(TIMBRES) == 16
    assert timbre_of(0) is TIMBRES[0]
    assert timbre_of(127) is TIMBRES[15]


@pytest.mark.parametrize(
    ("program", "dies"), [(0, True), (24, True), (33, True), (40, False), (73, False)]
)
def test_struck_and_plucked_sounds_die_and_others_hold(program: int, *, dies: bool) -> None:
    """Piano, guitar and bass fade; violin and flute do not."""
    assert (timbre_of(program).decay is not None) is dies
