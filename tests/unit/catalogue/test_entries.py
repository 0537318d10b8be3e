from __future__ import annotations

import math
import re

import pytest

from midime_engine.catalogue import Entry, entries, find, require_supported
from midime_engine.errors import UnknownModelError
from midime_engine.musicvae import available, configs
from midime_engine.musicvae.network import expected_shapes

SUPPORTED = [entry for entry in entries() if entry.supported]
every_entry = pytest.mark.parametrize("entry", entries(), ids=lambda entry: entry.name)


def test_the_catalogue_is_complete() -> None:
    """As many as the two lists of Magenta have for MusicVAE: eleven tars, 25 folders."""
    families = [entry.family for entry in entries()]
    assert (families.count("python"), families.count("js")) == (11, 25)


def test_every_name_is_there_once() -> None:
    """And none is that of an embedded model."""
    names = [entry.name for entry in entries()]
    assert len(set(names)) == len(names)
    assert not {card.name for card in available()} & set(names)


@every_entry
def test_an_entry_can_be_found_fetched_and_understood(entry: Entry) -> None:
    """Its name is a folder's, its address is Google's storage, its line says something."""
    assert find(entry.name) is entry
    assert re.fullmatch(r"magenta/[A-Za-z0-9][A-Za-z0-9._-]*", entry.name)
    assert entry.url.startswith("https://storage.googleapis.com/magentadata/")
    assert entry.url.endswith(".tar") == (entry.family == "python")
    assert entry.summary
    assert entry.licence
    assert entry.n_bars in range(1, 17)


@every_entry
def test_what_is_not_supported_says_why(entry: Entry) -> None:
    """And what is supported has nothing to excuse, but parts that we know."""
    assert entry.supported == (not entry.reason)
    if entry.supported:
        require_supported(entry)
        assert entry.parts in {("melody",), ("drums",), ("melody", "bass", "drums")}
        assert entry.least_bytes
    else:
        with pytest.raises(UnknownModelError, match=re.escape(entry.reason)):
            require_supported(entry)


@pytest.mark.parametrize("entry", SUPPORTED, ids=lambda entry: entry.name)
def test_an_entry_says_what_its_config_says(entry: Entry) -> None:
    """Where the engine knows the architecture: parts, bars, latent size, parameters."""
    config = configs().get(entry.config)
    if config is None:
        assert entry.family == "js", "every config of a tar is known"
        return
    assert (entry.parts, entry.n_bars, entry.z_size) == (
        config.parts,
        config.n_bars,
        config.z_size,
    )
    parameters = sum(math.prod(shape) for shape in expected_shapes(config).values())
    assert entry.n_parameters == parameters


def test_models_of_each_kind_are_offered() -> None:
    """2, 4 and 16 bars, all parts, both families."""
    kinds = {(entry.parts, entry.n_bars) for entry in SUPPORTED}
    trio = ("melody", "bass", "drums")
    assert {(("melody",), n) for n in (2, 4, 16)} <= kinds
    assert {(("drums",), n) for n in (2, 4)} <= kinds
    assert {(trio, 4), (trio, 16)} <= kinds
    assert {entry.family for entry in SUPPORTED} == {"python", "js"}


def test_those_that_cannot_be_used_come_last() -> None:
    """Whoever lists them begins with what is of use."""
    flags = [entry.supported for entry in entries()]
    assert flags == sorted(flags, reverse=True)


@pytest.mark.parametrize("name", ["trio_4bar", "magenta/", "magenta/nothing", "", None])
def test_what_is_no_name_is_not_found(name: object) -> None:
    """The prefix belongs to the name."""
    assert find(name) is None
