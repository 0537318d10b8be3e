"""Music is seen and heard; silence is said."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.stage import perform, words

if TYPE_CHECKING:
    from midime_ui.state import Study


def test_music_has_a_roll_and_a_player(study: Study) -> None:
    """And a word where only the beginning is played."""

    def script(study: Study) -> None:
        from midime_ui import resources
        from midime_ui.components import player

        song = resources.song(study.sources[0])
        player.show(song.sequence, key="x", title="Song", seconds=2.0)

    page = perform(script, study=study)
    assert len(page.get("plotly_chart")) == len(page.get("audio")) == 1
    assert "The first 2 seconds." in words(page)


@pytest.mark.usefixtures("fakes")
def test_silence_has_no_player() -> None:
    """There is nothing to press."""

    def script() -> None:
        import note_seq

        from midime_ui.components import player

        player.show(note_seq.NoteSequence(), key="x", title="Nothing")

    assert not perform(script).get("audio")
