"""Constraints that are known: each moves everything to one and the same piece."""

from __future__ import annotations

import numpy as np

from midime_engine.attributes.parsing import parse_all
from midime_engine.constraints.config import ConstraintConfig
from midime_engine.constraints.coordinates import Coordinates
from midime_engine.constraints.model import Constraint
from midime_engine.pipelines import ruled
from midime_ui.rules import Rules
from tests.support.studio import Z_SIZE, FakeMusicVAE

__all__ = ["ANY_KEY", "C_MAJOR", "a_constraint", "a_melody", "some_rules"]

SURE = 30.0
"""A logit whose gate is open."""

C_MAJOR = (60, 62, 64, 65, 67, 69, 71, 72)
ANY_KEY = 24
FINE = 0.5


def a_melody(pitches=C_MAJOR, n_steps=32):
    """One pitch every four sixteenths, ``[1, n_steps, 1]``."""
    tokens = np.zeros((1, n_steps, 1), np.int32)
    tokens[0, : 4 * len(pitches) : 4, 0] = np.array(pitches) - 19
    return tokens


def a_constraint(tokens=None, *, condition_size=0, n_wishes=1) -> Constraint:
    """What moves every ``z`` of :class:`FakeMusicVAE` to ``tokens``, all the way."""
    target = FakeMusicVAE().encode_tokens(a_melody() if tokens is None else tokens).mu
    n = 32
    scale = np.ones(Z_SIZE, np.float32)
    scale[:n] = FINE
    config = ConstraintConfig(
        z_size=Z_SIZE,
        n_coordinates=n,
        n_wishes=n_wishes,
        condition_size=condition_size,
        layers=(4,),
        realism_layers=(4,),
    )
    weights = {name: np.zeros(shape, np.float32) for name, shape in config.variable_shapes.items()}
    x = Coordinates.of(scale).of_z(target)[0]
    weights["actor/1/bias"] = np.concatenate([np.full(n, SURE, np.float32), x])
    return Constraint(config, scale, weights)


def some_rules(*wishes, tokens=None, model="mel_2bar", what=None, condition_size=None) -> Rules:
    """Rules as a session holds them; without ``wishes`` those of C major."""
    texts = wishes or ("key=C major",)
    size = {None: 0, "key": ANY_KEY, "density": 1}[what]
    constraint = a_constraint(
        tokens,
        condition_size=size if condition_size is None else condition_size,
        n_wishes=1 if what else len(texts),
    )
    requirements = parse_all(texts)
    data = ruled.pack(constraint, model=model, requirements=requirements, what=what)
    return Rules(data, tuple(map(str, requirements)), model, what)
