"""Where songs come from: files of the visitor's own, or one of the built-in examples."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from midime_engine import examples
from midime_engine.errors import MidimeError, MidiReadError
from midime_engine.music.limits import MAX_FILES
from midime_ui import dropped_files, model_choice, reading, state
from midime_ui.components import failure
from midime_ui.studies import Source

if TYPE_CHECKING:
    from midime_engine.examples import Example

__all__ = ["collect", "remove", "show", "show_refusals"]

_FILES: Final = "files"
_EXAMPLE: Final = "example"
_TOGETHER: Final = "songs_together"
_LEFT_OUT: Final = "files_left_out"


def show() -> None:
    """Let the visitor drop files or take an example; keeps what can be read in the state."""
    own, ready_made = st.columns(2, gap="large")
    with own:
        files = st.file_uploader(
            "Drop one or more MIDI files",
            type=["mid", "midi"],
            accept_multiple_files=True,
            key=_FILES,
            on_change=_take_files,
            help="Up to 5 MB each. Several songs teach MidiMe what they have in common. "
            "The files stay in the memory of this server and are gone when you leave, unless you "
            "save them in your library.",
        )
        if len(files) > MAX_FILES:
            st.warning(
                f"That is a lot of music: only the first {MAX_FILES} files are used.",
                icon=":material/library_music:",
            )
    with ready_made:
        titles = {example.slug: _title(example) for example in examples.EXAMPLES}
        st.pills(
            "Or take one of these",
            list(titles),
            format_func=lambda slug: titles[slug],
            key=_EXAMPLE,
            on_change=_take_example,
            persist_state="session",
            wrap=True,
            help="Tunes in the public domain, or written for MidiMe.",
        )
    if state.sources():
        st.toggle(
            "Learn from what I choose next together with what is here",
            key=_TOGETHER,
            persist_state="session",
            help="Otherwise it takes the place of what is here. Files that are dropped together "
            "are learnt from together in any case.",
        )


def show_refusals() -> None:
    """Say which of the last files could not be read, why, and what to do."""
    for name, error in dropped_files.refusals():
        failure.show(error, about=name)


def _title(example: Example) -> str:
    return f"{example.title} · {example.style}"


def _take_files() -> None:
    left_out = st.session_state.get(_LEFT_OUT, ())
    files = [file for file in st.session_state[_FILES] or [] if file.file_id not in left_out]
    # Removing files from the widget keeps the songs: nothing is lost by accident.
    if files:
        _arrive([Source(file.name, file.getvalue()) for file in files])
        if not st.session_state.get(_TOGETHER):
            st.session_state[_EXAMPLE] = None


def _take_example() -> None:
    for example in examples.EXAMPLES:
        if example.slug == st.session_state[_EXAMPLE]:
            _arrive([Source(example.title, examples.read(example.slug), example.credit)])


def _arrive(songs: list[Source]) -> None:
    """Hand over new songs, behind those that are here if they are to be learnt from together."""
    here = state.sources() if st.session_state.get(_TOGETHER) else ()
    known = {source.sha256 for source in here}
    new = [song for song in songs if song.sha256 not in known]
    dropped_files.set_arrivals((*here, *new)[:MAX_FILES])


def remove(source: Source) -> None:
    """Learn without ``source`` (for the button beside it); the last song stays."""
    others = tuple(each for each in state.sources() if each.sha256 != source.sha256)
    if not others:
        return
    state.set_sources(others)
    model_choice.suggest()
    files = st.session_state.get(_FILES) or []
    gone = [file.file_id for file in files if Source(file.name, file.getvalue()) == source]
    # The box keeps listing it; the next file that is dropped must not bring it back.
    st.session_state[_LEFT_OUT] = (*st.session_state.get(_LEFT_OUT, ()), *gone)
    if st.session_state.get(_EXAMPLE) and source.credit:
        st.session_state[_EXAMPLE] = None


def collect() -> None:
    """Keep the songs that can be read; remember the others with the reason."""
    arrivals = dropped_files.arrivals()
    if not arrivals:
        return
    readable: list[Source] = []
    refused: list[tuple[str, MidimeError]] = []
    for source in arrivals:
        try:
            _refuse_twin(source, readable)
            reading.song(source)
        except MidimeError as error:
            refused.append((source.name, error))
        else:
            readable.append(source)
    if readable:
        state.set_sources(tuple(readable))
        model_choice.suggest()
    dropped_files.set_refusals(tuple(refused))
    dropped_files.set_arrivals(())


def _refuse_twin(source: Source, others: list[Source]) -> None:
    for other in others:
        if other.sha256 == source.sha256:
            raise MidiReadError(
                f"This is the same file as {other.name}, which is used once.",
                remedy="Nothing, or drop another song to teach MidiMe more.",
            )
