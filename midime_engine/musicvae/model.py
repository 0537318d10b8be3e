"""A MusicVAE as its users see it: arrays and music in, arrays and music out.

Randomness comes from NumPy, one stream per row of a batch: the same seed gives the same notes on
every backend, and the notes of a row do not depend on how many rows are decoded with it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from midime_engine.converters.tokens import sequence_from_tokens, tokens_from_sequence
from midime_engine.latent.interpolation import slerp
from midime_engine.latent.latents import Latents
from midime_engine.music.playback import Playback
from midime_engine.musicvae.network import network_of
from midime_engine.musicvae.serving import compiled, device_name, prepare_devices
from midime_engine.musicvae.starting import standard_normal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import numpy.typing as npt
    from note_seq import NoteSequence

    from midime_engine.latent.mixture import Mixture
    from midime_engine.musicvae.config import MusicVAEConfig
    from midime_engine.protocols import FloatArray, IntArray

__all__ = ["MusicVAE"]

_BATCH_CELLS: Final = 16_000_000
"""Logits held at once, in numbers: 64 MB of noise at most, whatever is asked for."""

_MAX_BATCH: Final = 512
"""Larger batches run no faster and take more memory."""

_DEFAULT_TEMPERATURE: Final = 0.5
"""What Magenta's demos sample with."""


