"""The model is suggested that a song can feed."""

from __future__ import annotations

import pytest

from midime_engine import examples
from midime_ui import fits
from midime_ui.fits import Fit
from midime_ui.studies import Source, Study


@pytest.mark.parametrize(
    ("slug", "model"),
    [
        ("irish_washerwoman", "mel_2bar"),
        ("ode_to_joy", "mel_2bar"),
        ("korobeiniki", "trio_4bar"),
        ("corner_shop_groove", "drums_2bar"),
    ],
)
@pytest.mark.usefixtures("fakes")
def test_the_model_that_a_song_can_feed_is_suggested(slug: str, model: str) -> None:
    """A line, two lines, a band, drums."""
    assert fits.suggested_model((Source(slug, examples.read(slug)),)).name == model


@pytest.mark.usefixtures("fakes")
def test_a_host_who_has_decided_is_followed_where_the_song_allows(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The long melody for a tune, but not for drums."""
    monkeypatch.setenv("MIDIME_MODEL", "mel_16bar")
    tune, groove = (Source(s, examples.read(s)) for s in ("ode_to_joy", "corner_shop_groove"))
    assert fits.suggested_model((tune,)).name == "mel_16bar"
    assert fits.suggested_model((groove,)).name == "drums_2bar"


def test_what_a_model_would_hear_is_counted(study: Study, drums: Study) -> None:
    """Pieces, their length, and the parts that nobody plays."""
    assert fits.fit(study.sources, "mel_2bar") == Fit(8, 2, ())
    assert fits.fit(study.sources, "mel_16bar") == Fit(1, 16, ())
    assert fits.fit(study.sources, "trio_4bar") == Fit(4, 4, ("bass", "drums"))
    assert fits.fit(study.sources, "drums_2bar") == Fit(0, 0, ("drums",))
    assert fits.fit(drums.sources, "trio_4bar") == Fit(0, 0, ("melody",))
