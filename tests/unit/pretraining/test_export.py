from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import pytest

from midime_engine import musicvae
from midime_engine.errors import TrainingError
from midime_engine.musicvae.mixtures import mixture_path, read_mixture
from midime_engine.pretraining.export import export
from midime_engine.pretraining.training import as_log, pretrain
from tests.support.pretraining import RUN, arpeggios, ticking

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def weights(tmp_path_factory) -> Path:
    """What is exported from a run of three steps."""
    folder = tmp_path_factory.mktemp("run")
    with (folder / "log.jsonl").open("w") as log:
        for progress in pretrain(arpeggios(), RUN, folder, now=ticking(400.0)):
            log.write(json.dumps(as_log(progress)) + "\n")
    return export(arpeggios(), folder, others={"same": arpeggios().train}, notes=["Toy."])


@pytest.fixture
def card(weights: Path) -> dict:
    """Its card."""
    return json.loads(weights.with_suffix(".json").read_text("utf-8"))


def test_the_weights_are_a_model(weights: Path, card) -> None:
    """In half precision, of the size that the card states."""
    model = musicvae.load(weights)
    assert (model.config.name, model.config.z_size) == ("testing", card["z_size"])
    assert weights.stat().st_size < 2.5 * card["n_parameters"]


def test_the_card_judges_the_weights_as_they_are_stored(weights: Path, card) -> None:
    """Loading the file and decoding greedily gives the card's figure."""
    model, valid = musicvae.load(weights), arpeggios().valid
    decoded = model.decode_tokens(model.encode_tokens(valid).mu)
    greedy = card["validation"]["greedy_from_mu"]
    assert greedy["step_accuracy"] == pytest.approx(float(np.mean(decoded == valid)))
    assert card["validation"]["windows"] == len(valid)


def test_the_card_says_how_the_weights_came_about(card) -> None:
    """Data, steps, time and settings."""
    assert card["data"]["corpora"] == [{"corpus": "arpeggios", "windows": 48}]
    assert card["training"]["steps"] == 3
    assert card["training"]["sequences"] == 3 * 16
    assert card["training"]["minutes"] == 20.0
    assert card["training"]["settings"]["seed"] == 0
    assert card["training"]["settings"]["start_from"] == ""


def test_the_card_tells_the_course_and_the_machine(card) -> None:
    """As the log of the run has them."""
    assert card["training"]["course"][-1]["sequences"] == 3 * 16
    assert card["training"]["machine"]["device"].startswith("CPU, ")


def test_further_windows_and_notes_are_in_the_card(card) -> None:
    """As they were given."""
    assert card["validation"]["other_windows"]["same"]["windows"] == 40
    assert card["notes"] == ["Toy."]


def test_the_mixture_is_stored_beside_the_weights(weights: Path) -> None:
    """Small enough to be embedded with them."""
    mixture = read_mixture(weights)
    assert mixture is not None
    assert mixture.z_size == 8
    assert mixture_path(weights).stat().st_size < 10_000


def test_dreams_are_drawn_from_prior_and_mixture(card) -> None:
    """The mixture is fitted to the training windows."""
    assert set(card["validation"]["prior"]["lowest_overlap"]) == {"prior", "mixture"}


def test_the_card_is_prose_too(weights: Path) -> None:
    """For whoever reads no JSON."""
    text = weights.with_suffix(".md").read_text("utf-8")
    assert text.startswith("# testing")
    assert "| arpeggios | 48 |" in text


def test_without_a_snapshot_nothing_is_exported(tmp_path: Path) -> None:
    """The folder of a run that never began."""
    with pytest.raises(TrainingError):
        export(arpeggios(), tmp_path)
