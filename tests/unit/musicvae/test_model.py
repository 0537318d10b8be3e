from __future__ import annotations

import gc
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
import tensorflow as tf

from midime_engine.converters.tokens import sequence_from_tokens
from midime_engine.errors import CheckpointMismatchError
from midime_engine.latent.mixture import Mixture
from midime_engine.music.playback import Playback
from midime_engine.musicvae import MusicVAEConfig, get_config
from midime_engine.musicvae.model import MusicVAE
from midime_engine.protocols import TokenModel
from tests.support.networks import random_arrays, random_tokens, shared_model

FAMILIES = ["testing", "testing-drums", "testing-trio", "testing-mel_16bar"]


@pytest.fixture
def model() -> MusicVAE:
    """The smallest melody model."""
    return shared_model("testing")


@pytest.fixture
def z(rng) -> np.ndarray:
    """Nine points of its latent space."""
    return rng.standard_normal((9, 8), np.float32)


def test_it_is_what_the_pipelines_ask_for(model) -> None:
    """It encodes and decodes tokens, and says where it runs."""
    assert isinstance(model, TokenModel)
    assert model.device == "CPU"


@pytest.mark.parametrize("name", FAMILIES)
@pytest.mark.parametrize("temperature", [None, 1.0])
def test_tokens_are_those_of_the_parts(name: str, temperature: float | None, rng) -> None:
    """Int32 ``[n, n_steps, parts]``, each below the number of its part's classes."""
    model = shared_model(name)
    z = rng.standard_normal((3, model.config.z_size), np.float32)
    tokens = model.decode_tokens(z, temperature=temperature)
    assert tokens.dtype == np.int32
    assert tokens.shape == (3, model.config.n_steps, len(model.config.parts))
    assert (tokens >= 0).all()
    assert (tokens < np.array(model.config.output_depths)).all()


@pytest.mark.parametrize("n", [0, 1, 2])
def test_any_number_of_windows_will_do(model, n: int, rng) -> None:
    """None, one and several."""
    latents = model.encode_tokens(random_tokens(model.config, n, rng))
    assert latents.mu.shape == (n, 8)
    assert model.decode_tokens(latents.mu).shape == (n, 32, 1)
    assert model.decode_tokens(latents.mu, temperature=0.5).shape == (n, 32, 1)


def test_the_same_seed_gives_the_same_notes(model, z) -> None:
    """And another seed gives others."""
    first = model.decode_tokens(z, temperature=1.0, seed=3)
    np.testing.assert_array_equal(model.decode_tokens(z, temperature=1.0, seed=3), first)
    assert not np.array_equal(model.decode_tokens(z, temperature=1.0, seed=4), first)


@pytest.mark.parametrize("temperature", [None, 0.7])
@pytest.mark.parametrize("name", FAMILIES)
def test_a_row_does_not_depend_on_its_company(name: str, temperature: float | None, rng) -> None:
    """The first rows of a large batch are those of a small one, and of one alone."""
    model = shared_model(name)
    z = rng.standard_normal((5, model.config.z_size), np.float32)
    together = model.decode_tokens(z, temperature=temperature, seed=1)
    for n in (1, 2):
        alone = model.decode_tokens(z[:n], temperature=temperature, seed=1)
        np.testing.assert_array_equal(alone, together[:n])


def test_rows_may_have_seeds_of_their_own(model, z) -> None:
    """Each sounds as it does alone with that seed; their number must be that of the rows."""
    seeds = list(range(5, 5 + len(z)))
    together = model.decode_tokens(z, temperature=1.0, seed=seeds)
    for row, seed in enumerate(seeds):
        alone = model.decode_tokens(z[row : row + 1], temperature=1.0, seed=seed)
        np.testing.assert_array_equal(together[row : row + 1], alone)
    with pytest.raises(ValueError, match="one seed"):
        model.decode_tokens(z, temperature=1.0, seed=seeds[1:])


def test_batches_are_invisible(model, z, monkeypatch) -> None:
    """Many rows are computed a batch at a time, with the same result."""
    tokens = random_tokens(model.config, 9, np.random.default_rng(0))
    mu, notes = model.encode_tokens(tokens).mu, model.decode_tokens(z, temperature=1.0)
    monkeypatch.setattr(model, "_batch", 4)
    np.testing.assert_allclose(model.encode_tokens(tokens).mu, mu, atol=1e-6)
    np.testing.assert_array_equal(model.decode_tokens(z, temperature=1.0), notes)


