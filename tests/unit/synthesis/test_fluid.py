"""FluidSynth, what is special about it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import numpy as np
import pytest

from midime_engine.errors import SynthesisError
from midime_engine.synthesis import SynthInfo, fluid
from midime_engine.synthesis.score import Score
from tests.support.notes import sequence

if TYPE_CHECKING:
    from pathlib import Path


def test_a_font_that_is_none_is_refused(tmp_path: Path, fluidsynth: SynthInfo) -> None:
    """With the name of the file and what to do."""
    del fluidsynth
    font = tmp_path / "none.sf2"
    font.write_bytes(b"nothing")
    assert not fluid.is_usable_font(font)
    with pytest.raises(SynthesisError, match=r"none\.sf2") as caught:
        fluid.render(Score.of(sequence()), soundfont=font, sample_rate=44_100)
    assert "MIDIME_SOUNDFONT" in caught.value.remedy


def test_the_font_stays_loaded_between_renders(fluidsynth: SynthInfo) -> None:
    """One anchor is kept, for the font that was used last."""
    assert fluidsynth.soundfont is not None
    for _ in range(2):
        fluid.render(
            Score.of(sequence([(0, 0.1, 60)])), soundfont=fluidsynth.soundfont, sample_rate=8_000
        )
    assert list(fluid._anchors) == [fluidsynth.soundfont]


def test_a_synthesiser_that_was_made_ahead_plays_the_same(fluidsynth: SynthInfo) -> None:
    """It is there after a render, is used once, and nothing rings in it."""
    assert fluidsynth.soundfont is not None
    score = Score.of(sequence([(0, 0.3, 60), (0.3, 0.6, 67)]))
    kind = (fluidsynth.soundfont, score.n_channels, 8_000)

    def render() -> np.ndarray:
        return fluid.render(score, soundfont=kind[0], sample_rate=kind[2])

    fluid._spares.clear()
    first = render()
    deadline = time.monotonic() + 20
    while kind not in fluid._spares and time.monotonic() < deadline:
        time.sleep(0.01)
    spare = fluid._spares[kind]
    assert np.array_equal(render(), first)
    assert fluid._spares.get(kind) is not spare


def test_the_pedal_holds_notes(fluidsynth: SynthInfo) -> None:
    """A note with the sustain pedal down sounds beyond its end."""
    assert fluidsynth.soundfont is not None
    levels = []
    for pedal in (0, 127):
        song = sequence([(0, 0.2, 60)], program=19, total_time=1.5)
        song.control_changes.add(time=0, control_number=64, control_value=pedal, program=19)
        samples = fluid.render(Score.of(song), soundfont=fluidsynth.soundfont, sample_rate=44_100)
        levels.append(float(abs(samples[44_100:60_000]).mean()))
    assert levels[1] > 10 * levels[0]


def test_a_kit_that_the_font_lacks_is_replaced(fluidsynth: SynthInfo) -> None:
    """Drums with an odd program still sound."""
    assert fluidsynth.soundfont is not None
    song = sequence([(0, 0.2, 38)], is_drum=True, program=99, instrument=9)
    samples = fluid.render(Score.of(song), soundfont=fluidsynth.soundfont, sample_rate=44_100)
    assert abs(samples).max() > 0.02
