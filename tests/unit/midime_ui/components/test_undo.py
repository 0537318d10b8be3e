"""The way back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.support.stage import perform

if TYPE_CHECKING:
    from midime_ui.personal import Personal
    from midime_ui.studies import Study


def script(study: Study, personal: Personal) -> None:
    """Sliders with the way back, as on the page."""
    from midime_ui import history, tray
    from midime_ui.components import sliders, undo

    position = sliders.show(study, personal)
    history.record(personal.sha256, position, tray.items())
    undo.show(personal)


def test_a_jump_restores_all_that_was(study: Study, personal: Personal) -> None:
    """From the list of what was done, which says it in words."""
    page = perform(script, study=study, personal=personal)
    page.slider(key="z0").set_value(1.0).run()
    page.slider(key="z1").set_value(-1.0).run()
    page.slider(key="daring").set_value(0.5).run()
    page.session_state["past"] = True
    page.run()
    options = page.radio(key="history_at").options
    assert options == ["4. Daring 0.5", "3. Slider 2 to -1", "2. Slider 1 to 1", "1. Start"]
    page.radio(key="history_at").set_value(1).run()
    assert [page.slider(key=f"z{i}").value for i in range(3)] == [1.0, 0.0, 0.0]
    assert page.slider(key="daring").value == 0.0
    assert not page.button(key="redo").disabled


def test_without_a_past_nothing_is_offered_but_the_reason(study: Study, personal: Personal) -> None:
    """No button is dead without saying why."""
    page = perform(script, study=study, personal=personal)
    for key in ("undo", "redo"):
        button = page.button(key=key)
        assert button.disabled
        assert button.help
