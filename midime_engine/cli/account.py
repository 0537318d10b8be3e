"""What a command says on standard output about the songs it was given."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from midime_engine.pipelines.prepare import Material

__all__ = ["print_material"]


def print_material(material: Material) -> None:
    """Print which tracks were used, how many chunks they gave and what was moved or lost."""
    for song, selection in zip(material.songs, material.selections, strict=True):
        print(f"{song.name}: {selection.explanation}")
    items = material.chunks.items
    n_bars = sum(chunk.n_bars for chunk in items)
    print(f"{_count(len(items), 'chunk')} from {_count(n_bars, 'bar')}.")
    for sentence in material.chunks.report.sentences():
        print(f"- {sentence}")


def _count(n: int, noun: str) -> str:
    return f"{n} {noun}" if n == 1 else f"{n} {noun}s"
