"""``__all__`` is the list of what a module offers: sorted, complete and true."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MODULES = [
    path.relative_to(ROOT)
    for package in ("midime_engine", "midime_ui")
    for path in sorted((ROOT / package).rglob("*.py"))
]


def _body(path: Path) -> list[ast.stmt]:
    """Top-level statements, those behind ``if TYPE_CHECKING`` included."""
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    inner = [
        child
        for node in tree.body
        if isinstance(node, ast.If)
        for child in [*node.body, *node.orelse]
    ]
    return tree.body + inner


def _declared(path: Path) -> list[str] | None:
    for node in _body(path):
        if isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            if any(isinstance(t, ast.Name) and t.id == "__all__" for t in targets):
                assert node.value is not None
                return list(ast.literal_eval(node.value))
    return None


def _defined(path: Path) -> set[str]:
    """Functions and classes that the module makes itself."""
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    return {node.name for node in _body(path) if isinstance(node, kinds)}


def _bound(path: Path) -> set[str]:
    """Every name that the module binds, imports included."""
    names = _defined(path)
    for node in _body(path):
        if isinstance(node, ast.Import | ast.ImportFrom):
            names |= {(alias.asname or alias.name).split(".")[0] for alias in node.names}
        elif isinstance(node, ast.Assign):
            names |= {target.id for target in node.targets if isinstance(target, ast.Name)}
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            names.add(node.target.id)
    return names


DECLARING = [path for path in MODULES if _declared(path) is not None]


def _is_code(path: Path) -> bool:
    return bool([name for name in _defined(path) if not name.startswith("_")])


@pytest.mark.parametrize("path", [path for path in MODULES if _is_code(path)], ids=str)
def test_a_module_with_public_names_declares_them(path: Path) -> None:
    """What is public is said, not guessed."""
    assert _declared(path) is not None


@pytest.mark.parametrize("path", DECLARING, ids=str)
def test_the_declared_names_are_complete_and_true(path: Path) -> None:
    """Nothing public is missing from ``__all__``, and nothing in it does not exist."""
    declared = _declared(path)
    assert declared is not None
    assert len(declared) == len(set(declared))
    public = {name for name in _defined(path) if not name.startswith("_")}
    assert public - set(declared) == set()
    lazy = "__getattr__" in _defined(path)
    assert lazy or set(declared) - _bound(path) == set()


@pytest.mark.parametrize("path", DECLARING, ids=str)
def test_the_declared_names_are_sorted(path: Path) -> None:
    """Constants, then classes, then functions, each in alphabetical order."""
    declared = _declared(path)
    assert declared is not None

    def kind(name: str) -> int:
        return 0 if name.isupper() else 1 if name[0].isupper() else 2

    assert declared == sorted(declared, key=lambda name: (kind(name), name))
