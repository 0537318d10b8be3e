"""What may know what, checked on the code itself and on a fresh interpreter."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
HEAVY = {"tensorflow", "keras", "jax", "torch"}

# The network packages are the ones that may be heavy; everything else must be light.
NETWORKS = tuple(
    f"midime_engine.{name}"
    for name in (
        "constraints",
        "learning",
        "midime",
        "musicvae",
        "pretraining",
        "sketches",
        "translation",
    )
)


def _modules(folder: str) -> list[str]:
    paths = sorted((ROOT / folder).rglob("*.py"))
    names = [".".join(path.relative_to(ROOT).with_suffix("").parts) for path in paths]
    return [name.removesuffix(".__init__") for name in names if not name.endswith("__main__")]


LIGHT = [
    name
    for name in _modules("midime_engine") + _modules("midime_ui")
    if not name.startswith(NETWORKS)
]


def _loaded_by(statements: str) -> set[str]:
    probe = f"{statements}\nimport sys\nprint(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", probe],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return set(done.stdout.split())


def test_every_contract_of_the_layers_holds() -> None:
    """What pyproject.toml says about imports is true, and nothing stands outside it."""
    program = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(
        [program, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 broken" in done.stdout


def test_importing_everything_outside_the_networks_loads_no_backend() -> None:
    """The first page, the help of the command line and a plot do not pay for TensorFlow."""
    loaded = _loaded_by("\n".join(f"import {name}" for name in LIGHT))
    assert not loaded & HEAVY


def test_importing_everything_outside_the_networks_leaves_note_seq_alone() -> None:
    """note-seq takes seconds to import, so it waits until there is a song."""
    assert "note_seq" not in _loaded_by("\n".join(f"import {name}" for name in LIGHT))


@pytest.mark.parametrize("page", sorted(path.name for path in (ROOT / "pages").glob("*.py")))
def test_the_imports_of_a_page_load_no_backend(page: str) -> None:
    """Opening a page is cheap: the names at its top bring in no network."""
    imports = (
        "import ast, pathlib\n"
        f"tree = ast.parse(pathlib.Path('pages/{page}').read_text(encoding='utf-8'))\n"
        "kinds = (ast.Import, ast.ImportFrom)\n"
        "tree.body = [node for node in tree.body if isinstance(node, kinds)]\n"
        "exec(compile(tree, 'page', 'exec'))"
    )
    assert not _loaded_by(imports) & HEAVY


def test_the_engine_package_itself_is_nearly_free() -> None:
    """Whoever imports the engine for its version pays for nothing else."""
    loaded = _loaded_by("import midime_engine")
    assert not loaded & (HEAVY | {"numpy", "streamlit", "plotly"})


def test_the_backend_is_tensorflow_unless_the_caller_has_chosen() -> None:
    """A researcher who has set KERAS_BACKEND keeps it."""
    probe = "import os; os.environ.{}; import midime_engine; print(os.environ['KERAS_BACKEND'])"
    answers = []
    for prepare in ("pop('KERAS_BACKEND', None)", "update(KERAS_BACKEND='jax')"):
        done = subprocess.run(
            [sys.executable, "-c", probe.format(prepare)],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
        )
        answers.append(done.stdout.strip())
    assert answers == ["tensorflow", "jax"]
