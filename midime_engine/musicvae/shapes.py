"""The architecture of a checkpoint, read from the names and shapes of its variables.

Layer sizes differ between checkpoints of one family, so they are never assumed. What shapes do not
tell is the length: Magenta.js writes it into ``config.json``, Magenta into the config's name
("hierdec-mel_16bar").
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from midime_engine.converters.classes import N_DRUM_TOKENS, N_MELODY_CLASSES
from midime_engine.errors import CheckpointError
from midime_engine.musicvae.config import (
    STEPS_PER_BAR,
    MusicVAEConfig,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from midime_engine.converters.classes import Role

    Shapes = Mapping[str, tuple[int, ...]]

__all__ = ["bars_in_name", "config_from_shapes"]

_GATES: Final = 4
_SUPPORTED: Final = (
    "NADE, GrooVAE, chord-conditioned and multitrack models are not supported; "
    "choose another checkpoint."
)
_FLAT_STEPS: Final = 32
_HIERARCHICAL_STEPS: Final = 256
_CONDUCTOR: Final = "decoder/hierarchical_level_0/cell_{}/lstm_cell/bias"
_FLAT_ENCODER: Final = "encoder/cell_{}/bidirectional_rnn/fw/multi_rnn_cell/cell_0/lstm_cell/bias"
_LEVELLED_ENCODER: Final = (
    "encoder/hierarchical_level_{}/cell_0/bidirectional_rnn/fw/multi_rnn_cell/cell_0/lstm_cell/bias"
)
_PARTS_BY_DEPTHS: Final[Mapping[tuple[int, ...], tuple[Role, ...]]] = {
    (N_MELODY_CLASSES,): ("melody",),
    (N_DRUM_TOKENS,): ("drums",),
    (N_MELODY_CLASSES, N_MELODY_CLASSES, N_DRUM_TOKENS): ("melody", "bass", "drums"),
}


def config_from_shapes(
    shapes: Shapes, *, name: str, n_steps: int | None = None, n_segments: int | None = None
) -> MusicVAEConfig:
    """The architecture whose variables ``shapes`` describes.

    Raises:
        CheckpointError: the variables are those of no MusicVAE that we can run.
    """
    conductor = _layers(shapes, _CONDUCTOR)
    levels = _layers(shapes, _LEVELLED_ENCODER)
    encoder = levels or _layers(shapes, _FLAT_ENCODER)
    scopes = _decoder_scopes(shapes)
    depths = tuple(_size(shapes, f"{scope}/output_projection/bias") for scope in scopes)
    parts = _PARTS_BY_DEPTHS.get(depths)
    decoder = _layers(shapes, f"{scopes[0]}/multi_rnn_cell/cell_{{}}/lstm_cell/bias")
    if parts is None or not encoder or not decoder:
        raise CheckpointError(
            f"{name} is not a melody, drum or trio MusicVAE with one-hot output.",
            remedy=_SUPPORTED,
        )
    usual = _HIERARCHICAL_STEPS if conductor else _FLAT_STEPS
    steps = n_steps or STEPS_PER_BAR * (bars_in_name(name) or 0) or usual
    segments = n_segments or (steps // STEPS_PER_BAR if conductor else 1)
    try:
        config = MusicVAEConfig(
            name=name,
            parts=parts,
            n_steps=int(steps),
            z_size=_size(shapes, "encoder/mu/bias"),
            enc_rnn_size=encoder,
            hierarchical_encoder=bool(levels),
            dec_rnn_size=decoder,
            conductor_rnn_size=conductor,
            n_segments=int(segments),
        )
    except (TypeError, ValueError) as error:
        raise CheckpointError(
            f"The sizes in {name} do not fit together: {error}",
            remedy="Fetch or export the checkpoint again.",
        ) from error
    first = (_LEVELLED_ENCODER if levels else _FLAT_ENCODER).format(0).replace("bias", "kernel")
    rows = shapes.get(first, (0,))[0] - encoder[0]
    if rows > config.input_depth:
        raise CheckpointError(
            f"{name} reads {rows - config.input_depth} more numbers per step than the notes: it is "
            "conditioned on chords or another control.",
            remedy=_SUPPORTED,
        )
    return config


def _layers(shapes: Shapes, pattern: str) -> tuple[int, ...]:
    sizes: list[int] = []
    while (bias := shapes.get(pattern.format(len(sizes)))) is not None and len(bias) == 1:
        sizes.append(bias[0] // _GATES)
    return tuple(sizes)


def _decoder_scopes(shapes: Shapes) -> list[str]:
    for pattern in ("core_decoder/core_decoder_{}/decoder", "core_decoder_{}/decoder"):
        scopes: list[str] = []
        while f"{pattern.format(len(scopes))}/output_projection/bias" in shapes:
            scopes.append(pattern.format(len(scopes)))
        if scopes:
            return scopes
    hierarchical = "core_decoder/decoder"
    return [hierarchical if f"{hierarchical}/output_projection/bias" in shapes else "decoder"]


def _size(shapes: Shapes, name: str) -> int:
    shape = shapes.get(name, ())
    return shape[0] if len(shape) == 1 else 0


def bars_in_name(name: str) -> int | None:
    """The length that Magenta writes into its names: 16 for ``hierdec-mel_16bar``."""
    found = re.search(r"_(\d{1,2})bar", name)
    return int(found.group(1)) if found else None
