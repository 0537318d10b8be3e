"""Music is seen and heard; silence is said."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.players import told
from tests.support.stage import perform, words

if TYPE_CHECKING:
    from midime_ui.studies import Study


def test_music_has_a_roll_and_a_player(study: Study) -> None:
    """What it is told; and a word where only the beginning is played."""

    def script(study: Study) -> None:
        from midime_ui import reading
        from midime_ui.components import player

        song = reading.song(study.sources[0])
        player.show(song.sequence, key="x", title="Song", seconds=2.0, loop=True, pair="p")

    page = perform(script, study=study)
    assert len(page.get("plotly_chart")) == 1
    assert not page.get("audio")
    (facts,) = told(page)
    assert facts["title"] == "Song"
    assert (facts["loop"], facts["autoplay"], facts["pair"]) == (True, False, "p")
    assert facts["seconds"] == 2.0
    assert "The first 2 seconds." in words(page)


def test_a_sound_can_be_sent_ahead_of_its_player(study: Study) -> None:
    """The sound travels once, and what stands on the page is the same whatever the music is."""

    def script(study: Study) -> None:
        import streamlit as st

        from midime_ui import reading
        from midime_ui.components import player

        sequence = reading.song(study.sources[0]).sequence
        seconds = st.session_state.get("seconds", 2.0)
        made = player.make(sequence, key="x", title="Song", seconds=seconds)
        player.send_ahead(made)
        player.show_roll(sequence, key="x", title="Song")
        player.show_stand(made)

    page = perform(script, study=study)
    ahead, stand = told(page)
    assert (ahead["place"], ahead["seconds"]) == ("ahead", 2.0)
    assert stand["place"] == "stand"
    sizes = [len(element.proto.bytes) for element in page.get("bidi_component")]
    assert sizes[0] > 10_000 > sizes[1]
    page.session_state["seconds"] = 3.0
    page.run()
    assert told(page)[1] == stand
    assert told(page)[0] != ahead


def test_a_small_player_has_its_roll_in_itself(study: Study) -> None:
    """No chart and no second player: many of them are light."""

    def script(study: Study) -> None:
        from midime_ui import reading
        from midime_ui.components import player

        sequence = reading.song(study.sources[0]).sequence
        kept = [i % 2 == 0 for i in range(len(sequence.notes))]
        player.show(sequence, key="x", title="Song", compact=True, kept=kept)

    page = perform(script, study=study)
    assert not page.get("plotly_chart")
    assert not page.get("audio")
    (facts,) = told(page)
    assert [box[5] for box in facts["boxes"]] == [1, 0] * 32


@pytest.mark.usefixtures("fakes")
def test_silence_has_no_sound() -> None:
    """There is nothing to press, and the reason is said."""

    def script() -> None:
        import note_seq

        from midime_ui.components import player

        player.show(note_seq.NoteSequence(), key="x", title="Nothing")

    page = perform(script)
    assert not page.get("audio")
    (facts,) = told(page)
    assert "nothing to hear" in facts["reason"]


def test_what_cannot_be_played_is_said_in_its_place(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The roll stays, and the rest of the page."""
    from midime_engine.errors import SynthesisError
    from midime_ui import listening

    def fail(*_: object, **__: object) -> None:
        raise SynthesisError("The sound is too loud.", remedy="Close the window.")

    def script(study: Study) -> None:
        import streamlit as st

        from midime_ui import reading
        from midime_ui.components import player

        player.show(reading.song(study.sources[0]).sequence, key="x", title="Song")
        st.caption("The rest.")

    monkeypatch.setattr(listening, "sound", fail)
    page = perform(script, study=study)
    assert len(page.get("plotly_chart")) == 1
    assert not page.get("bidi_component")
    assert "The sound is too loud." in words(page)
    assert "The rest." in words(page)
