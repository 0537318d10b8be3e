"""Ratings of visitors are kept apart, seen by the owner alone, and go when somebody wants it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from midime_engine.errors import LibraryError, ShareError
from midime_engine.library import Content, Owner, new_rater, secret
from midime_engine.library import ratings as module
from midime_engine.library.records import Rater

if TYPE_CHECKING:
    from midime_engine.library.library import Library
    from midime_engine.library.records import Share
    from tests.unit.library.conftest import Clock

ANNA, BEN = "anna" + 18 * "_", "ben" + 19 * "_"


@pytest.fixture
def share(library: Library, owner: Owner, content: Content) -> Share:
    """A link to something that the owner has saved."""
    saved = library.save(owner, content, name="Song")
    return library.shares.make(owner, saved.id, with_songs=False, position={})


def test_ratings_of_several_people_are_kept_apart(
    library: Library, owner: Owner, share: Share, clock: Clock
) -> None:
    """In the order in which they began, whatever they add later."""
    library.ratings.put(share.id, BEN, "first", n_answers=1)
    clock.wait(days=1)
    library.ratings.put(share.id, ANNA, "hers", n_answers=3)
    library.ratings.put(share.id, BEN, "more", n_answers=2)
    assert library.ratings.of(owner, share.saved_id) == (
        Rater(id=BEN, answers="more", n_answers=2),
        Rater(id=ANNA, answers="hers", n_answers=3),
    )


def test_two_links_lead_to_the_same_ratings(library: Library, owner: Owner, share: Share) -> None:
    """They are about the music, not about the link."""
    other = library.shares.make(owner, share.saved_id, with_songs=False, position={})
    library.ratings.put(share.id, ANNA, "a", n_answers=1)
    library.ratings.put(other.id, ANNA, "b", n_answers=1)
    assert [rater.answers for rater in library.ratings.of(owner, share.saved_id)] == ["b"]


def test_only_the_owner_sees_and_deletes_them(library: Library, owner: Owner, share: Share) -> None:
    """To somebody else there are none."""
    stranger = Owner.by_secret(secret())
    library.ratings.put(share.id, ANNA, "a", n_answers=1)
    library.ratings.delete(stranger, share.saved_id)
    assert library.ratings.of(stranger, share.saved_id) == ()
    assert len(library.ratings.of(owner, share.saved_id)) == 1


def test_the_owner_deletes_those_of_one_or_of_all(
    library: Library, owner: Owner, share: Share
) -> None:
    """Nothing else goes."""
    for rater in (ANNA, BEN):
        library.ratings.put(share.id, rater, rater, n_answers=1)
    library.ratings.delete(owner, share.saved_id, ANNA)
    assert [each.id for each in library.ratings.of(owner, share.saved_id)] == [BEN]
    library.ratings.delete(owner, share.saved_id)
    assert library.ratings.of(owner, share.saved_id) == ()


def test_a_visitor_withdraws_their_own_even_when_the_link_has_ended(
    library: Library, owner: Owner, share: Share
) -> None:
    """Those of others stay."""
    for rater in (ANNA, BEN):
        library.ratings.put(share.id, rater, rater, n_answers=1)
    library.shares.revoke(owner, share.id)
    library.ratings.withdraw(share.id, ANNA)
    assert [each.id for each in library.ratings.of(owner, share.saved_id)] == [BEN]


def test_an_ended_link_takes_no_more_ratings(library: Library, owner: Owner, share: Share) -> None:
    """And says why."""
    library.shares.revoke(owner, share.id)
    with pytest.raises(ShareError, match="ended by whoever made it"):
        library.ratings.put(share.id, ANNA, "a", n_answers=1)


def test_with_what_was_rated_go_the_ratings(
    library: Library, owner: Owner, share: Share, content: Content
) -> None:
    """Deleting deletes; what is saved anew begins without any."""
    library.ratings.put(share.id, ANNA, "a", n_answers=1)
    library.delete(owner, share.saved_id)
    assert library.ratings.of(owner, share.saved_id) == ()
    again = library.save(owner, content, name="Again")
    assert library.ratings.of(owner, again.id) == ()


def test_nobody_fills_the_database(
    library: Library, owner: Owner, share: Share, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither with long ratings nor as many people; who is there already may go on."""
    monkeypatch.setattr(module, "MAX_RATERS", 2)
    monkeypatch.setattr(module, "MAX_BYTES", 10)
    for _ in range(2):
        library.ratings.put(share.id, new_rater(), "a", n_answers=1)
    first = library.ratings.of(owner, share.saved_id)[0].id
    with pytest.raises(LibraryError, match="2 people have rated this"):
        library.ratings.put(share.id, ANNA, "a", n_answers=1)
    library.ratings.put(share.id, first, "0123456789", n_answers=10)
    with pytest.raises(LibraryError, match="So many ratings"):
        library.ratings.put(share.id, first, "0123456789a", n_answers=11)


def test_a_rater_is_a_random_id(library: Library, share: Share) -> None:
    """Names of people have no place in here."""
    with pytest.raises(ValueError, match="Anna Smith"):
        library.ratings.put(share.id, "Anna Smith", "a", n_answers=1)
