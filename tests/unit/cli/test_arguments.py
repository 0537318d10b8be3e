from __future__ import annotations

import argparse
from pathlib import Path

import pytest

from midime_engine.cli.arguments import (
    MAX_SAMPLES,
    TrackChoice,
    add_model,
    add_out,
    add_sampling,
    add_songs,
    nudge,
    point,
    share,
    temperature,
    track_choice,
    whole_number,
)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(exit_on_error=False)
    for add in (add_songs, add_model, add_sampling, add_out):
        add(parser)
    return parser


def test_the_defaults_are_those_of_the_documentation() -> None:
    """Eight samples of mel_2bar, seed 0, the likeliest notes, the best guess of tracks."""
    options = _parser().parse_args(["a.mid", "b.mid", "--out", "results"])
    assert options.songs == [Path("a.mid"), Path("b.mid")]
    assert (options.model, options.samples, options.seed) == ("mel_2bar", 8, 0)
    assert options.temperature is None
    assert options.tracks == []


@pytest.mark.parametrize(("text", "value"), [("1", 1), ("256", 256), ("007", 7)])
def test_whole_numbers_in_range_are_read(text: str, value: int) -> None:
    """The bounds belong to the range."""
    assert whole_number(1, 256)(text) == value


@pytest.mark.parametrize("text", ["0", "257", "-1", "8.5", "eight", "", "1e3"])
def test_other_numbers_are_refused_with_the_range_or_the_reason(text: str) -> None:
    """A wrong number never becomes another number."""
    with pytest.raises(argparse.ArgumentTypeError, match=r"not (in 1\.\.256|a whole number)"):
        whole_number(1, 256)(text)


@pytest.mark.parametrize("text", ["0", "-0.5", "nan", "inf", "1000", "warm"])
def test_a_temperature_is_a_positive_number_below_the_melting_point(text: str) -> None:
    """What is no temperature is refused before a model is loaded."""
    with pytest.raises(argparse.ArgumentTypeError):
        temperature(text)


@pytest.mark.parametrize(
    ("text", "choice"), [("3", TrackChoice(None, 3)), ("bass=0", TrackChoice("bass", 0))]
)
def test_a_track_is_a_number_with_or_without_its_part(text: str, choice: TrackChoice) -> None:
    """``--track 3`` and ``--track bass=0``."""
    assert track_choice(text) == choice


@pytest.mark.parametrize("text", ["kazoo=1", "bass=", "=3", "x", "-1", "bass=1.5", "²"])
def test_what_is_no_track_is_refused(text: str) -> None:
    """Parts have names, tracks have numbers."""
    with pytest.raises(argparse.ArgumentTypeError):
        track_choice(text)


def test_several_tracks_can_be_named() -> None:
    """One ``--track`` for each part of a trio."""
    words = ["a.mid", "--out", "x", "--track", "melody=0", "--track", "bass=2"]
    assert _parser().parse_args(words).tracks == [TrackChoice("melody", 0), TrackChoice("bass", 2)]


@pytest.mark.parametrize(
    "words", [["--samples", str(MAX_SAMPLES + 1)], ["--seed", "-1"], ["--temperature", "0"]]
)
def test_options_out_of_range_end_the_parsing(words: list[str]) -> None:
    """The bounds are those of the named constants."""
    with pytest.raises(argparse.ArgumentError):
        _parser().parse_args(["a.mid", "--out", "x", *words])


@pytest.mark.parametrize(
    ("read", "text", "value"),
    [
        (point, "0.1,-0.4,0,1.2", (0.1, -0.4, 0.0, 1.2)),
        (point, "-3", (-3.0,)),
        (nudge, "12:0.5", (12, 0.5)),
        (nudge, "0:-2", (0, -2.0)),
        (share, "0", 0.0),
        (share, "1", 1.0),
    ],
)
def test_places_and_shares_are_read(read, text: str, value: object) -> None:
    """As the address of the app and ``params.json`` say them."""
    assert read(text) == value


@pytest.mark.parametrize(
    ("read", "text"),
    [
        (point, ""),
        (point, "1,,2"),
        (point, "nan"),
        (point, "101"),
        (nudge, "12"),
        (nudge, "-1:2"),
        (nudge, "1.5:2"),
        (nudge, "1:x"),
        (nudge, "1:inf"),
        (share, "-0.1"),
        (share, "1.01"),
        (share, "half"),
        (share, "nan"),
    ],
)
def test_other_places_and_shares_are_refused(read, text: str) -> None:
    """With a line."""
    with pytest.raises(argparse.ArgumentTypeError):
        read(text)
