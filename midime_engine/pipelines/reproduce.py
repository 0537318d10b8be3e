"""Play a bundle again, and say whether it is the same."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from midime_engine.attributes.parsing import parse_all
from midime_engine.errors import MidiMeFileError
from midime_engine.music.midi_io import write_midi
from midime_engine.pipelines import generate, keeping, ruled
from midime_engine.pipelines.report import versions
from midime_engine.pipelines.take import play

if TYPE_CHECKING:
    from midime_engine.midime.model import MidiMe
    from midime_engine.pipelines.bundle import Bundle, RulesTaken
    from midime_engine.pipelines.generate import Variations
    from midime_engine.pipelines.provenance import Provenance
    from midime_engine.protocols import DecodesTokens

__all__ = ["Reproduction", "differences", "reproduce"]


@dataclass(frozen=True, slots=True)
class Reproduction:
    """What came of playing it again."""

    variations: Variations
    midi: bytes
    is_identical: bool
    """Byte for byte what the bundle says it was."""


def reproduce(
    bundle: Bundle,
    midime: MidiMe,
    provenance: Provenance,
    model: DecodesTokens,
    *,
    n_steps: int,
    z_size: int,
) -> Reproduction:
    """Play the take of ``bundle`` on its ``midime`` above ``model``.

    Args:
        bundle: What :func:`midime_engine.pipelines.bundle.unpack` read.
        midime: The MidiMe in it.
        provenance: What that says of its origin.
        model: The base model.
        n_steps: Length of its windows.
        z_size: Of its vectors.

    Raises:
        MidiMeFileError: The bundle asks for what cannot be played.
        OptionError: Its sliders are not those of its MidiMe.
    """
    playback = bundle.params.playback
    keeping.require_playable(
        keeping.Kept(midime.config, replace(provenance, playback=playback)),
        parts=provenance.parts,
        n_steps=n_steps,
        z_size=z_size,
    )
    player = _with_rules(bundle.rules, model, z_size=z_size)
    variations = play(bundle.params.take, midime, player)
    (sequence,) = generate.to_music(variations.tokens, parts=provenance.parts, playback=playback)
    midi = write_midi(sequence)
    digest = hashlib.sha256(midi).hexdigest()
    is_identical = digest == bundle.params.midi_sha256 and bundle.midi in {None, midi}
    return Reproduction(variations, midi, is_identical)


def _with_rules(taken: RulesTaken | None, model: DecodesTokens, *, z_size: int) -> DecodesTokens:
    if taken is None:
        return model
    found = ruled.unpack(taken.data)
    if found.constraint.config.z_size != z_size:
        raise MidiMeFileError(
            "The rules of this bundle are for another base model.",
            remedy="Download it again from the page for exploring.",
        )
    wished = ruled.condition(parse_all(taken.wishes), found.what)
    return ruled.RuledModel(model, found.constraint, wished, taken.strength)


def differences(bundle: Bundle, *, model_sha256: str) -> tuple[str, ...]:
    """What is not here as it was where the bundle was made, in sentences.

    Args:
        bundle: What was read.
        model_sha256: Digest of the weights of the base model here.
    """
    found = []
    if model_sha256 != bundle.params.model_sha256:
        found.append(f"{bundle.params.model} has other weights here.")
    here = versions()
    found += [
        f"{name} was {version} there and is {here.get(name, 'missing')} here."
        for name, version in sorted(bundle.params.versions.items())
        if here.get(name) != version
    ]
    return tuple(found)
