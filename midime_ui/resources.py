"""The only caching of the app, and the only place where a page meets a heavy library.

What is the same for everybody (base models, the job pool) is shared by all sessions; what follows
from a visitor's songs is cached by content, bounded in number, and computed again when it has
been dropped. Nothing returned from here may be changed: other sessions hold the same object.

Heavy imports happen inside the functions: TensorFlow is loaded by the worker thread of a
:class:`~midime_ui.serving.ModelServer` when a model is first needed, or by :func:`warm_up`.
"""

from __future__ import annotations

import gc
import hashlib
import threading
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import streamlit as st

from midime_engine import synthesis
from midime_engine.pipelines import embed, generate, personalise, prepare, reconstruct
from midime_engine.pipelines.compare import compare
from midime_engine.pipelines.outcome import evaluate
from midime_ui import keras_session, state
from midime_ui.jobs import JobManager
from midime_ui.serving import ModelServer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from note_seq import NoteSequence

    from midime_engine.converters.classes import Role
    from midime_engine.converters.tracks import Selection, Track
    from midime_engine.midime.model import MidiMe
    from midime_engine.music.song import Song
    from midime_engine.musicvae import ModelCard
    from midime_engine.pipelines.compare import Comparison
    from midime_engine.pipelines.embed import Embedding
    from midime_engine.pipelines.generate import Variations
    from midime_engine.pipelines.outcome import Outcome
    from midime_engine.pipelines.prepare import Material
    from midime_engine.pipelines.reconstruct import Rebuilt
    from midime_engine.protocols import FloatArray, IntArray
    from midime_engine.synthesis import AudioFormat, SynthInfo
    from midime_ui.serving import ServedModel

__all__ = [
    "PREVIEW_SECONDS",
    "best_guess",
    "compared",
    "embedding",
    "fingerprint",
    "heard",
    "job_manager",
    "joined",
    "material",
    "midi",
    "model_card",
    "model_cards",
    "model_server",
    "music",
    "outcome",
    "points_of_song",
    "prior_sample",
    "random_point",
    "rebuilt",
    "rebuilt_untrained",
    "song",
    "song_tracks",
    "sound",
    "space",
    "suite",
    "synth",
    "variation",
    "warm_up",
]

PREVIEW_SECONDS: Final = 30.0
"""How much of a whole song is played: enough to recognise it, ready within a second."""

_KEYS: Final[dict[Any, Any]] = {
    state.Study: lambda study: study.fingerprint,
    state.Source: lambda source: (source.name, source.sha256),
    state.Personal: lambda personal: personal.sha256,
}
"""How arguments are recognised: by a digest of what they hold."""


# What all visitors share.


@st.cache_resource(show_spinner=False)
def job_manager() -> JobManager:
    """The pool in which MidiMes are trained."""
    return JobManager()


@st.cache_resource(show_spinner=False)
def model_cards() -> dict[str, ModelCard]:
    """The base models that there are, by name; a checkpoint named by ``MIDIME_MODEL`` is one.

    Raises:
        MidimeError: When ``MIDIME_MODEL`` names neither a model nor a checkpoint.
    """
    from midime_engine import musicvae

    cards = {card.name: card for card in musicvae.available()}
    default = state.default_model()
    if default not in cards:
        cards[default] = _card_of_checkpoint(Path(default))
    return cards


def model_card(name: str) -> ModelCard:
    """What is known of the base model called ``name``, without loading it."""
    return model_cards()[name]


def _card_of_checkpoint(path: Path) -> ModelCard:
    from midime_engine.musicvae.cards import ModelCard
    from midime_engine.musicvae.checkpoint import read_checkpoint

    checkpoint = read_checkpoint(path)
    config = checkpoint.config
    return ModelCard(
        name=str(path),
        summary=f"A checkpoint of this machine: {path.name}.",
        parts=config.parts,
        n_steps=config.n_steps,
        n_bars=config.n_bars,
        z_size=config.z_size,
        path=path,
        n_bytes=sum(array.nbytes for array in checkpoint.arrays.values()),
    )


@st.cache_resource(show_spinner=False, max_entries=2)
def model_server(name: str) -> ModelServer:
    """The base model called ``name``, behind its worker thread; loaded when first called."""
    keras_session.keep()
    return ModelServer(partial(_load_model, name))


