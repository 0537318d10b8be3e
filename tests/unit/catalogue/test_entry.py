from __future__ import annotations

import dataclasses

import pytest

from midime_engine.catalogue import find


def test_the_size_is_told_as_far_as_it_is_known() -> None:
    """Stated, or at least the weights, or unknown."""
    stated, counted = find("magenta/trio_4bar"), find("magenta/cat-mel_2bar_big")
    assert stated is not None
    assert counted is not None
    assert (stated.size, counted.size) == ("18 MB", "at least 538 MB")
    assert counted.n_bytes is None
    assert counted.least_bytes == 4 * 134_571_098
    nothing = dataclasses.replace(counted, n_parameters=None)
    assert (nothing.size, nothing.least_bytes) == ("unknown size", None)


@pytest.mark.parametrize(("n_bytes", "words"), [(999_400_000, "999 MB"), (1_710_000_000, "1.7 GB")])
def test_gigabytes_begin_at_a_thousand_megabytes(n_bytes: int, words: str) -> None:
    """As disks are sold."""
    entry = find("magenta/trio_16bar")
    assert entry is not None
    assert dataclasses.replace(entry, n_bytes=n_bytes).size == words


def test_the_slug_is_the_name_of_a_folder() -> None:
    """Without the prefix that tells a name from a path."""
    entry = find("magenta/cat-drums_2bar_small.lokl")
    assert entry is not None
    assert entry.slug == "cat-drums_2bar_small.lokl"
