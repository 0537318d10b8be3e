"""The corpora that the embedded models were trained on: licences and attributions for the cards."""

from __future__ import annotations

from typing import Final, NamedTuple

__all__ = ["SOURCES", "Source"]


class Source(NamedTuple):
    """Where music came from, and on what terms."""

    title: str
    licence: str
    attribution: str


_CORPORA: Final[dict[str, Source]] = {
    "pop909": Source(
        "POP909, melody, second melody and piano of pop songs",
        "MIT",
        "Wang, Chen, Jiang, Zhang, Xu, Dai, Gu, Xia: POP909, ISMIR 2020; (c) 2020 Music X Lab",
    ),
    "openewld": Source(
        "OpenEWLD lead sheets from the Wikifonia archive",
        "MIT; scores stated to be in the public domain",
        "Simonetta, Carnovalini, Orio, Rodà: Symbolic Music Similarity through a Graph-based "
        "Representation, Audio Mostly 2018",
    ),
    "ceol_rince": Source(
        "Ceol Rince na hÉireann, Irish dance tunes",
        "CC BY 4.0",
        "Polifonia project (Danny Diamond, Abdul Shahid, James McDermott), from the ABC "
        "transcriptions of Bill Black; collected by Breandán Breathnach; bars put on bar lines",
    ),
    "oneill": Source(
        "Music of Ireland, Francis O'Neill, 1903",
        "public domain",
        "ABC transcriptions by volunteers, through the music21 corpus",
    ),
    "ryan": Source(
        "Ryan's Mammoth Collection, 1883",
        "public domain",
        "ABC transcriptions by Ray Davies, John Chambers, Bob Puckette, John Walsh and others, "
        "through the music21 corpus",
    ),
    "groove": Source(
        "Groove MIDI Dataset, drums played by humans",
        "CC BY 4.0",
        "Gillick, Roberts, Engel, Eck, Bamman: Learning to Groove with Inverse Sequence "
        "Transformations, ICML 2019; Google Magenta",
    ),
    "freedoom": Source(
        "Music of Freedoom",
        "BSD-3-Clause",
        "(c) 2001-2024 Contributors to the Freedoom project",
    ),
    "freedoom_archive": Source(
        "Earlier music of Freedoom",
        "BSD-3-Clause",
        "(c) 2001-2024 Contributors to the Freedoom project",
    ),
    "helland": Source(
        "Film and game music by Tanner Helland",
        "CC BY 4.0",
        "Music by Tanner Helland, tannerhelland.com",
    ),
}


def _with_groove(song: Source) -> Source:
    """Songs without drums, with drums by others under them."""
    drums = _CORPORA["groove"]
    return Source(
        f"{song.title}; without drums of their own, paired by tempo with {drums.title}",
        song.licence if song.licence == drums.licence else f"{song.licence}; {drums.licence}",
        f"{song.attribution}; {drums.attribution}",
    )


SOURCES: Final[dict[str, Source]] = _CORPORA | {
    f"{name}+groove": _with_groove(_CORPORA[name])
    for name in ("pop909", "freedoom", "freedoom_archive", "helland")
}
"""By name of the archive; of two archives, ``a+b``, where songs were paired with drums."""
