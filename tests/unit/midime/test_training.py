"""Training as an iterator that the caller owns."""

from __future__ import annotations

import itertools
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import keras
import numpy as np
import pytest

from midime_engine.errors import TrainingError
from midime_engine.midime import step, training
from midime_engine.midime.config import MidiMeConfig
from midime_engine.midime.flatness import WINDOW
from midime_engine.midime.initial import initial_weights
from midime_engine.midime.model import MidiMe
from midime_engine.midime.training import TrainingStep, prepare, training_steps

_SMALL = MidiMeConfig(
    input_size=8, latent_size=2, encoder_layers=(16,), decoder_layers=(16,), seed=1
)


def _z(n: int = 5, size: int = 8) -> np.ndarray:
    return np.random.default_rng(0).standard_normal([n, size]).astype(np.float32)


def _weights(midime: MidiMe) -> np.ndarray:
    return np.concatenate([array.ravel() for array in midime.weights.values()])


def _trained(config: MidiMeConfig, z: np.ndarray, epochs: int) -> MidiMe:
    midime = MidiMe(config)
    for _ in training_steps(midime, z, epochs=epochs):
        pass
    return midime


def test_three_epochs_follow_the_peer_by_hand() -> None:
    """Network, loss, gradient and Adam of midi_me.ts, written out in double precision."""
    z, beta, rate = _z().astype(np.float64), 0.5, 1e-2
    config = replace(_SMALL, beta=beta, learning_rate=rate)
    w = {name: array.astype(np.float64) for name, array in initial_weights(config).items()}
    first, second = ({name: np.zeros_like(a) for name, a in w.items()} for _ in range(2))
    expected = []
    for epoch in range(3):
        noise = np.random.default_rng([config.seed, 1, epoch]).standard_normal(
            [5, 2], dtype=np.float32
        )
        a = z @ w["encoder/hidden_0/kernel"] + w["encoder/hidden_0/bias"]
        h = np.maximum(a, 0)
        mu = h @ w["encoder/mu/kernel"] + w["encoder/mu/bias"]
        s = h @ w["encoder/sigma/kernel"] + w["encoder/sigma/bias"]
        sigma = np.log1p(np.exp(s)) + config.sigma_floor
        m = mu + sigma * noise
        b = m @ w["decoder/hidden_0/kernel"] + w["decoder/hidden_0/bias"]
        g = np.maximum(b, 0)
        error = g @ w["decoder/output/kernel"] + w["decoder/output/bias"] - z
        reconstruction = (error**2).sum(axis=1).mean() / 2
        kl = -0.5 * (1 + np.log(sigma**2) - mu**2 - sigma**2).sum(axis=1).mean()
        expected.append([reconstruction + beta * kl, reconstruction, kl])

        d = {}
        d_out = error / 5
        d_b = d_out @ w["decoder/output/kernel"].T * (b > 0)
        d_m = d_b @ w["decoder/hidden_0/kernel"].T
        d_mu = d_m + beta * mu / 5
        d_s = (d_m * noise + beta * (sigma - 1 / sigma) / 5) / (1 + np.exp(-s))
        d_a = (d_mu @ w["encoder/mu/kernel"].T + d_s @ w["encoder/sigma/kernel"].T) * (a > 0)
        for name, inputs, delta in (
            ("encoder/hidden_0", z, d_a),
            ("encoder/mu", h, d_mu),
            ("encoder/sigma", h, d_s),
            ("decoder/hidden_0", m, d_b),
            ("decoder/output", g, d_out),
        ):
            d[f"{name}/kernel"], d[f"{name}/bias"] = inputs.T @ delta, delta.sum(axis=0)
        for name, gradient in d.items():
            first[name] = 0.9 * first[name] + 0.1 * gradient
            second[name] = 0.999 * second[name] + 0.001 * gradient**2
            m_hat = first[name] / (1 - 0.9 ** (epoch + 1))
            v_hat = second[name] / (1 - 0.999 ** (epoch + 1))
            w[name] = w[name] - rate * m_hat / (np.sqrt(v_hat) + 1e-7)

    midime = MidiMe(config)
    steps = list(training_steps(midime, z, epochs=3))
    found = [[s.total, s.reconstruction, s.kl] for s in steps]
    np.testing.assert_allclose(found, expected, rtol=1e-5)
    for name, array in midime.weights.items():
        np.testing.assert_allclose(array, w[name], atol=1e-4, err_msg=name)


