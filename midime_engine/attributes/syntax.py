"""What may be written as a rule of one's own, and where a text departs from it."""

from __future__ import annotations

import ast
import warnings
from dataclasses import dataclass
from typing import Final, NamedTuple

from midime_engine.attributes.features import FEATURES
from midime_engine.attributes.words import near
from midime_engine.errors import ExpressionError

__all__ = ["FUNCTIONS", "MAX_DEPTH", "MAX_LENGTH", "MAX_NODES", "Checked", "check"]

MAX_LENGTH: Final = 500
"""Characters: ten lines of a form."""

MAX_NODES: Final = 100
"""Numbers, names and signs: some milliseconds for thousands of passages."""

MAX_DEPTH: Final = 20
"""Brackets in brackets, or terms of one sum."""

_LARGEST: Final = 1e6
"""Of numbers. No feature is above 1,000."""

FUNCTIONS: Final = ("abs", "max", "min")
_TYPED: Final = {
    "≥": ">=",
    "≤": "<=",
    "≠": "!=",
    "\N{MULTIPLICATION SIGN}": "*",
    "·": "*",
    "÷": "/",
    "\N{MINUS SIGN}": "-",
}
_WHAT_IS: Final = (
    "Write numbers, names, + - * /, comparisons, and, or, not, min, max and abs, such as "
    "density > 0.4 and largest_leap <= 7."
)
_ARITHMETIC: Final = (ast.Add, ast.Sub, ast.Mult, ast.Div)
_COMPARISONS: Final = (ast.Gt, ast.GtE, ast.Lt, ast.LtE, ast.Eq, ast.NotEq)


class Checked(NamedTuple):
    """A text that holds nothing but what is offered."""

    text: str
    """On one line, without spaces around it."""

    names: tuple[str, ...]
    """The features that it uses, sorted."""

    is_comparison: bool
    """Whether it is true or false; otherwise it is a number."""

    tree: ast.expr


def check(text: str) -> Checked:
    """The syntax tree of ``text``.

    Raises:
        ExpressionError: If it is too long, no expression, or holds anything that is not offered;
            knows the column.
    """
    if len(text) > MAX_LENGTH:
        raise ExpressionError.at(
            MAX_LENGTH + 1,
            f"the rule has {len(text):,} characters; up to {MAX_LENGTH} are read.",
            remedy="Write it shorter, or as several rules.",
        )
    source = _Source.of(text)
    checker = _Checker(source)
    tree = source.parse()
    is_comparison = checker.check(tree)
    if isinstance(tree, ast.Name) and FEATURES[tree.id].span != 1:
        raise ExpressionError.at(
            source.column(tree),
            f"it is not said how much is wished of {tree.id} ({FEATURES[tree.id].help}).",
            remedy=f"Compare it, such as {tree.id} >= 5.",
        )
    if not checker.names:
        raise ExpressionError.at(
            1,
            "no feature is named, so every passage would be the same.",
            remedy=f"Name at least one of {', '.join(FEATURES)}.",
        )
    typed = " ".join(text.split())
    return Checked(typed, tuple(sorted(checker.names)), is_comparison, tree)


@dataclass(frozen=True, slots=True)
class _Source:
    """The text as it is parsed, and where each of its characters stood as it was typed."""

    plain: str
    columns: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> _Source:
        plain: list[str] = []
        columns: list[int] = []
        for column, sign in enumerate(text, start=1):
            for written in _TYPED.get(sign, " " if sign.isspace() else sign.lower()):
                plain.append(written)
                columns.append(column)
        # Blanks at the front would be an indentation; they are counted, not parsed.
        joined = "".join(plain)
        blanks = len(joined) - len(joined.lstrip())
        return cls(joined.strip(), tuple(columns[blanks:]))

    def parse(self) -> ast.expr:
        """The syntax tree."""
        if not self.plain:
            raise ExpressionError.at(1, "the rule is empty.", remedy=_WHAT_IS)
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # Python's advice about the text, e.g. for 1(2).
                return ast.parse(self.plain, mode="eval").body
        except SyntaxError as error:
            raise self._syntax(error) from None
        except (ValueError, RecursionError, MemoryError, OverflowError):
            raise ExpressionError.at(1, "the rule cannot be read.", remedy=_WHAT_IS) from None

    def column(self, node: ast.expr) -> int:
        """Where ``node`` begins, as typed; the parser counts bytes."""
        offset = len(self.plain.encode()[: node.col_offset].decode(errors="ignore"))
        return self._at(offset)

    def of_node(self, node: ast.expr) -> str:
        """The text of ``node``."""
        return ast.get_source_segment(self.plain, node) or ""

    def _at(self, offset: int) -> int:
        return self.columns[max(0, min(offset, len(self.plain) - 1))]

    def _syntax(self, error: SyntaxError) -> ExpressionError:
        # Python says 0 or one too many where the text ends too early.
        offset = error.offset or 0
        ends_early = not 0 < offset <= len(self.plain)
        column = self._at(len(self.plain) if ends_early else offset - 1)
        bare = self.plain.replace(">=", "").replace("<=", "").replace("==", "").replace("!=", "")
        if "=" in bare:
            column = self._at(_single_sign(self.plain))
            return ExpressionError.at(
                column, "a single = compares nothing.", remedy="Write ==, >= or <=."
            )
        if self.plain.count("(") != self.plain.count(")"):
            return ExpressionError.at(
                column, "a bracket is open or closed too often.", remedy="Pair the brackets."
            )
        what = "something is missing behind it." if ends_early else "this cannot be read."
        return ExpressionError.at(column, what, remedy=_WHAT_IS)


