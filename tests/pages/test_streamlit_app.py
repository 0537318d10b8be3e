"""The router: every page opens, and what all of them share is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from midime_engine import examples
from midime_ui import navigation
from tests.pages.steps import upload, words

if TYPE_CHECKING:
    from pathlib import Path

    from streamlit.testing.v1 import AppTest


@pytest.mark.parametrize("step", navigation.STEPS, ids=lambda step: step.path)
def test_every_page_opens_for_a_new_visitor(app: AppTest, step: navigation.Step) -> None:
    """Nothing has been chosen or made yet, and that is no error."""
    app.run()
    app.switch_page(step.path).run()
    assert not app.exception
    assert len(app.title) == 1


def test_the_stem_of_a_page_is_its_address(root: Path) -> None:
    """Lowercase and without numbers: else the first visitor of a deep link is turned away."""
    stems = sorted(path.stem for path in (root / "pages").glob("*.py"))
    steps = (*navigation.STEPS, *navigation.MORE)
    assert [f"pages/{stem}.py" for stem in stems] == sorted(step.path for step in steps)
    assert all(stem.isalpha() and stem.islower() for stem in stems)


def test_the_sidebar_says_what_plays_and_which_model(app: AppTest) -> None:
    """On every page, as soon as there is a song."""
    app.run()
    assert "MidiMe learns" in words(app)
    assert not app.sidebar.caption
    upload(app, ("band.mid", examples.read("korobeiniki")))
    text = "\n".join(caption.value for caption in app.sidebar.caption)
    assert "plays" in text
    for step in navigation.STEPS:
        app.switch_page(step.path).run()
        assert any("Trio, 4 bars" in text.value for text in app.sidebar.markdown)


def test_a_host_who_names_a_model_that_is_not_there_reads_what_to_do(
    app: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a sentence, on every page, instead of a traceback."""
    monkeypatch.setenv("MIDIME_MODEL", "/nowhere/at/all")
    app.run()
    assert not app.exception
    assert "/nowhere/" in app.error[0].value
    assert "What to do" in app.error[0].value