def _load_model(name: str) -> ServedModel:
    import note_seq  # noqa: F401 - seconds, and the first song needs it before any model

    from midime_engine import musicvae

    model = musicvae.load(name)
    # The first call compiles; better here than under somebody's finger.
    window = (1, model.config.n_steps, len(model.config.parts))
    model.decode_tokens(model.encode_tokens(np.zeros(window, np.int32)).mu)
    # Not in this thread, which has visitors waiting.
    prepare_training = partial(_warm_up_training, model.config.z_size)
    threading.Thread(target=prepare_training, name="midime-warm-up", daemon=True).start()
    return model


def _warm_up_training(z_size: int) -> None:
    from midime_engine.midime.config import MidiMeConfig
    from midime_engine.midime.training import SMALLEST_BATCH

    nothing = np.zeros((SMALLEST_BATCH, z_size), np.float32)
    personalise.warm_up(nothing, MidiMeConfig(input_size=z_size))
    # Half a million objects of TensorFlow and note-seq live as long as the process: the garbage
    # collector need not walk through them again and again, with all threads waiting.
    gc.collect()
    gc.freeze()


def warm_up() -> None:
    """Load, in the background and once per process, what the next pages are going to need."""
    model_server(state.default_model()).warm_up()


@st.cache_resource(show_spinner=False)
def synth() -> SynthInfo:
    """What plays here."""
    return synthesis.synth_info()


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

    card = model_card(model)
    return best_selection(song_tracks(source, card.n_steps), card.parts)


@st.cache_resource(show_spinner="Cutting the song into bars…", max_entries=64, hash_funcs=_KEYS)
def material(study: state.Study) -> Material:
    """The chunks of all songs of a study, and the account of what was lost on the way.

    Raises:
        NoUsableTrackError: When no song has the parts that the model needs.
    """
    card = model_card(study.model)
    songs = [song(source) for source in study.sources]
    return prepare.prepare(
        songs,
        parts=card.parts,
        n_steps=card.n_steps,
        selections=_selections(study),
    )


def fingerprint(study: state.Study) -> str:
    """What identifies the very notes that a MidiMe of this study learns from."""
    digest = hashlib.sha256(study.model.encode())
    digest.update(material(study).chunks.tokens.tobytes())
    return digest.hexdigest()


@st.cache_resource(show_spinner="Listening to the song…", max_entries=64, hash_funcs=_KEYS)
def embedding(study: state.Study) -> Embedding:
    """Each chunk as a vector."""
    return embed.embed(material(study).chunks, model_server(study.model))


@st.cache_resource(show_spinner="Playing it back…", max_entries=64, hash_funcs=_KEYS)
def rebuilt(study: state.Study) -> Rebuilt:
    """The chunks as the base model gives them back."""
    whole = embedding(study)
    return reconstruct.rebuild(whole.chunks, whole.latents.mu, model_server(study.model))


# From a MidiMe to new music.


@st.cache_resource(show_spinner=False, max_entries=32, hash_funcs=_KEYS)
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
) -> Variations:
    """The music at one point of the personal space: where the sliders stand."""
    return generate.from_sliders(
        np.array([point], np.float32),
        space(personal),
        model_server(study.model),
        temperature=temperature,
        seed=seed,
    )


@st.cache_resource(show_spinner=False, max_entries=1024)
def prior_sample(model: str, *, temperature: float | None, seed: int) -> Variations:
    """What the base model plays when it knows no song."""
    return generate.sample_base(
        1,
        model_server(model),
        z_size=model_card(model).z_size,
        temperature=temperature,
        seed=seed,
    )


@st.cache_data(show_spinner=False, max_entries=128, hash_funcs=_KEYS)
def random_point(study: state.Study, personal: state.Personal, seed: int) -> tuple[float, ...]:
    """A draw from the personal space that can be heard: the same seed, the same point."""
    card = model_card(study.model)
    drawn = generate.sample(
        1,
        space(personal),
        model_server(study.model),
        parts=card.parts,
        n_steps=material(study).chunks.playback.n_steps,
        seed=seed,
    )
    assert drawn.z_small is not None
    return tuple(drawn.z_small[0].tolist())


def points_of_song(study: state.Study, personal: state.Personal) -> FloatArray:
    """Where the chunks of the song lie in the personal space, ``[n_chunks, latent_size]``."""
    return space(personal).encode(embedding(study).latents.mu).mu


