"""A MidiMe from a file or a library: what it is, and whether it can be played here.

The bytes may come from anybody. What :func:`read` returns has been checked; what
:func:`require_playable` lets through also fits its base model and makes music of a bounded length.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from midime_engine.errors import MidiMeFileError
from midime_engine.pipelines.provenance import Provenance

if TYPE_CHECKING:
    from midime_engine.converters.classes import Role
    from midime_engine.midime.config import MidiMeConfig

__all__ = ["MAX_SLIDERS", "Kept", "read", "require_playable"]

MAX_SLIDERS: Final = 64
"""A page of more of them helps nobody, and stops a browser."""

_SLOWEST_QPM, _FASTEST_QPM = 5.0, 1000.0
_MOST_BEATS: Final = 64
_SHORTEST_BEAT: Final = 64


@dataclass(frozen=True, slots=True)
class Kept:
    """A MidiMe without its weights."""

    config: MidiMeConfig
    provenance: Provenance


def read(data: bytes) -> Kept:
    """Check the file of a MidiMe, weights included, and say what it is. Loads Keras.

    Raises:
        MidiMeFileError: It is none, or does not say what it was made for.
    """
    from midime_engine.midime import persistence

    midime, metadata = persistence.from_bytes(data)
    return Kept(midime.config, Provenance.from_json(metadata))


def require_playable(kept: Kept, *, parts: tuple[Role, ...], n_steps: int, z_size: int) -> None:
    """Refuse what does not fit a base model, or would play for ever.

    Args:
        kept: what a file says.
        parts: of the base model.
        n_steps: length of its windows.
        z_size: of its vectors.

    Raises:
        MidiMeFileError: It does not fit.
    """
    config, playback = kept.config, kept.provenance.playback
    if kept.provenance.parts != parts or config.input_size != z_size:
        raise MidiMeFileError(
            f"This MidiMe was made for another model than {kept.provenance.model!r} is here.",
            remedy="Open it where it was made, or train it again here.",
        )
    if config.latent_size > MAX_SLIDERS:
        raise MidiMeFileError(
            f"This MidiMe has {config.latent_size:,} sliders; at most {MAX_SLIDERS} can be shown.",
            remedy="Train it again with fewer.",
        )
    is_sound = (
        _SLOWEST_QPM <= playback.qpm <= _FASTEST_QPM
        and playback.numerator <= _MOST_BEATS
        and playback.denominator <= _SHORTEST_BEAT
        and (playback.n_steps or n_steps) <= n_steps
        and len(playback.programs) in {0, len(parts)}
        and len(playback.velocities) in {0, len(parts)}
    )
    if not is_sound:
        raise MidiMeFileError(
            "This MidiMe asks for a tempo, a metre or instruments that no song has.",
            remedy="Train it again and save it anew.",
        )