@pytest.mark.parametrize("temperature", [0, 0.0, 1e-6])
def test_without_temperature_the_likeliest_is_taken(model, z, temperature: float) -> None:
    """Zero means what None means, and next to zero makes no difference."""
    np.testing.assert_array_equal(
        model.decode_tokens(z, temperature=temperature), model.decode_tokens(z)
    )


@pytest.mark.parametrize("temperature", [0.5, 1.0, 2.0])
def test_sampling_follows_the_softmax(temperature: float) -> None:
    """20,000 first tokens: their counts are those of the softmax (chi-square, p > 0.001)."""
    config = get_config("testing")
    arrays = random_arrays(config)
    for name in ("kernel", "bias"):
        arrays[f"decoder/output_projection/{name}"] /= 3.0  # no class so rare as to be unseen
    model = MusicVAE(config, arrays)
    n, at = 20_000, np.ones(8, np.float32)
    drawn = model.decode_tokens(np.tile(at, (n, 1)), temperature=temperature, seed=5)[:, 0, 0]
    logits = first_logits(config, arrays, at) / temperature
    expected = n * np.exp(logits - logits.max()) / np.exp(logits - logits.max()).sum()
    common = expected >= 5.0
    counts = np.bincount(drawn, minlength=90)
    observed = np.append(counts[common], counts[~common].sum())
    wanted = np.append(expected[common], max(expected[~common].sum(), 1e-9))
    if not common.all() and wanted[-1] < 5.0:
        observed, wanted = observed[:-1], wanted[:-1]
    chi_square = np.sum((observed - wanted) ** 2 / wanted)
    freedom = len(wanted) - 1
    assert freedom > 10
    # Wilson and Hilferty: the cube root of chi-square over its freedom is nearly normal.
    spread = 2.0 / (9.0 * freedom)
    normal = ((chi_square / freedom) ** (1.0 / 3.0) - (1.0 - spread)) / np.sqrt(spread)
    assert normal < 3.09


def first_logits(config: MusicVAEConfig, arrays, z) -> np.ndarray:
    """Logits of the first step, by the second implementation."""
    from tests.support.numpy_musicvae import NumpyMusicVAE

    return NumpyMusicVAE(arrays, n_steps=config.n_steps).decode(z[None]).logits[0][0, 0]


@pytest.mark.parametrize(
    "z",
    [
        np.zeros(8),
        np.zeros((2, 7)),
        np.zeros((1, 2, 8)),
        np.full((1, 8), np.nan),
        np.full((1, 8), np.inf),
    ],
)
def test_latents_that_are_none_are_refused(model, z) -> None:
    """Another shape, or no finite numbers."""
    with pytest.raises(ValueError, match="z must be"):
        model.decode_tokens(z)


@pytest.mark.parametrize("temperature", [-0.1, np.nan, np.inf])
def test_temperatures_that_are_none_are_refused(model, z, temperature: float) -> None:
    """Negative, infinite, or no number."""
    with pytest.raises(ValueError, match="temperature"):
        model.decode_tokens(z, temperature=temperature)


@pytest.mark.parametrize(
    "tokens",
    [
        np.zeros((32, 1), np.int32),
        np.zeros((1, 31, 1), np.int32),
        np.zeros((1, 32, 3), np.int32),
        np.full((1, 32, 1), -1),
        np.full((1, 32, 1), 90),
        np.zeros((1, 32, 1)),
        np.full((1, 32, 1), np.nan),
    ],
)
def test_tokens_that_are_none_are_refused(model, tokens) -> None:
    """Another shape, an unknown class, or no whole numbers."""
    with pytest.raises(ValueError, match="tokens must be"):
        model.encode_tokens(tokens)


