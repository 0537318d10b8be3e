"""Values from the command line, checked before anything heavy is loaded."""

from __future__ import annotations

import argparse
import math
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast, get_args

from midime_engine.converters.classes import Role
from midime_engine.musicvae.cards import DEFAULT_MODEL
from midime_engine.pipelines.take import FARTHEST, MAX_SEED, MAX_TEMPERATURE

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = [
    "MAX_SAMPLES",
    "TrackChoice",
    "add_model",
    "add_out",
    "add_sampling",
    "add_seed",
    "add_songs",
    "add_split",
    "add_temperature",
    "nudge",
    "point",
    "share",
    "temperature",
    "track_choice",
    "whole_number",
]

MAX_SAMPLES: Final = 256
"""Decoded in batches, so this is patience rather than memory: nobody listens to more."""


@dataclass(frozen=True, slots=True)
class TrackChoice:
    """One ``--track``: a track of the song for a part of the model."""

    role: Role | None
    """None stands for the only, or the first, part of the model."""

    index: int


def whole_number(lowest: int, highest: int) -> Callable[[str], int]:
    """A reader of whole numbers from ``lowest`` to ``highest``."""

    def read(text: str) -> int:
        try:
            value = int(text)
        except ValueError:
            raise argparse.ArgumentTypeError(f"{text!r} is not a whole number") from None
        if not lowest <= value <= highest:
            raise argparse.ArgumentTypeError(f"{value} is not in {lowest}..{highest}")
        return value

    return read


def temperature(text: str) -> float:
    """Read a temperature above 0."""
    try:
        value = float(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number") from None
    if not (math.isfinite(value) and 0 < value <= MAX_TEMPERATURE):
        raise argparse.ArgumentTypeError(
            f"{text} is not above 0 and at most {MAX_TEMPERATURE:g}; "
            "leave it out for the likeliest notes"
        )
    return value


def point(text: str) -> tuple[float, ...]:
    """Read ``0.1,-0.4,0,1.2``: one number per slider."""
    return tuple(_coordinate(number) for number in text.split(","))


def nudge(text: str) -> tuple[int, float]:
    """Read ``12:0.5``: a dimension of the large space, and what is added there."""
    dimension, separator, offset = text.partition(":")
    if not separator or not dimension.isdecimal():
        raise argparse.ArgumentTypeError(f"{text!r} is not DIMENSION:OFFSET, for example 12:0.5")
    return int(dimension), _coordinate(offset)


def share(text: str) -> float:
    """Read a share from 0 to 1."""
    try:
        value = float(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number") from None
    if not 0 <= value <= 1:
        raise argparse.ArgumentTypeError(f"{text} is not in 0..1")
    return value


def _coordinate(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number") from None
    if not abs(value) <= FARTHEST:  # NaN fails, too
        raise argparse.ArgumentTypeError(f"{text} is not in {-FARTHEST:g}..{FARTHEST:g}")
    return value


def track_choice(text: str) -> TrackChoice:
    """Read ``3`` or ``bass=3``."""
    role, separator, number = text.rpartition("=")
    if separator and role not in get_args(Role):
        known = ", ".join(get_args(Role))
        raise argparse.ArgumentTypeError(f"{role!r} is not a part; the parts are {known}")
    if not number.isdecimal():
        raise argparse.ArgumentTypeError(f"{text!r} is neither a track number nor PART=NUMBER")
    return TrackChoice(cast("Role", role) if separator else None, int(number))


def add_songs(parser: argparse.ArgumentParser) -> None:
    """The songs, and which of their tracks are meant."""
    parser.add_argument(
        "songs", nargs="+", type=Path, metavar="SONG.mid", help="one or more MIDI files, up to 5 MB"
    )
    parser.add_argument(
        "--track",
        dest="tracks",
        action="append",
        type=track_choice,
        default=[],
        metavar="N",
        help="number of the track to use, instead of the best guess; for a model of several parts "
        "PART=N, for example --track melody=0 --track bass=2",
    )


def add_model(parser: argparse.ArgumentParser, *, default: str | None = DEFAULT_MODEL) -> None:
    """The model underneath."""
    parser.add_argument(
        "--model",
        default=default,
        metavar="NAME",
        help="a name from `midime models` (one of Magenta's is downloaded on first use), or a "
        "checkpoint of your own: the path of a .safetensors file, a .tar, a TensorFlow prefix or a "
        f"Magenta.js folder (default: {DEFAULT_MODEL})",
    )


def add_sampling(parser: argparse.ArgumentParser) -> None:
    """How many samples, and how they are drawn."""
    parser.add_argument(
        "--samples",
        type=whole_number(1, MAX_SAMPLES),
        default=8,
        metavar="N",
        help="how many variations to write (default: 8)",
    )
    add_seed(parser)
    add_temperature(
        parser, meaning="throw dice for the notes: 0.5 is careful, 1 is as the model believes"
    )


def add_seed(parser: argparse.ArgumentParser, *, highest: int = MAX_SEED) -> None:
    """What the music is drawn from."""
    parser.add_argument(
        "--seed",
        type=whole_number(0, highest),
        default=0,
        metavar="N",
        help="the same seed gives the same music (default: 0)",
    )


def add_temperature(
    parser: argparse.ArgumentParser, *, meaning: str = "throw dice for the notes"
) -> None:
    """Whether notes are drawn."""
    parser.add_argument(
        "--temperature",
        type=temperature,
        metavar="T",
        help=f"{meaning} (default: always the likeliest note)",
    )


def add_split(parser: argparse.ArgumentParser) -> None:
    """Which files of corpora are held out."""
    parser.add_argument(
        "--split",
        type=Path,
        metavar="CSV",
        help="which file is for training or validation: columns corpus, file, split "
        "(default: every twentieth file validates)",
    )


def add_out(parser: argparse.ArgumentParser) -> None:
    """Where the results go."""
    parser.add_argument(
        "--out",
        type=Path,
        required=True,
        metavar="DIR",
        help="folder for the results; made if it does not exist, files of the same name replaced",
    )
