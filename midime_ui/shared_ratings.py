"""Ratings of a shared MidiMe: a visitor's go to the library, its owner takes them out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from midime_engine.library import new_rater
from midime_engine.pipelines.rated import Rated
from midime_ui import keepsakes, library, owners, rating_state, rulebook, state, tasting

if TYPE_CHECKING:
    from midime_ui.ground import Ground
    from midime_ui.personal import Personal

__all__ = ["Person", "delete", "people", "saved_id", "store", "withdraw"]


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who came by a link and rated."""

    id: str
    name: str
    """A number: nothing else is known of them."""

    given: Rated


def store(ground: Ground) -> None:
    """Keep in the library what a visitor has said of ``ground`` so far; of nobody else anything.

    Raises:
        MidimeError: The link has ended, there is no room, or the library cannot be reached.
    """
    visit = state.visit()
    if visit is None or ground.personal is None:
        return
    answers = rating_state.answers(ground)
    given = tasting.rated(ground, answers)
    if not given.ballots:
        withdraw()
        return
    rater = rating_state.rater() or new_rater()
    rating_state.set_rater(rater)
    library.library().ratings.put(
        visit.share_id, rater, given.to_json(), n_answers=len(given.ballots)
    )


def withdraw() -> None:
    """Delete what the visitor has said from the library.

    Raises:
        MidimeError: It cannot be reached.
    """
    visit, rater = state.visit(), rating_state.rater()
    if visit is not None and rater is not None:
        library.library().ratings.withdraw(visit.share_id, rater)


def saved_id(ground: Ground) -> str | None:
    """Where in the visitor's own library the MidiMe of ``ground`` is; None if it is not saved."""
    kept = keepsakes.keepsake()
    if kept is None or ground.personal is None or state.visit() is not None:
        return None
    return kept.saved_id if kept.identity in _identities(ground.personal) else None


def people(ground: Ground) -> tuple[Person, ...]:
    """Who has rated the MidiMe of ``ground``, which is the visitor's own.

    Raises:
        MidimeError: The library cannot be reached, or something else is in it.
    """
    where, owner = saved_id(ground), owners.owner()
    if where is None or owner is None:
        return ()
    found = library.library().ratings.of(owner, where)
    n_parts = len(ground.parts)
    return tuple(
        Person(rater.id, f"Visitor {i}", Rated.from_json(rater.answers, n_parts=n_parts))
        for i, rater in enumerate(found, 1)
    )


def delete(ground: Ground, person: str | None) -> None:
    """Delete what somebody has said, or what anybody has.

    Raises:
        MidimeError: The library cannot be reached.
    """
    where, owner = saved_id(ground), owners.owner()
    if where is not None and owner is not None:
        library.library().ratings.delete(owner, where, person)


def _identities(personal: Personal) -> set[str]:
    """The same MidiMe with other rules, or with none, has the same ratings."""
    return {personal.sha256, replace(personal, rules=rulebook.applied(personal)).identity}