@pytest.mark.parametrize("name", FAMILIES)
def test_music_is_encoded_as_its_tokens(name: str, rng) -> None:
    """Encoding a NoteSequence is encoding the tokens that it was made of."""
    model = shared_model(name)
    parts = model.config.parts
    tokens = random_tokens(model.config, 2, rng)
    for part, kind in enumerate(parts):
        if kind != "drums":  # one note per beat, so that no hold or note off stands without one
            pitches = rng.integers(2, 90, (2, model.config.n_steps // 4))
            tokens[:, :, part] = 0
            tokens[:, ::4, part] = pitches
    songs = [sequence_from_tokens(row, parts=parts, playback=Playback()) for row in tokens]
    latents, expected = model.encode(songs), model.encode_tokens(tokens)
    np.testing.assert_array_equal(latents.mu, expected.mu)
    np.testing.assert_array_equal(latents.sigma, expected.sigma)


def test_decoded_music_has_the_tempo_and_program_of_its_source(model, z) -> None:
    """And velocities that can be heard."""
    playback = Playback(qpm=90.0, programs=(40,), velocities=(77,))
    for sequence in model.decode(z, playback=playback):
        assert sequence.tempos[0].qpm == 90.0
        assert {note.program for note in sequence.notes} <= {40}
        assert {note.velocity for note in sequence.notes} <= {77}


def test_samples_are_decoded_draws_from_the_prior(model) -> None:
    """Of which the first are the same however many are asked for."""
    few, many = model.prior(2, seed=9), model.prior(50, seed=9)
    np.testing.assert_array_equal(few, many[:2])
    assert abs(float(model.prior(4000).std()) - 1.0) < 0.02
    sampled = model.sample(2, temperature=None, seed=9)
    assert [s.SerializeToString() for s in sampled] == [
        s.SerializeToString() for s in model.decode(few)
    ]


def test_samples_start_where_the_models_music_lies(rng) -> None:
    """From its mixture; from the prior where there is none."""
    config = get_config("testing")
    mixture = Mixture.fit(rng.standard_normal((50, 8)) + 3.0, dimensions=range(8), n_components=1)
    arrays = random_arrays(config)
    at_home, plain = MusicVAE(config, arrays, mixture=mixture), MusicVAE(config, arrays)
    np.testing.assert_array_equal(at_home.starts(6, seed=4), mixture.sample(6, seed=4))
    np.testing.assert_array_equal(plain.starts(6, seed=4), plain.prior(6, seed=4))
    sampled = at_home.sample(2, temperature=None, seed=4)
    assert sampled == at_home.decode(at_home.starts(2, seed=4))


def test_an_interpolation_begins_and_ends_with_its_ends(model, z) -> None:
    """``steps`` points, the first and the last of them given."""
    points = model.interpolate(z[0], z[1], 5)
    assert points.shape == (5, 8)
    np.testing.assert_allclose(points[[0, -1]], z[:2], atol=1e-6)


def test_threads_may_share_a_model_from_the_first_call_on() -> None:
    """Eight threads load, encode and decode at once and get what one thread gets."""
    config = get_config("testing")
    arrays = random_arrays(config, seed=2)
    fresh = MusicVAE(config, arrays)  # not traced yet: the threads race for it
    jobs = [
        np.random.default_rng(seed).standard_normal((3, 8)).astype(np.float32) for seed in range(8)
    ]

    def work(z: np.ndarray) -> np.ndarray:
        return fresh.decode_tokens(fresh.encode_tokens(fresh.decode_tokens(z)).mu)

    with ThreadPoolExecutor(8) as pool:
        at_once = list(pool.map(work, jobs))
    for found, job in zip(at_once, jobs, strict=True):
        np.testing.assert_array_equal(found, work(job))


def test_threads_may_load_models_at_once(rng) -> None:
    """Building a network leaves nothing behind for the thread next door."""
    names = ["testing", "testing-drums", "testing-trio"]

    def load(name: str) -> MusicVAE:
        config = get_config(name)
        return MusicVAE(config, random_arrays(config))

    with ThreadPoolExecutor(3) as pool:
        models = list(pool.map(load, names))
    for name, model in zip(names, models, strict=True):
        z = rng.standard_normal((2, model.config.z_size), np.float32)
        np.testing.assert_array_equal(model.decode_tokens(z), shared_model(name).decode_tokens(z))


def test_foreign_weights_are_refused() -> None:
    """Weights of another network."""
    with pytest.raises(CheckpointMismatchError):
        MusicVAE(get_config("testing"), random_arrays(get_config("testing-drums")))


@pytest.mark.parametrize("name", FAMILIES)
def test_a_model_that_is_given_up_leaves_nothing_behind(name: str, rng) -> None:
    """A server loads and drops models for weeks; no book of TensorFlow's may keep their weights."""
    gc.collect()
    before = _weights_in_memory()
    config = get_config(name)
    model = MusicVAE(config, random_arrays(config))
    for n in (1, 2):
        model.decode_tokens(model.encode_tokens(random_tokens(config, n, rng)).mu)
    assert _weights_in_memory() > before
    del model
    gc.collect()
    assert _weights_in_memory() <= before


def _weights_in_memory() -> int:
    """Variables of TensorFlow, seen from their handles, which functions hold as well."""
    found = (each for each in gc.get_objects() if isinstance(each, tf.Tensor))
    return sum(each.dtype == tf.resource and hasattr(each, "numpy") for each in found)
