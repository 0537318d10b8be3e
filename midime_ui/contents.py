"""A MidiMe as the library keeps it: its file, and beside it what is worth knowing, plain data."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, Final

from midime_engine.library import Content, SongFile
from midime_engine.pipelines import keeping
from midime_ui import personal_space
from midime_ui.components import rule_words, wording

if TYPE_CHECKING:
    from collections.abc import Sequence

    from midime_engine.midime.training import TrainingStep
    from midime_engine.pipelines.keeping import Kept
    from midime_ui.blending import Blended
    from midime_ui.personal import Personal
    from midime_ui.position import Position
    from midime_ui.studies import Study

__all__ = ["RULES", "of_blend", "of_file", "of_session", "standing"]

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


def of_session(
    study: Study, personal: Personal, position: Position, *, with_songs: bool
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
            "position": standing(position, personal),
        },
        songs=tuple(SongFile(s.name, s.data, s.credit) for s in study.sources)
        if with_songs
        else (),
        rules=None if personal.rules is None else personal.rules.rules.data,
    )


def standing(position: Position, personal: Personal) -> dict[str, Any]:
    """Where the sliders stand, and how its rules are set."""
    rules = {} if personal.rules is None else {RULES: personal.rules.to_json()}
    return {**position.to_json(), **rules}


def of_blend(blended: Blended) -> Content:
    """What two MidiMes were blended to.

    Raises:
        MidiMeFileError: It is none.
    """
    kept = keeping.read(blended.data)
    return Content(
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


def of_file(data: bytes, kept: Kept) -> Content:
    """A MidiMe of which there is nothing but its file, ``data``, read as ``kept``."""
    return Content(
        model=data,
        base_model=kept.provenance.model,
        song_names=kept.provenance.songs[:_MOST_NAMES],
        settings=_settings_of(kept),
    )


def _rules_for_the_eye(personal: Personal) -> dict[str, str]:
    if personal.rules is None:
        return {}
    return {RULES: rule_words.line(personal.rules.rules.wishes)[:_LONGEST_RULES]}


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
