"""What visitors say about the music of a shared MidiMe, each under a random name.

Nobody but the owner sees it, and nothing is known of whoever rates but what they have rated. One
row holds all answers of one visitor; what they look like is the business of whoever stores them.
It goes with the MidiMe, and at any time before when the visitor or the owner wants it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import sqlalchemy as sa

from midime_engine.errors import LibraryError
from midime_engine.library.database import answering
from midime_engine.library.names import is_id
from midime_engine.library.records import Rater
from midime_engine.library.schema import OWNER, RATING, SAVED, SHARE

if TYPE_CHECKING:
    from collections.abc import Callable

    from midime_engine.library.database import Database
    from midime_engine.library.owners import Owner

__all__ = ["MAX_BYTES", "MAX_RATERS", "Ratings"]

MAX_RATERS: Final = 100
"""Of one MidiMe: an audience, and no more than ten megabytes from strangers."""

MAX_BYTES: Final = 100_000
"""Of one rater: some hundred ratings, each with two bars of three parts."""


class Ratings:
    """The ratings of shared MidiMes, over a database."""

    def __init__(
        self,
        database: Database,
        shared: Callable[[sa.Connection, str], str],
        clock: Callable[[], int],
    ) -> None:
        """``shared`` gives what a living link leads to; ``clock`` seconds since 1970."""
        self._database = database
        self._shared = shared
        self._clock = clock

    def put(self, share_id: str, rater: str, answers: str, *, n_answers: int) -> None:
        """Keep all that ``rater`` has said so far, in place of what they had said before.

        Args:
            share_id: The link by which they came; it may come from anybody.
            rater: Their random id (:func:`midime_engine.library.new_rater`).
            answers: What they have said.
            n_answers: How many answers that are.

        Raises:
            ShareError: The link is no more.
            LibraryError: It is too much, or too many have rated already.
        """
        if not is_id(rater):
            raise ValueError(f"No rater is called {rater[:40]!r}.")
        if len(answers.encode()) > MAX_BYTES:
            raise LibraryError(
                f"So many ratings are not stored: one person has room for {MAX_BYTES // 1000} kB.",
                remedy="What you have rated before is kept; train with it.",
            )
        now = self._clock()
        with answering(), self._database.writing() as connection:
            saved_id = self._shared(connection, share_id)
            # Held until the end, so that two raters do not both take the last place.
            held = sa.select(SAVED.c.id).where(SAVED.c.id == saved_id).with_for_update()
            connection.execute(held)
            own = sa.and_(RATING.c.saved_id == saved_id, RATING.c.rater == rater)
            values = {"n_answers": n_answers, "answers": answers, "changed": now}
            if connection.execute(sa.update(RATING).where(own).values(**values)).rowcount:
                return
            count = sa.select(sa.func.count()).where(RATING.c.saved_id == saved_id)
            if (connection.scalar(count) or 0) >= MAX_RATERS:
                raise LibraryError(
                    f"{MAX_RATERS} people have rated this already, and more are not stored.",
                    remedy="Rate on for yourself, or tell whoever shares it.",
                )
            row = {"saved_id": saved_id, "rater": rater, "created": now, **values}
            connection.execute(sa.insert(RATING).values(**row))

    def withdraw(self, share_id: str, rater: str) -> None:
        """Delete all that ``rater`` has said, also when the link has ended meanwhile."""
        saved_id = sa.select(SHARE.c.saved_id).where(SHARE.c.id == share_id).scalar_subquery()
        gone = sa.delete(RATING).where(RATING.c.saved_id == saved_id, RATING.c.rater == rater)
        with answering(), self._database.writing() as connection:
            connection.execute(gone)

    def of(self, owner: Owner, saved_id: str) -> tuple[Rater, ...]:
        """What people have said about what ``owner`` has saved; who began first stands first."""
        query = (
            sa.select(RATING)
            .join(SAVED, SAVED.c.id == RATING.c.saved_id)
            .join(OWNER)
            .where(RATING.c.saved_id == saved_id, OWNER.c.digest == owner.digest)
            .order_by(RATING.c.created, RATING.c.rater)
        )
        with answering(), self._database.reading() as connection:
            return tuple(
                Rater(id=row.rater, answers=row.answers, n_answers=row.n_answers)
                for row in connection.execute(query)
            )

    def delete(self, owner: Owner, saved_id: str, rater: str | None = None) -> None:
        """Delete what ``rater`` has said about what ``owner`` has saved; None: what anybody has."""
        own = sa.select(SAVED.c.id).join(OWNER).where(OWNER.c.digest == owner.digest)
        gone = sa.delete(RATING).where(RATING.c.saved_id == saved_id, RATING.c.saved_id.in_(own))
        if rater is not None:
            gone = gone.where(RATING.c.rater == rater)
        with answering(), self._database.writing() as connection:
            connection.execute(gone)
