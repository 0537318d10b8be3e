"""Checkpoints give what Magenta's own programs, or a second implementation, compute with them.

Two kits of one layout are gone through: the one committed under ``tests/data/musicvae`` (expected
outputs by a NumPy program in double precision) and, where it stands beside the checkout, the
reference kit ``../shared/conformance`` (expected outputs by magenta and magenta.js themselves).
Tolerances are those of the reference kit's README.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from midime_engine import musicvae
from midime_engine.music.midi_io import read_midi
from midime_engine.musicvae.checkpoint import read_checkpoint
from tests.support.musicvae_kit import OURS, REFERENCE, KitModel, kit_models
from tests.support.numpy_musicvae import NumpyMusicVAE

if TYPE_CHECKING:
    from pathlib import Path

    from midime_engine.musicvae.model import MusicVAE
    from midime_engine.musicvae.network import Network

POSTERIOR = 1e-5
LOGITS = 1e-3
LOSSES = 1e-5
LATENTS = 1e-6
MARGIN = 1e-3
"""Where best and second best are nearer than this, either may win in single precision."""

OUR_MODELS = kit_models(OURS)
REFERENCE_MODELS = kit_models(REFERENCE)
MODELS = OUR_MODELS + REFERENCE_MODELS
FOLDERS = list({model.folder: model for model in MODELS}.values())
"""Each set of weights once, whatever containers it comes in."""

every_model = pytest.mark.parametrize("kit", MODELS, ids=str)
every_network = pytest.mark.parametrize("kit", FOLDERS, ids=str)


@dataclass(frozen=True)
class Loaded:
    """A model as users see it, and the network alone, whose logits can be read."""

    model: MusicVAE
    network: Network


@cache
def loaded(path: Path) -> Loaded:
    """Load once for all tests of a checkpoint."""
    from midime_engine.musicvae.network import Network

    checkpoint = read_checkpoint(path)
    network = Network(checkpoint.config)
    network.assign(checkpoint.arrays)
    return Loaded(musicvae.load(path), network)


def worst(found: Any, expected: Any) -> float:
    """Largest absolute difference."""
    return float(np.max(np.abs(np.asarray(found, np.float64) - expected)))


def test_the_reference_kit_is_gone_through() -> None:
    """Seven models in eleven containers come with the reference kit, where it is present."""
    if not REFERENCE.is_dir():
        pytest.skip("NOT CHECKED against Magenta itself: there is no folder ../shared/conformance")
    assert len({model.folder for model in REFERENCE_MODELS}) == 7
    assert len(REFERENCE_MODELS) == 11


def test_our_kit_has_every_family_and_container() -> None:
    """The committed kit alone covers each container and each family of networks."""
    containers = {str(model).rsplit("-", 1)[1] for model in OUR_MODELS}
    assert containers == {"js", "prefix", "tar", "safetensors"}
    families = {
        (config.parts, config.hierarchical_encoder, config.hierarchical_decoder)
        for config in (read_checkpoint(model.path).config for model in OUR_MODELS)
    }
    assert families == {
        (("melody",), False, False),
        (("melody",), False, True),
        (("drums",), False, False),
        (("melody", "bass", "drums"), True, True),
    }


@every_model
def test_sizes_are_read_from_the_checkpoint(kit: KitModel) -> None:
    """Lengths, segments, depths and layer sizes are those that the maker states."""
    config = read_checkpoint(kit.path).config
    sizes = kit.facts["sizes"]
    assert config.n_steps == kit.facts["steps"]
    assert config.n_segments == kit.facts["segments"]
    assert list(config.output_depths) == kit.facts["output_depths"]
    assert config.z_size == sizes["z"]
    assert list(config.enc_rnn_size) == sizes["enc"]
    assert list(config.dec_rnn_size) == sizes["dec"]


@every_model
def test_a_second_container_holds_the_same_weights(kit: KitModel) -> None:
    """A tar and a prefix, or one format of ours and another, differ in nothing but rounding."""
    first = next(model for model in FOLDERS if model.folder == kit.folder)
    ours, theirs = read_checkpoint(kit.path), read_checkpoint(first.path)
    assert ours.arrays.keys() == theirs.arrays.keys()
    for name, array in ours.arrays.items():
        np.testing.assert_array_equal(array, theirs.arrays[name], err_msg=name)


@every_network
def test_mu_and_sigma(kit: KitModel) -> None:
    """The posterior of the kit's inputs is the expected one."""
    latents = loaded(kit.path).model.encode_tokens(kit.expected["input_tokens"])
    assert worst(latents.mu, kit.expected["mu"]) < POSTERIOR
    assert worst(latents.sigma, kit.expected["sigma"]) < POSTERIOR


@every_network
def test_mu_and_sigma_of_short_inputs(kit: KitModel) -> None:
    """A sequence that ends early is read backwards from its true end."""
    if "short_mu" not in kit.expected:
        pytest.skip("the kit has short inputs for flat Python models only")
    lengths = np.array(kit.facts["short_lengths"], np.int32)
    tokens = kit.expected["input_tokens"][: len(lengths)]
    mu, sigma = loaded(kit.path).network.encoder(tokens, lengths)
    assert worst(mu, kit.expected["short_mu"]) < POSTERIOR
    assert worst(sigma, kit.expected["short_sigma"]) < POSTERIOR


@every_network
def test_greedy_tokens(kit: KitModel) -> None:
    """Greedy decoding gives the expected tokens, every one."""
    tokens = loaded(kit.path).model.decode_tokens(kit.expected["z"])
    np.testing.assert_array_equal(tokens, kit.expected["tokens"])


