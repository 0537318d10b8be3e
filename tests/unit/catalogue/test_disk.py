from __future__ import annotations

import errno
from pathlib import Path

import pytest

from midime_engine.catalogue.disk import disk_error


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
def test_a_full_disk_and_a_used_up_quota_are_one_thing(number: int) -> None:
    """Room has to be made, or found elsewhere."""
    error = disk_error(OSError(number, "no"), Path("/cache"))
    assert "full" in str(error)
    assert "MIDIME_CACHE" in error.remedy


def test_other_refusals_name_the_folder_and_the_reason() -> None:
    """A read-only folder, mostly."""
    error = disk_error(OSError(errno.EROFS, "Read-only file system"), Path("/cache"))
    assert "/cache" in str(error)
    assert "Read-only file system" in str(error)
    assert "MIDIME_CACHE" in error.remedy
