from __future__ import annotations

import io
import json
import shutil
import tarfile

import pytest

from midime_engine.catalogue.contents import require_description, require_tar, shards
from tests.support.musicvae_kit import OURS

TAR = OURS / "cat-mel_2bar_tiny" / "cat-mel_2bar_tiny.tar"
JS = OURS / "js_trio_uint8"


def test_a_whole_tar_passes() -> None:
    """As Magenta packs them."""
    require_tar(TAR)


@pytest.mark.parametrize("share", [0.0, 0.01, 0.3, 0.7])
def test_a_truncated_tar_does_not_pass(tmp_path, share: float) -> None:
    """Wherever it was cut."""
    data = TAR.read_bytes()
    path = tmp_path / "cut.tar"
    path.write_bytes(data[: int(share * len(data))])
    with pytest.raises(ValueError, match=r"tar archive|no TensorFlow"):
        require_tar(path)


def test_a_web_page_is_no_tar(tmp_path) -> None:
    """However long."""
    path = tmp_path / "page.tar"
    path.write_bytes(b"<html>" + b"sign in, please " * 10_000)
    with pytest.raises(ValueError, match="tar archive"):
        require_tar(path)


def _tar(path, names: list[str]) -> None:
    with tarfile.open(path, "w") as archive:
        for name in names:
            member = tarfile.TarInfo(name)
            member.size = 3
            archive.addfile(member, io.BytesIO(b"abc"))


@pytest.mark.parametrize(
    "names", [[], ["readme"], ["m.index"], ["m.index", "other.data-00000-of-00001"]]
)
def test_a_tar_without_a_checkpoint_does_not_pass(tmp_path, names: list[str]) -> None:
    """Index and data belong together."""
    path = tmp_path / "x.tar"
    _tar(path, names)
    with pytest.raises(ValueError, match="no TensorFlow checkpoint"):
        require_tar(path)


def test_a_description_of_a_musicvae_passes() -> None:
    """The one of the kit."""
    require_description(JS / "config.json")


@pytest.mark.parametrize(
    "text", ["", "<html>", "[]", "null", '"MusicVAE"', '{"type": "MusicRNN"}', "[" * 100_000]
)
def test_other_descriptions_do_not_pass(tmp_path, text: str) -> None:
    """A page, another model, nonsense."""
    path = tmp_path / "config.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=r"config\.json"):
        require_description(path)


@pytest.mark.parametrize("name", ["js_trio_uint8", "js_mel_float16", "js_drums_float32"])
def test_a_manifest_names_its_files_and_counts_their_bytes(name: str) -> None:
    """Exactly those that lie beside it."""
    names, n_bytes = shards(OURS / name / "weights_manifest.json")
    there = sorted((OURS / name).glob("group1-shard*"))
    assert sorted(names) == [path.name for path in there]
    assert n_bytes == sum(path.stat().st_size for path in there)


WEIGHT = {"name": "w", "shape": [2, 3], "dtype": "float32"}


@pytest.mark.parametrize(
    "manifest",
    [
        [],
        {},
        "text",
        [{"paths": []}],
        [{"paths": ["a"], "weights": [{"name": "w", "shape": [2]}]}],
        [{"paths": ["a"], "weights": [{**WEIGHT, "dtype": "string"}]}],
        [{"paths": ["a"], "weights": [{**WEIGHT, "shape": [-2]}]}],
        [{"paths": ["a"], "weights": [{**WEIGHT, "shape": "wide"}]}],
        [{"paths": ["../a"], "weights": [WEIGHT]}],
        [{"paths": ["/etc/passwd"], "weights": [WEIGHT]}],
        [{"paths": ["a/b"], "weights": [WEIGHT]}],
        [{"paths": [".hidden"], "weights": [WEIGHT]}],
        [{"paths": ["a", "a"], "weights": [WEIGHT]}],
        [{"paths": ["origin.json"], "weights": [WEIGHT]}],
        [{"paths": ["config.json"], "weights": [WEIGHT]}],
        [{"paths": ["a.part"], "weights": [WEIGHT]}],
        [{"paths": [f"s{index}" for index in range(1001)], "weights": [WEIGHT]}],
    ],
)
def test_a_manifest_that_lies_is_refused(tmp_path, manifest: object) -> None:
    """Names lead nowhere but into its own folder, sizes are sizes."""
    path = tmp_path / "weights_manifest.json"
    path.write_text(json.dumps(manifest), encoding="utf-8")
    with pytest.raises(ValueError, match=r"weights_manifest|shape|invalid literal"):
        shards(path)


def test_quantised_weights_count_as_they_are_stored(tmp_path) -> None:
    """One byte each here, whatever they are afterwards."""
    shutil.copy(JS / "weights_manifest.json", tmp_path)
    path = tmp_path / "weights_manifest.json"
    quantised = {**WEIGHT, "quantization": {"dtype": "uint8", "min": 0, "scale": 1}}
    path.write_text(json.dumps([{"paths": ["a"], "weights": [quantised, WEIGHT]}]))
    assert shards(path) == (("a",), 6 + 24)
