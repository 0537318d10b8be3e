"""Players leave nothing in the session that cannot be kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from streamlit import config

from tests.support.stage import perform

if TYPE_CHECKING:
    from midime_ui.studies import Study


def test_a_player_leaves_plain_data(study: Study) -> None:
    """The check of the served app passes, in the first run and in the next."""

    def script(study: Study) -> None:
        from midime_ui import reading
        from midime_ui.components import player

        song = reading.song(study.sources[0])
        player.show(song.sequence, key="x", title="Song", seconds=2.0)

    config.set_option("runner.enforceSerializableSessionState", True)
    page = perform(script, study=study)
    assert not page.run().exception
