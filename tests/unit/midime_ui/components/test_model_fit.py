"""What a model would hear is said in a sentence."""

from __future__ import annotations

import pytest

from midime_ui.components.model_fit import describe
from midime_ui.fits import Fit


@pytest.mark.parametrize(
    ("fit", "n_songs", "text"),
    [
        (Fit(12, 2, ()), 1, "12 pieces of 2 bars in your song."),
        (Fit(1, 16, ()), 1, "1 piece of 16 bars in your song."),
        (
            Fit(4, 4, ("bass", "drums")),
            2,
            "4 pieces of 4 bars in your songs, without bass or drums.",
        ),
        (Fit(0, 0, ("drums",)), 1, "Not for your song: no track can be read as drums."),
    ],
)
def test_it_is_counted_and_what_is_missing_named(fit: Fit, n_songs: int, text: str) -> None:
    """So that nobody has to try."""
    assert describe(fit, n_songs=n_songs) == text
