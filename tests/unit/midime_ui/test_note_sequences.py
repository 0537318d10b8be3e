"""Tokens become notes as a musician would write them."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import mido

from midime_ui import note_sequences, rebuilding

if TYPE_CHECKING:
    from midime_ui.studies import Study


def test_a_trio_is_written_as_three_tracks(trio: Study) -> None:
    """With the instruments of the song, named after the parts, the drums on their channel."""
    music = note_sequences.music(trio, rebuilding.rebuilt(trio).tokens[:1])[0]
    file = mido.MidiFile(file=io.BytesIO(note_sequences.midi(music)))
    channels = {
        track.name: {message.channel for message in track if message.type == "note_on"}
        for track in file.tracks[1:]
    }
    programs = {
        track.name: [message.program for message in track if message.type == "program_change"]
        for track in file.tracks[1:]
    }
    assert channels == {"melody": {0}, "bass": {1}, "drums": {9}}
    song = mido.MidiFile(file=io.BytesIO(trio.sources[0].data))
    played = {m.program for track in song.tracks for m in track if m.type == "program_change"}
    assert set(programs["melody"] + programs["bass"]) <= played
    assert programs["bass"][0] in range(32, 40)
