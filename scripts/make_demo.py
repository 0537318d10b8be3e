"""Write what the first page plays: bars of an example, and a variation of them by a MidiMe.

    python scripts/make_demo.py [FOLDER]

A MidiMe is trained on the whole song, as ``midime personalize`` does it. The pieces that are shown
are then moved a step away from where they lie in its space, each in a direction of its own, and
decoded: the variation follows the order of the song. ``demo.json`` says all of it.
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from midime_engine import examples, musicvae
from midime_engine.midime.config import MidiMeConfig
from midime_engine.music.joining import concatenate
from midime_engine.music.midi_io import read_midi, write_midi
from midime_engine.pipelines import embed, generate, personalise, prepare
from midime_engine.pipelines.compare import compare

if TYPE_CHECKING:
    from note_seq import NoteSequence

    from midime_engine.music.playback import Playback

_FOLDER: Final = Path(examples.__file__).parent / "demo"
_MODEL: Final = "mel_2bar"
_SONG: Final = "ode_to_joy"
_FIRST, _LAST = 0, 4
"""Pieces of the song that are shown: eight bars, a tune that everybody knows."""

_SEED: Final = 35
"""Chosen by ear among a hundred: it ends on the keynote, as a tune should."""

_STEP: Final = 0.8
"""In standard deviations of the prior: the song is still heard, and no piece is the old one."""


def make(*, seed: int = _SEED) -> dict[str, bytes]:
    """The files by their names."""
    example = next(each for each in examples.EXAMPLES if each.slug == _SONG)
    model = musicvae.load(_MODEL)
    parts = model.config.parts
    song = read_midi(examples.read(_SONG), name=example.title)
    material = prepare.prepare([song], parts=parts, n_steps=model.config.n_steps)
    embedding = embed.embed(material.chunks, model)
    z = embed.training_latents(embedding, model, parts=parts)
    training = personalise.start(z, MidiMeConfig(input_size=z.shape[1]))
    for _ in training:
        pass
    shown = material.chunks.items[_FIRST:_LAST]
    lie = training.space.encode(embedding.latents.mu[_FIRST:_LAST]).mu
    moved = lie + _STEP * np.random.default_rng(seed).standard_normal(lie.shape)
    new = generate.from_sliders(moved, training.space, model)
    playback = material.chunks.playback
    files = {
        "song.mid": _joined([chunk.sequence for chunk in shown], playback),
        "variation.mid": _joined(
            generate.to_music(new.tokens, parts=parts, playback=playback), playback
        ),
    }
    likeness = compare(material.chunks, new.tokens, parts=parts)
    account: dict[str, Any] = {
        "song": example.title,
        "example": _SONG,
        "credit": example.credit,
        "first_bar": shown[0].first_bar,
        "n_bars": sum(chunk.n_bars for chunk in shown),
        "model": _MODEL,
        "n_epochs": len(training.history),
        "seed": seed,
        "step": _STEP,
        "points": np.round(moved, 3).tolist(),
        "overlap_with_the_song": {
            feature: round(share, 3) for feature, share in likeness.similarity[parts[0]].items()
        },
        "bars_copied": round(likeness.originality.copied_bars, 3),
        "sha256": {name: hashlib.sha256(data).hexdigest() for name, data in files.items()},
    }
    return {**files, "demo.json": f"{json.dumps(account, indent=1)}\n".encode()}


def _joined(pieces: list[NoteSequence], playback: Playback) -> bytes:
    return write_midi(concatenate(pieces, playback))


def main(folder: Path) -> None:
    """Write every file into ``folder``."""
    folder.mkdir(exist_ok=True)
    for name, data in make().items():
        (folder / name).write_bytes(data)
        print(f"{name}: {len(data)} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else _FOLDER)
