"""How much there is to learn from."""

from __future__ import annotations

import pytest

from midime_ui.state import Source, Study
from tests.support.stage import perform
from tests.support.studio import a_tune


def script(study: Study) -> None:
    """The component alone."""
    from midime_ui import resources
    from midime_ui.components import chunk_count

    chunk_count.show(resources.material(study))


def test_eight_pieces_are_enough(study: Study) -> None:
    """Counted, without a warning."""
    page = perform(script, study=study)
    assert page.metric[0].value == "8 pieces of 2 bars"
    assert not page.warning


@pytest.mark.usefixtures("fakes")
def test_seven_are_few() -> None:
    """And the visitor learns what follows from that."""
    short = Study((Source("short.mid", a_tune(n_bars=14, qpm=90)),), (), "mel_2bar")
    page = perform(script, study=short)
    assert page.metric[0].value == "7 pieces of 2 bars"
    assert "fewer than 8" in page.warning[0].value
