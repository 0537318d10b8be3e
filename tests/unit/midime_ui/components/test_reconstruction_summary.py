"""A figure comes with what it means."""

from __future__ import annotations

import numpy as np

from midime_engine.pipelines.reconstruct import Rebuilt
from midime_ui.components.reconstruction_summary import judge
from tests.support.stage import perform, words


def test_the_better_the_figure_the_kinder_the_word() -> None:
    """Four sentences from all to nothing, none of them twice."""
    sentences = [judge(accuracy) for accuracy in (1.0, 0.9, 0.7, 0.0)]
    assert len(set(sentences)) == 4


def test_the_mean_is_shown() -> None:
    """In percent."""

    def script(rebuilt: Rebuilt) -> None:
        from midime_ui.components import reconstruction_summary

        reconstruction_summary.show(rebuilt)

    rebuilt = Rebuilt(np.zeros((2, 4, 1), np.int32), np.array([0.5, 1.0], np.float32))
    page = perform(script, rebuilt=rebuilt)
    assert page.metric[0].value == "75 %"
    assert judge(0.75) in words(page)
