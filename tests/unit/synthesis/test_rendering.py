"""What is heard, measured: every synthesiser keeps the same promises."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import pytest

from midime_engine.errors import SynthesisError
from midime_engine.synthesis import TAIL_SECONDS, Audio, SynthInfo, render
from tests.support.notes import add, sequence


def _strongest_hz(audio: Audio, start: float = 0.0, end: float = 1.0) -> float:
    """Frequency of the strongest partial between two moments."""
    piece = audio.samples[int(start * audio.sample_rate) : int(end * audio.sample_rate)].sum(axis=1)
    spectrum = np.abs(np.fft.rfft(piece * np.hanning(len(piece)), 4 * audio.sample_rate))
    return float(np.argmax(spectrum)) / 4


def _nearest_partial(heard: float, hz: float) -> float:
    """How far ``heard`` is from the nearest low partial of a tone, relatively."""
    return min(abs(heard / (k * hz) - 1) for k in (0.5, 1, 2, 3, 4))


def _level(audio: Audio, start: float = 0.0, end: float | None = None) -> float:
    """Root mean square between two moments."""
    stop = len(audio.samples) if end is None else int(end * audio.sample_rate)
    piece = audio.samples[int(start * audio.sample_rate) : stop].astype(np.float64)
    return float(np.sqrt(np.mean(np.square(piece))))


@pytest.mark.parametrize(("program", "cents"), [(0, 3), (40, 15), (73, 15)])
def test_a4_sounds_at_440_hz(program: int, cents: int, synth: SynthInfo) -> None:
    """Piano, violin and flute are in tune, but for the vibrato of the last two."""
    audio = render(sequence([(0, 1, 69)], program=program), synth=synth)
    assert abs(1200 * np.log2(_strongest_hz(audio, 0.1) / 440)) < cents


@pytest.mark.parametrize("sample_rate", [22_050, 48_000])
def test_pitch_and_length_do_not_depend_on_the_sample_rate(
    sample_rate: int, synth: SynthInfo
) -> None:
    """A rate is a matter of size, not of music."""
    audio = render(sequence([(0, 1, 69)]), sample_rate=sample_rate, synth=synth)
    assert audio.sample_rate == sample_rate
    assert len(audio.samples) == round((1 + TAIL_SECONDS) * sample_rate)
    assert _strongest_hz(audio, 0.1) == pytest.approx(440, rel=0.005)


def test_a_louder_velocity_is_louder(synth: SynthInfo) -> None:
    """Nothing is normalised: dynamics are heard."""
    levels = [
        _level(render(sequence([(0, 0.5, 60)], velocity=v), synth=synth), 0, 0.5)
        for v in (30, 60, 90, 127)
    ]
    assert levels == sorted(levels)
    assert levels[-1] > 3 * levels[0]


def test_silence_lasts_as_long_as_the_sequence_says(synth: SynthInfo) -> None:
    """Without notes there is silence, of the asked length."""
    audio = render(sequence(total_time=2.0), synth=synth)
    assert audio.seconds == pytest.approx(2.0 + TAIL_SECONDS)
    assert audio.peak < 1e-4


def test_a_sequence_without_anything_is_a_tail_of_silence(synth: SynthInfo) -> None:
    """Nothing in, nothing out, no error."""
    audio = render(sequence(), synth=synth)
    assert audio.seconds == pytest.approx(TAIL_SECONDS)
    assert audio.peak < 1e-4


def test_sound_starts_and_ends_with_the_note(synth: SynthInfo) -> None:
    """Silence before, sound during, and the tail dies away."""
    audio = render(sequence([(1.0, 1.5, 72)], program=19), synth=synth)
    during = _level(audio, 1.0, 1.5)
    assert _level(audio, 0.0, 0.99) < 0.001 * during
    assert _level(audio, audio.seconds - 0.1) < 0.05 * during


def test_the_same_notes_are_the_same_bytes(synth: SynthInfo) -> None:
    """A second render is identical, whatever was played in between."""
    song = sequence([(0, 0.3, 60), (0.3, 0.6, 64), (0.6, 1.2, 67)])
    add(song, [(0, 0.1, 36), (0.6, 0.7, 38)], is_drum=True, instrument=9)
    first = render(song, synth=synth).samples.tobytes()
    render(sequence([(0, 1, 40)], program=48, velocity=127), synth=synth)
    assert render(song, synth=synth).samples.tobytes() == first


def test_two_threads_render_the_same(synth: SynthInfo) -> None:
    """Several listeners at once hear what one alone would hear."""
    songs = [sequence([(i / 4, i / 4 + 0.2, p + i) for i in range(8)]) for p in (48, 60, 72)]
    alone = [render(song, synth=synth).samples for song in songs]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda song: render(song, synth=synth).samples, songs * 2))
    for samples, expected in zip(together, alone * 2, strict=True):
        np.testing.assert_array_equal(samples, expected)


def test_a_repeated_note_is_struck_again(synth: SynthInfo) -> None:
    """The end of a note does not silence the next one of its pitch, even when they overlap."""
    audio = render(sequence([(0, 1.2, 60), (1.0, 2.0, 60)], program=19), synth=synth)
    assert _level(audio, 1.3, 1.9) > 0.5 * _level(audio, 0.3, 0.9)


def test_more_than_fifteen_instruments_are_all_heard(synth: SynthInfo) -> None:
    """Channels do not run out: twenty instruments play one after the other."""
    song = sequence()
    pitches = range(60, 80)
    for i, pitch in enumerate(pitches):
        add(song, [(2 * i, 2 * i + 0.8, pitch)], instrument=i, program=71 + i % 3)
    audio = render(song, synth=synth)
    for i, pitch in enumerate(pitches):
        hz = 440 * 2 ** ((pitch - 69) / 12)
        heard = _strongest_hz(audio, 2 * i + 0.1, 2 * i + 0.8)
        assert _nearest_partial(heard, hz) < 0.01, (pitch, heard)


def test_drums_are_noise_and_not_notes(synth: SynthInfo) -> None:
    """A closed hi-hat has its energy far above the pitch that its number would mean."""
    hat = render(sequence([(0, 0.1, 42)], is_drum=True, instrument=9), synth=synth)
    bass = render(sequence([(0, 0.1, 42)], program=33), synth=synth)
    assert _strongest_hz(hat, 0, 0.1) > 2000 > _strongest_hz(bass, 0, 0.1)


def test_instruments_sound_different(synth: SynthInfo) -> None:
    """The program is heard: a violin is no piano."""
    piano = render(sequence([(0, 0.5, 60)], program=0), synth=synth).samples
    violin = render(sequence([(0, 0.5, 60)], program=40), synth=synth).samples
    assert not np.allclose(piano, violin, atol=1e-3)


def test_dense_music_is_bent_and_not_clipped(synth: SynthInfo) -> None:
    """Eighty notes at full strength stay below full scale, and no sample repeats at a ceiling."""
    audio = render(
        sequence([(0, 1, p) for p in range(28, 108)], velocity=127, program=61), synth=synth
    )
    assert 0.5 < audio.peak < 1.0
    at_peak = np.sum(np.abs(audio.samples) >= np.float32(audio.peak))
    assert at_peak < 0.001 * audio.samples.size


def test_only_the_beginning_can_be_asked_for(synth: SynthInfo) -> None:
    """A preview stops where it is told to, and what follows is not heard."""
    audio = render(sequence([(0, 0.5, 60), (5, 9, 72)]), first_seconds=1.0, synth=synth)
    assert audio.seconds == pytest.approx(1.0 + TAIL_SECONDS)


def test_channel_volume_is_followed(synth: SynthInfo) -> None:
    """A part that its file turns down is softer."""
    loud, soft = sequence([(0.1, 0.6, 60)]), sequence([(0.1, 0.6, 60)])
    soft.control_changes.add(time=0, control_number=7, control_value=30)
    assert _level(render(soft, synth=synth)) < 0.4 * _level(render(loud, synth=synth))


def test_pitch_bends_are_followed(sampled: SynthInfo) -> None:
    """Bent up by half the usual range, A sounds as A sharp."""
    song = sequence([(0.1, 1, 69)], program=73)
    song.pitch_bends.add(time=0, bend=4096, program=73)
    heard = _strongest_hz(render(song, synth=sampled), 0.2)
    assert _nearest_partial(heard, 466.16) < 0.01


def test_loudness_is_alike(fluidsynth: SynthInfo) -> None:
    """Whoever has no FluidSynth need not reach for the volume: within 6 dB on a small trio."""
    song = sequence([(i / 2, i / 2 + 0.5, 60 + p) for i, p in enumerate([0, 4, 7, 12])])
    add(song, [(0, 1, 36), (1, 2, 43)], program=33, instrument=1)
    add(song, [(i / 2, i / 2 + 0.1, (36, 38)[i % 2]) for i in range(4)], is_drum=True, instrument=9)
    expected = _level(render(song, synth=fluidsynth))
    for other in ("additive", "midirenderer"):
        info: Any = SynthInfo(other, other, fluidsynth.soundfont, "")  # type: ignore[arg-type]
        assert 0.5 < _level(render(song, synth=info)) / expected < 2.0, other


def test_too_long_music_is_refused_with_a_remedy() -> None:
    """Eleven minutes would take the memory of a class: an error that says what to do."""
    with pytest.raises(SynthesisError, match="11 minutes") as caught:
        render(sequence(total_time=660.0))
    assert "excerpt" in caught.value.remedy


def test_the_beginning_of_long_music_can_be_played() -> None:
    """The limit is on what is rendered, not on the song."""
    audio = render(sequence([(0, 0.2, 60)], total_time=1100.0), first_seconds=1.0)
    assert audio.seconds == pytest.approx(1.0 + TAIL_SECONDS)


@pytest.mark.parametrize("sample_rate", [0, 7_999, 96_001])
def test_a_sample_rate_out_of_range_is_a_mistake(sample_rate: int) -> None:
    """FluidSynth would silently use another one."""
    with pytest.raises(ValueError, match="sample_rate"):
        render(sequence(), sample_rate=sample_rate)


@pytest.mark.parametrize("end", [float("nan"), float("inf")])
def test_a_time_that_is_no_number_is_a_mistake(end: float) -> None:
    """No endless loop, no huge buffer."""
    with pytest.raises(ValueError, match="finite"):
        render(sequence(total_time=end))
