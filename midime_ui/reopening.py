"""Out of the library, mostly to be at work again: what was saved, or what somebody shares.

Everything that comes back, from a link or the database, is checked as if a stranger had sent it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, get_args

from midime_engine.errors import LibraryError, MidimeError
from midime_engine.pipelines import keeping
from midime_ui import (
    contents,
    cutting,
    keepsakes,
    library,
    model_at_work,
    owners,
    playing,
    pools,
    rulebook,
    state,
    trained,
    watched_training,
)
from midime_ui.components import sliders
from midime_ui.personal import Personal
from midime_ui.playable import require_playable
from midime_ui.position import Position
from midime_ui.rules import Applied
from midime_ui.state import Visit
from midime_ui.studies import Songless, Source, Study

if TYPE_CHECKING:
    from collections.abc import Mapping

    from midime_engine.library import Content
    from midime_engine.library.records import Saved

__all__ = ["open_content", "open_saved", "open_share", "playable"]


def playable(saved_id: str) -> Content:
    """What the visitor has saved, known to be good for making music here.

    Raises:
        MidimeError: It is not there any more, or cannot be played here.
    """
    content = library.library().open(owners.require_owner(), saved_id)
    require_playable(keeping.read(content.model), content.base_model)
    return content


def open_saved(saved: Saved) -> None:
    """Work with what the visitor has saved.

    Raises:
        MidimeError: It is not there any more, or cannot be played here.
    """
    content = library.library().open(owners.require_owner(), saved.id)
    position = open_content(content, name=saved.name)
    has_songs = state.explorable() == state.study()
    personal = state.personal()
    if personal is not None:
        whole = replace(personal, rules=rulebook.applied(personal))
        keepsakes.set_keepsake(keepsakes.Keepsake(saved.id, whole.identity, has_songs=has_songs))
    sliders.restore(position)


def open_share(share_id: str) -> Position:
    """Work with what somebody shares; where its sliders stood.

    Raises:
        MidimeError: The link opens nothing, or what it leads to cannot be played here.
    """
    shared = library.library().shares.open(share_id)
    name = shared.share.name
    content = replace(
        shared.content, details={**shared.content.details, "position": shared.share.position}
    )
    position = open_content(content, name=name)
    visit = Visit(share_id, name, shared.share.expires, with_songs=bool(shared.content.songs))
    state.set_visit(visit)
    return position


def open_content(content: Content, *, name: str) -> Position:
    """Work with ``content``, with its songs if they are there and still read as they were.

    Raises:
        MidimeError: It cannot be played here; what was at work before stays.
    """
    kept = keeping.read(content.model)
    require_playable(kept, content.base_model)
    study, personal = _study_of(content), _personal_of(content)
    applied = _rules_of(content, z_size=kept.config.input_size)
    with_songs = bool(study.sources) and _reads_as_before(study, personal)
    _cancel_training()
    model_at_work.set_wanted_model(None)
    trained.put_away()
    model_at_work.choose_model(content.base_model)
    state.set_sources(study.sources if with_songs else ())
    for sha256, role, track in study.tracks if with_songs else ():
        state.set_track(sha256, role, track)
    state.set_personal(personal)
    rulebook.apply(personal, applied)
    if not with_songs:
        state.set_songless(Songless(name, kept.provenance.playback))
    position = content.details.get("position")
    return Position.from_json(
        position if isinstance(position, dict) else {}, n_sliders=kept.config.latent_size
    )


def _rules_of(content: Content, *, z_size: int) -> Applied | None:
    """What acts on it; the file may come from anybody."""
    if content.rules is None:
        return None
    position = content.details.get("position")
    stored = position.get(contents.RULES) if isinstance(position, dict) else None
    applied = Applied.from_json(content.rules, stored if isinstance(stored, dict) else {})
    size = playing.constraint(applied.rules).config.z_size
    if size != z_size or applied.rules.model != content.base_model:
        raise LibraryError(
            "The rules of this MidiMe are for another base model.",
            remedy="Save it again without them.",
        )
    return applied


def _cancel_training() -> None:
    """What it would bring is not wanted any more."""
    watched = watched_training.job()
    job = None if watched is None else pools.job_manager().get(watched.id)
    if job is not None:
        job.cancel()
    watched_training.set_job(None)


def _study_of(content: Content) -> Study:
    from midime_engine.converters.classes import Role

    roles = get_args(Role)
    sources = tuple(Source(song.name, song.data, song.credit) for song in content.songs)
    known = {source.sha256 for source in sources}
    tracks = [
        (sha256, role, track)
        for sha256, role, track in content.details.get("tracks", ())
        if sha256 in known and role in roles and isinstance(track, int)
    ]
    return Study(sources, tuple(sorted(tracks)), content.base_model)


def _personal_of(content: Content) -> Personal:
    from midime_engine.midime.training import TrainingStep

    details: Mapping[str, Any] = content.details
    return Personal(
        data=content.model,
        fingerprint=str(details.get("fingerprint", "")),
        steps=tuple(TrainingStep(*step) for step in details.get("curve", ())),
        n_vectors=int(details.get("n_vectors", 0)),
        seconds=float(details.get("seconds", 0.0)),
        stopped_early=bool(details.get("stopped_early", False)),
    )


def _reads_as_before(study: Study, personal: Personal) -> bool:
    """Whether this version takes the same notes from the songs as the one that trained on them."""
    try:
        return cutting.fingerprint(study) == personal.fingerprint
    except MidimeError:
        return False
