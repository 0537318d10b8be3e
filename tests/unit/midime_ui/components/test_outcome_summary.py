"""What has come of a training."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.support.stage import perform

if TYPE_CHECKING:
    from midime_ui.personal import Personal
    from midime_ui.studies import Study


def test_time_figures_and_three_versions_of_a_piece(study: Study, personal: Personal) -> None:
    """The original, before and after."""

    def script(study: Study, personal: Personal) -> None:
        from midime_ui.components import outcome_summary

        outcome_summary.show(study, personal)

    page = perform(script, study=study, personal=personal)
    assert page.metric[0].value == "0.20 s"
    assert page.metric[1].value == "100 %"
    assert page.metric[2].label == "Through your 3 sliders"
    assert "before the training" in page.metric[2].delta
    assert len(page.get("plotly_chart")) == 3
