from __future__ import annotations

from pathlib import Path

import pytest

from midime_engine.catalogue.settings import cache_folder, max_bytes, mirrored
from midime_engine.errors import OptionError

URL = "https://storage.googleapis.com/magentadata/js/checkpoints/x"


def test_the_cache_is_where_the_system_keeps_such_things(monkeypatch) -> None:
    """Unless somebody wants it elsewhere; a tilde stands for the home folder."""
    monkeypatch.delenv("MIDIME_CACHE", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", "/somewhere")
    assert "midime" in cache_folder().parts
    monkeypatch.setenv("MIDIME_CACHE", "~/models")
    assert cache_folder() == Path.home() / "models"


def test_a_mirror_has_the_same_paths(monkeypatch) -> None:
    """With or without a slash at its end."""
    monkeypatch.delenv("MIDIME_MIRROR", raising=False)
    assert mirrored(URL) == URL
    for mirror in ("https://school.example/magenta", "https://school.example/magenta/"):
        monkeypatch.setenv("MIDIME_MIRROR", mirror)
        assert mirrored(URL) == ("https://school.example/magenta/magentadata/js/checkpoints/x")


@pytest.mark.parametrize("mirror", ["school.example", "file:///etc", "ftp://x"])
def test_a_mirror_that_is_no_address_is_refused(monkeypatch, mirror: str) -> None:
    """Before anything is asked for there."""
    monkeypatch.setenv("MIDIME_MIRROR", mirror)
    with pytest.raises(OptionError, match="MIDIME_MIRROR"):
        mirrored(URL)


@pytest.mark.parametrize(
    ("chosen", "allowed"),
    [("", 4 * 1024**3), ("0", 0), ("100", 100_000_000), ("999999", 4 * 1024**3)],
)
def test_the_limit_is_in_megabytes(monkeypatch, chosen: str, allowed: int) -> None:
    """Never above what a MusicVAE can have."""
    monkeypatch.setenv("MIDIME_MAX_DOWNLOAD", chosen)
    assert max_bytes() == allowed


@pytest.mark.parametrize("chosen", ["many", "-1", "1.5"])
def test_a_limit_that_is_no_number_is_refused(monkeypatch, chosen: str) -> None:
    """A host who mistypes it is told, instead of having none."""
    monkeypatch.setenv("MIDIME_MAX_DOWNLOAD", chosen)
    with pytest.raises(OptionError, match="MIDIME_MAX_DOWNLOAD"):
        max_bytes()
