"""Songs cut as the reference cases say, and windows as Magenta's own converters make them.

Where the cases accept several answers ours are: a note across a chunk end is struck again, bars
are kept and padded, an upbeat is left out, pitches move by octaves, drums follow note-seq's map.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from midime_engine.converters.chunks import cut
from midime_engine.converters.tokens import drum_roll, tokens_from_sequence
from midime_engine.converters.tracks import best_selection, list_tracks
from midime_engine.music.midi_io import read_midi

if TYPE_CHECKING:
    from pathlib import Path

    from midime_engine.converters.classes import Role

PARTS: dict[str, tuple[Role, ...]] = {
    "melody": ("melody",),
    "drums": ("drums",),
    "trio": ("melody", "bass", "drums"),
}
OUR_ANSWERS = (
    "any",
    "reattack",
    "two_bars_padded",
    "grid_from_first_full_bar",
    "octave_fold",
    "new_map",
)
N_CASES = 38
MODELS = (
    "js/drums_2bar_uint8",
    "js/mel_2bar_float32",
    "js/trio_4bar_uint16",
    "tf1/cat-drums_2bar_small",
    "tf1/cat-mel_2bar_big",
    "tf1/hierdec-mel_16bar",
    "tf1/hierdec-trio_16bar",
)


def _expected(case: dict[str, Any], parts: tuple[Role, ...]) -> list[np.ndarray]:
    """The chunks of our answer that are heard, each ``[steps, parts]``."""
    (answer,) = [case["expected"][name] for name in OUR_ANSWERS if name in case["expected"]]
    chunks = [
        np.array([chunk[role] for role in parts] if isinstance(chunk, dict) else [chunk]).T
        for chunk in answer
    ]
    return [chunk for chunk in chunks if chunk.any()]


@pytest.mark.parametrize("number", range(N_CASES))
def test_a_song_is_cut_as_the_case_says(number: int, shared_dir: Path) -> None:
    """With the tracks that are guessed, and the one answer to which we keep."""
    folder = shared_dir / "conformance"
    cases = json.loads((folder / "converter_cases" / "cases.json").read_text(encoding="utf-8"))
    assert len(cases) == N_CASES
    case = cases[number]
    parts, n_steps = PARTS[case["part"]], case["chunk_steps"]
    song = read_midi((folder / case["file"]).read_bytes(), name=case["id"])
    selection = best_selection(list_tracks(song, n_steps=n_steps), parts)
    chunks = cut(song, selection, parts=parts, n_steps=n_steps)
    expected = _expected(case, parts)
    assert len(chunks.items) == len(expected)
    for chunk, tokens in zip(chunks.items, expected, strict=True):
        np.testing.assert_array_equal(chunk.tokens, tokens, case["explanation"])


@pytest.mark.parametrize("model", MODELS)
def test_windows_are_those_of_magentas_converters(model: str, shared_dir: Path) -> None:
    """Token for token, of every file that the reference encodes."""
    folder = shared_dir / "conformance"
    names = json.loads((folder / model / "expected.json").read_text(encoding="utf-8"))["input_midi"]
    with np.load(folder / model / "expected.npz") as arrays:
        expected = arrays["input_tokens"]
    kind = "trio" if "trio" in model else "drums" if "drums" in model else "melody"
    assert len(names) == len(expected) > 0
    for name, tokens in zip(names, expected, strict=True):
        song = read_midi((folder / name).read_bytes(), name=name)
        ours = tokens_from_sequence(song.sequence, parts=PARTS[kind], n_steps=len(tokens))
        np.testing.assert_array_equal(ours, tokens, name)


def test_the_drum_roll_is_that_of_magenta(shared_dir: Path) -> None:
    """Nine classes and the bit that says that none is struck."""
    folder = shared_dir / "conformance" / "tf1" / "cat-drums_2bar_small"
    with np.load(folder / "expected.npz") as arrays:
        roll = drum_roll(arrays["input_tokens"][..., 0])
        np.testing.assert_array_equal(roll, arrays["input_roll"])


def test_the_roll_of_magenta_js_has_its_last_bit_a_step_early(shared_dir: Path) -> None:
    """Its buffer is written at index -1 of the step: the bit of the step before.

    Whoever compares with Magenta.js must feed its own roll; ours is the one models train on.
    """
    folder = shared_dir / "conformance" / "js" / "drums_2bar_uint8"
    with np.load(folder / "expected.npz") as arrays:
        ours, theirs = drum_roll(arrays["input_tokens"][..., 0]), arrays["input_roll"]
    np.testing.assert_array_equal(ours[..., :9], theirs[..., :9])
    np.testing.assert_array_equal(ours[:, 1:, 9], theirs[:, :-1, 9])