@every_network
def test_greedy_logits(kit: KitModel) -> None:
    """Logits along the greedy decoding are the expected ones."""
    expected = _logits(kit.expected, "greedy_logits")
    if not expected:
        pytest.skip("the kit has no greedy logits of this model")
    _compare_logits(kit, expected, kit.expected["tokens"])


@every_network
def test_forced_logits(kit: KitModel) -> None:
    """Logits under teacher forcing with foreign tokens are the expected ones."""
    _compare_logits(kit, _logits(kit.expected, "forced_logits"), kit.expected["forced_tokens"])


@every_network
def test_reconstructions(kit: KitModel) -> None:
    """Encoding and decoding greedily gives the expected tokens wherever the margin allows it."""
    model = loaded(kit.path).model
    tokens = model.decode_tokens(model.encode_tokens(kit.expected["input_tokens"]).mu)
    sure = kit.expected["recon_margin"] > MARGIN
    assert sure.any()
    np.testing.assert_array_equal(tokens[sure], kit.expected["recon_tokens"][sure])


@every_network
def test_losses(kit: KitModel) -> None:
    """Reconstruction loss and KL, in nats, are the expected ones."""
    from midime_engine.pretraining.objective import kl_nats, reconstruction_nats

    expected = kit.expected
    if "forced_r_loss" not in expected:
        pytest.skip("the kit has losses of Python models only")
    network = loaded(kit.path).network
    mu, sigma = network.encoder(expected["input_tokens"])
    np.testing.assert_allclose(kl_nats(mu, sigma), expected["kl_nats"], rtol=LOSSES)
    for z, tokens, loss in (
        (expected["mu"], expected["input_tokens"], expected["r_loss_z_is_mu"]),
        (expected["z"], expected["forced_tokens"], expected["forced_r_loss"]),
    ):
        logits = network.decoder.forced(z[: len(tokens)].astype(np.float32), tokens)
        np.testing.assert_allclose(reconstruction_nats(logits, tokens), loss, rtol=LOSSES)


@every_network
def test_spherical_interpolation(kit: KitModel) -> None:
    """Points between two latents lie on the great circle, as in Magenta's Python program."""
    if "slerp_mu0_mu1_5" not in kit.expected:
        pytest.skip("magenta.js interpolates along straight lines, which we do not offer")
    mu = kit.expected["mu"]
    between = loaded(kit.path).model.interpolate(mu[0], mu[1], 5)
    assert worst(between, kit.expected["slerp_mu0_mu1_5"]) < LATENTS


@every_network
def test_the_numpy_program_agrees(kit: KitModel) -> None:
    """The second implementation, which our own kit rests on, gives the expected numbers too."""
    checkpoint = read_checkpoint(kit.path)
    reference = NumpyMusicVAE(
        checkpoint.arrays,
        n_steps=kit.facts["steps"],
        n_segments=kit.facts["segments"],
        none_bit_early=checkpoint.config.none_bit_early,
    )
    mu, sigma = reference.encode(kit.expected["input_tokens"])
    assert worst(mu, kit.expected["mu"]) < POSTERIOR
    assert worst(sigma, kit.expected["sigma"]) < POSTERIOR
    decoded = reference.decode(kit.expected["z"])
    np.testing.assert_array_equal(decoded.tokens, kit.expected["tokens"])
    assert worst(decoded.margin, kit.expected["greedy_margin"]) < LOGITS


@pytest.mark.parametrize("kit", [k for k in FOLDERS if k in REFERENCE_MODELS], ids=str)
def test_from_midi_to_latents(kit: KitModel) -> None:
    """The whole way in: MIDI bytes to a NoteSequence to ``mu``."""
    songs = [
        read_midi((REFERENCE / name).read_bytes(), name=name) for name in kit.facts["input_midi"]
    ]
    latents = loaded(kit.path).model.encode([song.sequence for song in songs])
    assert worst(latents.mu, kit.expected["mu"]) < POSTERIOR


def test_the_real_decoder() -> None:
    """Magenta's own ``mel_2bar_small`` decodes as in magenta.js (its encoder is not here)."""
    folder = REFERENCE / "mel_2bar_small_real_decoder"
    if not folder.is_dir():
        pytest.skip(f"NOT CHECKED with trained weights: there is no {folder.name} in ../shared")
    from midime_engine.musicvae.decoder import Decoder
    from midime_engine.musicvae.network import assign_variables

    with np.load(folder / "tensors.npz") as stored:
        tensors = {name: stored[name] for name in stored if name.startswith("decoder/")}
    with np.load(folder / "parity.npz") as stored:
        expected = dict(stored)
    decoder = Decoder(musicvae.get_config("cat-mel_2bar_small"))
    assign_variables(decoder.named_variables(), tensors)
    silence = [np.zeros((32, 1, 90), np.float32)]
    np.testing.assert_array_equal(decoder.generate(expected["z"], silence), expected["tokens"])
    logits = decoder.forced(expected["z"], expected["tokens"])[0]
    assert worst(logits, expected["logits"]) < LOGITS


def _logits(expected: dict[str, Any], name: str) -> list[Any]:
    found = []
    while f"{name}_{len(found)}" in expected:
        found.append(expected[f"{name}_{len(found)}"])
    return found


def _compare_logits(kit: KitModel, expected: list[Any], tokens: Any) -> None:
    n = max(len(part) for part in expected)
    z = kit.expected["z"][:n].astype(np.float32)
    logits = loaded(kit.path).network.decoder.forced(z, tokens[:n])
    assert len(logits) == len(expected)
    for part, (found, wanted) in enumerate(zip(logits, expected, strict=True)):
        steps = kit.expected.get(f"forced_logits_{part}_steps", slice(None))
        assert worst(np.asarray(found)[: len(wanted), steps], wanted) < LOGITS