def test_the_loss_falls_and_the_steps_are_counted_from_one() -> None:
    """Plain numbers, one step per epoch."""
    steps = list(training_steps(MidiMe(replace(_SMALL, learning_rate=1e-2)), _z(), epochs=57))
    assert [s.epoch for s in steps] == list(range(1, 58))
    assert isinstance(steps[0], TrainingStep)
    assert all(type(value) is float for s in steps for value in (s.total, s.reconstruction, s.kl))
    assert steps[-1].total < 0.8 * steps[0].total
    assert steps[3].total == pytest.approx(steps[3].reconstruction + steps[3].kl, rel=1e-6)


def test_one_seed_gives_one_result_to_the_last_bit() -> None:
    """Weights repeat with the seed and change with it."""
    first, again = (_weights(_trained(_SMALL, _z(), 25)) for _ in range(2))
    other = _weights(_trained(replace(_SMALL, seed=2), _z(), 25))
    np.testing.assert_array_equal(first, again)
    assert not np.array_equal(first, other)


@pytest.mark.parametrize("stop", [1, 10, 13])
def test_breaking_out_leaves_exactly_the_steps_that_were_seen(stop: int) -> None:
    """Also when the iterator is still held and further epochs had been computed ahead."""
    midime = MidiMe(_SMALL)
    steps = training_steps(midime, _z(), epochs=40)
    for seen in steps:
        if seen.epoch == stop:
            break
    assert midime.state.steps == stop
    np.testing.assert_array_equal(_weights(midime), _weights(_trained(_SMALL, _z(), stop)))


def test_a_resumed_training_is_an_uninterrupted_one() -> None:
    """Moments, noise and the count of epochs go on as if nothing had happened."""
    midime = MidiMe(_SMALL)
    for seen in training_steps(midime, _z(), epochs=40):
        if seen.epoch == 13:
            break
    resumed = list(training_steps(midime, _z(), epochs=27))
    assert (resumed[0].epoch, resumed[-1].epoch) == (14, 40)
    np.testing.assert_array_equal(_weights(midime), _weights(_trained(_SMALL, _z(), 40)))


def test_looking_at_the_weights_does_not_disturb_the_training() -> None:
    """A page may draw from a model that is being trained."""
    midime = MidiMe(_SMALL)
    looks = [_weights(midime) for _ in training_steps(midime, _z(), epochs=15)]
    np.testing.assert_array_equal(looks[3], _weights(_trained(_SMALL, _z(), 4)))
    np.testing.assert_array_equal(looks[-1], _weights(_trained(_SMALL, _z(), 15)))


def test_zero_epochs_change_nothing() -> None:
    """Zero is a number of epochs, not a missing one."""
    midime = MidiMe(replace(_SMALL, epochs=0))
    before = _weights(midime)
    assert list(training_steps(midime, _z())) == []
    np.testing.assert_array_equal(_weights(midime), before)


def test_the_config_says_how_many_epochs() -> None:
    """Unless the caller says otherwise."""
    assert len(list(training_steps(MidiMe(replace(_SMALL, epochs=7)), _z()))) == 7


def test_beta_zero_leaves_the_kl_out_of_the_total() -> None:
    """It is still reported."""
    seen = next(iter(training_steps(MidiMe(replace(_SMALL, beta=0.0)), _z())))
    assert seen.kl > 0
    assert seen.total == pytest.approx(seen.reconstruction)


def test_one_chunk_is_enough() -> None:
    """A song of two bars can be learnt, at least by heart."""
    config = replace(_SMALL, learning_rate=1e-2, early_stop=False)
    midime = _trained(config, _z(1), 300)
    assert np.abs(midime.reconstruct(_z(1)) - _z(1)).max() < np.abs(_z(1)).max() / 2


def test_padding_does_not_change_the_result(monkeypatch: pytest.MonkeyPatch) -> None:
    """Five chunks train alike among 5, 32 or 64 rows, up to rounding."""
    curves = []
    for rows in (1, 32, 64):
        monkeypatch.setattr(training, "SMALLEST_BATCH", rows)
        curves.append([s.total for s in training_steps(MidiMe(_SMALL), _z(), epochs=20)])
    np.testing.assert_allclose(curves[1:], curves[:1] * 2, rtol=1e-4)


