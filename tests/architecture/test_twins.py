"""Every module has its test file, every public name its sentence."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("midime_engine", "midime_ui")

# Modules and folders without test files of their own, each with the reason.
NO_TWIN = {
    "midime_engine/learning/compiled.py": "the update is judged whole, in midime/test_training.py",
    "midime_engine/translation/objective.py": "judged whole, in translation/test_training.py",
    "midime_engine/translation/step.py": "judged whole, in translation/test_training.py",
    "midime_engine/midime/step.py": "the compiled update is judged whole, in test_training.py",
}


def _modules() -> list[Path]:
    paths = [path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]
    return [path.relative_to(ROOT) for path in paths]


MODULES = _modules()


def _defines_something(path: Path) -> bool:
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    return any(isinstance(node, kinds) for node in tree.body)


def _twin(path: Path) -> Path:
    package, *folders = path.parent.parts
    above = [] if package == "midime_engine" else [package]
    name = path.parent.name if path.stem == "__init__" else path.stem.strip("_")
    return Path("tests", "unit", *above, *folders, f"test_{name}.py")


def test_there_are_modules_to_look_at() -> None:
    """The checks below are about something."""
    assert len(MODULES) > 20


def _is_excused(path: Path) -> bool:
    return any(path.is_relative_to(name) for name in NO_TWIN)


@pytest.mark.parametrize(
    "path", [p for p in MODULES if _defines_something(p) and not _is_excused(p)], ids=str
)
def test_a_module_that_defines_something_has_a_twin(path: Path) -> None:
    """``midime_engine/latent/latents.py`` is tested in ``tests/unit/latent/test_latents.py``."""
    assert (ROOT / _twin(path)).is_file(), f"{path} has no {_twin(path)}"


@pytest.mark.parametrize("name", NO_TWIN)
def test_every_exception_to_the_rule_is_still_needed(name: str) -> None:
    """What is excused exists, and has no twin after all."""
    assert (ROOT / name).exists()
    assert not (ROOT / _twin(Path(name))).exists()


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_every_public_name_is_documented(path: Path) -> None:
    """Modules, classes, functions and public methods say what they are."""
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    assert ast.get_docstring(tree), f"{path} says nothing about itself"
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    named = [node for node in tree.body if isinstance(node, kinds)]
    named += [
        member
        for node in named
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
        for member in node.body
        if isinstance(member, kinds)
    ]
    silent = [
        node.name for node in named if not node.name.startswith("_") and not ast.get_docstring(node)
    ]
    assert silent == []
