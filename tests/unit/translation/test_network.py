"""The network as functions of its parameters."""

from __future__ import annotations

import numpy as np
from keras import ops

from midime_engine.translation.initial import initial_weights
from midime_engine.translation.network import decode, dense, encode, judge
from tests.support.translation import N_LABELS, toy_config

CONFIG = toy_config()
PARAMETERS = initial_weights(CONFIG)


def test_each_side_has_vectors_of_its_own_size() -> None:
    """Six numbers of one model and nine of the other meet in five, and go out again."""
    for i, side in enumerate("ab"):
        size = CONFIG.domains[i].size
        x = np.ones((3, size), np.float32)
        mu, sigma = encode(PARAMETERS, x, side, CONFIG)
        assert mu.shape == sigma.shape == (3, CONFIG.latent_size)
        assert float(ops.min(sigma)) > 0
        assert decode(PARAMETERS, mu, side, CONFIG).shape == (3, size)
        assert judge(PARAMETERS, x, side).shape == (3, N_LABELS)


def test_closed_gates_let_the_input_pass_straight_through() -> None:
    """``(1 - g) * skip(x) + g * dz`` is the skip where g is 0 and the trunk where g is 1."""
    z = np.linspace(-1, 1, 10, dtype=np.float32).reshape(2, 5)
    closed, open_ = dict(PARAMETERS), dict(PARAMETERS)
    size = CONFIG.domains[1].size
    for parameters, logit in ((closed, -80.0), (open_, 80.0)):
        bias = parameters["decoder/b/head/bias"].copy()
        bias[size:] = logit
        parameters["decoder/b/head/bias"] = bias
    straight = decode(closed, z, "b", CONFIG)
    np.testing.assert_allclose(straight, dense(closed, z, "decoder/b/skip"), rtol=1e-5, atol=1e-6)
    silent = {**open_, "decoder/b/skip/kernel": np.full((5, size), 9.0, np.float32)}
    np.testing.assert_allclose(decode(silent, z, "b", CONFIG), decode(open_, z, "b", CONFIG))


def test_a_side_is_its_own_at_the_ends_only() -> None:
    """The layers between are the same: a change there reaches both sides."""
    changed = {**PARAMETERS, "encoder/hidden_0/kernel": PARAMETERS["encoder/hidden_0/kernel"] + 1.0}
    for i, side in enumerate("ab"):
        x = np.ones((1, CONFIG.domains[i].size), np.float32)
        before, after = (encode(p, x, side, CONFIG)[0] for p in (PARAMETERS, changed))
        assert not np.allclose(before, after)
