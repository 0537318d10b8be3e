"""The longer piece of a session: what was asked for, and the music that came of it.

A piece is made when somebody asks for it, and stays as it is while sliders move. Plain data in
session state: a few thousand numbers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, cast

import numpy as np
import streamlit as st

from midime_engine.converters.harmony import chords_of
from midime_engine.errors import OptionError
from midime_engine.pipelines import draws, forms
from midime_engine.pipelines.compose import Composition, compose, kept_in, to_sequence
from midime_engine.pipelines.plan import Plan, Slot
from midime_engine.pipelines.travel import Place
from midime_ui import cutting, journeys, models, personal_space, playing
from midime_ui.cache_keys import KEYS

if TYPE_CHECKING:
    from collections.abc import Callable

    from note_seq import NoteSequence

    from midime_engine.converters.classes import Role
    from midime_engine.music.chords import Triad
    from midime_engine.music.playback import Playback
    from midime_ui.drawn_path import Points
    from midime_ui.personal import Personal
    from midime_ui.position import Position
    from midime_ui.studies import Study
    from midime_ui.tray import Item

__all__ = [
    "Form",
    "Piece",
    "Request",
    "has_harmony",
    "kept_marks",
    "make",
    "piece",
    "sequence",
    "set_piece",
]

Form = Literal["song", "aaba", "path", "free"]

_PIECE: Final = "longer_piece"


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked for: the same request gives the same piece."""

    form: Form
    n_bars: int
    position: Position
    """Where the sliders stood: what the song is moved to, A where nothing else is named, and how
    notes are chosen."""

    seed: int
    amount: float = 0.5
    """Of the form along the song: how far it is moved, 0 to 1."""

    places: tuple[Item | None, ...] = ()
    """A and B, or the stops of a path. None is where the sliders stand as A, a draw as B."""

    through: Points = ()
    """In place of these stops, a way that was drawn on the map."""

    keep_harmony: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """A longer piece."""

    owner: str
    """Digest of the MidiMe that made it."""

    request: Request
    tokens: bytes
    """int32, row by row."""

    shape: tuple[int, int, int]
    """Slots, steps, parts."""

    slots: tuple[Slot, ...]
    chords: tuple[str, ...]
    n_moved: int
    n_notes: int

    @property
    def composition(self) -> Composition:
        """As the engine has it, without the points it was made from."""
        tokens = np.frombuffer(self.tokens, np.int32).reshape(self.shape)
        nowhere = np.zeros((len(self.slots), 0), np.float32)
        plan = Plan(self.slots, nowhere, None, (0,) * len(self.slots))
        return Composition(plan, tokens, self.chords, self.n_moved, self.n_notes)


def piece(personal: Personal) -> Piece | None:
    """The piece that was made last; None if there is none of this MidiMe."""
    found = cast("Piece | None", st.session_state.get(_PIECE))
    return found if found is not None and found.owner == personal.sha256 else None


def set_piece(value: Piece) -> None:
    """Keep it until the next one is made."""
    st.session_state[_PIECE] = value


def has_harmony(study: Study) -> bool:
    """Whether there is a song, and a part with pitches in it."""
    return study.songless is None and any(_chords(study))


def make(
    study: Study,
    personal: Personal,
    request: Request,
    *,
    advance: Callable[[int, int], None] | None = None,
) -> Piece:
    """Make the piece that is asked for.

    Args:
        study: The song and the base model.
        personal: The MidiMe.
        request: What is asked for.
        advance: Told how many windows are done, of how many.

    Raises:
        OptionError: It cannot be made; the message says why.
    """
    made = compose(
        _plan(study, personal, request),
        playing.server(study.model, personal),
        parts=_parts(study),
        playback=_playback(study),
        temperature=request.position.temperature,
        chords=_chords(study) if request.keep_harmony and study.songless is None else (),
        advance=advance,
    )
    n, n_steps, n_parts = made.tokens.shape
    return Piece(
        owner=personal.sha256,
        request=request,
        tokens=made.tokens.tobytes(),
        shape=(n, n_steps, n_parts),
        slots=made.plan.slots,
        chords=made.chords,
        n_moved=made.n_moved,
        n_notes=made.n_notes,
    )


def sequence(study: Study, made: Piece) -> NoteSequence:
    """The whole as notes, with the tempo, metre and instruments of the song."""
    return to_sequence(made.composition, parts=_parts(study), playback=_playback(study))


@st.cache_data(
    show_spinner=False,
    max_entries=64,
    hash_funcs={**KEYS, Piece: lambda made: (made.tokens, made.shape, made.slots)},
)
def kept_marks(study: Study, made: Piece) -> tuple[bool, ...]:
    """For each note of the whole whether the nearest bars of the song have it too."""
    chunks = cutting.material(study).chunks
    kept = kept_in(made.composition, chunks, parts=_parts(study))
    return tuple(mark for slot in kept for mark in slot.notes)


def _plan(study: Study, personal: Personal, request: Request) -> Plan:
    space, parts, playback = personal_space.space(personal), _parts(study), _playback(study)
    n_steps = models.base_model(study.model).n_steps
    n_bars, seed = request.n_bars, request.seed
    if request.form == "song":
        if study.songless is not None:
            raise OptionError(
                "The song is not here, so there is no order of it to follow.",
                remedy="Choose another form, or open the MidiMe with its song.",
            )
        return forms.along_song(
            n_bars,
            cutting.material(study).chunks,
            personal_space.points_of_song(study, personal),
            space,
            toward=np.array(request.position.point, np.float32),
            amount=request.amount,
            seed=seed,
        )
    if request.form == "free":
        return forms.free(
            n_bars,
            space,
            playing.server(study.model, personal),
            parts=parts,
            playback=playback,
            n_steps=n_steps,
            temperature=request.position.temperature,
            seed=seed,
        )
    places = _places(study, personal, request)
    if request.form == "aaba":
        a, b = places
        return forms.aaba(n_bars, a, b, space, playback=playback, n_steps=n_steps, seed=seed)
    return forms.path(n_bars, places, space, playback=playback, n_steps=n_steps, seed=seed)


def _places(study: Study, personal: Personal, request: Request) -> list[Place]:
    space = personal_space.space(personal)
    if request.through:
        points = np.array(request.through, np.float32)
        return [Place(*each) for each in zip(space.decode(points), points, strict=True)]
    places: list[Place] = []
    for index, item in enumerate(request.places):
        if item is not None:
            places.append(journeys.place_of(item))
        elif index:
            point = draws.points([request.seed], space)
            places.append(Place(space.decode(point)[0], point[0]))
        else:
            places.append(_here(study, personal, request.position))
    return places


def _here(study: Study, personal: Personal, position: Position) -> Place:
    """Where the sliders stand, with the music that is heard there."""
    made = personal_space.variation(
        study,
        personal,
        position.point,
        temperature=position.temperature,
        seed=position.seed,
        nudges=position.nudges,
    )
    assert made.z_small is not None
    return Place(made.z[0], made.z_small[0], made.tokens[0])


@st.cache_resource(show_spinner=False, max_entries=64, hash_funcs=KEYS)
def _chords(study: Study) -> tuple[Triad | None, ...]:
    """The harmony of the song, bar by bar."""
    chunks = cutting.material(study).chunks
    return tuple(chord for bars in chords_of(chunks, parts=_parts(study)) for chord in bars)


def _parts(study: Study) -> tuple[Role, ...]:
    return models.base_model(study.model).parts


def _playback(study: Study) -> Playback:
    return cutting.playback(study)
