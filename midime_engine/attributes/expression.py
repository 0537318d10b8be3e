"""A rule of one's own: ``density > 0.4 and largest_leap <= 7``, ``stepwise * 0.7 + rests * 0.3``.

simpleeval walks the text's syntax tree (docs/decisions/0024), of which only numbers, names of
features, ``+ - * /``, comparisons, ``and or not``, ``min max abs`` and brackets are let through;
nothing else is ever evaluated. Everything is computed for all passages at once on arrays of
float64, which neither grow nor loop, so that its time is bounded by the length of the text.

A comparison that holds is worth 1. One that does not is worth less the further it is away, in a
straight line down to 0 at the span of what is compared, so that learning knows the direction.
``and`` is worth as much as the worse side, ``or`` as the better one. Arithmetic without a
comparison is cut to 0..1. Silence is worth 0. What is divided by 0 is 0.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple, cast

import numpy as np
from simpleeval import SimpleEval

from midime_engine.attributes.features import FEATURES
from midime_engine.attributes.lines import sounds
from midime_engine.attributes.rule import Rule, groups_heard
from midime_engine.attributes.syntax import check

if TYPE_CHECKING:
    import numpy.typing as npt

    from midime_engine.attributes.passage import Passages
    from midime_engine.attributes.rule import Hears

    Floats = npt.NDArray[np.float64]
    Bools = npt.NDArray[np.bool_]

__all__ = ["Expression", "compile_expression", "own_rule"]

_NEARLY: Final = 1 - 1e-6
_TOLERANCE: Final = 1e-9


class _Truth(NamedTuple):
    """What a comparison is worth, and what its opposite is."""

    worth: Floats
    opposite: Floats


class _Number(NamedTuple):
    """Numbers of all passages, and how far apart two of their kind can be."""

    value: Floats
    span: float


@dataclass(frozen=True, slots=True)
class Expression:
    """A text that has been checked and can be computed."""

    text: str
    """On one line, without spaces around it."""

    names: tuple[str, ...]
    """The features that it uses, sorted."""

    is_comparison: bool
    """Whether it is true or false; otherwise it is a number."""

    _tree: ast.expr = field(compare=False, repr=False)

    @property
    def hears(self) -> tuple[Hears, ...]:
        """What has to sound for any of its features to mean something."""
        return tuple(dict.fromkeys(h for name in self.names for h in FEATURES[name].hears))

    def rewards(self, passages: Passages) -> Floats:
        """What the passages are worth, ``[n]`` in 0..1; 0 where what it is about is silent."""
        with np.errstate(all="ignore"):
            found = _evaluator(passages, self.names).eval(self.text, previously_parsed=self._tree)
        worth = found.worth if isinstance(found, _Truth) else found.value
        worth = np.clip(np.nan_to_num(worth, nan=0.0), 0.0, 1.0)
        heard = np.ones(len(passages), bool)
        for roles in groups_heard(self.hears, passages.parts):
            heard &= sounds(passages, roles)
        return np.where(heard, worth, 0.0)


def own_rule(text: str) -> Rule:
    """The rule that an expression is; it is kept where the expression is worth 1.

    Raises:
        ExpressionError: If ``text`` has a fault; says where.
    """
    expression = compile_expression(text)
    return Rule(
        expression.text,
        expression.text,
        "A rule of one's own.",
        _OwnMeasure(expression),
        hears=expression.hears,
        origin="expression",
    )


@dataclass(frozen=True, slots=True)
class _OwnMeasure:
    """A class and no function, so that two rules of the same text are equal."""

    expression: Expression

    def __call__(self, passages: Passages, _: object) -> Floats:
        return self.expression.rewards(passages)


@lru_cache(maxsize=256)
def compile_expression(text: str) -> Expression:
    """Check ``text``.

    Raises:
        ExpressionError: If it is too long, no expression, or holds anything that is not offered;
            knows the column.
    """
    checked = check(text)
    return Expression(checked.text, checked.names, checked.is_comparison, checked.tree)


def _evaluator(passages: Passages, names: tuple[str, ...]) -> SimpleEval:
    """An evaluator of exactly what :class:`_Checker` lets through."""
    evaluator = SimpleEval(
        operators={
            ast.Add: lambda a, b: _Number(a.value + b.value, max(a.span, b.span)),
            ast.Sub: lambda a, b: _Number(a.value - b.value, max(a.span, b.span)),
            ast.Mult: _product,
            ast.Div: _quotient,
            ast.USub: lambda a: _Number(-a.value, a.span),
            ast.UAdd: lambda a: a,
            ast.Not: lambda truth: _Truth(truth.opposite, truth.worth),
        },
        functions={
            "abs": lambda a: _Number(np.abs(a.value), a.span),
            "min": lambda *each: _extreme(np.minimum, each),
            "max": lambda *each: _extreme(np.maximum, each),
        },
        names={
            name: _Number(np.asarray(feature.compute(passages), np.float64), feature.span)
            for name, feature in FEATURES.items()
            if name in names
        },
    )
    known = evaluator.nodes

    def constant(node: ast.Constant) -> _Number:
        return _Number(np.full(len(passages), cast("float", node.value), np.float64), 0.0)

    def joined(node: ast.BoolOp) -> _Truth:
        truths = [evaluator.eval("", previously_parsed=value) for value in node.values]
        worths = np.stack([truth.worth for truth in truths])
        opposites = np.stack([truth.opposite for truth in truths])
        if isinstance(node.op, ast.And):
            return _Truth(worths.min(axis=0), opposites.max(axis=0))
        return _Truth(worths.max(axis=0), opposites.min(axis=0))

    def compared(node: ast.Compare) -> _Truth:
        numbers = [
            evaluator.eval("", previously_parsed=value) for value in (node.left, *node.comparators)
        ]
        truths = [
            _compare(sign, left, right)
            for sign, (left, right) in zip(node.ops, pairwise(numbers), strict=True)
        ]
        return _Truth(
            np.stack([truth.worth for truth in truths]).min(axis=0),
            np.stack([truth.opposite for truth in truths]).max(axis=0),
        )

    evaluator.nodes = {
        ast.Constant: constant,
        ast.BoolOp: joined,
        ast.Compare: compared,
        **{kind: known[kind] for kind in (ast.Name, ast.BinOp, ast.UnaryOp, ast.Call)},
    }
    return evaluator


def _compare(sign: ast.cmpop, left: _Number, right: _Number) -> _Truth:
    """Both worths of a comparison; ``above`` is how far left is above right."""
    above = left.value - right.value
    span = max(left.span, right.span)
    match sign:
        case ast.Gt():
            return _graded(above > _TOLERANCE, above, span)
        case ast.GtE():
            return _graded(above >= -_TOLERANCE, above, span)
        case ast.Lt():
            return _graded(above < -_TOLERANCE, -above, span)
        case ast.LtE():
            return _graded(above <= _TOLERANCE, -above, span)
        case ast.Eq():
            return _graded(np.abs(above) <= _TOLERANCE, -np.abs(above), span)
        case _:
            return _graded(np.abs(above) > _TOLERANCE, np.abs(above), span)


def _graded(holds: Bools, margin: Floats, span: float) -> _Truth:
    """``margin`` is how far it is from the border, positive where it holds."""
    slope = margin / span if span > 0 else np.where(holds, np.inf, -np.inf)
    return _Truth(
        np.where(holds, 1.0, np.clip(1 + slope, 0.0, _NEARLY)),
        np.where(holds, np.clip(1 - slope, 0.0, _NEARLY), 1.0),
    )


def _product(a: _Number, b: _Number) -> _Number:
    """A number stretches the span of what it multiplies."""
    return _Number(a.value * b.value, _size(a) * _size(b) if a.span or b.span else 0.0)


def _quotient(a: _Number, b: _Number) -> _Number:
    value = np.divide(a.value, b.value, out=np.zeros_like(a.value), where=b.value != 0)
    size = _size(b)
    return _Number(value, a.span / size if not b.span and size > 0 else max(a.span, 1.0))


def _size(number: _Number) -> float:
    return number.span or float(np.abs(number.value).max(initial=0.0))


def _extreme(which: np.ufunc, numbers: tuple[_Number, ...]) -> _Number:
    values = np.stack([number.value for number in numbers])
    return _Number(which.reduce(values, axis=0), max(number.span for number in numbers))
