from __future__ import annotations

import pytest

from midime_engine.catalogue import Patience


def test_a_slow_line_is_waited_for() -> None:
    """A kilobyte a second is enough, and a server may think for half a minute."""
    patience = Patience()
    assert patience.least_bytes / patience.window < 1100
    assert patience.read >= 30


@pytest.mark.parametrize("settings", [{"read": 0}, {"attempts": 0}, {"least_bytes": 0}])
def test_no_patience_at_all_is_a_mistake(settings) -> None:
    """Nothing could ever be downloaded."""
    with pytest.raises(ValueError, match="give up"):
        Patience(**settings)
