"""How good a translator is."""

from __future__ import annotations

import numpy as np
import pytest

from midime_engine.converters.classes import FIRST_ONSET
from midime_engine.pipelines.carried import measure
from midime_engine.pretraining.duets import Heard
from midime_engine.pretraining.translation_figures import figures, sign_test
from midime_engine.translation.model import Translator
from tests.support.translation import toy_models, toy_translator

N, SONGS = 60, 6


def _heard() -> Heard:
    """Each song has melodies of a density of its own, and drums that play the same rhythm."""
    rng = np.random.default_rng(0)
    songs = np.repeat(np.arange(SONGS), N // SONGS).astype(np.int32)
    melody = np.zeros((N, 32, 1), np.int32)
    for row, song in enumerate(songs.tolist()):
        places = rng.choice(32, 3 + 4 * song, replace=False)
        melody[row, places, 0] = 40
    drums = (melody > 0).astype(np.int32) * 5
    tokens = (melody, drums)
    translator = toy_translator()
    return Heard(
        translator.config.domains,
        tokens,
        tuple(side[:, :, 0].astype(np.float16) for side in tokens),  # type: ignore[arg-type]
        tuple(np.full((N, 32), 0.1, np.float16) for _ in tokens),  # type: ignore[arg-type]
        (measure(melody, parts=("melody",)), measure(drums, parts=("drums",))),
        np.ones(N, bool),
        songs,
        np.ones(N, bool),
    )


def _perfect() -> Translator:
    """One that has room for all 32 steps in what is shared, and plays 5 where 40 was."""
    translator = toy_translator(latent_size=32, shared_size=32)
    weights = {name: np.zeros_like(array) for name, array in translator.weights.items()}
    for side, scale in (("a", 40.0), ("b", 5.0)):
        weights[f"encoder/{side}/mu_skip/kernel"] = np.eye(32, dtype=np.float32) / scale
        weights[f"decoder/{side}/skip/kernel"] = np.eye(32, dtype=np.float32) * scale
        weights[f"decoder/{side}/head/bias"] = np.repeat(np.array([0.0, -40.0], np.float32), 32)
    for head in ("mu", "sigma"):
        weights[f"encoder/{head}/bias"] = np.repeat(np.array([0.0, -40.0], np.float32), 32)
    return Translator.from_weights(translator.config, weights)


@pytest.fixture(scope="module")
def perfect():
    """The figures of a translation that is always right."""
    rows = np.arange(N)
    return figures(_perfect(), _heard(), rows, toy_models(), side=0, strictness=1.0)


def test_a_perfect_translation_has_perfect_figures(perfect) -> None:
    """Everything comes back, is carried, is nearest to its own and sounds."""
    assert perfect.own_accuracy == perfect.round_trip == 1.0
    assert perfect.carried["density"] > 0.99
    assert abs(perfect.shuffled["density"]) < 0.4
    assert perfect.own_distance == 0.0
    assert (perfect.songs_nearer, perfect.n_songs) == (SONGS, SONGS)
    assert perfect.sign_p == pytest.approx(1 / 2**SONGS)
    assert perfect.silent == 0.0
    assert perfect.most_frequent == pytest.approx(1 / perfect.n_sources)
    assert perfect.n_answers == perfect.n_sources


def test_figures_become_plain_numbers(perfect) -> None:
    """With the ratio of the distances."""
    plain = perfect.to_json()
    assert plain["ratio"] == 0.0
    assert plain["source"] == "toy_melody"


def test_a_translator_that_hears_nothing_carries_nothing() -> None:
    """Every source gets the same answer, which is no nearer to its own song."""
    translator = _perfect()
    weights = dict(translator.weights)
    weights["encoder/a/mu_skip/kernel"] = np.zeros((32, 32), np.float32)
    weights["encoder/a/mu_skip/bias"] = (np.arange(32) % 3 == 0).astype(np.float32)
    deaf = Translator.from_weights(translator.config, weights)
    found = figures(deaf, _heard(), np.arange(N), toy_models(), side=0, strictness=1.0)
    assert found.carried["density"] is None
    assert found.most_frequent == 1.0
    assert found.n_answers == 1
    assert found.ratio > 0.9
    assert found.round_trip < 1.0


def test_steps_are_notes_of_the_source() -> None:
    """The music of the test is music: onsets that the melody model would decode."""
    assert (_heard().tokens[0].max(axis=1) >= FIRST_ONSET).all()


@pytest.mark.parametrize(("heads", "n", "p"), [(10, 10, 1 / 1024), (0, 4, 1.0), (3, 4, 5 / 16)])
def test_the_sign_test_counts_coins(heads: int, n: int, p: float) -> None:
    """So many heads or more."""
    assert sign_test(heads, n) == pytest.approx(p)
