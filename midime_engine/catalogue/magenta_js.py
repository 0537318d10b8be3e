"""Checkpoints of Magenta.js: a folder each; ``q1`` and ``q2`` are one and two bytes a weight.

Source: ``music/checkpoints/checkpoints.json`` of ``magenta/magenta-js``, its sizes included (some
of them count a megabyte as 1,048,576 bytes). Sizes of ``z`` and parameters: from manifests where
they were at hand, otherwise from the one layout that gives the stated size; None where neither is.

Hashes are not published. The git hashes below are those under which two repositories keep what they
downloaded: ``vibertthio/runn@5ad8e4f`` (its ``mel_2bar_small`` agrees with the raw tensors of
``googlecreativelab/melody-mixer@a118ffe``) and ``Buddhilive/bl-studio@d698a91``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from midime_engine.catalogue.entry import PREFIX, Entry

if TYPE_CHECKING:
    from midime_engine.converters.classes import Role

__all__ = ["ENTRIES"]

_FOLDER: Final = "https://storage.googleapis.com/magentadata/js/checkpoints"
_LICENCE: Final = "Apache-2.0 is Magenta.js's; none is stated for the weights"
_TRIO: Final[tuple[Role, ...]] = ("melody", "bass", "drums")

_CHORDS: Final = "it wants chords beside the notes"
_GROOVE: Final = "it plays velocities and timing instead of notes on a grid (GrooVAE)"
_MULTITRACK: Final = "it plays up to eight instruments as a stream of events"
_NADE: Final = "it decides drum by drum with another kind of network (NADE)"


def _folder(
    name: str,
    parts: tuple[Role, ...],
    n_bars: int,
    megabytes: float,
    summary: str,
    *,
    config: str | None = None,
    z_size: int | None = 256,
    n_parameters: int | None = None,
    path: str | None = None,
    git_shards: tuple[str, ...] = (),
    reason: str = "",
) -> Entry:
    shards = (
        (f"group1-shard{index}of{len(git_shards)}", f"git:{digest}")
        for index, digest in enumerate(git_shards, start=1)
    )
    return Entry(
        name=f"{PREFIX}{name}",
        family="js",
        config=config or name,
        parts=parts,
        n_bars=n_bars,
        z_size=z_size,
        n_parameters=n_parameters,
        n_bytes=round(megabytes * 1_000_000),
        url=f"{_FOLDER}/{path or f'music_vae/{name}'}",
        summary=summary,
        licence=_LICENCE,
        digests=tuple(shards),
        supported=not reason,
        reason=reason,
    )


_MEL_2BAR_SMALL: Final = (
    "3b9654c2e5cfd94db767fcb5164c6c1d96dc01cc",
    "aed9c81e22f6d0b328cf28f0eb3b9ebe929389ab",
    "6cd80eb0d50e9323c9cbf9e857893f2e88cac528",
    "7a50df8ace43f256c2719267a6852384628945ed",
    "d1a848dce88a82e909f1f1bc11c4c5598102ad19",
)
_MEL_4BAR_MED: Final = (
    "cb4deabcb77ad63a879cc1838072cc0ebaf929b8",
    "5d853eef014f0ad67d88f2dba2fd8f61195a3825",
    "400888689600638d99192943cc13fc256bf2c552",
    "dbf7be4f7c93ed7f0c162c4d282c02f1170fd7d3",
    "f23cb618409e2e5ad94eab84b865490873aef2cb",
    "6093b35ff6917af38b6eb63c799ed6f830cd2e33",
    "2c25fd16697d666e52f89e925be417bc7eb1532d",
    "bec152f977df80e2e9413a6b6074b17cf5d96c04",
    "e17e207209f5e1e77ac9536f408473aea02095bc",
    "5cd433a7354d6cc9eb5189d9bc50f9303beec957",
    "453fcf1d636f5495d70238639523ad9cff494336",
    "2d725faa591e464b29286d840cdd33940d727cbb",
    "1e6e1b6b5c2117e22ebdf4e61a5ea16596fa771d",
    "a133cc82b52a59467e31c5fb43c17a470ec7ef39",
    "d532f974b85ccd453d0afeb7bcd7a5216cc15e38",
    "a6c0f870f9dc515b5f1863ffa25234ca5214ef51",
    "8a401fb4177da7ffbe2f893ef37bf096cf9149b5",
)

ENTRIES: Final[tuple[Entry, ...]] = (
    _folder(
        "mel_2bar_small",
        ("melody",),
        2,
        17.7,
        "melodies of two bars: the model of the original MidiMe",
        config="cat-mel_2bar_small",
        n_parameters=4_423_770,
        git_shards=_MEL_2BAR_SMALL,
    ),
    _folder(
        "mel_4bar_small_q2",
        ("melody",),
        4,
        26.5,
        "melodies of four bars, from a small network",
        z_size=None,
    ),
    _folder(
        "mel_4bar_med_q2",
        ("melody",),
        4,
        65.4,
        "melodies of four bars, from a network of medium size",
        n_parameters=34_255_450,
        git_shards=_MEL_4BAR_MED,
    ),
    _folder(
        "mel_4bar_med_lokl_q2",
        ("melody",),
        4,
        65.4,
        "melodies of four bars; better at new ones than at repeating yours",
        n_parameters=34_255_450,
    ),
    _folder(
        "mel_16bar_small_q2",
        ("melody",),
        16,
        23.5,
        "melodies of sixteen bars, the smallest of them",
        n_parameters=11_771_994,
    ),
    _folder(
        "drums_2bar_lokl_small",
        ("drums",),
        2,
        18.5,
        "drums of two bars; better at new rhythms than at repeating yours",
        config="cat-drums_2bar_small",
        n_parameters=4_636_672,
    ),
    _folder(
        "drums_2bar_hikl_small",
        ("drums",),
        2,
        18.5,
        "drums of two bars; better at repeating your rhythms than at new ones",
        config="cat-drums_2bar_small",
        n_parameters=4_636_672,
    ),
    _folder(
        "drums_4bar_med_q2",
        ("drums",),
        4,
        68.2,
        "drums of four bars; better at repeating your rhythms than at new ones",
        n_parameters=35_761_152,
    ),
    _folder(
        "drums_4bar_med_lokl_q2",
        ("drums",),
        4,
        68.2,
        "drums of four bars; better at new rhythms than at repeating yours",
        n_parameters=35_761_152,
    ),
    _folder(
        "trio_4bar",
        _TRIO,
        4,
        17.6,
        "melody, bass and drums for four bars: the trio of the original MidiMe; better at new ones "
        "than at repeating yours",
        config="hier-trio_4bar",
        n_parameters=17_636_532,
    ),
    _folder(
        "trio_16bar",
        _TRIO,
        16,
        1710.0,
        "melody, bass and drums for sixteen bars; very large",
        z_size=None,
    ),
    _folder(
        "drums_2bar_nade_9_q2",
        ("drums",),
        2,
        27.6,
        "drums of two bars",
        config="nade-drums_2bar_reduced",
        n_parameters=13_819_273,
        reason=_NADE,
    ),
    _folder(
        "mel_chords",
        ("melody",),
        2,
        17.6,
        "melodies of two bars over given chords",
        z_size=128,
        reason=_CHORDS,
    ),
    *(
        _folder(
            name,
            (),
            1,
            megabytes,
            "up to eight instruments for one bar",
            reason=_MULTITRACK,
        )
        for name, megabytes in (
            ("multitrack", 26.4),
            ("multitrack_med", 95.9),
            ("multitrack_med_fb256", 95.9),
        )
    ),
    *(
        _folder(
            name,
            (),
            1,
            megabytes,
            "up to eight instruments for one bar, over a given chord",
            reason=_MULTITRACK,
        )
        for name, megabytes in (
            ("multitrack_chords", 26.9),
            ("multitrack_med_chords", 96.9),
            ("multitrack_med_chords_fb256", 96.9),
        )
    ),
    # The Python tars of these two have their names already.
    _folder(
        "groovae_2bar_humanize.js",
        ("drums",),
        2,
        15.8,
        "gives a drum pattern the timing of a drummer",
        config="groovae_2bar_humanize",
        n_parameters=4_085_019,
        path="music_vae/groovae_2bar_humanize",
        reason=_GROOVE,
    ),
    _folder(
        "groovae_4bar.js",
        ("drums",),
        4,
        15.8,
        "drums of four bars as a drummer plays them",
        config="groovae_4bar",
        n_parameters=4_085_019,
        path="music_vae/groovae_4bar",
        reason=_GROOVE,
    ),
    *(
        _folder(
            f"tap2drum_{n_bars}bar",
            ("drums",),
            n_bars,
            15.6,
            "makes a drum part of a tapped rhythm",
            n_parameters=4_085_019,
            path=f"groovae/tap2drum_{n_bars}bar",
            reason=_GROOVE,
        )
        for n_bars in (1, 2, 3, 4)
    ),
)
