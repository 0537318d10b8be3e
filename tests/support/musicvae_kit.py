"""Finds the MusicVAE checkpoints that come with expected outputs.

Two kits of one layout: ours, committed under ``tests/data/musicvae``, and the reference kit beside
the checkout, which holds what Magenta's own programs computed. A model's folder has
``expected.npz``, ``expected.json`` and the weights in one container or several.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

__all__ = ["OURS", "REFERENCE", "KitModel", "kit_models"]

ROOT = Path(__file__).resolve().parents[2]
OURS = ROOT / "tests" / "data" / "musicvae"
REFERENCE = ROOT.parent / "shared" / "conformance"


@dataclass(frozen=True)
class KitModel:
    """One set of weights in one container, and where its expected outputs are."""

    path: Path
    """What ``musicvae.load`` is given."""

    folder: Path

    @cached_property
    def expected(self) -> dict[str, Any]:
        """Arrays by the names that the kit's README explains."""
        with np.load(self.folder / "expected.npz", allow_pickle=False) as stored:
            return dict(stored)

    @cached_property
    def facts(self) -> dict[str, Any]:
        """Sizes, lengths and the like."""
        facts: dict[str, Any] = json.loads((self.folder / "expected.json").read_text("utf-8"))
        return facts

    def __str__(self) -> str:
        """Name in the test's id: kit, folder and container."""
        kit = "reference" if self.folder.is_relative_to(REFERENCE) else "ours"
        return f"{kit}-{self.folder.name}-{_container(self.path)}"


def _container(path: Path) -> str:
    if path.is_dir():
        return "js"
    return path.suffix[1:] if path.suffix in {".tar", ".safetensors"} else "prefix"


def kit_models(kit: Path) -> list[KitModel]:
    """Every model of ``kit`` once per container; none when the kit is not there."""
    models = []
    for expected in sorted(kit.rglob("expected.npz")):
        folder = expected.parent
        paths = sorted([*folder.glob("*.tar"), *folder.glob("*.safetensors")])
        paths += [index.with_suffix("") for index in sorted(folder.glob("*.index"))]
        if (folder / "weights_manifest.json").is_file():
            paths.append(folder)
        models += [KitModel(path, folder) for path in paths]
    return models
