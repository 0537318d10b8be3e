from __future__ import annotations

from dataclasses import replace

import numpy as np

from midime_engine.musicvae import get_config
from midime_engine.musicvae.ears import listen, make_ears, vocabulary
from midime_engine.musicvae.network import Network
from tests.support.networks import random_network, random_tokens

TRIO = get_config("testing-stacked-trio")


def test_melody_and_bass_share_an_ear() -> None:
    """They have the same tokens; drums have others."""
    assert [vocabulary(part) for part in TRIO.parts] == ["pitched", "pitched", "drums"]
    assert list(make_ears(TRIO, "float32")) == ["drums", "pitched"]


def test_an_ear_hears_each_segment_as_the_two_bar_model_does() -> None:
    """Part by part, segment by segment, it is the ``mu`` of the flat encoder."""
    tokens = random_tokens(TRIO, 3, np.random.default_rng(0))
    network = random_network(TRIO.name)
    heard = np.asarray(listen(network.encoder.ears, tokens, TRIO))
    assert heard.shape == (2, 3, 18)
    arrays = network.arrays()
    for part, name in ((0, "testing"), (1, "testing"), (2, "testing-drums")):
        flat = Network(replace(get_config(name), z_size=6, enc_rnn_size=(9,), dec_rnn_size=(7, 7)))
        ear = f"encoder/ear_{vocabulary(TRIO.parts[part])}/"
        own = flat.arrays()
        own.update(
            {key: arrays[ear + key.removeprefix("encoder/")] for key in own if _is_heard(key)}
        )
        flat.assign(own)
        for segment in range(2):
            steps = tokens[:, 32 * segment : 32 * (segment + 1), part : part + 1]
            mu, _ = flat.encoder(steps)
            np.testing.assert_allclose(
                heard[segment, :, 6 * part : 6 * (part + 1)], np.asarray(mu), atol=1e-5
            )


def _is_heard(name: str) -> bool:
    return name.startswith(("encoder/cell_0", "encoder/mu"))
