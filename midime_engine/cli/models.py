"""``midime models``: which models there are, how good they are, and where."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from midime_engine import catalogue, musicvae

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping

    from midime_engine.musicvae.cards import ModelCard

__all__ = ["Row", "add_to", "figures", "rows", "run"]

_MEGABYTE: Final = 1_000_000
_SHARES: Final = {"step_accuracy": "steps", "onset_accuracy": "onsets"}
"""What the validation of a card holds for the whole and for each part, and what it is called."""

_DESCRIPTION: Final = """\
List the models that can be personalised: the values of --model. Beside each stand its parts, the
bars of its windows, the length of its latent vector, its size and where it is; below, what it is
good for, and the share of unseen music that comes back unchanged where that has been measured."""


@dataclass(frozen=True, slots=True)
class Row:
    """What is told of one model."""

    name: str
    parts: tuple[str, ...]
    n_bars: int
    z_size: int | None
    size: str
    n_bytes: int | None
    where: Literal["embedded", "downloaded", "to download", "not supported"]
    location: str
    """A path, or an address where it is still to be downloaded."""

    summary: str
    licence: str | None
    """Of a published checkpoint; that of an embedded one is ours."""

    reason: str
    """Why it is not supported."""

    metrics: Mapping[str, Any]
    """Figures on its validation split, by the names of its card."""


def add_to(verbs: argparse._SubParsersAction[Any]) -> None:
    """Add the verb to the command line."""
    parser = verbs.add_parser(
        "models", help="list the models that can be personalised", description=_DESCRIPTION
    )
    parser.add_argument(
        "--all", action="store_true", help="also published models that cannot be used, and why"
    )
    parser.add_argument(
        "--json", action="store_true", help="everything that is known of all of them, as JSON"
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> None:
    """Print two lines per model, or JSON."""
    if options.json:
        print(json.dumps([asdict(row) for row in rows()], indent=2))
        return
    shown = [row for row in rows() if options.all or row.where != "not supported"]
    console = Console(highlight=False)
    width = max(len(row.name) for row in shown)
    _line(console, width, ("name", "parts", "bars", "z", "size", "where"), style="bold")
    for row in shown:
        parts = "trio" if len(row.parts) > 1 else "".join(row.parts) or "other"
        z_size = "?" if row.z_size is None else str(row.z_size)
        size = row.size.replace("at least ", "≥ ")
        _line(console, width, (row.name, parts, str(row.n_bars), z_size, size, row.where))
        told = "; ".join(filter(None, (row.summary, figures(row.metrics), row.reason)))
        console.print(Padding(Text(told, style="dim"), (0, 0, 0, 4)))


def rows() -> tuple[Row, ...]:
    """The embedded models, then the catalogue."""
    embedded = (_row_of_card(card) for card in musicvae.available())
    published = (_row_of_entry(entry) for entry in catalogue.entries())
    return (*embedded, *published)


def figures(metrics: Mapping[str, Any]) -> str:
    """``metrics`` in words: "steps 97.0 %, onsets 92.9 % come back (KL 78 nats)".

    Those of a trio are told part by part: "steps 93.1/94.0/88.2 %".
    """
    parts = metrics.get("parts") or {}
    sources = list(parts.values()) if len(parts) > 1 else [metrics]
    told = [
        f"{word} {'/'.join(_percent(source[key]) for source in sources)} %"
        for key, word in _SHARES.items()
        if all(key in source for source in sources)
    ]
    hits = (parts.get("drums") or {}).get("hits")
    if hits:
        told.append(f"drum hits F1 {_percent(hits['f1'])} %")
    if not told:
        return ""
    nats = metrics.get("kl_nats")
    return f"{', '.join(told)} come back" + (f" (KL {nats:.0f} nats)" if nats else "")


def _percent(share: float) -> str:
    return f"{100 * share:.1f}"


def _line(console: Console, width: int, cells: tuple[str, ...], *, style: str = "") -> None:
    name, parts, bars, z_size, size, where = cells
    text = f"{name:<{width}}  {parts:<6}  {bars:>4}  {z_size:>3}  {size:>8}  {where}"
    console.print(Text(text, style=style), soft_wrap=True)


def _row_of_card(card: ModelCard) -> Row:
    validation = card.figures.get("validation", {})
    return Row(
        name=card.name,
        parts=card.parts,
        n_bars=card.n_bars,
        z_size=card.z_size,
        size=f"{card.n_bytes / _MEGABYTE:.0f} MB",
        n_bytes=card.n_bytes,
        where="embedded",
        location=str(card.path),
        summary=card.summary,
        licence=None,
        reason="",
        metrics=validation.get("greedy_from_mu", {}),
    )


def _row_of_entry(entry: catalogue.Entry) -> Row:
    cached = entry.supported and catalogue.is_cached(entry)
    if not entry.supported:
        where: Literal["downloaded", "to download", "not supported"] = "not supported"
    else:
        where = "downloaded" if cached else "to download"
    return Row(
        name=entry.name,
        parts=entry.parts,
        n_bars=entry.n_bars,
        z_size=entry.z_size,
        size=entry.size,
        n_bytes=entry.n_bytes,
        where=where,
        location=str(catalogue.folder_of(entry)) if cached else entry.url,
        summary=entry.summary,
        licence=entry.licence,
        reason=entry.reason,
        metrics={},
    )
