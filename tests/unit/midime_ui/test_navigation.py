"""The pages in their order, under addresses that work for everybody."""

from __future__ import annotations

from pathlib import Path

from midime_ui import navigation

ROOT = Path(__file__).resolve().parents[3]


def test_every_step_is_a_page_that_exists() -> None:
    """And every page is a step, or stands under "More"."""
    named = {step.path for step in (*navigation.STEPS, *navigation.MORE)}
    assert named == {f"pages/{path.name}" for path in (ROOT / "pages").glob("*.py")}


def test_the_way_begins_with_a_song_and_ends_with_what_is_kept_of_it() -> None:
    """The order is that of the visitor."""
    assert navigation.STEPS[0] is navigation.UPLOAD
    assert navigation.STEPS[-1] is navigation.LIBRARY


def test_the_stem_of_a_step_is_its_address() -> None:
    """As Streamlit makes it of the file."""
    assert navigation.EXPLORE.stem == "explore"


def test_every_step_says_what_it_invites_to() -> None:
    """A link is a sentence, an icon comes with the app."""
    for step in (*navigation.STEPS, *navigation.MORE):
        assert step.invitation
        assert step.icon.startswith(":material/")
