from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from midime_engine.errors import TrainingError
from midime_engine.musicvae import get_config
from midime_engine.musicvae.checkpoint import write_checkpoint
from midime_engine.pretraining.config import PretrainingConfig
from midime_engine.pretraining.snapshot import BEST_NAME, read_snapshot
from midime_engine.pretraining.training import pretrain
from midime_engine.pretraining.upper import UpperModel
from midime_engine.pretraining.windows import Windows
from tests.support.networks import random_arrays, random_tokens
from tests.support.pretraining import ticking

if TYPE_CHECKING:
    from pathlib import Path

TRIO = get_config("testing-stacked-trio")
SIZES = {"z_size": 6, "enc_rnn_size": (9,), "dec_rnn_size": (7, 7)}


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Flat models of melody and of drums that the trio can stand on."""
    folder = tmp_path_factory.mktemp("sources")
    paths = []
    for name in ("testing", "testing-drums"):
        config = replace(get_config(name), **SIZES)
        arrays = {key: 0.3 * array for key, array in random_arrays(config).items()}
        paths.append(folder / f"{name}.safetensors")
        write_checkpoint(paths[-1], config, arrays, dtype="float32")
    return ",".join(map(str, paths))


def run_of(sources: str) -> PretrainingConfig:
    """Four hundred steps by the clock of the tests."""
    return PretrainingConfig(
        model=TRIO.name,
        start_from=sources,
        upper_level_only=True,
        batch_size=8,
        minutes=10.0,
        learning_rate=0.02,
        steps_per_call=10,
    )


def windows() -> Windows:
    """Sixteen windows of noise to train on."""
    tokens = random_tokens(TRIO, 20, np.random.default_rng(0)) % 80
    return Windows(tokens[:16], tokens[16:], {"noise": 20})


def test_the_upper_level_learns_what_the_ears_hear(sources: str, tmp_path: Path) -> None:
    """The error falls, and ears and cores are those of the two-bar models, untouched."""
    config = run_of(sources)
    records = list(pretrain(windows(), config, tmp_path, now=ticking()))
    assert records[-1].reconstruction < 0.6 * records[0].reconstruction
    arrays, _, _ = read_snapshot(tmp_path / BEST_NAME)
    melody = random_arrays(replace(get_config("testing"), **SIZES))
    for ours, theirs in (
        ("encoder/ear_pitched/mu/kernel", "encoder/mu/kernel"),
        ("core_decoder/core_decoder_1/decoder/output_projection/kernel",) * 2,
    ):
        source = theirs.replace("core_decoder/core_decoder_1/", "")
        np.testing.assert_allclose(arrays[ours], 0.3 * melody[source], rtol=1e-6)


def test_a_model_that_stands_on_nothing_has_no_upper_level(tmp_path: Path) -> None:
    """Neither one of Magenta's kind, nor one without models to start from."""
    config = replace(run_of(""), start_from="")
    with pytest.raises(TrainingError, match="cannot be trained alone"):
        next(pretrain(windows(), config, tmp_path))
    with pytest.raises(ValueError, match="does not stand"):
        UpperModel(get_config("testing-trio"))
