"""How the music keeps rules before anything is trained."""

from __future__ import annotations

from typing import TYPE_CHECKING

from midime_engine.attributes.parsing import parse_all
from midime_ui import ground as grounds
from midime_ui.ground import Ground
from tests.support.stage import perform, words

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

    from midime_engine.attributes.requirement import Requirements
    from midime_ui.studies import Study


def script(ground: Ground, requirements: Requirements) -> None:
    """The component alone."""
    from midime_ui.components import rule_scores

    rule_scores.show(ground, requirements)


def shown(study: Study, *wishes: str) -> AppTest:
    """With these wishes."""
    return perform(script, ground=Ground(study.model), requirements=parse_all(wishes))


def test_each_rule_has_a_histogram_and_a_share(study: Study) -> None:
    """And all of them together another share."""
    requirements = parse_all(["key=C major>=0.5", "rests"])
    page = shown(study, *map(str, requirements))
    assert len(page.get("plotly_chart")) == 2
    found = requirements.assess(grounds.pieces(Ground(study.model)).passages)
    share = round(100 * found.satisfied[:, 0].mean())
    assert f"{share} % keep it" in words(page)
    assert "pieces keep all 2 rules" in words(page)


def test_what_nobody_keeps_is_said_to_be_far(study: Study) -> None:
    """And what everybody keeps to be there already."""
    assert "out of reach" in words(shown(study, "highest < 22"))
    assert "little to learn" in words(shown(study, "notes_per_bar > 0"))
