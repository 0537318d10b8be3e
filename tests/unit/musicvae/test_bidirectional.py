from __future__ import annotations

import numpy as np

from midime_engine.musicvae.bidirectional import Bidirectional


def test_both_ways_end_with_what_the_last_output_is() -> None:
    """Asking for the last step alone gives the last of all steps."""
    layer = Bidirectional("level", 3, 4, "float32")
    x = np.random.default_rng(0).standard_normal((5, 2, 3), np.float32)
    gates = layer.project(x, x[::-1])
    whole, last = layer.outputs(*gates), layer.outputs(*gates, only_last=True)
    for every, end in zip(whole, last, strict=True):
        assert every.shape == (5, 2, 4)
        np.testing.assert_allclose(np.asarray(every)[-1], np.asarray(end), rtol=1e-6)
