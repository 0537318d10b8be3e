"""How much there is to learn from."""

from __future__ import annotations

import pytest

from midime_engine import examples
from midime_ui.studies import Source, Study
from tests.support.stage import perform
from tests.support.studio import a_tune


def script(study: Study) -> None:
    """The component alone."""
    from midime_ui import cutting
    from midime_ui.components import chunk_count

    chunk_count.show(study, cutting.material(study))


def test_eight_pieces_are_enough(study: Study) -> None:
    """Counted, without a warning."""
    page = perform(script, study=study)
    assert page.metric[0].value == "8 pieces of 2 bars"
    assert not page.warning


@pytest.mark.usefixtures("fakes")
def test_seven_are_few() -> None:
    """And the visitor learns what follows from that."""
    short = Study((Source("short.mid", a_tune(n_bars=14, qpm=90)),), (), "mel_2bar")
    page = perform(script, study=short)
    assert page.metric[0].value == "7 pieces of 2 bars"
    assert "fewer than 8" in page.warning[0].value


@pytest.mark.usefixtures("fakes")
def test_a_song_shorter_than_the_window_is_told_so() -> None:
    """With a model that hears more of it, one click away."""
    short = Study((Source("short.mid", a_tune(n_bars=10, qpm=90)),), (), "mel_16bar")
    page = perform(script, study=short)
    assert page.metric[0].value == "1 piece of 10 bars"
    assert "hears 16 bars at once, and your song has 10" in page.warning[0].value
    assert [button.label for button in page.button] == ["Take “Melody, 2 bars” instead (5 pieces)"]


@pytest.mark.usefixtures("fakes")
def test_bars_are_counted_in_the_metre_of_the_song() -> None:
    """Of three quarters more bars fit into a window than of four."""
    waltz = Study((Source("waltz.mid", examples.read("amazing_grace")),), (), "mel_16bar")
    page = perform(script, study=waltz)
    assert page.metric[0].value == "1 piece of 17 bars"
    assert "hears 21 bars at once, and your song has 17" in page.warning[0].value


def test_a_part_that_nobody_plays_is_told(study: Study) -> None:
    """Before that, that there is little; after it there are ways out."""
    long = Study((Source("long.mid", a_tune(n_bars=32, qpm=90)),), (), "trio_4bar")
    page = perform(script, study=long)
    assert page.metric[0].value == "8 pieces of 4 bars"
    assert "no bass or drums" in page.warning[0].value
    assert page.button[0].label == "Take “Melody, 2 bars” instead (16 pieces)"

    few = perform(script, study=Study(study.sources, (), "trio_4bar"))
    assert "fewer than 8" in few.warning[0].value
    assert len(few.warning) == 1


def test_a_band_with_enough_to_play_is_not_warned(trio: Study) -> None:
    """Six pieces are few, but nothing is missing."""
    page = perform(script, study=trio)
    assert page.metric[0].value == "6 pieces of 4 bars"
    assert "fewer than 8" in page.warning[0].value
