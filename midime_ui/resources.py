"""What is computed from songs, cached, and the place where a page meets heavy libraries.

What is the same for everybody (the job pool; base models are in :mod:`midime_ui.models`) is shared
by all sessions; what follows from a visitor's songs is cached by content, bounded in number, and
computed again when it has been dropped. Nothing returned from here may be changed: other sessions
hold the same object. Heavy imports happen inside the functions.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import streamlit as st

from midime_engine.errors import NoUsableTrackError
from midime_engine.musicvae.starting import starting_points
from midime_engine.pipelines import embed, generate, prepare, reconstruct
from midime_engine.pipelines.compare import compare
from midime_engine.pipelines.outcome import evaluate
from midime_engine.pipelines.suggest import suggest_parts
from midime_ui import models, playing, state
from midime_ui.base_models import preferred
from midime_ui.fetching import Fetches
from midime_ui.jobs import JobManager
from midime_ui.listening import sound, synth
from midime_ui.position import Position

if TYPE_CHECKING:
    from collections.abc import Sequence

    from note_seq import NoteSequence

    from midime_engine.converters.chunks import Chunk, Chunks
    from midime_engine.converters.classes import Role
    from midime_engine.converters.tracks import Selection, Track
    from midime_engine.midime.model import MidiMe
    from midime_engine.music.playback import Playback
    from midime_engine.music.song import Song
    from midime_engine.pipelines.compare import Comparison
    from midime_engine.pipelines.embed import Embedding
    from midime_engine.pipelines.generate import Variations
    from midime_engine.pipelines.outcome import Outcome
    from midime_engine.pipelines.prepare import Material
    from midime_engine.pipelines.reconstruct import Rebuilt
    from midime_engine.protocols import FloatArray, IntArray
    from midime_ui.base_models import Preference
    from midime_ui.position import Nudges

__all__ = [
    "PREVIEW_SECONDS",
    "Fit",
    "accuracy",
    "agreement",
    "best_guess",
    "compared",
    "embedding",
    "fetches",
    "fingerprint",
    "fit",
    "heard",
    "job_manager",
    "joined",
    "material",
    "midi",
    "music",
    "outcome",
    "overall",
    "playback",
    "points_of_song",
    "prior_sample",
    "random_point",
    "rebuilt",
    "rebuilt_untrained",
    "roles",
    "silent_parts",
    "song",
    "song_tracks",
    "sound",
    "space",
    "suggested_model",
    "synth",
    "variation",
    "z_size",
]

COMPARED_SAMPLES: Final = 8
"""Of the song's own model and of the base model: enough for distributions, quick to decode."""

PREVIEW_SECONDS: Final = 30.0
"""How much of a whole song is played: enough to recognise it, ready within a second."""

_USUAL_STEPS: Final = 32
"""Window in which tracks are looked at before there is a model: two bars of 4/4."""

_KEYS: Final[dict[Any, Any]] = {
    state.Study: lambda study: study.fingerprint,
    state.Source: lambda source: (source.name, source.sha256),
    state.Personal: lambda personal: personal.key,
}
"""How arguments are recognised: by a digest of what they hold."""


# What all visitors share.


@st.cache_resource(show_spinner=False)
def job_manager() -> JobManager:
    """The pool in which MidiMes are trained."""
    return JobManager()


@st.cache_resource(show_spinner=False)
def fetches() -> Fetches:
    """The downloads of published models."""
    return Fetches()


# From a visitor's bytes to vectors.


@st.cache_resource(show_spinner="Reading the song…", max_entries=256, hash_funcs=_KEYS)
def song(source: state.Source) -> Song:
    """Parse one file.

    Raises:
        MidiReadError: When it is no MIDI file that we can or dare to read.
    """
    from midime_engine.music.midi_io import read_midi

    return read_midi(source.data, name=source.name)


