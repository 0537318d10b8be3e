"""What a visitor takes home beside the music itself, computed when it is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from midime_engine.errors import OptionError
from midime_engine.musicvae.digest import digest_of
from midime_engine.pipelines import bundle
from midime_engine.pipelines.bundle import RulesTaken
from midime_engine.pipelines.take import Take
from midime_engine.plots import latent_map, loss_curve, page
from midime_engine.plots.theme import palette
from midime_ui import cutting, listening, note_sequences, personal_space
from midime_ui import landscape as landscapes
from midime_ui.cache_keys import KEYS
from midime_ui.components import chunk_map, wording

if TYPE_CHECKING:
    from note_seq import NoteSequence

    from midime_engine.notation.keys import Key
    from midime_engine.plots.theme import Theme
    from midime_ui.personal import Personal
    from midime_ui.position import Position
    from midime_ui.studies import Study

__all__ = ["everything", "loss_page", "map_page", "score", "score_pages", "take_of"]


def take_of(position: Position, *, z_size: int) -> Take:
    """The position as the engine plays it again; nudges that move nothing are left out."""
    nudges = tuple((d, value) for d, value in position.nudges if d < z_size)
    return Take(position.point, nudges, position.temperature, position.seed)


def everything(study: Study, personal: Personal, position: Position, *, with_songs: bool) -> bytes:
    """A zip with the music in all forms, the MidiMe, and what makes it again.

    Args:
        study: The songs, or what is known of them.
        personal: The MidiMe.
        position: Where its sliders stand.
        with_songs: Say which songs the MidiMe has learnt from.

    Raises:
        MidimeError: The sound cannot be made, or the base model has gone.
    """
    variation = personal_space.variation(
        study,
        personal,
        position.point,
        temperature=position.temperature,
        seed=position.seed,
        nudges=position.nudges,
    )
    (sequence,) = note_sequences.music(study, variation.tokens)
    return bundle.pack(
        midime=personal.data,
        midi=note_sequences.midi(sequence),
        take=take_of(position, z_size=personal_space.space(personal).config.input_size),
        playback=cutting.playback(study),
        model_sha256=_model_sha256(study.model),
        rules=_rules_of(personal),
        extras={
            "variation.wav": listening.sound(sequence, "wav"),
            **_score_of(study, sequence, position, with_songs=with_songs),
        },
        with_songs=with_songs,
    )


def _rules_of(personal: Personal) -> RulesTaken | None:
    applied = personal.rules
    if applied is None or not applied.is_at_work:
        return None
    return RulesTaken(applied.rules.data, applied.rules.wishes, applied.strength)


def score(study: Study, sequence: NoteSequence, *, title: str) -> bytes:
    """The score of a piece as MusicXML, in the key of its song if that is here.

    Raises:
        OptionError: Its metre cannot be written.
    """
    from midime_engine.notation.musicxml import write_musicxml

    return write_musicxml(sequence, title=title, key=_key(study))


@st.cache_data(show_spinner="Engraving…", max_entries=64, max_size="32MiB", hash_funcs=KEYS)
def score_pages(
    study: Study, sequence: NoteSequence, *, width: int, theme: Theme
) -> tuple[str, ...]:
    """The same as pictures, SVG, in the colours of the page.

    Raises:
        MidimeError: It cannot be written, or drawn here.
    """
    from midime_engine.notation.engraving import engrave

    return engrave(score(study, sequence, title=""), width=width, colour=palette(theme).text)


def _score_of(
    study: Study, sequence: NoteSequence, position: Position, *, with_songs: bool
) -> dict[str, bytes]:
    """The score as a file of the zip; nothing where the metre cannot be written."""
    what = f"Variation {position.seed}"
    title = f"{study.title}, {what.lower()}" if with_songs else what
    try:
        return {"variation.musicxml": score(study, sequence, title=title)}
    except OptionError:
        return {}


@st.cache_data(show_spinner=False, max_entries=256, hash_funcs=KEYS)
def _key(study: Study) -> Key | None:
    """Two bars say little of their key, the song they are like says more."""
    from midime_engine.notation.staves import key_of

    if study.songless is not None:
        return None
    return key_of([chunk.sequence for chunk in cutting.material(study).chunks.items])


def loss_page(study: Study, personal: Personal, *, theme: Theme) -> str:
    """The loss curve as a web page."""
    n = len(personal.steps)
    return page.to_html(
        loss_curve.figure(personal.steps, theme=theme),
        title=f"{study.title}: what was lost in {wording.count(n, 'round')} of training",
        theme=theme,
        name="midime-training",
    )


def map_page(study: Study, personal: Personal, point: tuple[float, ...], *, theme: Theme) -> str:
    """The map of the space of the song as a web page.

    Raises:
        ValueError: The MidiMe has a single slider, which is no plane.
    """
    land = landscapes.landscape(study, personal)
    if land is None:
        raise ValueError("A MidiMe of a single slider has no map.")
    chunks = () if study.songless is not None else cutting.material(study).chunks.items
    figure = latent_map.figure(
        np.asarray(land.chunks),
        songs=[chunk.song for chunk in chunks],
        labels=chunk_map.labels_of(chunks),
        terrain=land.terrain,
        position=land.place(point),
        theme=theme,
        height=640,
    )
    return page.to_html(
        figure, title=f"{study.title}: the space of the song", theme=theme, name="midime-map"
    )


@st.cache_data(show_spinner=False, max_entries=16)
def _model_sha256(model: str) -> str:
    return digest_of(model)
