"""``midime models``: which models there are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table

if TYPE_CHECKING:
    import argparse

__all__ = ["add_to", "run"]


def add_to(verbs: argparse._SubParsersAction[Any]) -> None:
    """Add the verb to the command line."""
    parser = verbs.add_parser(
        "models",
        help="list the models that can be personalised",
        description="List the models that can be personalised: the values of --model.",
    )
    parser.set_defaults(run=run)


def run(_options: argparse.Namespace) -> None:
    """Print one line per model."""
    from midime_engine import musicvae

    table = Table("name", "parts", "bars", "z", "what it is", box=None, pad_edge=False)
    for card in musicvae.available():
        parts = ", ".join(card.parts)
        table.add_row(card.name, parts, str(card.n_bars), str(card.z_size), card.summary)
    Console().print(table)