class MusicVAE:
    """Turns windows of music into latent vectors and back. Safe to share between threads."""

    def __init__(
        self,
        config: MusicVAEConfig,
        arrays: Mapping[str, npt.NDArray[Any]],
        *,
        mixture: Mixture | None = None,
    ) -> None:
        """Build the network and take the weights ``arrays``, by checkpoint name.

        ``mixture`` says where in ``z`` the model's music lies, if that was measured.

        Raises:
            CheckpointMismatchError: the weights are not exactly those of the network.
        """
        prepare_devices()
        self.config = config
        self.mixture = mixture
        network = network_of(config, arrays)
        network.trainable = False  # graphs without gradients are traced in a third of the time
        window = (None, config.n_steps, len(config.parts))
        self._encode = compiled(network.encoder, [(window, "int32")])

        def decode(z: Any, *noise: Any) -> Any:
            return network.decoder.generate(z, list(noise))

        def signature(rows: int | None) -> list[tuple[tuple[int | None, ...], str]]:
            noise = [(config.n_steps, rows, depth) for depth in config.output_depths]
            return [(shape, "float32") for shape in [(rows, config.z_size), *noise]]

        self._decode: Callable[..., Any] = compiled(decode, signature(None))
        # A slider asks for one row at a time, and then most of the work is calling operations. The
        # many operations of a hierarchy take longer to fuse than anybody's sliders can make good.
        is_quickly_fused = len(config.parts) == 1 and not config.hierarchical_decoder
        self._decode_one: Callable[..., Any] = (
            compiled(decode, signature(1), fused=True) if is_quickly_fused else self._decode
        )
        cells = config.n_steps * sum(config.output_depths)
        self._batch = max(1, min(_MAX_BATCH, _BATCH_CELLS // cells))
        self._silence = [np.zeros((config.n_steps, 1, d), np.float32) for d in config.output_depths]

    @property
    def device(self) -> str:
        """Where it runs: ``CPU`` or the name of a GPU."""
        return device_name()

    def encode(self, sequences: Sequence[NoteSequence]) -> Latents:
        """The posterior of each sequence, which is one window of music long; longer ones are cut.

        Returns ``mu`` and ``sigma``, ``[n, z_size]`` each.
        """
        config = self.config
        tokens = np.zeros((len(sequences), config.n_steps, len(config.parts)), np.int32)
        for row, sequence in enumerate(sequences):
            tokens[row] = tokens_from_sequence(sequence, parts=config.parts, n_steps=config.n_steps)
        return self.encode_tokens(tokens)

    def encode_tokens(self, tokens: IntArray) -> Latents:
        """The posterior of windows ``[n, n_steps, parts]``: ``mu`` and ``sigma`` ``[n, z_size]``.

        Raises:
            ValueError: the shape or a token does not fit the model.
        """
        tokens = self._checked_tokens(tokens)
        mu = np.zeros((len(tokens), self.config.z_size), np.float32)
        sigma = np.ones_like(mu)
        for start in range(0, len(tokens), self._batch):
            rows = slice(start, start + self._batch)
            mu[rows], sigma[rows] = (np.asarray(part) for part in self._encode(tokens[rows]))
        return Latents(mu, sigma)

    def decode_tokens(
        self, z: FloatArray, *, temperature: float | None = None, seed: int | Sequence[int] = 0
    ) -> IntArray:
        """Tokens ``[n, n_steps, parts]`` for ``z`` ``[n, z_size]``.

        ``temperature`` None takes the likeliest token at each step; otherwise tokens are drawn
        from the softmax of the logits divided by it. A sequence of ``n`` seeds decodes each row
        as if it were alone, with its own.

        Raises:
            ValueError: ``z`` has another shape or is not finite, ``temperature`` is negative, or
                there is another number of seeds.
        """
        config = self.config
        z = np.asarray(z, np.float32)
        if z.ndim != 2 or z.shape[1] != config.z_size:  # noqa: PLR2004 - a matrix
            raise ValueError(f"z must be [n, {config.z_size}]; got {z.shape}.")
        if not np.all(np.isfinite(z)):
            raise ValueError("z must be finite numbers.")
        if temperature is not None and not 0 <= temperature < np.inf:
            raise ValueError(f"temperature must not be negative; got {temperature}.")
        streams = _streams(seed, len(z))
        tokens = np.zeros((len(z), config.n_steps, len(config.parts)), np.int32)
        for start in range(0, len(z), self._batch):
            rows = range(start, min(len(z), start + self._batch))
            noise = self._noise(streams[rows.start : rows.stop], temperature)
            decode = self._decode_one if len(rows) == 1 else self._decode
            tokens[rows.start : rows.stop] = np.asarray(decode(z[rows.start : rows.stop], *noise))
        return tokens

    def decode(
        self,
        z: FloatArray,
        *,
        temperature: float | None = None,
        seed: int = 0,
        playback: Playback | None = None,
    ) -> list[NoteSequence]:
        """Music for ``z`` ``[n, z_size]``; ``playback`` gives it the source's tempo and metre."""
        return self._as_music(self.decode_tokens(z, temperature=temperature, seed=seed), playback)

    def sample(
        self,
        n: int,
        *,
        temperature: float | None = _DEFAULT_TEMPERATURE,
        seed: int = 0,
        playback: Playback | None = None,
    ) -> list[NoteSequence]:
        """``n`` windows of music, from :meth:`starts`."""
        z = self.starts(n, seed=seed)
        return self.decode(z, temperature=temperature, seed=seed, playback=playback)

    def starts(self, n: int, *, seed: int = 0) -> FloatArray:
        """``n`` points where the model's music lies, ``[n, z_size]``: draws from its mixture.

        Of a model without one, from the prior.
        """
        return self.mixture.sample(n, seed=seed) if self.mixture else self.prior(n, seed=seed)

    def prior(self, n: int, *, seed: int = 0) -> FloatArray:
        """``n`` draws from the prior, ``[n, z_size]``; the first of them do not depend on ``n``."""
        return standard_normal(n, self.config.z_size, seed=seed)

    def interpolate(self, a: FloatArray, b: FloatArray, steps: int) -> FloatArray:
        """``steps`` points on the great circle from ``a`` to ``b``, ``[z_size]`` each.

        Returns ``[steps, z_size]``; the first is ``a`` and the last is ``b``.
        """
        return slerp(a, b, np.linspace(0.0, 1.0, steps, dtype=np.float32))

    def _noise(
        self, streams: Sequence[tuple[int, int]], temperature: float | None
    ) -> list[FloatArray]:
        """What is added to the logits of each part, ``[n_steps, rows or 1, classes]``.

        The largest of logits plus Gumbel noise times the temperature is a draw from their softmax
        at that temperature; with no noise it is the likeliest.
        """
        if not temperature:
            return self._silence
        config = self.config
        depth = sum(config.output_depths)
        gumbel = np.empty((config.n_steps, len(streams), depth), np.float32)
        for column, (seed, row) in enumerate(streams):
            rng = np.random.default_rng([seed, 2, row])
            exponential = rng.standard_exponential((config.n_steps, depth), np.float32)
            gumbel[:, column] = -np.log(np.maximum(exponential, np.finfo(np.float32).tiny))
        gumbel *= temperature
        return np.split(gumbel, np.cumsum(config.output_depths)[:-1], axis=-1)

    def _checked_tokens(self, tokens: IntArray) -> IntArray:
        config = self.config
        tokens = np.asarray(tokens)
        window = (config.n_steps, len(config.parts))
        if tokens.ndim != 3 or tokens.shape[1:] != window:  # noqa: PLR2004 - a batch of windows
            raise ValueError(f"tokens must be [n, {window[0]}, {window[1]}]; got {tokens.shape}.")
        if not np.issubdtype(tokens.dtype, np.integer):
            raise ValueError(f"tokens must be whole numbers; got {tokens.dtype}.")
        if np.any(tokens < 0) or np.any(tokens >= np.array(config.output_depths)):
            raise ValueError(f"tokens must be below {config.output_depths} in each part.")
        return tokens.astype(np.int32)

    def _as_music(self, tokens: IntArray, playback: Playback | None) -> list[NoteSequence]:
        playback = playback or Playback()
        parts = self.config.parts
        return [sequence_from_tokens(row, parts=parts, playback=playback) for row in tokens]


def _streams(seed: int | Sequence[int], n: int) -> list[tuple[int, int]]:
    """Seed and number of the random stream of each of ``n`` rows."""
    if isinstance(seed, int | np.integer):
        return [(int(seed), row) for row in range(n)]
    if len(seed) != n:
        raise ValueError(f"There must be one seed, or one for each of {n} rows; got {len(seed)}.")
    return [(int(each), 0) for each in seed]
