from __future__ import annotations

from midime_engine.catalogue.magenta_python import ENTRIES


def test_a_tar_has_the_name_of_its_entry() -> None:
    """As in the table of Magenta's README."""
    for entry in ENTRIES:
        assert entry.url.endswith(f"/models/music_vae/checkpoints/{entry.slug}.tar")


def test_only_the_largest_tar_has_a_stated_size() -> None:
    """Of the others the weights are known to be in them."""
    stated = {entry.name for entry in ENTRIES if entry.n_bytes is not None}
    assert stated == {"magenta/hierdec-trio_16bar"}
    assert all(entry.n_parameters for entry in ENTRIES)
