"""Translators in the library."""

from __future__ import annotations

import pytest

from midime_engine.errors import LibraryError, MidimeError
from midime_engine.library import Content
from midime_ui import duets, library, models, owners, saved_translators
from tests.support.duets import DRUMS, MELODY, an_own_carrier

pytestmark = pytest.mark.usefixtures("fakes", "session")


@pytest.fixture
def session(monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    """What a visitor's session holds."""
    held: dict[str, object] = {}
    monkeypatch.setattr(duets.st, "session_state", held)
    return held


def test_what_is_saved_is_at_work_again_in_another_session(session: dict[str, object]) -> None:
    """With its models and the name of its song."""
    carrier = an_own_carrier()
    assert saved_translators.saved_as(carrier) is None
    saved = saved_translators.save(carrier, name="My way over")
    assert saved_translators.saved_as(carrier) == saved
    assert (saved.kind, saved.base_model, saved.song_names) == ("translator", MELODY, ("tune",))
    assert saved.settings["between"] == "Melody, 2 bars and Drums, 2 bars"
    owner = session["owner"]
    session.clear()
    session["owner"] = owner
    saved_translators.open_saved(saved)
    assert [lesson.carrier for lesson in duets.lessons()] == [carrier]
    assert saved_translators.saved_as(carrier) == saved


def test_a_link_opens_it_for_anybody(session: dict[str, object]) -> None:
    """As one of their own."""
    carrier = an_own_carrier()
    link = saved_translators.share(saved_translators.save(carrier, name="x"))
    session.clear()
    assert saved_translators.open_share(link.id)
    assert [lesson.carrier for lesson in duets.lessons()] == [carrier]


def test_a_link_to_a_midime_is_left_to_others() -> None:
    """It is not opened here."""
    content = Content(model=b"a MidiMe", base_model=MELODY)
    saved = library.library().save(owners.require_owner(), content, name="x")
    link = library.library().shares.make(
        owners.require_owner(), saved.id, with_songs=False, position={}
    )
    assert not saved_translators.open_share(link.id)
    with pytest.raises(LibraryError, match="no translator"):
        saved_translators.open_saved(saved)
    assert duets.lessons() == ()


def test_what_was_saved_where_other_models_are_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the reason, and nothing changes."""
    saved = saved_translators.save(an_own_carrier(), name="x")
    monkeypatch.setattr(models, "is_offered", lambda name: name != DRUMS)
    with pytest.raises(MidimeError, match="not offered"):
        saved_translators.open_saved(saved)
    assert duets.lessons() == ()


def test_how_many_passages_it_has_learnt_from_is_kept() -> None:
    """As far as this session knows."""
    carrier = an_own_carrier()
    duets.remember(duets.Lesson(carrier, n_pairs=12))
    assert saved_translators.save(carrier, name="x").settings["passages"] == 12