@st.cache_data(show_spinner="Composing…", max_entries=64, max_size="32MiB", hash_funcs=_KEYS)
def suite(
    study: state.Study,
    personal: state.Personal,
    *,
    n: int,
    temperature: float | None,
    seed: int,
) -> NoteSequence:
    """``n`` different variations, one after the other."""
    card = model_card(study.model)
    drawn = generate.sample(
        n,
        space(personal),
        model_server(study.model),
        parts=card.parts,
        n_steps=material(study).chunks.playback.n_steps,
        temperature=temperature,
        seed=seed,
    )
    return joined(study, music(study, drawn.tokens))


@st.cache_resource(show_spinner="Comparing…", max_entries=64, hash_funcs=_KEYS)
def outcome(study: state.Study, personal: state.Personal) -> Outcome:
    """How the training turned out: rebuilt, played, and compared with the song."""
    card = model_card(study.model)
    return evaluate(embedding(study), space(personal), model_server(study.model), parts=card.parts)


@st.cache_resource(show_spinner=False, max_entries=64, hash_funcs=_KEYS)
def rebuilt_untrained(study: state.Study, personal: state.Personal) -> Rebuilt:
    """The song through the same MidiMe as it was before its training."""
    from midime_engine.midime.model import MidiMe

    whole, untrained = embedding(study), MidiMe(space(personal).config)
    return reconstruct.rebuild_through(
        whole.chunks, whole.latents.mu, untrained, model_server(study.model)
    )


def compared(study: state.Study, tokens: IntArray) -> Comparison:
    """New music, ``[n, steps, parts]``, beside the song."""
    return compare(material(study).chunks, tokens, parts=model_card(study.model).parts)


# From tokens to sound.


@st.cache_data(show_spinner="Making the sound…", max_entries=512, max_size="256MiB")
def sound(sequence: NoteSequence, kind: AudioFormat, *, seconds: float | None = None) -> bytes:
    """``sequence`` as an audio file, in mono where it is compressed.

    Args:
        sequence: What to play.
        kind: WAV for keeping, MP3 for listening: a thirtieth of the bytes over a phone line.
        seconds: How much of it; None for all.
    """
    audio = synthesis.render(sequence, first_seconds=seconds, synth=synth())
    return synthesis.encode(audio, kind, mono=kind != "wav")


def music(study: state.Study, tokens: IntArray) -> list[NoteSequence]:
    """``[n, steps, parts]`` as notes with the tempo, metre and instruments of the song."""
    playback = material(study).chunks.playback
    return generate.to_music(tokens, parts=model_card(study.model).parts, playback=playback)


def joined(study: state.Study, sequences: Sequence[NoteSequence]) -> NoteSequence:
    """Pieces one after the other, each beginning on a bar line."""
    from midime_engine.music.joining import concatenate

    return concatenate(sequences, material(study).chunks.playback)


@st.cache_data(show_spinner=False, max_entries=64, max_size="64MiB", hash_funcs=_KEYS)
def heard(study: state.Study, source: state.Source) -> NoteSequence:
    """The part of one song that the model hears: its chunks, end to end."""
    alone = state.Study((source,), study.tracks, study.model)
    return joined(alone, [chunk.sequence for chunk in material(alone).chunks.items])


@st.cache_data(show_spinner=False, max_entries=256)
def midi(sequence: NoteSequence) -> bytes:
    """``sequence`` as a MIDI file."""
    from midime_engine.music.midi_io import write_midi

    return write_midi(sequence)


def _selections(study: state.Study) -> dict[str, Selection]:
    """The best guess of each song, with the tracks that the visitor chose in place of it."""
    from midime_engine.converters.tracks import Selection

    chosen: dict[str, Selection] = {}
    for sha256 in {sha256 for sha256, _, _ in study.tracks}:
        source = next(each for each in study.sources if each.sha256 == sha256)
        guess = best_guess(source, study.model)
        own = {role: track for song_, role, track in study.tracks if song_ == sha256}
        wanted: dict[Role, int] = {**guess.tracks, **own}
        tracks = {role: track for role, track in wanted.items() if track != state.SILENT}
        chosen[sha256] = Selection(tracks, "You chose the tracks.")
    return chosen
