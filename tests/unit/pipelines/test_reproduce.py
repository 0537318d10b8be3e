"""What was taken home is made again, and what differs is said."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from midime_engine.attributes.parsing import parse_all
from midime_engine.constraints.config import ConstraintConfig
from midime_engine.constraints.model import Constraint
from midime_engine.errors import MidiMeFileError
from midime_engine.midime import persistence
from midime_engine.midime.config import MidiMeConfig
from midime_engine.midime.model import MidiMe
from midime_engine.music.midi_io import write_midi
from midime_engine.music.playback import Playback
from midime_engine.pipelines import bundle, generate, ruled
from midime_engine.pipelines.provenance import Provenance
from midime_engine.pipelines.reproduce import differences, reproduce
from midime_engine.pipelines.take import Take, play

NOTES = tuple((step, 40.0 + step) for step in range(0, 24, 2))
TAKE = Take((0.5, -1.25), NOTES, 2.0, 7)
PLAYBACK = Playback(qpm=96.5, numerator=3, n_steps=24, programs=(40,), velocities=(101,))
PROVENANCE = Provenance("perfect", ("melody",), PLAYBACK)
MIDIME = MidiMe(MidiMeConfig(input_size=32, latent_size=2))


@pytest.fixture
def taken(model) -> bundle.Bundle:
    """A bundle as the app makes it."""
    variations = play(TAKE, MIDIME, model)
    (music,) = generate.to_music(variations.tokens, parts=("melody",), playback=PLAYBACK)
    data = bundle.pack(
        midime=persistence.to_bytes(MIDIME, PROVENANCE.to_json()),
        midi=write_midi(music),
        take=TAKE,
        playback=PLAYBACK,
        model_sha256="cd" * 32,
    )
    return bundle.unpack(data)


def again(taken: bundle.Bundle, model):
    """Reproduce it."""
    midime, metadata = persistence.from_bytes(taken.midime)
    provenance = Provenance.from_json(metadata)
    return reproduce(taken, midime, provenance, model, n_steps=32, z_size=32)


def test_the_music_is_the_same_byte_for_byte(taken, model) -> None:
    """With a temperature, a nudge, and a metre of its own."""
    played = again(taken, model)
    assert played.midi == taken.midi
    assert played.is_identical


@pytest.mark.parametrize(
    "change",
    [
        {"take": replace(TAKE, seed=8)},
        {"take": replace(TAKE, nudges=NOTES[:-1], temperature=None)},
        {"playback": replace(PLAYBACK, qpm=97)},
    ],
    ids=str,
)
def test_other_settings_are_seen(taken, model, change) -> None:
    """Any of them makes other bytes."""
    params = replace(taken.params, **change)
    assert not again(replace(taken, params=params), model).is_identical


def test_without_the_music_the_digest_decides(taken, model) -> None:
    """It is in params.json."""
    assert again(replace(taken, midi=None), model).is_identical
    assert not again(replace(taken, midi=b"other"), model).is_identical


def test_music_without_end_is_refused(taken, model) -> None:
    """A bundle may come from anybody."""
    params = replace(taken.params, playback=Playback(qpm=1e-6))
    with pytest.raises(MidiMeFileError, match="no song has"):
        again(replace(taken, params=params), model)


def test_what_is_not_as_it_was_is_told(taken) -> None:
    """Weights and versions; nothing where all is the same."""
    assert differences(taken, model_sha256="cd" * 32) == ()
    params = replace(taken.params, versions={**taken.params.versions, "numpy": "1.0", "gone": "2"})
    told = " ".join(differences(replace(taken, params=params), model_sha256="00"))
    assert "perfect has other weights" in told
    assert "numpy was 1.0 there" in told
    assert "gone was 2 there and is missing here" in told


def with_rules(taken: bundle.Bundle, wishes: tuple[str, ...], *, z_size: int = 32):
    """The same bundle, on whose take a constraint of that size has acted halfway."""
    scale = np.full(z_size, 0.5, np.float32)
    config = ConstraintConfig(z_size=z_size, n_coordinates=z_size, layers=(4,), seed=3)
    data = ruled.pack(
        Constraint(config, scale), model="perfect", requirements=parse_all(["key=C major"])
    )
    return replace(taken, rules=bundle.RulesTaken(data, wishes, 0.5)), Constraint(config, scale)


def test_rules_act_again(taken, model) -> None:
    """As strongly as they did."""
    ruled_bundle, constraint = with_rules(taken, ("key=C major",))
    played = again(ruled_bundle, model)
    expected = play(TAKE, MIDIME, ruled.RuledModel(model, constraint, None, 0.5))
    assert (played.variations.tokens == expected.tokens).all()


def test_rules_for_another_model_are_refused(taken, model) -> None:
    """Their numbers would mean nothing."""
    with pytest.raises(MidiMeFileError, match="another base model"):
        again(with_rules(taken, ("key=C major",), z_size=8)[0], model)
