"""What comes back from a base model is compared with what went in."""

from __future__ import annotations

from dataclasses import replace

import pytest

from midime_ui import cutting, rebuilding
from midime_ui.studies import Study


def test_the_fake_model_gives_the_song_back(study: Study) -> None:
    """Through cache, server and pipeline."""
    assert rebuilding.rebuilt(study).mean_accuracy == 1.0


def test_each_part_is_judged_for_itself(trio: Study) -> None:
    """One chunk, all chunks, and one number for all."""
    rebuilt = rebuilding.rebuilt(trio)
    assert rebuilding.agreement(trio, rebuilt, 0) == {"melody": 1.0, "bass": 1.0, "drums": 1.0}
    wrong = rebuilt.tokens.copy()
    wrong[:, :16, 1] += 1
    spoilt = replace(rebuilt, tokens=wrong)
    assert rebuilding.accuracy(trio, spoilt) == {"melody": 1.0, "bass": 0.75, "drums": 1.0}
    assert rebuilding.overall(trio, spoilt) == pytest.approx(11 / 12)


def test_a_part_that_nobody_plays_is_not_counted(study: Study) -> None:
    """Silence that comes back as silence is no merit."""
    alone = Study(study.sources, (), "trio_4bar")
    assert cutting.silent_parts(alone) == ("bass", "drums")
    assert set(rebuilding.accuracy(alone, rebuilding.rebuilt(alone))) == {"melody"}
