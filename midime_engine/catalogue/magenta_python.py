"""Checkpoints of Magenta's Python programs: one tar each.

Source: the table in ``magenta/models/music_vae/README.md``; parameters counted from the graphs that
``configs.py`` there describes. Sizes are not published, but for "2 GB" of the largest; a tar may
hold the optimiser's state as well, up to three times the weights. Hashes are not published.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from midime_engine.catalogue.entry import PREFIX, Entry

if TYPE_CHECKING:
    from midime_engine.converters.classes import Role

__all__ = ["ENTRIES"]

_FOLDER: Final = "https://storage.googleapis.com/magentadata/models/music_vae/checkpoints"
_LICENCE: Final = "Apache-2.0 is Magenta's; none is stated for the weights"
_GROOVE: Final = "it plays velocities and timing instead of notes on a grid (GrooVAE)"


def _tar(
    name: str,
    config: str,
    parts: tuple[Role, ...],
    n_bars: int,
    summary: str,
    *,
    z_size: int,
    n_parameters: int,
    n_bytes: int | None = None,
    reason: str = "",
) -> Entry:
    return Entry(
        name=f"{PREFIX}{name}",
        family="python",
        config=config,
        parts=parts,
        n_bars=n_bars,
        z_size=z_size,
        n_parameters=n_parameters,
        n_bytes=n_bytes,
        url=f"{_FOLDER}/{name}.tar",
        summary=summary,
        licence=_LICENCE,
        supported=not reason,
        reason=reason,
    )


ENTRIES: Final[tuple[Entry, ...]] = (
    _tar(
        "cat-mel_2bar_big",
        "cat-mel_2bar_big",
        ("melody",),
        2,
        "melodies of two bars, from a large network",
        z_size=512,
        n_parameters=134_571_098,
    ),
    _tar(
        "hierdec-mel_16bar",
        "hierdec-mel_16bar",
        ("melody",),
        16,
        "melodies of sixteen bars with long structure; very large",
        z_size=512,
        n_parameters=176_061_530,
    ),
    _tar(
        "hierdec-trio_16bar",
        "hierdec-trio_16bar",
        ("melody", "bass", "drums"),
        16,
        "melody, bass and drums for sixteen bars; the largest",
        z_size=512,
        n_parameters=230_975_156,
        n_bytes=2_000_000_000,
    ),
    _tar(
        "cat-drums_2bar_small.lokl",
        "cat-drums_2bar_small",
        ("drums",),
        2,
        "drums of two bars; better at new rhythms than at repeating yours",
        z_size=256,
        n_parameters=4_636_672,
    ),
    _tar(
        "cat-drums_2bar_small.hikl",
        "cat-drums_2bar_small",
        ("drums",),
        2,
        "drums of two bars; better at repeating your rhythms than at new ones",
        z_size=256,
        n_parameters=4_636_672,
    ),
    _tar(
        "nade-drums_2bar_full",
        "nade-drums_2bar_full",
        ("drums",),
        2,
        "drums of two bars, 61 instruments",
        z_size=256,
        n_parameters=14_391_741,
        reason="it decides drum by drum with another kind of network (NADE)",
    ),
    _tar(
        "groovae_4bar",
        "groovae_4bar",
        ("drums",),
        4,
        "drums of four bars as a drummer plays them",
        z_size=256,
        n_parameters=4_085_019,
        reason=_GROOVE,
    ),
    _tar(
        "groovae_2bar_humanize",
        "groovae_2bar_humanize",
        ("drums",),
        2,
        "gives a drum pattern the timing of a drummer",
        z_size=256,
        n_parameters=4_085_019,
        reason=_GROOVE,
    ),
    _tar(
        "groovae_2bar_tap_fixed_velocity",
        "groovae_2bar_tap_fixed_velocity",
        ("drums",),
        2,
        "makes a drum part of a tapped rhythm",
        z_size=256,
        n_parameters=4_085_019,
        reason=_GROOVE,
    ),
    _tar(
        "groovae_2bar_add_closed_hh",
        "groovae_2bar_add_closed_hh",
        ("drums",),
        2,
        "adds a closed hi-hat to a drum part",
        z_size=256,
        n_parameters=4_085_019,
        reason=_GROOVE,
    ),
    _tar(
        "groovae_2bar_hits_control",
        "groovae_2bar_hits_control_tfds",
        ("drums",),
        2,
        "drums as a drummer plays them, with given hits",
        z_size=256,
        n_parameters=4_131_099,
        reason=_GROOVE,
    ),
)
