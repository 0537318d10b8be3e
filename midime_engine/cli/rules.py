"""``midime rules``: what music can be asked to keep, and how each rule is measured."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any, Final

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from midime_engine.attributes.features import FEATURES
from midime_engine.attributes.registry import notices, rules
from midime_engine.attributes.requirement import Requirement

if TYPE_CHECKING:
    import argparse

    from midime_engine.attributes.rule import Rule

__all__ = ["add_to", "run", "table"]

_DESCRIPTION: Final = """\
List the rules that music can be asked to keep: what --rule can be. Each measures a few bars by a
number from 0 to 1; silence is 0 and keeps no rule. Beside an example stands what is asked if
nothing else is said; >=0.8, <=0.2 or weight=2 behind the rule ask for something else. The lead is
the melody, or the bass where there is no melody, or the drums where there is nothing else. A rule
of one's own is an expression over the features at the end, such as "density > 0.4 and
largest_leap <= 7": + - * / min max abs compute, and, or and not join comparisons."""


def add_to(verbs: argparse._SubParsersAction[Any]) -> None:
    """Add the verb to the command line."""
    parser = verbs.add_parser(
        "rules", help="list the rules that music can be asked to keep", description=_DESCRIPTION
    )
    parser.add_argument("--json", action="store_true", help="everything about them, as JSON")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> None:
    """Print the rules and the features, or JSON."""
    for notice in notices():
        print(f"midime: {notice}", file=sys.stderr)
    if options.json:
        print(json.dumps(table(), indent=2, ensure_ascii=False))
        return
    console = Console(highlight=False)
    typed = {rule.name: str(Requirement(rule, _example(rule))) for rule in rules()}
    width = max(map(len, typed.values()))
    _line(console, width, ("rule", "usually", "title"), style="bold")
    for rule in rules():
        usual = f"{rule.comparison}{rule.threshold:g}"
        _line(console, width, (typed[rule.name], usual, rule.title))
        _note(console, rule.definition)
        if rule.argument is not None:
            _note(console, rule.argument.help)
    console.print()
    longest = max(map(len, FEATURES))
    console.print(Text("features for rules of one's own", style="bold"))
    for feature in FEATURES.values():
        console.print(Text(f"{feature.name:<{longest}}  {feature.help}"), soft_wrap=True)


def table() -> dict[str, list[dict[str, Any]]]:
    """All that is known of rules and features, as plain data."""
    return {
        "rules": [_plain(rule) for rule in rules()],
        "features": [
            {"name": each.name, "help": each.help, "hears": list(each.hears)}
            for each in FEATURES.values()
        ],
    }


def _plain(rule: Rule) -> dict[str, Any]:
    argument = rule.argument
    return {
        "name": rule.name,
        "title": rule.title,
        "definition": rule.definition,
        "hears": list(rule.hears),
        "comparison": rule.comparison,
        "threshold": rule.threshold,
        "example": str(Requirement(rule, _example(rule))),
        "origin": rule.origin,
        "argument": None
        if argument is None
        else {
            "name": argument.name,
            "kind": argument.kind,
            "help": argument.help,
            "example": argument.example,
            "choices": list(argument.choices),
            "lowest": argument.lowest,
            "highest": argument.highest,
            "optional": argument.optional,
        },
    }


def _example(rule: Rule) -> str:
    return rule.argument.example if rule.argument is not None else ""


def _line(console: Console, width: int, cells: tuple[str, str, str], *, style: str = "") -> None:
    typed, usual, title = cells
    console.print(Text(f"{typed:<{width}}  {usual:<7}  {title}", style=style), soft_wrap=True)


def _note(console: Console, text: str) -> None:
    console.print(Padding(Text(text, style="dim"), (0, 0, 0, 4)))
