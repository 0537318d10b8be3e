"""The library as the app uses it: what is at work goes in, what is opened is at work again.

Everything that comes back, from a file, a link or the database, is checked as if a stranger had
sent it; the names of models in it are only ever looked up among those on offer.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, get_args

import streamlit as st

from midime_engine import catalogue
from midime_engine import library as shelves
from midime_engine.errors import LibraryError, MidimeError
from midime_engine.library import Content, Owner, SongFile, settings
from midime_engine.pipelines import keeping
from midime_ui import (
    cutting,
    keepsakes,
    model_at_work,
    models,
    personal_space,
    playing,
    pools,
    rulebook,
    state,
    studies,
    trained,
    watched_training,
)
from midime_ui.components import rule_words, sliders, wording
from midime_ui.personal import Personal
from midime_ui.rules import Applied

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from midime_engine.library.library import Library
    from midime_engine.library.records import Saved, Share
    from midime_engine.midime.training import TrainingStep
    from midime_engine.pipelines.keeping import Kept
    from midime_ui.blending import Blended
    from midime_ui.components.sliders import Position

__all__ = [
    "RULES",
    "content_of",
    "enter",
    "forget",
    "forget_link",
    "imported",
    "keep_blend",
    "library",
    "login",
    "offers_login",
    "open_content",
    "open_saved",
    "open_share",
    "owner",
    "playable",
    "require_owner",
    "save",
    "share",
]

_MOST_NAMES: Final = 100
"""Of songs in an imported file: five times as many as may be uploaded."""

_LONGEST_NAME: Final = 100
"""Of a parent of an imported blend: as long as a name in the library."""

_MOST_PARENTS: Final = 2
"""A blend has two; a file may say anything."""

_LONGEST_RULES: Final = 200
"""Of rules in words: two lines of a card."""

RULES: Final = "rules"
"""What they are called among the settings of a saved MidiMe."""

_CURVE_POINTS: Final = 500
"""Of a loss curve: more than a screen can show of 5,000 rounds."""


def library() -> Library:
    """The library of this host, shared by all sessions; opened when it is first needed.

    Raises:
        MidimeError: It cannot be used.
    """
    return _library(settings.database_url(), settings.store_url(), settings.limits())


@st.cache_resource(show_spinner=False, max_entries=4, on_release=lambda opened: opened.close())
def _library(_database: str, _store: str, _limits: settings.Limits) -> Library:
    return shelves.open_library()


# Whose it is.


def login() -> Owner | None:
    """Who has logged in, where the host has configured a login."""
    user = st.user
    if not user.get("is_logged_in", False):
        return None
    issuer, subject = user.get("iss"), user.get("sub")
    if not (isinstance(issuer, str) and isinstance(subject, str)):
        return None
    return Owner.by_login(issuer=issuer, subject=subject)


def owner() -> Owner | None:
    """Who this visitor is to the library; None for one who has nothing in it."""
    logged_in = login()
    secret = keepsakes.owner_secret()
    if logged_in is not None or secret is None:
        return logged_in
    return Owner.by_secret(secret)


def offers_login() -> bool:
    """Whether the host has configured a login (``[auth]`` in Streamlit's secrets)."""
    return "is_logged_in" in st.user


def enter(secret: str) -> None:
    """Become the owner who holds ``secret``, which comes from an address.

    Raises:
        LibraryError: It is none, or nothing is kept under it.
    """
    if not library().list_saved(Owner.by_secret(secret)):
        raise LibraryError(
            "Nothing is kept under this owner's link: it is mistyped, or all of it was deleted or "
            "has expired.",
            remedy="Copy the whole link, or save something new.",
        )
    keepsakes.set_owner_secret(secret)


def require_owner() -> Owner:
    """The same; a new visitor becomes an owner."""
    known = owner()
    if known is not None:
        return known
    secret = shelves.secret()
    keepsakes.set_owner_secret(secret)
    return Owner.by_secret(secret)


# In.


def content_of(
    study: studies.Study, personal: Personal, position: Position, *, with_songs: bool
) -> Content:
    """What is at work, as it is kept."""
    config = personal_space.space(personal).config
    return Content(
        model=personal.data,
        base_model=study.model,
        song_names=tuple(source.name for source in study.sources),
        settings={
            "sliders": config.latent_size,
            "rounds": len(personal.steps),
            "beta": config.beta,
            "seed": config.seed,
            **_rules_for_the_eye(personal),
        },
        details={
            "fingerprint": personal.fingerprint,
            "curve": _curve(personal.steps),
            "n_vectors": personal.n_vectors,
            "seconds": personal.seconds,
            "stopped_early": personal.stopped_early,
            "tracks": [list(track) for track in study.tracks] if with_songs else [],
            "position": _standing(position, personal),
        },
        songs=tuple(SongFile(s.name, s.data, s.credit) for s in study.sources)
        if with_songs
        else (),
        rules=None if personal.rules is None else personal.rules.rules.data,
    )


def _standing(position: Position, personal: Personal) -> dict[str, Any]:
    """Where the sliders stand, and how its rules are set."""
    rules = {} if personal.rules is None else {RULES: personal.rules.to_json()}
    return {**position.to_json(), **rules}


def _rules_for_the_eye(personal: Personal) -> dict[str, str]:
    if personal.rules is None:
        return {}
    return {RULES: rule_words.line(personal.rules.rules.wishes)[:_LONGEST_RULES]}


def save(
    study: studies.Study,
    personal: Personal,
    position: Position,
    *,
    name: str,
    with_songs: bool,
) -> Saved:
    """Keep what is at work in the visitor's library.

    Raises:
        MidimeError: There is no room, or the library cannot be reached.
    """
    content = content_of(study, personal, position, with_songs=with_songs)
    saved = library().save(require_owner(), content, name=name)
    keepsakes.set_keepsake(
        keepsakes.Keepsake(saved.id, personal.identity, has_songs=saved.has_songs)
    )
    return saved


def share(
    study: studies.Study,
    personal: Personal,
    position: Position,
    *,
    with_songs: bool,
    days: int,
) -> Share:
    """Make a link to what is at work; save it first if it is not saved, or not with its songs.

    Raises:
        MidimeError: There is no room, or the library cannot be reached.
    """
    kept = keepsakes.keepsake()
    is_saved = kept is not None and kept.identity == personal.identity and _is_there(kept.saved_id)
    if kept is None or not is_saved or (with_songs and not kept.has_songs):
        saved_id = save(study, personal, position, name=study.title, with_songs=with_songs).id
    else:
        saved_id = kept.saved_id
    made = library().shares.make(
        require_owner(),
        saved_id,
        with_songs=with_songs,
        position=_standing(position, personal),
        days=days,
    )
    keepsakes.set_made_share(made)
    return made


def playable(saved_id: str) -> Content:
    """What the visitor has saved, known to be good for making music here.

    Raises:
        MidimeError: It is not there any more, or cannot be played here.
    """
    content = library().open(require_owner(), saved_id)
    _require_playable(keeping.read(content.model), content.base_model)
    return content


def keep_blend(blended: Blended, *, name: str) -> Saved:
    """Keep what two MidiMes were blended to.

    Raises:
        MidimeError: There is no room, or the library cannot be reached.
    """
    kept = keeping.read(blended.data)
    content = Content(
        model=blended.data,
        base_model=kept.provenance.model,
        song_names=kept.provenance.songs[:_MOST_NAMES],
        settings={**_settings_of(kept), "rounds": len(blended.steps)},
        details={
            # Of no song: it belongs to itself.
            "fingerprint": hashlib.sha256(blended.data).hexdigest(),
            "curve": _curve(blended.steps),
            "n_vectors": blended.n_points,
            "seconds": blended.seconds,
        },
    )
    return library().save(require_owner(), content, name=name)


def _settings_of(kept: Kept) -> dict[str, Any]:
    """What a file says of how it was trained, for the eye."""
    config = kept.config
    settings: dict[str, Any] = {
        "sliders": config.latent_size,
        "beta": config.beta,
        "seed": config.seed,
    }
    parents = kept.provenance.parents[:_MOST_PARENTS]
    if not parents:
        return settings
    shares = (f"{wording.percent(p.share)} {p.name[:_LONGEST_NAME] or 'a MidiMe'}" for p in parents)
    return {"blend of": " and ".join(shares), **settings}


def _curve(steps: Sequence[TrainingStep]) -> list[list[float]]:
    """A loss curve as plain data, thinned out."""
    every = max(1, len(steps) // _CURVE_POINTS)
    shown = [*steps[:-1:every], *steps[-1:]]
    return [[step.epoch, step.total, step.reconstruction, step.kl] for step in shown]


def imported(data: bytes, *, name: str) -> Saved:
    """Keep a MidiMe from a file; the file may come from anybody.

    Raises:
        MidimeError: It is none, it does not fit a model on offer, or there is no room.
    """
    kept = keeping.read(data)
    _require_playable(kept, kept.provenance.model)
    content = Content(
        model=data,
        base_model=kept.provenance.model,
        song_names=kept.provenance.songs[:_MOST_NAMES],
        settings=_settings_of(kept),
    )
    return library().save(require_owner(), content, name=name.removesuffix(".safetensors"))


def forget(saved_id: str) -> None:
    """It was deleted: what is at work is not saved any more."""
    kept = keepsakes.keepsake()
    if kept is not None and kept.saved_id == saved_id:
        keepsakes.set_keepsake(None)
        keepsakes.set_made_share(None)


def forget_link(share_id: str) -> None:
    """It was ended: nobody is to be offered it any more."""
    made = keepsakes.made_share()
    if made is not None and made.id == share_id:
        keepsakes.set_made_share(None)


def _is_there(saved_id: str) -> bool:
    return saved_id in {saved.id for saved in library().list_saved(require_owner())}


# Out.


def open_saved(saved: Saved) -> None:
    """Work with what the visitor has saved.

    Raises:
        MidimeError: It is not there any more, or cannot be played here.
    """
    content = library().open(require_owner(), saved.id)
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
    shared = library().shares.open(share_id)
    name = shared.share.name
    content = replace(
        shared.content, details={**shared.content.details, "position": shared.share.position}
    )
    position = open_content(content, name=name)
    visit = state.Visit(share_id, name, shared.share.expires, with_songs=bool(shared.content.songs))
    state.set_visit(visit)
    return position


def open_content(content: Content, *, name: str) -> Position:
    """Work with ``content``, with its songs if they are there and still read as they were.

    Raises:
        MidimeError: It cannot be played here; what was at work before stays.
    """
    kept = keeping.read(content.model)
    _require_playable(kept, content.base_model)
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
        state.set_songless(studies.Songless(name, kept.provenance.playback))
    position = content.details.get("position")
    return sliders.Position.from_json(
        position if isinstance(position, dict) else {}, n_sliders=kept.config.latent_size
    )


def _rules_of(content: Content, *, z_size: int) -> Applied | None:
    """What acts on it; the file may come from anybody."""
    if content.rules is None:
        return None
    position = content.details.get("position")
    stored = position.get(RULES) if isinstance(position, dict) else None
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


def _require_playable(kept: Kept, model: str) -> None:
    """Whether there is such a model here, and ``kept`` fits it."""
    if not models.is_offered(model):
        raise LibraryError(
            "The base model of this MidiMe is not offered here.",
            remedy="Open it on the server where it was made.",
        )
    entry = catalogue.find(model)
    if entry is not None and not catalogue.is_cached(entry):
        raise LibraryError(
            f"Its base model, {entry.name} ({entry.size}), has not been downloaded to this server.",
            remedy="Choose that model on the first page, which downloads it; then come back.",
        )
    base = models.base_model(model)
    keeping.require_playable(
        kept, parts=base.parts, n_steps=base.n_steps, z_size=models.z_size(model)
    )


def _study_of(content: Content) -> studies.Study:
    from midime_engine.converters.classes import Role

    roles = get_args(Role)
    sources = tuple(studies.Source(song.name, song.data, song.credit) for song in content.songs)
    known = {source.sha256 for source in sources}
    tracks = [
        (sha256, role, track)
        for sha256, role, track in content.details.get("tracks", ())
        if sha256 in known and role in roles and isinstance(track, int)
    ]
    return studies.Study(sources, tuple(sorted(tracks)), content.base_model)


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


def _reads_as_before(study: studies.Study, personal: Personal) -> bool:
    """Whether this version takes the same notes from the songs as the one that trained on them."""
    try:
        return cutting.fingerprint(study) == personal.fingerprint
    except MidimeError:
        return False
