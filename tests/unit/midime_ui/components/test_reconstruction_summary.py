"""A figure comes with what it means."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from midime_ui import rebuilding
from midime_ui.components.reconstruction_summary import judge
from tests.support.stage import perform, words

if TYPE_CHECKING:
    from midime_engine.pipelines.reconstruct import Rebuilt
    from midime_ui.studies import Study


def script(study: Study, rebuilt: Rebuilt) -> None:
    """The component alone."""
    from midime_ui.components import reconstruction_summary

    reconstruction_summary.show(study, rebuilt)


def test_the_better_the_figure_the_kinder_the_word() -> None:
    """Four sentences from all to nothing, none of them twice."""
    sentences = [judge(accuracy) for accuracy in (1.0, 0.9, 0.7, 0.0)]
    assert len(set(sentences)) == 4


def test_the_mean_is_shown(study: Study) -> None:
    """In percent."""
    rebuilt = rebuilding.rebuilt(study)
    tokens = rebuilt.tokens.copy()
    tokens[:, :8] = 89
    page = perform(script, study=study, rebuilt=replace(rebuilt, tokens=tokens))
    assert page.metric[0].value == "75 %"
    assert words(page) == judge(0.75)


def test_each_of_several_parts_has_its_own(trio: Study) -> None:
    """A trio is only as good as its worst player."""
    rebuilt = rebuilding.rebuilt(trio)
    tokens = rebuilt.tokens.copy()
    tokens[:, :32, 1] = 89
    page = perform(script, study=trio, rebuilt=replace(rebuilt, tokens=tokens))
    assert page.metric[0].value == "83 %"
    assert "Melody 100 %, bass 50 %, drums 100 %." in words(page)
