"""Whether what is kept can be played here."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from midime_engine.errors import LibraryError, MidimeError
from midime_engine.pipelines import keeping
from midime_ui.playable import require_playable
from tests.support.keeping import with_provenance

if TYPE_CHECKING:
    from midime_engine.pipelines.keeping import Kept
    from midime_ui.personal import Personal
    from midime_ui.studies import Study


@pytest.fixture
def kept(study: Study, personal: Personal) -> Kept:
    """A MidiMe of melodies of two bars."""
    return keeping.read(with_provenance(study, personal).data)


def test_its_own_model_plays_it(kept: Kept) -> None:
    """One for other music does not."""
    require_playable(kept, "mel_2bar")
    with pytest.raises(MidimeError):
        require_playable(kept, "drums_2bar")
    drums = replace(kept, provenance=replace(kept.provenance, parts=("drums",)))
    with pytest.raises(MidimeError):
        require_playable(drums, "mel_2bar")


@pytest.mark.parametrize(
    ("model", "why"),
    [
        ("/etc/passwd", "not offered here"),
        ("unknown", "not offered here"),
        ("magenta/trio_4bar", "has not been downloaded"),
    ],
)
def test_a_model_that_is_not_here_is_explained(kept: Kept, model: str, why: str) -> None:
    """One that may be downloaded is not downloaded by whoever sends a file."""
    with pytest.raises(LibraryError, match=why):
        require_playable(kept, model)
