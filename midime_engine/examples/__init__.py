"""Songs to begin with, for who has no MIDI file at hand.

All tunes are in the public domain; see the README in this folder for sources. The files are made
by ``scripts/make_examples.py``, where every note stands in writing.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from midime_engine.errors import OptionError

__all__ = ["EXAMPLES", "Demo", "Example", "demo", "read"]


@dataclass(frozen=True, slots=True)
class Example:
    """One song."""

    slug: str
    """How it is asked for."""

    title: str
    description: str
    """What is heard: metre, parts, length."""

    credit: str
    """Where the tune comes from and why it may be used."""

    filename: str
    style: str
    """What kind of music it is, in a word or two."""

    roles: tuple[str, ...] = ("melody",)
    """Parts that can be taken from it."""


EXAMPLES: Final[tuple[Example, ...]] = (
    Example(
        "ode_to_joy",
        "Ode to Joy",
        "A hymn in 4/4: violin and cello, 24 bars.",
        "Ludwig van Beethoven, Symphony No. 9, 1824. Public domain; bass by MidiMe, CC0.",
        "ode_to_joy.mid",
        "hymn",
        ("melody", "bass"),
    ),
    Example(
        "irish_washerwoman",
        "The Irish Washerwoman",
        "A jig in 6/8 for fiddle alone, 32 bars after a pickup.",
        "Traditional, 18th century. Public domain.",
        "irish_washerwoman.mid",
        "jig",
    ),
    Example(
        "lieber_augustin",
        "Lieber Augustin",
        "A waltz in 3/4: clarinet and accordion, 32 bars.",
        "Traditional, Vienna, 18th century. Public domain; rest by MidiMe, CC0.",
        "lieber_augustin.mid",
        "waltz",
    ),
    Example(
        "drowsy_maggie",
        "Drowsy Maggie",
        "A reel in 4/4 for whistle alone, 32 bars.",
        "Traditional, Ireland, in O'Neill's collections. Public domain.",
        "drowsy_maggie.mid",
        "Irish reel",
    ),
    Example(
        "minuet_in_g",
        "Minuet in G",
        "A dance in 3/4 for harpsichord, two hands, 32 bars.",
        "Christian Petzold, about 1725. Public domain.",
        "minuet_in_g.mid",
        "minuet",
    ),
    Example(
        "greensleeves",
        "Greensleeves",
        "A song in 6/8: flute and guitar, 16 bars after a pickup.",
        "Traditional, 16th century. Public domain; guitar by MidiMe, CC0.",
        "greensleeves.mid",
        "melody",
    ),
    Example(
        "amazing_grace",
        "Amazing Grace",
        "A hymn in 3/4 for piano, 16 bars after a pickup.",
        "Tune New Britain, Virginia Harmony, 1831. Public domain; accompaniment by MidiMe, CC0.",
        "amazing_grace.mid",
        "hymn",
    ),
    Example(
        "korobeiniki",
        "Korobeiniki",
        "A Russian song in 4/4 as a trio of accordion, bass and drums, 24 bars.",
        "Traditional, 1861. Public domain; arrangement by MidiMe, CC0.",
        "korobeiniki.mid",
        "trio with drums",
        ("melody", "bass", "drums"),
    ),
    Example(
        "back_porch_blues",
        "Back Porch Blues",
        "A twelve-bar blues, twice: guitar, walking bass and drums, 24 bars.",
        "Written for MidiMe, CC0.",
        "back_porch_blues.mid",
        "trio with drums",
        ("melody", "bass", "drums"),
    ),
    Example(
        "corner_shop_groove",
        "Corner Shop Groove",
        "Drums alone in 4/4: a groove with fills, 16 bars.",
        "Written for MidiMe, CC0.",
        "corner_shop_groove.mid",
        "drum groove",
        ("drums",),
    ),
)
"""In the order in which to offer them."""


def read(slug: str) -> bytes:
    """Return the MIDI file of the example called ``slug``.

    Raises:
        OptionError: There is no such example.
    """
    for example in EXAMPLES:
        if example.slug == slug:
            return (Path(__file__).parent / example.filename).read_bytes()
    known = ", ".join(example.slug for example in EXAMPLES)
    raise OptionError(f"There is no example called {slug!r}.", remedy=f"Choose one of {known}.")


@dataclass(frozen=True, slots=True)
class Demo:
    """A finished example: bars of a song, and a variation of them that a MidiMe played."""

    title: str
    """Of the song."""

    n_bars: int
    bars_copied: float
    """Share of the bars of the variation that stand in the song note for note."""

    song: bytes
    """The bars of the song, as a MIDI file."""

    variation: bytes
    """The variation, as a MIDI file."""


def demo() -> Demo:
    """Return what ``scripts/make_demo.py`` made; its ``demo.json`` says how."""
    folder = Path(__file__).parent / "demo"
    account = json.loads((folder / "demo.json").read_text(encoding="utf-8"))
    return Demo(
        title=account["song"],
        n_bars=account["n_bars"],
        bars_copied=account["bars_copied"],
        song=(folder / "song.mid").read_bytes(),
        variation=(folder / "variation.mid").read_bytes(),
    )
