"""A model is told by its weights, whatever it is called and wherever it lies."""

from __future__ import annotations

import hashlib

import pytest

from midime_engine.errors import UnknownModelError
from midime_engine.musicvae import available
from midime_engine.musicvae.digest import digest_of


def test_an_embedded_model_has_the_digest_of_its_file() -> None:
    """That anybody can compute."""
    for card in available():
        assert digest_of(card.name) == hashlib.sha256(card.path.read_bytes()).hexdigest()


def test_a_file_is_told_by_what_is_in_it(tmp_path) -> None:
    """Not by its name."""
    for name in ("one.safetensors", "two.tar"):
        (tmp_path / name).write_bytes(b"weights")
    digests = {digest_of(path) for path in tmp_path.iterdir()}
    assert digests == {hashlib.sha256(b"weights").hexdigest()}


def test_of_several_files_all_count(tmp_path) -> None:
    """A prefix of TensorFlow's, and a folder of Magenta.js's: as ``sha256sum`` lists them."""
    for name in ("model.ckpt.index", "model.ckpt.data-00000-of-00001"):
        (tmp_path / name).write_bytes(name.encode())
    before = digest_of(tmp_path / "model.ckpt")
    lines = "".join(
        f"{hashlib.sha256(path.name.encode()).hexdigest()}  {path.name}\n"
        for path in sorted(tmp_path.iterdir())
    )
    assert before == hashlib.sha256(lines.encode()).hexdigest()
    assert digest_of(tmp_path) == before
    (tmp_path / "model.ckpt.index").write_bytes(b"other")
    assert digest_of(tmp_path / "model.ckpt") != before


def test_a_published_checkpoint_is_looked_for_in_the_cache(tmp_path, monkeypatch) -> None:
    """Where the catalogue keeps it."""
    (tmp_path / "weights").write_bytes(b"w")
    asked: list[str] = []

    def fetch(entry):
        asked.append(entry.name)
        return tmp_path

    monkeypatch.setattr("midime_engine.catalogue.fetch", fetch)
    assert digest_of("magenta/trio_4bar") == hashlib.sha256(b"w").hexdigest()
    assert asked == ["magenta/trio_4bar"]


def test_an_unknown_name_is_refused() -> None:
    """As when it is loaded."""
    with pytest.raises(UnknownModelError):
        digest_of("trombone_64bar")