@st.cache_resource(show_spinner=False, max_entries=256, hash_funcs=_KEYS)
def song_tracks(source: state.Source, n_steps: int) -> tuple[Track, ...]:
    """The tracks of a song and what each is good for, in windows of ``n_steps``."""
    from midime_engine.converters.tracks import list_tracks

    return list_tracks(song(source), n_steps=n_steps)


@st.cache_resource(show_spinner=False, max_entries=256, hash_funcs=_KEYS)
def best_guess(source: state.Source, model: str) -> Selection:
    """The tracks of a song that suit a model best, and why.

    Raises:
        NoUsableTrackError: When a part of the model cannot be taken from the song.
    """
    from midime_engine.converters.tracks import best_selection

    base = models.base_model(model)
    return best_selection(song_tracks(source, base.n_steps), base.parts)


@st.cache_resource(show_spinner="Cutting the song into bars…", max_entries=256, hash_funcs=_KEYS)
def material(study: state.Study) -> Material:
    """The chunks of all songs of a study, and the account of what was lost on the way.

    Raises:
        NoUsableTrackError: When no song has the parts that the model needs.
    """
    base = models.base_model(study.model)
    songs = [song(source) for source in study.sources]
    return prepare.prepare(
        songs,
        parts=base.parts,
        n_steps=base.n_steps,
        selections=_selections(study),
    )


@st.cache_data(show_spinner=False, max_entries=256, hash_funcs=_KEYS)
def suggested_model(sources: tuple[state.Source, ...]) -> Preference:
    """The base model that songs can feed: for a line, a band or drums, whatever they are."""
    default = state.default_model()
    tracks = [song_tracks(source, _USUAL_STEPS) for source in sources]
    offered = models.on_this_machine()
    hears = [name for name in offered if fit(sources, name).n_pieces]
    return preferred(offered.values(), suggest_parts(tracks), default=default, hears=hears)


@dataclass(frozen=True, slots=True)
class Fit:
    """What songs have for a base model."""

    n_pieces: int
    """0 if they lack a part without which the model cannot do."""

    n_bars: int
    """Of the longest piece."""

    silent: tuple[Role, ...]
    """Parts of the model that nobody plays in them; without pieces the one that is missed."""


@st.cache_resource(show_spinner=False, max_entries=1024, hash_funcs=_KEYS)
def fit(sources: tuple[state.Source, ...], model: str) -> Fit:
    """What ``model`` would hear of the songs, with the tracks that suit it best."""
    parts = models.base_model(model).parts
    try:
        chunks = material(state.Study(sources, (), model)).chunks
    except NoUsableTrackError:
        needed: Role = "melody" if "melody" in parts else parts[0]
        return Fit(0, 0, (needed,))
    n_bars = max(chunk.n_bars for chunk in chunks.items)
    return Fit(len(chunks.items), n_bars, _silent(chunks, parts))


def silent_parts(study: state.Study) -> tuple[Role, ...]:
    """Parts of the model that nobody plays in the chosen tracks."""
    return _silent(material(study).chunks, models.base_model(study.model).parts)


def playback(study: state.Study) -> Playback:
    """Tempo, metre and instruments of the songs, whether they are here or not."""
    if study.songless is not None:
        return study.songless.playback
    return material(study).chunks.playback


@st.cache_data(show_spinner="Loading the model…", max_entries=64)
def z_size(model: str) -> int:
    """How many numbers the vectors of a base model have; loads it."""
    base = models.base_model(model)
    silence = np.zeros((1, base.n_steps, len(base.parts)), np.int32)
    return int(models.server(model).encode_tokens(silence).mu.shape[1])


def fingerprint(study: state.Study) -> str:
    """What identifies the very notes that a MidiMe of this study learns from."""
    digest = hashlib.sha256(study.model.encode())
    digest.update(material(study).chunks.tokens.tobytes())
    return digest.hexdigest()


