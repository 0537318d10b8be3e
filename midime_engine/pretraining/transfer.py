"""Starting a model of several levels or parts from models of two bars.

What a two-bar model has learnt slowest, to count steps and to read ``z`` at the right one, is what
every core of a longer model has to do within a bar. So each core starts as the two-bar decoder and
reads its conductor where that one read ``z``; the lower level of the encoder starts as the two-bar
encoder where their sizes agree. A model that stands on two-bar models takes them whole: encoder and
``mu`` as an ear, decoder as a core. What has no counterpart stays random.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from midime_engine.converters.classes import N_MELODY_CLASSES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from midime_engine.musicvae.config import MusicVAEConfig

    Arrays = Mapping[str, Any]

__all__ = ["PART_SCALE", "transferred"]

_CONDUCTOR_SCALE: Final = 2.0
"""A conductor's outputs lie between -1 and 1, and ``z`` has a standard deviation of about 1."""

PART_SCALE: Final = 4.0
"""The same where a conductor has to say the very ``mu`` of a two-bar model: the largest are 4."""

_SOURCE_CORE: Final = "decoder/"
_SOURCE_ENCODER: Final = "encoder/cell_0/"
_EAR: Final = "encoder/ear_"
_TARGET_ENCODER: Final = "encoder/hierarchical_level_0/cell_0/"


def transferred(
    sources: Sequence[tuple[MusicVAEConfig, Arrays]], config: MusicVAEConfig, first: Arrays
) -> dict[str, Any]:
    """``first``, a model's random weights, with those of two-bar models put wherever they fit.

    ``sources`` are flat models of one part. A core starts from the model that plays its part, and
    without one from the melody model. Arrays go by their checkpoint names.

    Raises:
        ValueError: nothing can be taken over.
    """
    by_part = {source.parts: (source.output_depths[0], arrays) for source, arrays in sources}
    flat = all(len(source.parts) == 1 and not source.hierarchical_decoder for source, _ in sources)
    if ("melody",) not in by_part or not flat:
        raise ValueError("a flat model of one melody is needed to start from")
    melody = by_part["melody",]
    weights = {name: np.array(array, np.float32) for name, array in first.items()}
    layers = 0
    for name, array in weights.items():
        if name.startswith(_EAR):
            owner, _, rest = name.removeprefix(_EAR).partition("/")
            source = by_part.get(("drums",)) if owner == "drums" else melody
            if source is None:
                raise ValueError("a flat model of drums is needed as well")
            found = source[1]["encoder/" + rest]
            if array.shape != found.shape:
                continue
            array[:], fits = found, True
        elif name.startswith(_TARGET_ENCODER):
            found = melody[1][_SOURCE_ENCODER + name.removeprefix(_TARGET_ENCODER)]
            fits = _put_encoder(array, found, _melodic_rows(config))
        elif name.startswith("core_decoder/"):
            core, _, rest = name.removeprefix("core_decoder/").rpartition("decoder/")
            part = int(core.strip("/").removeprefix("core_decoder_") or 0)
            source_depth, arrays = by_part.get((config.parts[part],), melody)
            depths = config.output_depths[part], source_depth
            scale = PART_SCALE if config.part_z_size else _CONDUCTOR_SCALE
            fits = _put_core(array, rest, arrays[_SOURCE_CORE + rest], depths, scale)
        else:
            continue
        layers += fits and name.endswith("lstm_cell/kernel")
    if not layers:
        raise ValueError(f"no layer of {config.name} has the size of one there")
    return weights


def _melodic_rows(config: MusicVAEConfig) -> list[int]:
    """Where the input rows of each melodic part begin."""
    starts, at = [], 0
    for part, depth in zip(config.parts, config.output_depths, strict=True):
        if part != "drums":
            starts.append(at)
        at += depth
    return starts


def _put_encoder(array: Any, found: Any, starts: list[int]) -> bool:
    """A kernel or bias of the lower level: the rows of every melodic part, recurrent rows."""
    if array.shape[-1] != found.shape[-1]:
        return False
    if array.ndim == 1:
        array[:] = found
        return True
    for start in starts:
        array[start : start + N_MELODY_CLASSES] = found[:N_MELODY_CLASSES]
    array[-(len(found) - N_MELODY_CLASSES) :] = found[N_MELODY_CLASSES:]
    return True


def _put_core(array: Any, name: str, found: Any, depths: tuple[int, int], scale: float) -> bool:
    """A variable of a core; ``depths`` are its classes and those of the model it is taken from.

    What read ``z`` reads a conductor that says it ``scale`` times smaller.
    """
    depth, source_depth = depths
    if name == "multi_rnn_cell/cell_0/lstm_cell/kernel":
        below = len(found) - source_depth  # rows of z, then recurrent ones
        if array.shape != (depth + below, found.shape[1]):
            return False
        n_recurrent = found.shape[1] // 4
        array[depth:] = found[source_depth:]
        array[depth:-n_recurrent] *= scale
        if depth == source_depth:
            array[:depth] = found[:depth]
        return True
    if array.shape != found.shape:
        return False
    array[:] = found * (scale if name == "z_to_initial_state/kernel" else 1.0)
    return True
