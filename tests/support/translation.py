"""Small translators, and pairs that they can learn something from in a moment."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from midime_engine.latent.latents import Latents
from midime_engine.pipelines.carried import NAMES
from midime_engine.translation.config import TranslatorConfig
from midime_engine.translation.domain import Domain
from midime_engine.translation.model import Translator
from midime_engine.translation.pairs import Pairs, Side
from tests.support.fakes import PerfectModel

__all__ = [
    "DRUMS",
    "EVERY_TERM",
    "MELODY",
    "N_LABELS",
    "toy_config",
    "toy_models",
    "toy_pairs",
    "toy_translator",
]

MELODY = Domain(model="toy_melody", parts=("melody",), n_steps=32, z_size=6)
DRUMS = Domain(model="toy_drums", parts=("drums",), n_steps=32, z_size=9)
N_LABELS = 2

EVERY_TERM = {
    "alignment": 1.0,
    "labels": 0.5,
    "spread": 1.0,
    "agreement": 0.1,
    "contrast": 0.1,
    "crossing": 0.5,
    "carrying": 0.5,
    "returning": 0.5,
    "likeness": 0.5,
}


def toy_config(**changes: Any) -> TranslatorConfig:
    """A translator that is built and trained inside a unit test."""
    settings: dict[str, Any] = {
        "domains": (MELODY, DRUMS),
        "latent_size": 5,
        "shared_size": 2,
        "layers": (8, 7),
        "n_labels": N_LABELS,
        "beta": 1e-3,
        "steps": 40,
        "batch_size": 16,
        "seed": 3,
        **EVERY_TERM,
    }
    return TranslatorConfig(**{**settings, **changes})


def toy_pairs(n: int = 40, *, seed: int = 0) -> Pairs:
    """Both sides see the same two hidden numbers, which are the labels, and noise of their own."""
    rng = np.random.default_rng(seed)
    hidden = rng.standard_normal((n, N_LABELS))
    labels = (1.0 / (1.0 + np.exp(-2.0 * hidden))).astype(np.float32)
    sides = []
    for domain in (MELODY, DRUMS):
        mixing = rng.standard_normal((N_LABELS, domain.size)) / 2.0
        mu = hidden @ mixing + 0.3 * rng.standard_normal((n, domain.size))
        sides.append(Side(Latents(mu, np.full_like(mu, 0.2)), labels))
    together = np.arange(n) % 4 != 0
    return Pairs((sides[0], sides[1]), together, (np.arange(n) // 4).astype(np.int32))


def toy_models() -> tuple[PerfectModel, PerfectModel]:
    """A melody model and a drums model that forget nothing."""
    return _named("toy_melody", ("melody",)), _named("toy_drums", ("drums",))


def toy_translator(*, n_windows: int = 1, **changes: Any) -> Translator:
    """An untrained translator between :func:`toy_models`, quick to train a step further."""
    domains = tuple(
        Domain(model=name, parts=parts, n_steps=32, z_size=32, n_windows=n_windows)
        for name, parts in (("toy_melody", ("melody",)), ("toy_drums", ("drums",)))
    )
    off = dict.fromkeys(EVERY_TERM, 0.0)
    settings: dict[str, Any] = {
        "domains": domains,
        "n_labels": len(NAMES),
        "steps": 3,
        **off,
        "carrying": 0.5,
    }
    return Translator(toy_config(**{**settings, **changes}))


def _named(name: str, parts: tuple[str, ...]) -> PerfectModel:
    model = PerfectModel(parts=parts)
    model.config = replace(model.config, name=name)
    return model
