"""What is at work, blends and files go into the library."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from midime_engine.errors import MidimeError
from midime_ui import keepsakes, library, owners, reopening, saving, state
from midime_ui.rules import Applied
from tests.support.keeping import POSITION, with_provenance
from tests.support.ruling import some_rules

if TYPE_CHECKING:
    from midime_ui.personal import Personal
    from midime_ui.studies import Study

pytestmark = pytest.mark.usefixtures("bare_session")


@pytest.fixture
def personal(study: Study, personal: Personal) -> Personal:
    """With its provenance, as the app makes it."""
    return with_provenance(study, personal)


def test_a_new_visitor_becomes_an_owner_by_saving(study: Study, personal: Personal) -> None:
    """And stays the same one; sharing what is saved saves nothing again."""
    assert owners.owner() is None
    saved = saving.save(study, personal, POSITION, name="x", with_songs=False)
    owner = owners.owner()
    assert owner is not None
    shared = saving.share(study, personal, POSITION, with_songs=False, days=7)
    assert shared.saved_id == saved.id
    assert keepsakes.made_share() == shared
    with_song = saving.share(study, personal, POSITION, with_songs=True, days=7)
    assert with_song.saved_id != saved.id
    assert len(library.library().list_saved(owner)) == 2


def test_sharing_what_was_deleted_saves_it_again(study: Study, personal: Personal) -> None:
    """Another tab may have deleted it."""
    saved = saving.save(study, personal, POSITION, name="x", with_songs=False)
    library.library().delete(owners.require_owner(), saved.id)
    shared = saving.share(study, personal, POSITION, with_songs=False, days=7)
    assert shared.saved_id != saved.id


def test_other_rules_are_not_saved_yet(study: Study, personal: Personal) -> None:
    """The same weights with rules are another thing to keep; how strongly is not."""
    ruled = replace(personal, rules=Applied(some_rules()))
    saving.save(study, personal, POSITION, name="x", with_songs=False)
    kept = keepsakes.keepsake()
    assert kept is not None
    assert kept.identity != ruled.identity
    assert ruled.identity == replace(ruled, rules=Applied(some_rules(), 0.5)).identity
    saved = saving.save(study, ruled, POSITION, name="y", with_songs=False)
    assert saved.has_rules
    keepsakes.set_keepsake(None)
    reopening.open_saved(saved)
    opened = keepsakes.keepsake()
    assert opened is not None
    assert opened.identity == ruled.identity


def test_an_imported_file_is_kept_under_its_name(personal: Personal) -> None:
    """And opens."""
    saved = saving.imported(personal.data, name="mine.safetensors")
    assert saved.name == "mine"
    assert saved.song_names == ("tune.mid",)
    reopening.open_saved(saved)
    assert state.explorable() is not None
    with pytest.raises(MidimeError):
        saving.imported(personal.data[:-5], name="x")


def test_an_ended_link_is_no_longer_offered(study: Study, personal: Personal) -> None:
    """Another one stays."""
    shared = saving.share(study, personal, POSITION, with_songs=False, days=7)
    saving.forget_link("another")
    assert keepsakes.made_share() == shared
    saving.forget_link(shared.id)
    assert keepsakes.made_share() is None


def test_what_is_deleted_is_not_saved_any_more(study: Study, personal: Personal) -> None:
    """Nor is a link to it offered; another one may go."""
    shared = saving.share(study, personal, POSITION, with_songs=False, days=7)
    saving.forget("another")
    assert keepsakes.keepsake() is not None
    saving.forget(shared.saved_id)
    assert keepsakes.keepsake() is None
    assert keepsakes.made_share() is None
