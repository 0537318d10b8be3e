from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from midime_engine.musicvae import get_config
from midime_engine.pretraining.transfer import PART_SCALE, transferred
from tests.support.networks import random_arrays

MELODY = replace(get_config("testing"), enc_rnn_size=(9,), dec_rnn_size=(7, 7), z_size=6)
DRUMS = replace(get_config("testing-drums"), enc_rnn_size=(9,), dec_rnn_size=(7, 7), z_size=6)
TRIO = get_config("testing-trio")  # its conductor gives 6 numbers, its cores have 7 and 7 units
CORE = "core_decoder/core_decoder_{}/decoder/"


@pytest.fixture
def melody() -> dict[str, np.ndarray]:
    """Weights of a flat melody model with the sizes of the trio's cores."""
    return random_arrays(MELODY)


@pytest.fixture
def first() -> dict[str, np.ndarray]:
    """The trio before anything was put into it."""
    return {name: array + 10.0 for name, array in random_arrays(TRIO).items()}


def test_every_core_starts_as_the_melody_decoder(melody, first) -> None:
    """Upper layers and biases as they are, of all three parts."""
    weights = transferred([(MELODY, melody)], TRIO, first)
    for part in range(3):
        for rest in ("multi_rnn_cell/cell_1/lstm_cell/kernel", "z_to_initial_state/bias"):
            np.testing.assert_array_equal(
                weights[CORE.format(part) + rest], melody["decoder/" + rest]
            )


def test_a_core_reads_its_conductor_where_the_decoder_read_z(melody, first) -> None:
    """With twice the weight, because a conductor's outputs stay below one; tokens keep theirs."""
    kernel = transferred([(MELODY, melody)], TRIO, first)[
        CORE.format(0) + "multi_rnn_cell/cell_0/lstm_cell/kernel"
    ]
    source = melody["decoder/multi_rnn_cell/cell_0/lstm_cell/kernel"]
    np.testing.assert_array_equal(kernel[:90], source[:90])
    np.testing.assert_array_equal(kernel[90:96], 2.0 * source[90:96])
    np.testing.assert_array_equal(kernel[96:], source[96:])


def test_drums_have_no_counterpart_in_a_melody(melody, first) -> None:
    """Their tokens and their output stay random."""
    weights = transferred([(MELODY, melody)], TRIO, first)
    for rest, rows in (
        ("multi_rnn_cell/cell_0/lstm_cell/kernel", 512),
        ("output_projection/bias", 512),
    ):
        name = CORE.format(2) + rest
        np.testing.assert_array_equal(weights[name][:rows], first[name][:rows])


def test_drums_start_from_a_drum_model_where_there_is_one(melody, first) -> None:
    """Whole, with its tokens and its output; the pitched parts still start from the melody."""
    drums = random_arrays(DRUMS)
    weights = transferred([(MELODY, melody), (DRUMS, drums)], TRIO, first)
    projection = "output_projection/kernel"
    np.testing.assert_array_equal(
        weights[CORE.format(2) + projection], drums["decoder/" + projection]
    )
    np.testing.assert_array_equal(
        weights[CORE.format(1) + projection], melody["decoder/" + projection]
    )


def test_the_lower_level_of_the_encoder_reads_every_pitched_part_alike(melody, first) -> None:
    """Rows of melody and bass from the melody model, rows of the drums as they were."""
    name = "bidirectional_rnn/fw/multi_rnn_cell/cell_0/lstm_cell/kernel"
    source = melody[f"encoder/cell_0/{name}"]
    target = f"encoder/hierarchical_level_0/cell_0/{name}"
    kernel = transferred([(MELODY, melody)], TRIO, first)[target]
    np.testing.assert_array_equal(kernel[:90], source[:90])
    np.testing.assert_array_equal(kernel[90:180], source[:90])
    np.testing.assert_array_equal(kernel[180:692], first[target][180:692])
    np.testing.assert_array_equal(kernel[692:], source[90:])


def test_a_level_of_another_size_stays_as_it_was(melody, first) -> None:
    """The upper level and the conductor have no counterpart at all."""
    weights = transferred([(MELODY, melody)], TRIO, first)
    for name, array in weights.items():
        if "hierarchical_level_1" in name or name.startswith("decoder/hierarchical_level_0"):
            np.testing.assert_array_equal(array, first[name])


def test_the_arrays_that_were_given_are_left_alone(melody, first) -> None:
    """A new set of weights comes back."""
    before = {name: array.copy() for name, array in first.items()}
    transferred([(MELODY, melody)], TRIO, first)
    assert all(np.array_equal(first[name], array) for name, array in before.items())


@pytest.mark.parametrize(
    ("source", "complaint"),
    [
        (DRUMS, "flat model of one melody"),
        (get_config("testing-mel_16bar"), "flat model of one melody"),
        (replace(MELODY, enc_rnn_size=(5,), dec_rnn_size=(4, 4), z_size=3), "no layer"),
    ],
)
def test_what_cannot_be_used_is_refused(source, complaint: str, first) -> None:
    """Drums alone, a model of several levels, and one of other sizes throughout."""
    with pytest.raises(ValueError, match=complaint):
        transferred([(source, random_arrays(source))], TRIO, first)


def test_a_stacked_model_takes_two_bar_models_whole(melody) -> None:
    """Their encoder with its ``mu`` as an ear, their decoder as a core."""
    stacked = get_config("testing-stacked-trio")
    drums, before = random_arrays(DRUMS), random_arrays(stacked, seed=3)
    weights = transferred([(MELODY, melody), (DRUMS, drums)], stacked, before)
    for ear, arrays in (("pitched", melody), ("drums", drums)):
        for rest in (
            "cell_0/bidirectional_rnn/bw/multi_rnn_cell/cell_0/lstm_cell/kernel",
            "mu/bias",
        ):
            np.testing.assert_array_equal(
                weights[f"encoder/ear_{ear}/{rest}"], arrays["encoder/" + rest]
            )
    kernel = weights[CORE.format(1) + "multi_rnn_cell/cell_0/lstm_cell/kernel"]
    source = melody["decoder/multi_rnn_cell/cell_0/lstm_cell/kernel"]
    np.testing.assert_array_equal(kernel[90:96], PART_SCALE * source[90:96])
    upper = "encoder/hierarchical_level_1/cell_0/bidirectional_rnn/fw/multi_rnn_cell/cell_0/"
    for name in (
        upper + "lstm_cell/kernel",
        "decoder/hierarchical_level_0/bass/cell_0/lstm_cell/bias",
    ):
        np.testing.assert_array_equal(weights[name], before[name])
    with pytest.raises(ValueError, match="drums"):
        transferred([(MELODY, melody)], stacked, before)
