"""midirenderer, what is special about it."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import mido
import pytest

from midime_engine.errors import SynthesisError
from midime_engine.synthesis import rust
from midime_engine.synthesis.score import Score
from tests.support.notes import add, sequence

if TYPE_CHECKING:
    from pathlib import Path


def test_the_file_in_between_is_exact_to_a_frame() -> None:
    """Read by another program, the notes stand where they were, to 1/48,000 of a second."""
    song = sequence([(0.123456, 0.5, 60), (0.75, 1.5, 72)], program=40, velocity=77)
    add(song, [(0.25, 0.3, 38)], is_drum=True, instrument=9)
    song.pitch_bends.add(time=0.2, bend=-100, program=40)
    file = mido.MidiFile(file=io.BytesIO(rust.midi_file(Score.of(song), n_ticks=96_000)))
    now, found, total = 0.0, [], 0.0
    for message in file:
        now += message.time
        total = now
        if message.type == "note_on":
            found.append((round(now, 4), message.channel, message.note, message.velocity))
        if message.type == "pitchwheel":
            assert message.pitch == -100
    assert found == [(0.1235, 0, 60, 77), (0.25, 9, 38, 90), (0.75, 0, 72, 77)]
    assert total == pytest.approx(2.0, abs=1e-4)


def test_a_font_that_is_none_is_refused(tmp_path: Path) -> None:
    """With the name of the file and what to do."""
    if not rust.is_available():
        pytest.skip("midirenderer is not installed")
    font = tmp_path / "none.sf2"
    font.write_bytes(b"nothing")
    assert not rust.is_usable_font(font)
    with pytest.raises(SynthesisError, match=r"none\.sf2"):
        rust.render(Score.of(sequence()), soundfont=font, sample_rate=44_100)
