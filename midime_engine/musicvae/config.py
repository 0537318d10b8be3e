"""What a MusicVAE looks like, in Magenta's words, and the registry of the known ones.

Shapes and names are those of ``magenta/models/music_vae/configs.py``; the sizes of the Magenta.js
checkpoints come from their manifests. A config says nothing of the weights.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from midime_engine.converters.classes import (
    N_DRUM_CLASSES,
    N_DRUM_TOKENS,
    N_MELODY_CLASSES,
)
from midime_engine.errors import UnknownModelError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from midime_engine.converters.classes import Role

__all__ = [
    "DRUM_ROLL_DEPTH",
    "STEPS_PER_BAR",
    "MusicVAEConfig",
    "configs",
    "get_config",
]

DRUM_ROLL_DEPTH: Final = N_DRUM_CLASSES + 1
"""What a drum encoder reads per step: nine bits and the "none of them" bit."""

STEPS_PER_BAR: Final = 16
"""Sixteenth notes of a bar of 4/4, the only metre that the models count in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MusicVAEConfig:
    """Architecture of one MusicVAE."""

    name: str

    parts: tuple[Role, ...] = ("melody",)
    """What stands side by side at each step: one part, or melody, bass and drums."""

    n_steps: int = 32
    """Steps of a window, in sixteenth notes."""

    z_size: int = 256

    enc_rnn_size: tuple[int, ...] = (512,)
    """Units per direction: of each layer of a flat encoder, or of each level of a hierarchy."""

    hierarchical_encoder: bool = False
    """Two levels, segments first, as in Magenta's ``hier-*`` and in Magenta.js."""

    dec_rnn_size: tuple[int, ...] = (256, 256)
    """Units of each layer of the (core) decoder."""

    conductor_rnn_size: tuple[int, ...] = ()
    """Units of each layer of the conductor; empty for a flat decoder."""

    n_segments: int = 1
    """Steps of the conductor, and segments of a hierarchical encoder."""

    part_z_size: int = 0
    """Numbers that stand for one part of one segment between the two levels; 0 in Magenta's models.

    With it the lower levels are those of two-bar models, whose ``z`` has that size: an encoder with
    its ``mu`` for each vocabulary, and for each part a conductor that speaks to a core of its own.
    """

    none_bit_early: bool = False
    """Whether a drum encoder reads "no drum" one step early.

    Magenta.js writes that bit into the row above (``buffer.set(1, i, -1)`` in ``data.ts``), so its
    numbers can be met only by doing the same.
    """

    def __post_init__(self) -> None:
        """Refuse what no network can be built from, and sizes that only damage explains."""
        layers = (*self.enc_rnn_size, *self.dec_rnn_size, *self.conductor_rnn_size)
        for size in (self.n_steps, self.n_segments, self.z_size, self.part_z_size or 1, *layers):
            if not isinstance(size, int) or not 1 <= size <= _MAX_SIZE:
                raise ValueError(
                    f"sizes must be whole numbers from 1 to {_MAX_SIZE}; got {size!r}."
                )
        if not self.enc_rnn_size or not self.dec_rnn_size or len(layers) > _MAX_LAYERS:
            raise ValueError(f"{len(layers)} layers make no encoder and decoder.")
        if self.parts not in _KNOWN_PARTS:
            raise ValueError(f"parts must be one of {_KNOWN_PARTS}; got {self.parts}.")
        if self.n_steps < 1 or self.n_steps % self.n_segments:
            raise ValueError(f"{self.n_steps} steps cannot be cut into {self.n_segments} segments.")
        if self.hierarchical_encoder and len(self.enc_rnn_size) != _LEVELS:
            raise ValueError(f"A hierarchical encoder has two levels; got {self.enc_rnn_size}.")
        if not self.hierarchical_decoder and self.n_segments > 1 and not self.hierarchical_encoder:
            raise ValueError("A flat model has one segment.")
        if self.part_z_size and not (
            self.hierarchical_encoder and self.conductor_rnn_size[-1:] == (self.part_z_size,)
        ):
            raise ValueError(
                "Parts with a z of their own need two levels, and a conductor of that size."
            )

    @property
    def hierarchical_decoder(self) -> bool:
        """Whether a conductor stands between ``z`` and the cores."""
        return bool(self.conductor_rnn_size)

    @property
    def n_bars(self) -> int:
        """Bars of 4/4 in a window, at least one."""
        return max(1, self.n_steps // STEPS_PER_BAR)

    @property
    def output_depths(self) -> tuple[int, ...]:
        """Classes of each part."""
        return tuple(N_DRUM_TOKENS if part == "drums" else N_MELODY_CLASSES for part in self.parts)

    @property
    def input_depth(self) -> int:
        """Width of the encoder's input at each step."""
        return DRUM_ROLL_DEPTH if self.parts == ("drums",) else sum(self.output_depths)


_MAX_SIZE: Final = 1 << 14
"""Eight times the largest layer that Magenta has published; a longer window is as unlikely."""

_MAX_LAYERS: Final = 32
_LEVELS: Final = 2
_KNOWN_PARTS: Final[tuple[tuple[Role, ...], ...]] = (
    ("melody",),
    ("drums",),
    ("melody", "bass", "drums"),
)
_TRIO: Final[tuple[Role, ...]] = ("melody", "bass", "drums")

_CONFIGS: Final[tuple[MusicVAEConfig, ...]] = (
    # Small enough to build, save and run inside a unit test; one of each family.
    MusicVAEConfig(name="testing", z_size=8, enc_rnn_size=(12,), dec_rnn_size=(10, 10)),
    MusicVAEConfig(
        name="testing-drums", parts=("drums",), z_size=6, enc_rnn_size=(9,), dec_rnn_size=(11, 7)
    ),
    MusicVAEConfig(
        name="testing-trio",
        parts=_TRIO,
        n_steps=64,
        z_size=8,
        enc_rnn_size=(9, 7),
        hierarchical_encoder=True,
        conductor_rnn_size=(8, 6),
        dec_rnn_size=(7, 7),
        n_segments=4,
    ),
    MusicVAEConfig(
        name="testing-mel_16bar",
        n_steps=256,
        z_size=8,
        enc_rnn_size=(6, 5),
        conductor_rnn_size=(7,),
        dec_rnn_size=(8,),
        n_segments=16,
    ),
    MusicVAEConfig(
        name="testing-stacked-trio",
        parts=_TRIO,
        n_steps=64,
        z_size=8,
        enc_rnn_size=(9, 7),
        hierarchical_encoder=True,
        conductor_rnn_size=(6,),
        dec_rnn_size=(7, 7),
        n_segments=2,
        part_z_size=6,
    ),
    # Ours. Two bars: the shapes of Magenta's cat-mel_2bar_small and cat-drums_2bar_small. Longer
    # windows stand on these two (docs/decisions/0021): so they can be trained in an hour on two
    # cores.
    MusicVAEConfig(name="mel_2bar"),
    MusicVAEConfig(name="drums_2bar", parts=("drums",)),
    MusicVAEConfig(
        name="mel_16bar",
        n_steps=256,
        enc_rnn_size=(512, 256),
        hierarchical_encoder=True,
        conductor_rnn_size=(384, 256),
        n_segments=8,
        part_z_size=256,
    ),
    MusicVAEConfig(
        name="trio_4bar",
        parts=_TRIO,
        n_steps=64,
        enc_rnn_size=(512, 256),
        hierarchical_encoder=True,
        conductor_rnn_size=(256,),
        n_segments=2,
        part_z_size=256,
    ),
    # Magenta's, by the names of its configs.
    MusicVAEConfig(name="cat-mel_2bar_small"),
    MusicVAEConfig(
        name="cat-mel_2bar_big",
        z_size=512,
        enc_rnn_size=(2048,),
        dec_rnn_size=(2048, 2048, 2048),
    ),
    MusicVAEConfig(name="cat-drums_2bar_small", parts=("drums",)),
    MusicVAEConfig(
        name="cat-drums_2bar_big",
        parts=("drums",),
        z_size=512,
        enc_rnn_size=(2048,),
        dec_rnn_size=(2048, 2048, 2048),
    ),
    MusicVAEConfig(
        name="hierdec-mel_16bar",
        n_steps=256,
        z_size=512,
        enc_rnn_size=(2048, 2048),
        conductor_rnn_size=(1024, 1024),
        dec_rnn_size=(1024, 1024),
        n_segments=16,
    ),
    MusicVAEConfig(
        name="hierdec-trio_16bar",
        parts=_TRIO,
        n_steps=256,
        z_size=512,
        enc_rnn_size=(2048, 2048),
        conductor_rnn_size=(1024, 1024),
        dec_rnn_size=(1024, 1024),
        n_segments=16,
    ),
    MusicVAEConfig(
        name="hier-mel_16bar",
        n_steps=256,
        z_size=512,
        enc_rnn_size=(1024, 1024),
        hierarchical_encoder=True,
        conductor_rnn_size=(1024, 1024),
        dec_rnn_size=(1024, 1024),
        n_segments=16,
    ),
    MusicVAEConfig(
        name="hier-trio_16bar",
        parts=_TRIO,
        n_steps=256,
        z_size=512,
        enc_rnn_size=(1024, 1024),
        hierarchical_encoder=True,
        conductor_rnn_size=(1024, 1024),
        dec_rnn_size=(1024, 1024),
        n_segments=16,
    ),
    # Magenta.js, whose trio_4bar this is.
    MusicVAEConfig(
        name="hier-trio_4bar",
        parts=_TRIO,
        n_steps=64,
        enc_rnn_size=(512, 512),
        hierarchical_encoder=True,
        conductor_rnn_size=(256, 256),
        n_segments=4,
    ),
)


def configs() -> Mapping[str, MusicVAEConfig]:
    """Every registered config by its name."""
    return {config.name: config for config in _CONFIGS}


def get_config(name: str) -> MusicVAEConfig:
    """Return the registered config called ``name``.

    Raises:
        UnknownModelError: no config has that name; the message lists those that there are.
    """
    known = configs()
    if name not in known:
        raise UnknownModelError(
            f"No model is called {name!r}.", remedy=f"Choose one of {', '.join(known)}."
        )
    return known[name]
