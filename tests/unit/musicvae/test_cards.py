from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from midime_engine import catalogue
from midime_engine.errors import UnknownModelError
from midime_engine.musicvae import DEFAULT_MODEL, available, get_config, locate

if TYPE_CHECKING:
    from pathlib import Path


def test_the_default_model_is_among_the_embedded_ones() -> None:
    """What the app and the command line begin with is there."""
    assert DEFAULT_MODEL in {card.name for card in available()}


@pytest.mark.parametrize("card", available(), ids=lambda card: card.name)
def test_a_card_tells_what_the_registry_knows(card) -> None:
    """Parts, steps and numbers of the card are those of the architecture."""
    config = get_config(card.name)
    assert (card.parts, card.n_steps, card.n_bars, card.z_size) == (
        config.parts,
        config.n_steps,
        config.n_bars,
        config.z_size,
    )
    assert card.summary
    assert card.n_bytes == card.path.stat().st_size > 0


def test_a_name_is_found_before_a_path(tmp_path: Path, monkeypatch) -> None:
    """A folder called mel_2bar in the working directory does not hide the model."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / DEFAULT_MODEL).mkdir()
    assert locate(DEFAULT_MODEL) in available()
    assert locate(tmp_path / DEFAULT_MODEL) == tmp_path / DEFAULT_MODEL


def test_the_prefix_of_a_tensorflow_checkpoint_counts_as_a_path(tmp_path: Path) -> None:
    """Such a checkpoint has no file of the name that it goes by."""
    (tmp_path / "model.ckpt.index").touch()
    assert locate(tmp_path / "model.ckpt") == tmp_path / "model.ckpt"


def test_a_published_model_is_found_before_a_path(tmp_path: Path, monkeypatch) -> None:
    """Only a text can be a name; nothing is downloaded for it."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "magenta" / "trio_4bar").mkdir(parents=True)
    assert locate("magenta/trio_4bar") is catalogue.find("magenta/trio_4bar")
    relative = (tmp_path / "magenta" / "trio_4bar").relative_to(tmp_path)
    assert locate(relative) == relative
    assert locate("./magenta/trio_4bar") == relative


def test_a_published_model_that_cannot_be_used_is_refused_with_the_reason() -> None:
    """Before anything heavy is loaded, and before it is downloaded."""
    with pytest.raises(UnknownModelError, match="GrooVAE"):
        locate("magenta/groovae_4bar")


@pytest.mark.parametrize("name", ["mel_2bar_small", "magenta/mel_2bar_smal"])
def test_a_name_that_is_nearly_right_is_answered_with_the_right_one(name: str) -> None:
    """Without its prefix, or misspelt."""
    with pytest.raises(UnknownModelError) as caught:
        locate(name)
    assert "magenta/mel_2bar_small" in caught.value.remedy


def test_a_wrong_name_is_answered_with_the_right_ones() -> None:
    """Before anything heavy is loaded."""
    with pytest.raises(UnknownModelError) as caught:
        locate("mel_3bar")
    assert DEFAULT_MODEL in caught.value.remedy
