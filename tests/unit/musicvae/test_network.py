from __future__ import annotations

import math

import keras
import numpy as np
import pytest

from midime_engine.errors import CheckpointMismatchError
from midime_engine.musicvae import configs, get_config
from midime_engine.musicvae.network import (
    Network,
    assign_variables,
    expected_shapes,
    network_of,
    require_same_variables,
)
from midime_engine.musicvae.stored import StoredArrays
from tests.support.networks import random_arrays

# Magenta's own are counted from its graphs, those of Magenta.js from its manifests.
GOLDEN_PARAMETERS = {
    "testing": 16_838,
    "testing-drums": 29_868,
    "testing-trio": 81_108,
    "testing-mel_16bar": 10_260,
    "testing-stacked-trio": 39_400,
    "mel_2bar": 4_423_770,
    "cat-mel_2bar_small": 4_423_770,
    "cat-mel_2bar_big": 134_571_098,
    "cat-drums_2bar_small": 4_636_672,
    "cat-drums_2bar_big": 137_582_080,
    "hierdec-mel_16bar": 176_061_530,
    "hierdec-trio_16bar": 230_975_156,
    "hier-mel_16bar": 72_547_418,
    "hier-trio_16bar": 122_529_460,
    "hier-trio_4bar": 17_636_532,
    "mel_16bar": 7_052_890,
    "drums_2bar": 4_636_672,
    "trio_4bar": 13_513_908,
}


def test_every_registered_config_has_a_golden() -> None:
    """Adding a model to the registry means writing down how large it is."""
    assert GOLDEN_PARAMETERS.keys() == configs().keys()


@pytest.mark.parametrize("name", GOLDEN_PARAMETERS)
def test_parameter_counts(name: str) -> None:
    """As many numbers as the peer has, counted without room for any of them."""
    shapes = expected_shapes(get_config(name))
    assert sum(math.prod(shape) for shape in shapes.values()) == GOLDEN_PARAMETERS[name]


def test_expected_shapes_are_those_of_a_network() -> None:
    """Counting without memory counts what is built."""
    config = get_config("testing-trio")
    assert Network(config).shapes() == expected_shapes(config)


def test_a_network_that_was_only_counted_never_takes_memory(monkeypatch) -> None:
    """Keras gives memory to unfinished variables at the end of its next stateless scope."""
    expected_shapes(get_config("testing"))
    monkeypatch.setattr(keras.initializers.GlorotUniform, "__call__", _never)
    with keras.StatelessScope():
        pass


def _never(*_: object, **__: object) -> None:
    raise AssertionError("a variable was given memory")


def test_weights_come_back_as_they_went_in() -> None:
    """Assign, then read."""
    config = get_config("testing")
    network, arrays = Network(config), random_arrays(config)
    network.assign(arrays)
    for name, array in network.arrays().items():
        np.testing.assert_array_equal(array, arrays[name])


def test_a_refused_checkpoint_changes_nothing() -> None:
    """The last of its variables is damaged, and the first is not taken."""
    network = Network(get_config("testing"))
    before = network.arrays()
    arrays = random_arrays(network.config)
    arrays[max(arrays)].flat[0] = np.nan
    with pytest.raises(CheckpointMismatchError, match="finite"):
        network.assign(arrays)
    for name, array in network.arrays().items():
        np.testing.assert_array_equal(array, before[name])


def test_all_faults_are_listed_at_once() -> None:
    """Missing, unexpected and misshapen variables, each by its name."""
    with pytest.raises(CheckpointMismatchError) as caught:
        require_same_variables({"a": (1,), "b": (2, 3)}, {"b": (3, 2), "c": ()})
    assert str(caught.value) == (
        "The checkpoint does not fit the network: missing: a; unexpected: c; "
        "of another shape: b (3, 2) instead of (2, 3)."
    )


def test_half_a_network_can_be_given_its_weights() -> None:
    """A decoder alone, when the encoder's weights are not to be had."""
    config = get_config("testing")
    decoder = Network(config).decoder
    arrays = {k: v for k, v in random_arrays(config).items() if k.startswith("decoder/")}
    assign_variables(decoder.named_variables(), arrays)
    found = decoder.named_variables()["decoder/output_projection/bias"]
    np.testing.assert_array_equal(found.numpy(), arrays["decoder/output_projection/bias"])


def test_a_network_takes_its_weights_one_by_one() -> None:
    """Each is read once, so that no second copy of all of them is ever in memory."""
    config = get_config("testing-trio")
    arrays = random_arrays(config)
    taken: list[str] = []

    def read(name: str) -> np.ndarray:
        taken.append(name)
        return arrays[name]

    network = network_of(config, StoredArrays(expected_shapes(config), read))
    assert sorted(taken) == sorted(arrays)
    for name, array in network.arrays().items():
        np.testing.assert_array_equal(array, arrays[name])


def test_a_network_of_foreign_weights_is_not_built() -> None:
    """Shapes are compared before anything is read; numbers that are none are found on the way."""
    config = get_config("testing")
    arrays = random_arrays(config)
    shapes = {**expected_shapes(config), "encoder/mu/bias": (10**9,)}
    with pytest.raises(CheckpointMismatchError, match="another shape"):
        network_of(config, StoredArrays(shapes, arrays.__getitem__))
    arrays["encoder/mu/bias"] = np.full_like(arrays["encoder/mu/bias"], np.nan)
    with pytest.raises(CheckpointMismatchError, match="not finite"):
        network_of(config, arrays)
