"""The outward half of the network."""

from __future__ import annotations

import numpy as np
from keras import ops

from midime_engine.midime.config import MidiMeConfig
from midime_engine.midime.decoder import Decoder


def test_hidden_layers_are_rectified_and_the_output_is_linear() -> None:
    """A negative output passes, a negative hidden value does not."""
    decoder = Decoder(MidiMeConfig(input_size=2, latent_size=1, decoder_layers=(1,)))
    decoder(ops.zeros([1, 1]))
    hidden, output = decoder.hidden[0], decoder.output_layer
    hidden.kernel.assign([[1.0]])
    output.kernel.assign([[1.0, -1.0]])
    output.bias.assign([0.5, 0.0])
    z = decoder(ops.convert_to_tensor([[2.0], [-3.0]]))
    np.testing.assert_array_equal(ops.convert_to_numpy(z), [[2.5, -2.0], [0.5, 0.0]])
