"""Read the words of the command line and run the verb that they name."""

from __future__ import annotations

import argparse
import os
import sys
import warnings
from typing import TYPE_CHECKING, Final, NoReturn

from midime_engine import __version__
from midime_engine.cli import (
    blend,
    compose,
    constrain,
    evaluate,
    models,
    personalize,
    pretrain,
    pretrain_sketches,
    pretrain_translator,
    reconstruct,
    reproduce,
    rules,
    sample,
    translate,
    windows,
)
from midime_engine.cli.notices import without_notices
from midime_engine.errors import MidimeError

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["main"]

_BAD_INPUT: Final = 2
_INTERRUPTED: Final = 130  # 128 + SIGINT, as shells have it

_DESCRIPTION: Final = """\
Make a MusicVAE sound like one song. A MidiMe is trained on the song in about a second; its few
numbers then lead only to music like it."""

_EPILOG: Final = """\
examples:
  midime personalize song.mid --out results
      train a MidiMe on song.mid; write it, eight variations and a report
  midime sample results/midime.safetensors --samples 20 --seed 7 --out more
      twenty other variations from the same MidiMe
  midime reconstruct song.mid --out heard
      what the model makes of the song when it only repeats it
  midime models
      the models that can be personalised

`midime VERB --help` explains each. On bad input the exit code is 2 and one line says what to do."""


class _Parser(argparse.ArgumentParser):
    """An argument parser whose complaint is one line."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and where help is; argparse would print the whole usage first."""
        self.exit(_BAD_INPUT, f"{self.prog}: {message} (see `{self.prog} --help`)\n")


def main(words: Sequence[str] | None = None) -> int:
    """Run the command; ``words`` are those of the command line by default.

    Returns:
        The exit code: 0 done, 2 bad input, 130 interrupted.
    """
    # pydub, which note-seq imports, misses a program that nothing here uses.
    warnings.filterwarnings("ignore", message="Couldn't find ffmpeg", category=RuntimeWarning)
    options = _parser().parse_args(words)
    try:
        with without_notices():
            options.run(options)
            sys.stdout.flush()  # here, where a broken pipe can still be caught
    except MidimeError as error:
        print(f"midime: {_one_line(f'{error} {error.remedy}')}", file=sys.stderr)
        return _BAD_INPUT
    except KeyboardInterrupt:
        print("midime: stopped.", file=sys.stderr)
        return _INTERRUPTED
    except BrokenPipeError:  # `midime models | head -1`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="midime",
        description=_DESCRIPTION,
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"midime {__version__}")
    verbs = parser.add_subparsers(title="verbs", metavar="VERB", required=True)
    for verb in (
        personalize,
        sample,
        compose,
        constrain,
        translate,
        blend,
        reproduce,
        reconstruct,
        models,
        rules,
        windows,
        pretrain,
        pretrain_sketches,
        pretrain_translator,
        evaluate,
    ):
        verb.add_to(verbs)
    return parser


def _one_line(text: str) -> str:
    return " ".join(text.split())
