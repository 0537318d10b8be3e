"""What callers may ask for: small capabilities instead of classes.

Arrays in, arrays or music out; no protocol mentions a tensor or a backend, so that pipelines and
pages run on fakes in tests and on any latent model in the product.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    import numpy.typing as npt

    FloatArray = npt.NDArray[np.float32]
    IntArray = npt.NDArray[np.int32]

__all__ = ["DecodesTokens", "EncodesTokens", "LatentsLike", "PersonalSpace", "TokenModel"]


class LatentsLike(Protocol):
    """A posterior over ``z``: ``mu`` and ``sigma``, each ``[n, z_size]``."""

    @property
    def mu(self) -> FloatArray:
        """Means."""
        ...

    @property
    def sigma(self) -> FloatArray:
        """Standard deviations."""
        ...


@runtime_checkable
class EncodesTokens(Protocol):
    """Something that turns token windows into ``z``."""

    def encode_tokens(self, tokens: IntArray) -> LatentsLike:
        """``[n, steps, parts]`` to a posterior of ``[n, z_size]``."""
        ...


@runtime_checkable
class DecodesTokens(Protocol):
    """Something that turns ``z`` into token windows."""

    def decode_tokens(
        self, z: FloatArray, *, temperature: float | None = None, seed: int | Sequence[int] = 0
    ) -> IntArray:
        """``[n, z_size]`` to ``[n, steps, parts]``; ``temperature`` None means argmax.

        A sequence of ``n`` seeds decodes each row as if it were alone, with its own.
        """
        ...


@runtime_checkable
class TokenModel(EncodesTokens, DecodesTokens, Protocol):
    """Both directions: what a MusicVAE offers to the pipelines."""


@runtime_checkable
class PersonalSpace(Protocol):
    """A small space inside a large one: what a MidiMe offers to the pipelines."""

    def encode(self, z: FloatArray) -> LatentsLike:
        """``[n, input_size]`` to a posterior of ``[n, latent_size]``."""
        ...

    def decode(self, z_small: FloatArray) -> FloatArray:
        """``[n, latent_size]`` to ``[n, input_size]``."""
        ...

    def sample(self, n: int, *, seed: int) -> FloatArray:
        """``n`` draws from the prior, ``[n, latent_size]``."""
        ...
