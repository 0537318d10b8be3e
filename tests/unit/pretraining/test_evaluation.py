from __future__ import annotations

import numpy as np
import pytest

from midime_engine.pretraining.evaluation import Evaluator, PartAccuracy, compare
from tests.support.melodies import drums, melody
from tests.support.networks import random_network, random_tokens, shared_model

NO_KL = np.zeros((1, 4))


def window(text: str) -> np.ndarray:
    """One melody window of eight steps, ``[1, 8, 1]``."""
    return melody(text, n_steps=8)[None, :, None]


def test_a_perfect_reconstruction_scores_one() -> None:
    """In every figure."""
    tokens = window("C4 . E4 off")
    found = compare(tokens, tokens, NO_KL, ("melody",))
    assert (found.step_accuracy, found.onset_accuracy, found.exact_windows) == (1.0, 1.0, 1.0)


def test_a_wrong_onset_counts_among_onsets_and_steps() -> None:
    """One of two onsets, one of eight steps."""
    found = compare(window("C4 . E4 off"), window("C4 . F4 off"), NO_KL, ("melody",))
    assert (found.step_accuracy, found.onset_accuracy) == (7 / 8, 1 / 2)
    assert found.exact_windows == 0.0


def test_a_wrong_hold_counts_among_steps_only() -> None:
    """Holding is most of a melody, so steps alone flatter."""
    found = compare(window("C4 . E4 off"), window("C4 . E4 ."), NO_KL, ("melody",))
    assert (found.step_accuracy, found.onset_accuracy) == (7 / 8, 1.0)


def test_a_note_off_is_no_onset_but_a_kick_is() -> None:
    """Token 1 means different things to melodies and drums."""
    struck, silent = np.ones((1, 8, 1), np.int32), np.zeros((1, 8, 1), np.int32)
    assert compare(struck, silent, NO_KL, ("drums",)).onset_accuracy == 0.0
    assert compare(struck, silent, NO_KL, ("melody",)).onset_accuracy == 1.0


def test_the_kl_is_summed_over_dimensions_and_averaged_over_windows() -> None:
    """Dimensions below a hundredth of a nat are asleep."""
    kl = np.array([[1.0, 0.001, 0.0], [3.0, 0.003, 0.0]])
    tokens = np.zeros((2, 8, 1), np.int32)
    found = compare(tokens, tokens, kl, ("melody",))
    assert found.kl_nats == pytest.approx(2.002)
    assert found.active_dimensions == 1


def test_parts_are_judged_one_by_one() -> None:
    """The melody comes back, of two drum hits one."""
    windows = np.zeros((1, 8, 2), np.int32)
    windows[0, :, 0] = melody("C4 . E4 off", n_steps=8)
    windows[0, :, 1] = drums("k . s .", n_steps=8)
    decoded = windows.copy()
    decoded[0, 2, 1] = drums("h")[0]
    found = compare(windows, decoded, NO_KL, ("melody", "drums"))
    assert found.parts["melody"] == PartAccuracy(1.0, 1.0)
    beat = found.parts["drums"]
    assert (beat.step_accuracy, beat.onset_accuracy) == (7 / 8, 1 / 2)
    assert beat.hits is not None
    assert (beat.hits.precision, beat.hits.recall, beat.hits.f1) == (0.5, 0.5, 0.5)


def test_windows_are_decoded_from_their_means(rng) -> None:
    """What is judged is what a model of those weights would give back."""
    network, model = random_network("testing"), shared_model("testing")
    tokens = random_tokens(network.config, 5, rng)
    latents = model.encode_tokens(tokens)
    expected = compare(tokens, model.decode_tokens(latents.mu), latents.kl(), ("melody",))
    found = Evaluator(network)(tokens)
    assert found.step_accuracy == expected.step_accuracy
    assert found.kl_nats == pytest.approx(expected.kl_nats, rel=1e-5)