@st.cache_resource(show_spinner="Listening to the song…", max_entries=64, hash_funcs=_KEYS)
def embedding(study: state.Study) -> Embedding:
    """Each chunk as a vector."""
    return embed.embed(material(study).chunks, models.server(study.model))


@st.cache_resource(show_spinner="Playing it back…", max_entries=64, hash_funcs=_KEYS)
def rebuilt(study: state.Study) -> Rebuilt:
    """The chunks as the base model gives them back."""
    whole = embedding(study)
    return reconstruct.rebuild(whole.chunks, whole.latents.mu, models.server(study.model))


def agreement(study: state.Study, rebuilt: Rebuilt, index: int) -> dict[Role, float]:
    """Share of the steps of one chunk that came back as they were, for each part that plays."""
    return _by_part(study, [reconstruct.agreement(_chunks(study)[index], rebuilt.tokens[index])])


def accuracy(study: state.Study, rebuilt: Rebuilt) -> dict[Role, float]:
    """The same over all chunks."""
    pairs = zip(_chunks(study), rebuilt.tokens, strict=True)
    return _by_part(study, [reconstruct.agreement(chunk, window) for chunk, window in pairs])


def overall(study: state.Study, rebuilt: Rebuilt) -> float:
    """The mean of that over the parts that play."""
    return float(np.mean(list(accuracy(study, rebuilt).values())))


def _chunks(study: state.Study) -> tuple[Chunk, ...]:
    return material(study).chunks.items


def _by_part(study: state.Study, shares: list[FloatArray]) -> dict[Role, float]:
    """Mean of ``[parts]`` by their names; a part that is silent in the song says nothing."""
    silent, means = silent_parts(study), np.mean(shares, axis=0).tolist()
    parts = models.base_model(study.model).parts
    return {role: mean for role, mean in zip(parts, means, strict=True) if role not in silent}


# From a MidiMe to new music.


@st.cache_resource(
    show_spinner=False,
    max_entries=32,
    hash_funcs={state.Personal: lambda personal: personal.sha256},
)
def space(personal: state.Personal) -> MidiMe:
    """The MidiMe of a session, rebuilt from its bytes."""
    from midime_engine.midime import persistence

    return persistence.from_bytes(personal.data)[0]


@st.cache_resource(show_spinner=False, max_entries=1024, hash_funcs=_KEYS)
def variation(
    study: state.Study,
    personal: state.Personal,
    point: tuple[float, ...],
    *,
    temperature: float | None,
    seed: int,
    nudges: Nudges = (),
) -> Variations:
    """The music at one point of the personal space: where the sliders stand."""
    whole = space(personal)
    return generate.from_sliders(
        np.array([point], np.float32),
        whole,
        playing.server(study.model, personal),
        offset=Position(point, temperature, seed, nudges).offset(whole.config.input_size),
        temperature=temperature,
        seed=seed,
    )


@st.cache_resource(show_spinner=False, max_entries=1024)
def prior_sample(model: str, *, z_size: int, temperature: float | None, seed: int) -> Variations:
    """What the base model plays when it knows no song."""
    start = starting_points(model, 1, z_size=z_size, seed=seed)
    return generate.sample_base(start, models.server(model), temperature=temperature, seed=seed)


@st.cache_data(show_spinner=False, max_entries=128, hash_funcs=_KEYS)
def random_point(study: state.Study, personal: state.Personal, seed: int) -> tuple[float, ...]:
    """A draw from the personal space that can be heard: the same seed, the same point."""
    base = models.base_model(study.model)
    drawn = generate.sample(
        1,
        space(personal),
        playing.server(study.model, personal),
        parts=base.parts,
        n_steps=playback(study).n_steps,
        seed=seed,
    )
    assert drawn.z_small is not None
    return tuple(drawn.z_small[0].tolist())


def points_of_song(study: state.Study, personal: state.Personal) -> FloatArray:
    """Where the chunks of the song lie in the personal space, ``[n_chunks, latent_size]``."""
    return space(personal).encode(embedding(study).latents.mu).mu


