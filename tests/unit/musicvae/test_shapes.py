from __future__ import annotations

from dataclasses import replace

import pytest

from midime_engine.errors import CheckpointError
from midime_engine.musicvae import configs, get_config
from midime_engine.musicvae.network import expected_shapes
from midime_engine.musicvae.shapes import bars_in_name, config_from_shapes

MELODY = expected_shapes(get_config("cat-mel_2bar_small"))
CELL = "encoder/cell_0/bidirectional_rnn/{}/multi_rnn_cell/cell_0/lstm_cell/kernel"


STACKED = [name for name, config in configs().items() if config.part_z_size]


@pytest.mark.parametrize("name", sorted(configs().keys() - set(STACKED)))
def test_every_registered_architecture_is_read_back_from_its_shapes(name: str) -> None:
    """Names and shapes of the variables, and the length, say everything."""
    config = get_config(name)
    found = config_from_shapes(
        expected_shapes(config), name=name, n_steps=config.n_steps, n_segments=config.n_segments
    )
    assert found == config


@pytest.mark.parametrize("name", STACKED)
def test_what_stands_on_two_bar_models_is_no_checkpoint_of_magentas(name: str) -> None:
    """Only our own files hold it, and these say in their header what they are."""
    with pytest.raises(CheckpointError):
        config_from_shapes(expected_shapes(get_config(name)), name=name)


@pytest.mark.parametrize("name", ["cat-mel_2bar_big", "hierdec-mel_16bar", "hier-trio_16bar"])
def test_the_length_is_taken_from_the_name(name: str) -> None:
    """Magenta's checkpoints say it nowhere else."""
    assert config_from_shapes(expected_shapes(get_config(name)), name=name) == get_config(name)


def test_without_a_length_in_the_name_the_usual_one_is_meant() -> None:
    """Two bars where there is no conductor, sixteen where there is one."""
    assert config_from_shapes(MELODY, name="model").n_steps == 32
    hierarchical = expected_shapes(get_config("hierdec-mel_16bar"))
    config = config_from_shapes(hierarchical, name="model")
    assert (config.n_steps, config.n_segments) == (256, 16)


@pytest.mark.parametrize(
    ("name", "bars"),
    [("mel_2bar_small", 2), ("hierdec-trio_16bar", 16), ("trio_4bar", 4), ("groove", None)],
)
def test_bars_in_a_name(name: str, bars: int | None) -> None:
    """The digits before "bar"."""
    assert bars_in_name(name) == bars


@pytest.mark.parametrize(
    "change",
    [
        # nade-drums_2bar_reduced: 128 + 9; GrooVAE: 27; multitrack: 490; flat trio: 692
        {"decoder/output_projection/bias": (137,), "decoder/nade/w_enc": (9, 1, 128)},
        {"decoder/output_projection/bias": (27,)},
        {"decoder/output_projection/bias": (490,)},
        {"decoder/output_projection/bias": (692,)},
        # chords: 49 more numbers per step
        {CELL.format(way): (602 + 49, 2048) for way in ("fw", "bw")},
    ],
)
def test_other_families_are_called_not_supported(change) -> None:
    """NADE, GrooVAE, multitrack and chord-conditioned models get a sentence, not a stack trace."""
    with pytest.raises(CheckpointError) as caught:
        config_from_shapes(MELODY | change, name="model")
    assert "not supported" in caught.value.remedy


@pytest.mark.parametrize(
    "shapes",
    [
        {},
        {"x": (1,)},
        {"encoder/mu/bias": (8,)},
        MELODY | {"encoder/mu/bias": ()},
        MELODY | {"encoder/mu/bias": (0,)},
        MELODY | {"encoder/mu/bias": (2**40,)},
        MELODY | {"decoder/multi_rnn_cell/cell_0/lstm_cell/bias": (3,)},
    ],
)
def test_shapes_of_no_network_are_refused(shapes) -> None:
    """Nothing, too little, and sizes from which nothing can be built."""
    with pytest.raises(CheckpointError):
        config_from_shapes(shapes, name="model")


def test_a_length_that_the_segments_do_not_divide_is_refused() -> None:
    """As a damaged ``config.json`` may state it."""
    shapes = expected_shapes(get_config("hier-trio_4bar"))
    with pytest.raises(CheckpointError, match="fit together"):
        config_from_shapes(shapes, name="trio", n_steps=64, n_segments=5)


def test_layer_sizes_may_differ() -> None:
    """Sizes are read, not assumed."""
    config = replace(get_config("testing"), enc_rnn_size=(5, 4), dec_rnn_size=(3, 6, 9))
    found = config_from_shapes(expected_shapes(config), name="testing")
    assert (found.enc_rnn_size, found.dec_rnn_size) == ((5, 4), (3, 6, 9))
