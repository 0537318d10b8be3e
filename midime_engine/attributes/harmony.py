"""Rules about which pitch classes sound: keys and scales."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from midime_engine.attributes.arguments import Argument
from midime_engine.attributes.lines import pitched, share
from midime_engine.attributes.rule import Rule
from midime_engine.attributes.scales import KEYS, SCALES, Scale, key_named, scale_named
from midime_engine.attributes.words import OCTAVE

if TYPE_CHECKING:
    import numpy.typing as npt

    from midime_engine.attributes.passage import Passages

__all__ = ["RULES", "in_scale"]


def in_scale(passages: Passages, scale: Scale) -> npt.NDArray[np.float64]:
    """Share of the notes of melody and bass that belong to the scale, whatever their length.

    1 when all of them do, 0 when none does or nothing sounds. C major is all white keys. (The
    reward ``c_pitch`` of Engel, Hoffman and Roberts, "Latent Constraints", 2017, for any scale.)
    """
    notes = pitched(passages)
    belongs = np.zeros(OCTAVE, bool)
    belongs[list(scale.degrees)] = True
    return share(notes.window, belongs[notes.pitch % OCTAVE], len(passages))


RULES: Final = (
    Rule(
        "key",
        "Notes in a key",
        in_scale.__doc__ or "",
        in_scale,
        argument=Argument(
            "key",
            "key",
            key_named,
            lambda scale: scale.name,
            "C major",
            "Write a major or minor key.",
            choices=KEYS,
        ),
    ),
    Rule(
        "scale",
        "Notes in a scale",
        in_scale.__doc__ or "",
        in_scale,
        argument=Argument(
            "scale",
            "scale",
            scale_named,
            lambda scale: scale.name,
            "D dorian",
            f"Write a note and one of {', '.join(SCALES)}.",
            choices=tuple(Scale(root, kind).name for kind in SCALES for root in range(OCTAVE)),
        ),
    ),
)
