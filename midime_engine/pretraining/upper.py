"""Teaching the upper level alone: from what two-bar models hear to ``z`` and back.

A long model stands on two-bar models (:mod:`midime_engine.musicvae.ears`). Between its ears and its
cores only a few steps are left, one per segment, so these levels learn from vectors, without a note
being read or written, a hundred times as many sequences in the same time:

    r = sum over segments, parts and dimensions of ((PART_SCALE · conductor - mu) / sigma)² / 2
    total = mean(r) + beta · mean(KL)

``mu`` and ``sigma`` are the two-bar model's posterior of the segment, so an error of one standard
deviation, which that model's decoder has learnt to bear, costs half a nat, and dimensions that
carry nothing cost nothing.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from keras import ops

from midime_engine.errors import TrainingError
from midime_engine.latent.latents import Latents
from midime_engine.musicvae.ears import vocabulary
from midime_engine.musicvae.network import Network
from midime_engine.musicvae.serving import compiled
from midime_engine.pretraining.batches import rows_at
from midime_engine.pretraining.heard import Heard, hear
from midime_engine.pretraining.objective import PretrainingModel, kl_nats
from midime_engine.pretraining.transfer import PART_SCALE

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from midime_engine.musicvae.checkpoint import Checkpoint
    from midime_engine.musicvae.config import MusicVAEConfig
    from midime_engine.pretraining.config import PretrainingConfig
    from midime_engine.protocols import FloatArray, IntArray

Tensor = Any

__all__ = ["TRANSPOSITIONS", "UpperLoop", "UpperModel"]

TRANSPOSITIONS: Final = (0, -5, 3)
"""Semitones in which every window is heard: enough that no key is learnt by heart, few enough that
all of it is encoded in minutes and kept in memory."""


class UpperModel(PretrainingModel):
    """A pretraining model of which only the levels between ears and cores are trained.

    A batch is ``mu`` and ``sigma`` ``[segments, b, parts * part_z_size]`` of what was heard, and
    ``noise`` ``[b, z_size]``.
    """

    def __init__(
        self, config: MusicVAEConfig, *, matmul_dtype: str = "bfloat16", free_bits: float = 0.0
    ) -> None:
        """Build the network; ``free_bits`` of KL per window cost nothing.

        Raises:
            ValueError: the model has no such levels.
        """
        super().__init__(config, matmul_dtype=matmul_dtype, free_bits=free_bits)
        if not config.part_z_size:
            raise ValueError(f"{config.name} does not stand on two-bar models.")
        for block in (*self.network.encoder.first_level, *self.network.decoder.cores):
            block.trainable = False

    def call(self, batch: tuple[Tensor, Tensor, Tensor]) -> tuple[Tensor, Tensor, Tensor]:
        """What the conductors say, beside ``mu`` and ``sigma`` of ``z``."""
        heard, _, noise = batch
        mu, sigma = self.network.encoder.understand(heard)
        said = self.network.decoder.embeddings(mu + sigma * noise)
        return PART_SCALE * ops.concatenate(said, axis=-1), mu, sigma

    def compute_loss(
        self, x: Any = None, y: Any = None, y_pred: Any = None, *_: Any, **__: Any
    ) -> Tensor:
        """The objective of the module's docstring; its terms are kept as metrics."""
        del y
        heard, spread, _ = x
        said, mu, sigma = y_pred
        r = ops.mean(ops.sum(((said - heard) / spread) ** 2, axis=(0, 2))) / 2.0
        kl = kl_nats(mu, sigma)
        self.reconstruction.update_state(r)
        self.kl.update_state(ops.mean(kl))
        return r + self.beta * ops.mean(ops.maximum(kl - self.free_nats, 0.0))


class UpperLoop:
    """Steps on what was heard of the windows, in random transpositions."""

    def __init__(
        self,
        model: UpperModel,
        windows: IntArray,
        config: PretrainingConfig,
        sources: Sequence[Checkpoint],
        folder: Path,
    ) -> None:
        """Hear all ``windows`` ``[n, steps, parts]`` with the flat models among ``sources``.

        What was heard is kept in ``folder``.

        Raises:
            TrainingError: a model of two bars that is needed is not among the sources.
        """
        self.model, self.config = model, config
        self.steps_per_call = config.steps_per_call or _STEPS_PER_CALL
        architecture = model.network.config
        self.heard = _heard(np.asarray(windows), config, sources, architecture, folder)

    def run(self, first_step: int, input_dropout: float) -> FloatArray:
        """Run the steps of one call: reconstruction and KL of each, ``[steps_per_call, 2]``."""
        del input_dropout  # Nothing is fed back here.
        n_windows = self.heard.places.shape[1]
        z_size = self.model.network.config.z_size
        means = []
        for step in range(first_step, first_step + self.steps_per_call):
            rng = np.random.default_rng([self.config.seed, 3, step])
            rows = rows_at(step, n_windows, self.config)
            shift = int(rng.integers(len(TRANSPOSITIONS)))
            noise = rng.standard_normal((len(rows), z_size), np.float32)
            logs = self.model.train_on_batch(
                (*self.heard.batch(shift, rows), noise), return_dict=True
            )
            self.model.reset_metrics()
            means.append((float(logs["reconstruction"]), float(logs["kl"])))
        return np.array(means, np.float32)


_STEPS_PER_CALL: Final = 16
"""A step takes a fraction of a second."""


def _heard(
    windows: IntArray,
    config: PretrainingConfig,
    sources: Sequence[Checkpoint],
    architecture: MusicVAEConfig,
    folder: Path,
) -> Heard:
    flat = {
        vocabulary(source.config.parts[0]): source
        for source in sources
        if not source.config.hierarchical_decoder
    }
    needed = sorted({vocabulary(part) for part in architecture.parts})
    if not flat.keys() >= set(needed):
        raise TrainingError(
            f"{architecture.name} is taught by two-bar models of {' and of '.join(needed)} parts.",
            remedy="Name them with --start-from, after the model to go on from if there is one.",
        )
    digest = hashlib.sha256(repr((windows.shape, TRANSPOSITIONS)).encode() + windows.tobytes())
    for name in needed:
        digest.update(np.ascontiguousarray(flat[name].arrays["encoder/mu/kernel"]).tobytes())
    path = folder / f"heard-{digest.hexdigest()[:16]}.npz"
    heard = Heard.load(path) if path.exists() else None
    if heard is None:
        encoders = {name: _encoder(flat[name], config.matmul_dtype) for name in needed}
        heard = hear(windows, architecture, encoders, TRANSPOSITIONS)
        heard.save(path)
    return heard


def _encoder(source: Checkpoint, matmul_dtype: str) -> Callable[[IntArray], Latents]:
    """The encoder of a flat model, ``[k, steps, 1]`` to a posterior, as quick as training is."""
    network = Network(source.config, matmul_dtype)
    network.assign(source.arrays)
    network.trainable = False
    encode = compiled(network.encoder, [((None, source.config.n_steps, 1), "int32")])

    def encoded(tokens: IntArray) -> Latents:
        mu, sigma = (np.asarray(each, np.float32) for each in encode(tokens))
        return Latents(mu, sigma)

    return encoded
