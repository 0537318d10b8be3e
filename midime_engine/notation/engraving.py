"""MusicXML engraved: pages of SVG, by Verovio.

Verovio is a program library in C++ with wheels for every system (LGPL, used as it comes). It loads
in some fifty milliseconds, and engraves a page in about as long.
"""

from __future__ import annotations

import threading
from importlib import resources
from typing import TYPE_CHECKING, Any, Final

from midime_engine.errors import SynthesisError

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["MAX_PAGES", "engrave"]

MAX_PAGES: Final = 20
"""Of a score on the screen: whoever wants to read on opens the file."""

_SCALE: Final = 50
"""Per cent of Verovio's usual size: staves as high as on paper held at a reader's distance."""

_OPTIONS: Final[Mapping[str, Any]] = {
    "adjustPageHeight": True,
    "breaks": "auto",
    "footer": "none",
    "header": "none",  # The page around it has the title.
    "pageMarginBottom": 40,
    "pageMarginLeft": 40,
    "pageMarginRight": 40,
    "pageMarginTop": 40,
    "pageHeight": 2400,
    "scale": _SCALE,
    "svgViewBox": True,
    "xmlIdSeed": 1,  # The same score, the same bytes.
}
_LOCK: Final = threading.Lock()
"""Verovio keeps settings and random numbers in variables of the process."""


def engrave(musicxml: bytes, *, width: int = 700, colour: str = "#000000") -> tuple[str, ...]:
    """The pages of a score as SVG, at most :data:`MAX_PAGES`.

    Args:
        musicxml: What :func:`midime_engine.notation.musicxml.write_musicxml` wrote.
        width: Of a page, in pixels; what does not fit goes into another system.
        colour: Of everything, ``#rrggbb``; the ground is transparent.

    Raises:
        SynthesisError: Verovio cannot be loaded, or cannot read it.
    """
    try:
        import verovio
    except ImportError as error:  # A platform without a wheel.
        raise SynthesisError(
            f"Scores cannot be drawn here ({error}).",
            remedy="Download the score as MusicXML and open it in a notation program.",
        ) from error
    with _LOCK:
        verovio.enableLog(verovio.LOG_OFF)
        # Verovio keeps where its fonts are for each thread, and finds out only in the first.
        verovio.setDefaultResourcePath(str(resources.files("verovio") / "data"))
        toolkit = verovio.toolkit()
        toolkit.setOptions({**_OPTIONS, "pageWidth": round(width * 100 / _SCALE)})
        if not toolkit.loadData(musicxml.decode()):
            raise SynthesisError(
                "This score cannot be drawn.",
                remedy="Download it as MusicXML and open it in a notation program.",
            )
        n_pages = min(int(toolkit.getPageCount()), MAX_PAGES)
        pages = [str(toolkit.renderToSVG(number)) for number in range(1, n_pages + 1)]
    return tuple(_coloured(page, colour) for page in pages)


def _coloured(page: str, colour: str) -> str:
    """Verovio draws in black on the inside, and in the colour of the text around on the outside."""
    outside = page.replace("<svg ", f'<svg color="{colour}" fill="{colour}" ', 1)
    return outside.replace(' color="black"', f' color="{colour}"')
