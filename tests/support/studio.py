"""What the app needs to run without TensorFlow and without waiting."""

from __future__ import annotations

import io
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import mido
import numpy as np
import streamlit as st

from midime_engine import musicvae
from midime_engine.latent.latents import Latents
from midime_engine.midime.model import MidiMe
from midime_engine.midime.training import TrainingStep
from midime_engine.musicvae import ModelCard, cards
from midime_engine.pipelines import personalise
from midime_ui import models

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pytest

__all__ = [
    "EMBEDDED",
    "TRIO",
    "FakeMusicVAE",
    "a_tune",
    "a_validation",
    "fake_cards",
    "fake_start",
    "with_fakes",
]

Z_SIZE = 256
SCALE = 4.0
TRIO = ("melody", "bass", "drums")
EMBEDDED = {
    "mel_2bar": (("melody",), 32),
    "mel_16bar": (("melody",), 256),
    "trio_4bar": (TRIO, 64),
    "drums_2bar": (("drums",), 32),
}
"""Parts and steps of the models that the app comes with."""


class FakeMusicVAE:
    """Keeps the tokens in the first numbers of ``z``: what goes in comes out, at once."""

    device = "CPU"

    def __init__(self, name: str = "mel_2bar") -> None:
        self.parts, self.n_steps = EMBEDDED[name]
        self.depths = np.array([512 if part == "drums" else 90 for part in self.parts])

    def encode_tokens(self, tokens):
        """Tokens as small numbers around zero, the rest of ``z`` empty."""
        mu = np.zeros((len(tokens), Z_SIZE), np.float32)
        mu[:, : tokens[0].size] = (tokens / self.depths * SCALE - 1.0).reshape(len(tokens), -1)
        return Latents(mu, np.ones_like(mu))

    def decode_tokens(self, z, *, temperature=None, seed=0):
        """The way back; a temperature moves every note by the seed."""
        shift = 0 if temperature is None else np.reshape(seed, (-1, 1, 1)) % 5
        window = (len(z), self.n_steps, len(self.parts))
        tokens = z[:, : self.n_steps * len(self.parts)].reshape(window)
        tokens = np.rint((tokens + 1.0) * self.depths / SCALE) + shift
        return np.clip(tokens, 0, self.depths - 1).astype(np.int32)


def a_validation(parts, accuracy):
    """What a card says of a model that gives back that share of the steps of each part."""
    by_part = {part: {"step_accuracy": accuracy} for part in parts}
    return {"greedy_from_mu": {"step_accuracy": accuracy, "parts": by_part}}


def fake_cards():
    """The embedded models as they describe themselves."""
    return tuple(
        ModelCard(
            name=name,
            summary=name,
            parts=parts,
            n_steps=n_steps,
            n_bars=n_steps // 16,
            z_size=Z_SIZE,
            path=Path(name),
            n_bytes=9_000_000,
            figures={"n_parameters": 4_500_000, "validation": a_validation(parts, 0.9)},
        )
        for name, (parts, n_steps) in EMBEDDED.items()
    )


def fake_start(z, config):
    """A training that falls smoothly and costs nothing."""
    assert z.shape[1] == config.input_size
    steps = (TrainingStep(i + 1, 30.0 / (i + 1), 29.0 / (i + 1), 0.1) for i in range(config.epochs))
    return personalise.Training(MidiMe(config), steps)


def a_tune(*, n_bars: int, qpm: float, pitch: int = 60) -> bytes:
    """Quarter notes in 4/4, a different figure in each pair of bars."""
    file = mido.MidiFile(ticks_per_beat=480)
    track = file.add_track("Lead")
    track.append(mido.MetaMessage("set_tempo", tempo=mido.bpm2tempo(qpm)))
    track.append(mido.MetaMessage("time_signature", numerator=4, denominator=4))
    for i in range(4 * n_bars):
        note = pitch + (i * (1 + i // 16)) % 12
        track.append(mido.Message("note_on", note=note, velocity=90, time=0))
        track.append(mido.Message("note_off", note=note, velocity=0, time=480))
    buffer = io.BytesIO()
    file.save(file=buffer)
    return buffer.getvalue()


@contextmanager
def with_fakes(monkeypatch: pytest.MonkeyPatch, folder: Path) -> Iterator[None]:
    """No TensorFlow, folders of our own, and empty caches before and after."""
    monkeypatch.delenv("MIDIME_MODEL", raising=False)
    monkeypatch.setenv("MIDIME_CACHE", str(folder / "cache"))
    monkeypatch.setenv("MIDIME_DATA", str(folder / "data"))
    monkeypatch.delenv("MIDIME_MAX_DOWNLOAD", raising=False)
    monkeypatch.setattr(musicvae, "available", fake_cards)
    monkeypatch.setattr(cards, "available", fake_cards)
    monkeypatch.setattr(models, "_load", FakeMusicVAE)
    monkeypatch.setattr(personalise, "start", fake_start)
    st.cache_resource.clear()
    st.cache_data.clear()
    yield
    st.cache_resource.clear()
    st.cache_data.clear()
