"""A variation is measured by the song's nearest piece and by the base model."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from midime_engine.metrics.originality import Originality
from midime_engine.music.playback import Playback
from midime_ui.components.neighbours import copies
from midime_ui.studies import Songless
from tests.support.stage import perform, words

if TYPE_CHECKING:
    from midime_ui.studies import Study


@pytest.mark.parametrize(
    ("n_bars", "copied", "run", "text"),
    [
        (2, 0.0, 0, "Nothing is copied."),
        (2, 0.0, 3, "No bar is copied. The longest passage in common has 3 notes."),
        (2, 1.0, 8, "Every bar occurs in your song as it is."),
        (2, 0.5, 1, "1 of 2 bars occurs in your song as it is."),
    ],
)
def test_copies_are_counted_in_words(n_bars: int, copied: float, run: int, text: str) -> None:
    """From nothing to everything."""
    measured = Originality(n_bars, copied, {"melody": copied}, run, {"melody": run}, ())
    assert copies(measured).startswith(text)


def test_both_neighbours_can_be_heard(study: Study) -> None:
    """The song is its own nearest neighbour."""

    def script(study: Study) -> None:
        from midime_engine.pipelines.generate import Variations
        from midime_ui import rebuilding
        from midime_ui.components import neighbours
        from midime_ui.components.sliders import Position

        whole = rebuilding.embedding(study)
        same = Variations(whole.latents.mu[2:3], whole.chunks.tokens[2:3])
        neighbours.show(study, same, Position((0.0,), None, 7))

    page = perform(script, study=study)
    assert len(page.get("plotly_chart")) == 2
    assert len(page.get("bidi_component")) == 2
    assert "bars 5 to 6" in words(page).replace("\\", "")
    assert "seed 7" in words(page)


def test_without_the_song_only_the_base_model_is_beside_it(study: Study) -> None:
    """There is no piece to compare with."""

    def script(study: Study) -> None:
        from midime_ui.components import neighbours
        from midime_ui.components.sliders import Position

        neighbours.show(study, None, Position((0.0,), None, 7))

    page = perform(script, study=replace(study, sources=(), songless=Songless("x", Playback())))
    assert "Nearest" not in words(page)
    assert "seed 7" in words(page)
