"""Several songs: what each gives, and one can go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from midime_engine import examples
from midime_ui.components import song_set
from midime_ui.studies import Source, Study
from tests.support.stage import perform, words
from tests.support.studio import a_tune

if TYPE_CHECKING:
    import pytest


def script(sources: tuple[Source, ...]) -> None:
    """The list of a visitor with these songs."""
    from midime_ui import state
    from midime_ui.components import song_set

    if not state.sources():
        state.set_sources(sources)
    study = state.study()
    assert study is not None
    song_set.show(study)


def test_each_song_says_what_it_gives_and_can_be_removed(
    source: Source, request: pytest.FixtureRequest
) -> None:
    """One that gives nothing says so as well."""
    request.getfixturevalue("fakes")
    groove = Source("groove.mid", examples.read("corner_shop_groove"))
    short = Source("short.mid", a_tune(n_bars=4, qpm=90))
    page = perform(script, sources=(source, short, groove))
    text = words(page)
    assert "3 songs teach one MidiMe" in text
    assert "tune.mid: 8 pieces" in text
    assert "short.mid: 2 pieces" in text
    assert "groove.mid: nothing that this model hears" in text

    page.button(key=f"remove_{short.sha256[:12]}").click().run()
    assert not page.exception
    assert "2 songs teach" in words(page)
    assert "short.mid" not in words(page)


def test_pieces_are_counted_with_the_chosen_track(study: Study, source: Source) -> None:
    """And each song for itself."""
    other = Source("other.mid", a_tune(n_bars=4, qpm=80))
    both = Study((source, other), ((source.sha256, "melody", 0),), study.model)
    assert song_set.n_pieces(both, source) == 8
    assert song_set.n_pieces(both, other) == 2
