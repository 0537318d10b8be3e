"""Published checkpoints by name, from a web server to notes, and local ones by path.

The server is on this machine and serves the small checkpoints of the two kits under the addresses
of Magenta's, in both of its packings. What comes out has to be what the kits expect.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import pytest

from midime_engine import catalogue, musicvae
from midime_engine.cli.main import main
from midime_engine.errors import CheckpointMismatchError, DownloadError
from tests.support.checkpoint_server import CheckpointServer, Fault, serving
from tests.support.musicvae_kit import OURS, REFERENCE, KitModel, kit_models
from tests.support.songs import scale_song

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

POSTERIOR = 1e-5

# The kits' sizes are their own; parts and bars are those of the entries.
PUBLISHED_AS = {
    "cat-mel_2bar_tiny": "magenta/cat-mel_2bar_big",
    "js_trio_uint8": "magenta/trio_4bar",
    "js_drums_float32": "magenta/drums_2bar_hikl_small",
    "cat-mel_2bar_big": "magenta/cat-mel_2bar_big",
    "cat-drums_2bar_small": "magenta/cat-drums_2bar_small.lokl",
    "hierdec-mel_16bar": "magenta/hierdec-mel_16bar",
    "hierdec-trio_16bar": "magenta/hierdec-trio_16bar",
    "drums_2bar_uint8": "magenta/drums_2bar_lokl_small",
    "trio_4bar_uint16": "magenta/trio_4bar",
}
KITS = [
    kit
    for kit in [*kit_models(OURS), *kit_models(REFERENCE)]
    if kit.folder.name in PUBLISHED_AS and (kit.path.is_dir() or kit.path.suffix == ".tar")
]


@pytest.fixture
def server() -> Iterator[CheckpointServer]:
    """An HTTP server on this machine."""
    yield from serving()


@pytest.fixture(autouse=True)
def _mirror(server: CheckpointServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MIDIME_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("MIDIME_MIRROR", server.url)
    monkeypatch.delenv("MIDIME_MAX_DOWNLOAD", raising=False)
    for name in ("HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


def _publish(server: CheckpointServer, path: Path, name: str) -> None:
    """Serve the checkpoint at ``path`` at the address of the entry ``name``."""
    entry = catalogue.find(name)
    assert entry is not None
    address = entry.url.removeprefix("https://storage.googleapis.com")
    if entry.family == "python":
        server.files[address] = path.read_bytes()
    else:
        server.serve(path, address)


def test_the_reference_kit_is_gone_through() -> None:
    """Six of its models stand in for published ones, where it is present."""
    if not REFERENCE.is_dir():
        pytest.skip("NOT CHECKED against Magenta itself: there is no folder ../shared/conformance")
    assert sum(kit.folder.is_relative_to(REFERENCE) for kit in KITS) == 6


@pytest.mark.parametrize("kit", KITS, ids=str)
def test_a_published_checkpoint_computes_what_its_publisher_computes(
    kit: KitModel, server: CheckpointServer
) -> None:
    """From a name to ``mu``, sigma and every greedy token."""
    name = PUBLISHED_AS[kit.folder.name]
    _publish(server, kit.path, name)
    told: list[tuple[int, int | None]] = []
    model = musicvae.load(name, progress=lambda done, total: told.append((done, total)))
    assert model.config.name == name
    assert told[-1][0] == told[-1][1]
    latents = model.encode_tokens(kit.expected["input_tokens"])
    np.testing.assert_allclose(latents.mu, kit.expected["mu"], atol=POSTERIOR, rtol=0)
    np.testing.assert_allclose(latents.sigma, kit.expected["sigma"], atol=POSTERIOR, rtol=0)
    tokens = model.decode_tokens(kit.expected["z"])
    np.testing.assert_array_equal(tokens, kit.expected["tokens"])


def test_a_checkpoint_of_other_music_is_not_taken_for_the_named_one(server) -> None:
    """Drums under the address of a trio."""
    _publish(server, OURS / "js_drums_float32", "magenta/trio_4bar")
    with pytest.raises(CheckpointMismatchError, match="2 bars of drums"):
        musicvae.load("magenta/trio_4bar")


def test_shards_of_a_known_digest_must_be_those(server) -> None:
    """What is published as mel_2bar_small is known byte for byte; the kit's is another."""
    for path in (OURS / "js_mel_uint16").iterdir():
        name = path.name.replace("of2", "of5")
        content = path.read_bytes().replace(b"of2", b"of5")
        server.files[f"/magentadata/js/checkpoints/music_vae/mel_2bar_small/{name}"] = content
    with pytest.raises(DownloadError, match="not the content that is known"):
        musicvae.load("magenta/mel_2bar_small")


def _sample(out: Path, *words: str) -> int:
    return main(["sample", "--samples", "1", "--out", str(out), *words])


@pytest.mark.parametrize(
    "path",
    [
        OURS / "cat-mel_2bar_tiny" / "cat-mel_2bar_tiny.tar",
        OURS / "cat-mel_2bar_tiny" / "cat-mel_2bar_tiny.ckpt",
        OURS / "js_trio_uint8",
        OURS / "ours_drums_float16" / "ours_drums_float16.safetensors",
    ],
    ids=["tar", "prefix", "js", "ours"],
)
def test_the_command_line_takes_a_path_where_it_takes_a_name(path: Path, tmp_path: Path) -> None:
    """Of each of the four containers."""
    assert _sample(tmp_path / "out", "--model", str(path)) == 0
    assert (tmp_path / "out" / "sample_00.mid").is_file()


def test_a_midime_above_a_published_model_remembers_it(server, tmp_path, capsys) -> None:
    """Trained by name, played again later without naming it, downloaded once."""
    name = "magenta/cat-mel_2bar_big"
    _publish(server, OURS / "cat-mel_2bar_tiny" / "cat-mel_2bar_tiny.tar", name)
    song, trained = tmp_path / "song.mid", tmp_path / "trained"
    song.write_bytes(scale_song(8))
    words = ["personalize", str(song), "--out", str(trained), "--epochs", "5", "--samples", "1"]
    assert main([*words, "--model", name]) == 0
    assert "downloading magenta/cat-mel_2bar_big" in capsys.readouterr().err
    report = json.loads((trained / "report.json").read_text(encoding="utf-8"))
    assert "download" in report["seconds"]
    assert _sample(tmp_path / "more", str(trained / "midime.safetensors")) == 0
    assert "downloading" not in capsys.readouterr().err
    assert len(server.requests) == 1


def test_without_the_official_models_the_embedded_one_goes_on(server, tmp_path, capsys) -> None:
    """One line and exit code 2 for the one; music from the other."""
    server.faults["/magentadata/js/checkpoints/music_vae/trio_4bar/config.json"] = Fault(status=403)
    assert _sample(tmp_path / "out", "--model", "magenta/trio_4bar") == 2
    told = capsys.readouterr().err.splitlines()[-1]
    assert told.startswith("midime: 127.0.0.1")
    assert "embedded models need no network" in told
    assert not (tmp_path / "out" / "sample_00.mid").exists()
    assert _sample(tmp_path / "out") == 0
    assert (tmp_path / "out" / "sample_00.mid").is_file()
