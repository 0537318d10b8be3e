"""The same music in two versions, side by side, to be compared with one key."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import streamlit as st

from midime_ui.components import failure, player

if TYPE_CHECKING:
    from note_seq import NoteSequence

__all__ = ["Version", "show"]


class Version(NamedTuple):
    """One of the two."""

    title: str
    sequence: NoteSequence
    marked: tuple[bool, ...] | None = None
    """For each note whether it stands against a rule; None marks none."""

    caption: str = ""
    """A sentence under the title."""


def show(before: Version, after: Version, *, key: str, overlay: str | None = None) -> None:
    """Draw both; the players are a pair.

    Args:
        before: On the left; on a phone above.
        after: On the right.
        key: What tells this pair from others.
        overlay: What the line is called that ``before`` draws over the notes of ``after``; None
            draws none.
    """
    span = _span(before, after)
    for column, version, name in zip(
        st.columns(2, gap="large"), (before, after), ("before", "after"), strict=True
    ):
        with column:
            st.subheader(failure.plain(version.title))
            if version.caption:
                st.caption(failure.plain(version.caption))
            is_after = name == "after" and overlay is not None
            player.show(
                version.sequence,
                key=f"{key}_{name}",
                title=version.title,
                marked=version.marked,
                contour=(overlay, before.sequence) if is_after and overlay else None,
                span=span,
                pair=key,
            )


def _span(*versions: Version) -> tuple[int, int] | None:
    """The pitches of both, so that a note stands at the same height in both rolls."""
    pitches = [
        note.pitch for version in versions for note in version.sequence.notes if not note.is_drum
    ]
    return (min(pitches), max(pitches)) if pitches else None
