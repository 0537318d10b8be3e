"""The map on the page."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from midime_ui import carrying
from tests.support.duets import a_passage, the_general
from tests.support.stage import perform, words

if TYPE_CHECKING:
    from midime_engine.pipelines.translate import Answers
    from midime_ui.carriers import Carrier
    from midime_ui.passages import Passage
    from midime_ui.studies import Study


def script(passage: Passage, carrier: Carrier, found: Answers) -> None:
    """The component alone."""
    from midime_ui.components import duet_map

    duet_map.show(passage, carrier, found, 2, lambda _: None)


def test_both_models_and_the_pair_are_on_the_map(study: Study) -> None:
    """The source, four answers, and the line to the one that was chosen."""
    passage, carrier = a_passage(study), the_general()
    found = carrying.answers(passage, carrier, 0.9, 0)
    page = perform(script, passage=passage, carrier=carrier, found=found)
    (chart,) = page.get("plotly_chart")
    traces = {trace["name"]: trace for trace in json.loads(chart.proto.spec)["data"]}
    assert set(traces) == {"Melody, 2 bars", "Drums, 2 bars", "the pair", "the source", "answers"}
    assert traces["answers"]["text"] == ["1", "2", "3", "4"]
    assert traces["answers"]["marker"]["size"].index(17) == 2
    assert "in one space" in words(page)
