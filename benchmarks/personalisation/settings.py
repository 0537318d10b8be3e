"""The settings of a MidiMe as words of a command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from midime_engine.midime.config import MidiMeConfig

if TYPE_CHECKING:
    import argparse

FIELDS = ("epochs", "learning_rate", "beta", "seed")


def add_settings(parser: argparse.ArgumentParser) -> None:
    """One option per field, with the default that the app has."""
    for field in FIELDS:
        default = MidiMeConfig.__dataclass_fields__[field].default
        parser.add_argument(
            f"--{field.replace('_', '-')}", dest=field, type=type(default), default=default
        )


def settings_in(options: argparse.Namespace) -> MidiMeConfig:
    """What was asked for."""
    return MidiMeConfig(**{field: getattr(options, field) for field in FIELDS})