def _single_sign(text: str) -> int:
    for index, sign in enumerate(text):
        if (
            sign == "="
            and text[index - 1 : index] not in {"<", ">", "=", "!"}
            and (text[index + 1 : index + 2] != "=")
        ):
            return index
    return 0


class _Checker:
    """Lets through what the evaluator knows, and tells numbers from comparisons."""

    def __init__(self, source: _Source) -> None:
        self.source = source
        self.names: set[str] = set()
        self.n_nodes = 0

    def check(self, node: ast.expr, depth: int = 0) -> bool:  # noqa: PLR0911 - one of each kind
        """Whether ``node`` is a comparison; otherwise it is a number."""
        self.n_nodes += 1
        if self.n_nodes > MAX_NODES or depth > MAX_DEPTH:
            raise self._fault(node, "the rule is too involved", "Write it as several rules.")
        match node:
            case ast.Constant():
                return self._number(node)
            case ast.Name():
                return self._name(node)
            case ast.BinOp():
                return self._arithmetic(node, depth)
            case ast.UnaryOp(op=ast.Not()):
                return self._joined([node.operand], depth)
            case ast.UnaryOp(op=ast.USub() | ast.UAdd()):
                return self._numbers([node.operand], depth)
            case ast.BoolOp():
                return self._joined(node.values, depth)
            case ast.Compare():
                return self._comparison(node, depth)
            case ast.Call():
                return self._call(node, depth)
            case _:
                raise self._fault(node, f"“{self._text(node)}” is not offered here", _WHAT_IS)

    def _number(self, node: ast.Constant) -> bool:
        value = node.value
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self._fault(
                node,
                f"{self._text(node)} is no number",
                "Write for example 0.5; no quotation marks.",
            )
        if not abs(value) <= _LARGEST:
            raise self._fault(
                node, "this number is too large", f"Write one of at most {_LARGEST:,.0f}."
            )
        return False

    def _name(self, node: ast.Name) -> bool:
        if node.id in FUNCTIONS:
            example = "abs(mean_pitch - 60)" if node.id == "abs" else f"{node.id}(stepwise, rests)"
            raise self._fault(node, f"{node.id} has no brackets", f"Write for example {example}.")
        if node.id not in FEATURES:
            raise self._fault(
                node, f"there is no feature called “{node.id}”", near(node.id, FEATURES)
            )
        self.names.add(node.id)
        return False

    def _arithmetic(self, node: ast.BinOp, depth: int) -> bool:
        if not isinstance(node.op, _ARITHMETIC):
            raise self._fault(
                node, f"“{self._text(node)}” is not offered here", "Only + - * and / compute."
            )
        return self._numbers([node.left, node.right], depth)

    def _comparison(self, node: ast.Compare, depth: int) -> bool:
        if not all(isinstance(sign, _COMPARISONS) for sign in node.ops):
            raise self._fault(node, "this comparison is not offered", "Write > >= < <= == or !=.")
        self._numbers([node.left, *node.comparators], depth)
        return True

    def _call(self, node: ast.Call, depth: int) -> bool:
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        if name not in FUNCTIONS or node.keywords:
            raise self._fault(
                node, f"“{self._text(node)}” is not offered here", "Only min, max and abs compute."
            )
        if (len(node.args) != 1) if name == "abs" else (len(node.args) < 2):  # noqa: PLR2004 - two
            wanted = "one number" if name == "abs" else "two numbers or more"
            raise self._fault(node, f"{name} needs {wanted}", f"Write {name}(…) with {wanted}.")
        return self._numbers(node.args, depth)

    def _numbers(self, nodes: list[ast.expr], depth: int) -> bool:
        for node in nodes:
            if self.check(node, depth + 1):
                raise self._fault(
                    node,
                    f"“{self._text(node)}” is true or false, and a number is needed",
                    "Join comparisons by and, or and not only.",
                )
        return False

    def _joined(self, values: list[ast.expr], depth: int) -> bool:
        for value in values:
            if not self.check(value, depth + 1):
                raise self._fault(
                    value,
                    f"“{self._text(value)}” is a number; and, or and not join comparisons",
                    f"Say how much of it is wished: {self._text(value)} >= 0.5.",
                )
        return True

    def _text(self, node: ast.expr) -> str:
        return self.source.of_node(node)[:40]

    def _fault(self, node: ast.expr, what: str, remedy: str) -> ExpressionError:
        return ExpressionError.at(self.source.column(node), f"{what}.", remedy=remedy)