@st.cache_resource(show_spinner="Comparing…", max_entries=64, hash_funcs=_KEYS)
def outcome(study: state.Study, personal: state.Personal) -> Outcome:
    """How the training turned out: rebuilt, played, and compared with the song."""
    base, embedded = models.base_model(study.model), embedding(study)
    return evaluate(
        embedded,
        space(personal),
        models.server(study.model),
        parts=base.parts,
        starts=starting_points(study.model, COMPARED_SAMPLES, z_size=embedded.latents.mu.shape[1]),
    )


@st.cache_resource(show_spinner=False, max_entries=64, hash_funcs=_KEYS)
def rebuilt_untrained(study: state.Study, personal: state.Personal) -> Rebuilt:
    """The song through the same MidiMe as it was before its training."""
    from midime_engine.midime.model import MidiMe

    whole, untrained = embedding(study), MidiMe(space(personal).config)
    return reconstruct.rebuild_through(
        whole.chunks, whole.latents.mu, untrained, models.server(study.model)
    )


def compared(study: state.Study, tokens: IntArray) -> Comparison:
    """New music, ``[n, steps, parts]``, beside the song."""
    return compare(material(study).chunks, tokens, parts=models.base_model(study.model).parts)


# From tokens to notes; what makes sound of them is in midime_ui.listening.


def music(study: state.Study, tokens: IntArray) -> list[NoteSequence]:
    """``[n, steps, parts]`` as notes with the tempo, metre and instruments of the song."""
    parts = models.base_model(study.model).parts
    return generate.to_music(tokens, parts=parts, playback=playback(study))


def joined(study: state.Study, sequences: Sequence[NoteSequence]) -> NoteSequence:
    """Pieces one after the other, each beginning on a bar line."""
    from midime_engine.music.joining import concatenate

    return concatenate(sequences, playback(study))


@st.cache_data(show_spinner=False, max_entries=64, max_size="64MiB", hash_funcs=_KEYS)
def heard(study: state.Study, source: state.Source) -> NoteSequence:
    """The part of one song that the model hears: its chunks, end to end."""
    alone = state.Study((source,), study.tracks, study.model)
    return joined(alone, [chunk.sequence for chunk in material(alone).chunks.items])


def roles(study: state.Study, source: state.Source) -> dict[int, Role]:
    """Which instrument of one song plays which part of the model."""
    alone = state.Study((source,), study.tracks, study.model)
    (selection,) = material(alone).selections
    return {track: role for role, track in selection.tracks.items()}


@st.cache_data(show_spinner=False, max_entries=256)
def midi(sequence: NoteSequence) -> bytes:
    """``sequence`` as a MIDI file."""
    from midime_engine.music.midi_io import write_midi

    return write_midi(sequence)


def _silent(chunks: Chunks, parts: tuple[Role, ...]) -> tuple[Role, ...]:
    heard = (chunks.tokens != 0).any(axis=(0, 1))
    return tuple(role for role, is_heard in zip(parts, heard, strict=True) if not is_heard)


def _selections(study: state.Study) -> dict[str, Selection]:
    """The best guess of each song, with the tracks that the visitor chose in place of it."""
    from midime_engine.converters.tracks import Selection

    chosen: dict[str, Selection] = {}
    for sha256 in {sha256 for sha256, _, _ in study.tracks}:
        source = next(each for each in study.sources if each.sha256 == sha256)
        guess = best_guess(source, study.model)
        own = {role: track for song_, role, track in study.tracks if song_ == sha256}
        wanted: dict[Role, int] = {**guess.tracks, **own}
        # A choice for the bass is kept while a melody is at work, and means nothing to it.
        parts = models.base_model(study.model).parts
        tracks = {r: track for r, track in wanted.items() if r in parts and track != state.SILENT}
        chosen[sha256] = Selection(tracks, "You chose the tracks.")
    return chosen