@pytest.mark.skipif(keras.backend.backend() == "torch", reason="torch runs eagerly: no compiling")
def test_songs_and_users_share_one_executable(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another song, length, seed, beta, learning rate or count of epochs compiles nothing."""
    traced = []
    real = step.vae_loss

    def counted(*arguments: object, **options: object) -> object:
        traced.append(1)
        return real(*arguments, **options)

    monkeypatch.setattr(step, "vae_loss", counted)
    config = replace(_SMALL, latent_size=3)
    prepare(config)
    assert traced
    traced.clear()
    _trained(config, _z(5), 10)
    _trained(replace(config, seed=9, beta=0.1, learning_rate=0.01), _z(32), 3)
    assert not traced


def test_people_train_at_once_without_touching_each_other() -> None:
    """Six threads, six songs: each gets what it would have got alone."""
    songs = [_z(n) for n in range(1, 7)]
    alone = [_weights(_trained(_SMALL, z, 30)) for z in songs]
    with ThreadPoolExecutor(6) as pool:
        together = list(pool.map(lambda z: _weights(_trained(_SMALL, z, 30)), songs))
    for one, other in zip(alone, together, strict=True):
        np.testing.assert_array_equal(one, other)


def test_a_flat_curve_ends_the_training_early() -> None:
    """With nothing to learn the iterator stops as soon as the rule allows, unless told not to."""
    config = replace(_SMALL, learning_rate=1e-8, epochs=3 * WINDOW, beta=0.0)
    z = np.zeros([4, 8], np.float32)
    # Noise makes the curve swing; without any signal its windows need not fall.
    assert len(list(training_steps(MidiMe(config), z))) < 3 * WINDOW
    assert len(list(training_steps(MidiMe(replace(config, early_stop=False)), z))) == 3 * WINDOW


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_numbers_that_are_not_finite_are_refused_before_training(bad: float) -> None:
    """The message counts the vectors and names the first."""
    z = _z()
    z[2, 3] = bad
    with pytest.raises(TrainingError, match=r"1 of 5 latent vectors .* first in chunk 3"):
        training_steps(MidiMe(_SMALL), z)


def test_no_music_and_too_much_music_are_refused() -> None:
    """Both ends of the range, at once and not at the first step."""
    for n in (0, training.MAX_CHUNKS + 1):
        with pytest.raises(TrainingError, match=f"trained on {n} chunks"):
            training_steps(MidiMe(_SMALL), np.zeros([n, 8], np.float32))


def test_wrong_shapes_and_counts_are_programming_mistakes() -> None:
    """They raise ValueError when the iterator is made."""
    with pytest.raises(ValueError, match=r"\[n, 8\]; got shape \(5, 7\)"):
        training_steps(MidiMe(_SMALL), _z(size=7))
    with pytest.raises(ValueError, match="must not be negative"):
        training_steps(MidiMe(_SMALL), _z(), epochs=-1)


def test_a_loss_that_overflows_ends_in_a_clear_error() -> None:
    """The last good weights are kept."""
    midime = MidiMe(_SMALL)
    with pytest.raises(TrainingError, match="broke down in epoch 1"):
        list(training_steps(midime, _z() * 1e30))
    assert np.isfinite(_weights(midime)).all()


def test_importing_training_does_not_load_a_backend() -> None:
    """Model, training and files are cheap until somebody trains."""
    probe = (
        "import midime_engine.midime.training, midime_engine.midime.persistence, sys; "
        "sys.exit(not sys.modules.keys().isdisjoint({'keras', 'tensorflow', 'jax', 'torch'}))"
    )
    assert subprocess.run([sys.executable, "-c", probe], check=False).returncode == 0


def test_the_iterator_is_lazy() -> None:
    """Nothing is trained before the first step is asked for."""
    midime = MidiMe(_SMALL)
    steps = training_steps(midime, _z())
    assert midime.state.steps == 0
    assert [s.epoch for s in itertools.islice(steps, 2)] == [1, 2]
