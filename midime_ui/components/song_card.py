"""One song: its tracks, which of them MidiMe is going to learn from, and how they sound."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from midime_engine.converters.tracks import pitch_name
from midime_engine.errors import MidimeError
from midime_ui import cutting, listening, note_sequences, reading, state, studies
from midime_ui.components import failure, player

if TYPE_CHECKING:
    from collections.abc import Sequence

    from midime_engine.converters.classes import Role
    from midime_engine.converters.tracks import Selection, Track
    from midime_engine.music.song import Song
    from midime_ui.base_models import BaseModel
    from midime_ui.studies import Source

__all__ = ["show", "show_folded"]

_WHOLE = "The whole song"


def show(source: Source, base: BaseModel) -> None:
    """Present the only song, and let the visitor choose the tracks for the parts of ``base``."""
    with st.container(border=True):
        st.subheader(failure.plain(source.name))
        _show_song(source, base)


def show_folded(source: Source, base: BaseModel, *, expanded: bool) -> None:
    """Present one song of several; what is folded costs nothing."""
    with st.expander(
        failure.plain(source.name),
        expanded=expanded,
        icon=":material/music_note:",
        key=f"song_{source.sha256[:12]}_card",
        on_change="rerun",
    ) as unfolded:
        if unfolded.open:
            _show_song(source, base)


def _show_song(source: Source, base: BaseModel) -> None:
    st.caption(_summary(reading.song(source), source))
    try:
        tracks = reading.song_tracks(source, base.n_steps)
        guess = reading.best_guess(source, base.name)
    except MidimeError as error:
        failure.show(error)
        return
    choose, listen = st.columns([2, 3], gap="large")
    with choose:
        chosen = [_choose_track(source, role, tracks, guess) for role in base.parts]
        if len(set(chosen) - {studies.SILENT}) < sum(track != studies.SILENT for track in chosen):
            st.warning("Two parts are taken from the same track.", icon=":material/content_copy:")
    with listen:
        _show_music(source)
    with st.expander("All tracks, and what they are good for", icon=":material/queue_music:"):
        _show_table(tracks, base.parts)


def _summary(song: Song, source: Source) -> str:
    numerator, denominator = song.time_signature
    facts = [
        f"{numerator}/{denominator}",
        f"{song.qpm:.0f} beats per minute",
        f"{song.n_bars} bars",
    ]
    if source.credit:
        facts.append(failure.plain(source.credit))
    return " · ".join(facts)


def _choose_track(source: Source, role: Role, tracks: Sequence[Track], guess: Selection) -> int:
    names = {track.index: _label(track) for track in tracks if track.verdicts[role].usable}
    guessed = guess.tracks.get(role, studies.SILENT)
    if role != "melody" and len(guess.tracks) + (guessed == studies.SILENT) > 1:
        names[studies.SILENT] = "No track: this part stays silent"
    chosen = state.track(source.sha256, role)
    key = f"track_{role}_{source.sha256[:12]}"
    # The choice lives in the state: another base model may offer other tracks for the same part.
    st.session_state[key] = current = chosen if chosen in names else guessed
    st.selectbox(
        f"Take the {role} from",
        list(names),
        format_func=lambda index: names[index],
        key=key,
        on_change=_remember,
        args=(source, role, key, guessed),
        help="Only tracks from which this part can be taken are offered; the list below gives "
        "the reason for each of the others.",
    )
    if role in guess.reasons and current == guessed:
        reason = guess.reasons[role]
        st.caption(failure.plain(f"{reason[0].upper()}{reason[1:]}."))
    return int(current)


def _remember(source: Source, role: Role, key: str, guess: int) -> None:
    chosen = int(st.session_state[key])
    state.set_track(source.sha256, role, None if chosen == guess else chosen)


def _label(track: Track) -> str:
    return f"{track.label}: {track.n_notes} {'hits' if track.is_drum else 'notes'}"


def _range(track: Track) -> str:
    if track.is_drum:
        return "drums"
    return f"{pitch_name(track.lowest)} to {pitch_name(track.highest)}"


def _show_table(tracks: Sequence[Track], roles: Sequence[Role]) -> None:
    rows: list[dict[str, Any]] = [
        {
            "Track": track.label,
            **{f"As {role}": track.verdicts[role].sentence for role in roles},
            "Notes": track.n_notes,
            "Range": _range(track),
            "Notes at once": round(track.polyphony, 1),
        }
        for track in tracks
    ]
    st.dataframe(rows, hide_index=True, alt="The tracks of the song with a verdict on each")


def _show_music(source: Source) -> None:
    study = state.study()
    if study is None:
        return
    part = "What MidiMe hears"
    choice = st.segmented_control(
        "Listen to",
        [part, _WHOLE],
        default=part,
        required=True,
        key=f"listen_{source.sha256[:12]}",
        persist_state="session",
    )
    is_part = choice == part
    player.show(
        note_sequences.heard(study, source) if is_part else reading.song(source).sequence,
        key=f"song_{source.sha256[:12]}",
        title=f"{choice}: {source.name}",
        seconds=listening.PREVIEW_SECONDS,
        roles=None if is_part else cutting.roles(study, source),
    )
