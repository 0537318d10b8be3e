"""Synthesisers to test, and ears to listen with."""

from __future__ import annotations

import pytest

from midime_engine.synthesis import SynthInfo, fluid, rust, soundfont


def available(backend: str) -> SynthInfo:
    """Return a synthesiser by name, whichever is the best here; skip where it is missing."""
    fonts = soundfont.find().paths
    if backend == "fluidsynth":
        if not fluid.is_available():
            pytest.skip("libfluidsynth is not installed")
        return SynthInfo("fluidsynth", fluid.NAME, fonts[0], "")
    if backend == "midirenderer":
        if not rust.is_available():
            pytest.skip("midirenderer is not installed")
        return SynthInfo("midirenderer", rust.NAME, fonts[0], "")
    return SynthInfo("additive", "built-in synthesiser", None, "")


@pytest.fixture(params=["fluidsynth", "midirenderer", "additive"])
def synth(request: pytest.FixtureRequest) -> SynthInfo:
    """Each synthesiser in turn: all must keep the same promises."""
    return available(request.param)


@pytest.fixture(params=["fluidsynth", "midirenderer"])
def sampled(request: pytest.FixtureRequest) -> SynthInfo:
    """Those that play a SoundFont."""
    return available(request.param)


@pytest.fixture
def fluidsynth() -> SynthInfo:
    """FluidSynth."""
    return available("fluidsynth")
