"""Embedded models of their true sizes, for a checkout in which some have not been trained yet.

Run as a program it starts the app with them: ``python -m tests.support.untrained FOLDER`` and
options of ``streamlit run``.
"""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path
from typing import Final

import numpy as np

__all__ = ["EMBEDDED", "complete_weights"]

EMBEDDED: Final = ("mel_2bar", "mel_16bar", "trio_4bar", "drums_2bar")


def complete_weights(folder: Path) -> Path:
    """Fill ``folder`` with the embedded models, those that are missing with random weights."""
    from midime_engine.musicvae import cards

    for name in EMBEDDED:
        committed = cards.WEIGHTS / f"{name}.safetensors"
        if committed.exists():
            for suffix in (".safetensors", ".json"):
                shutil.copy(committed.with_suffix(suffix), folder)
        else:
            _write_untrained(folder, name)
    return folder


def _write_untrained(folder: Path, name: str) -> None:
    from midime_engine.musicvae.checkpoint import write_checkpoint
    from midime_engine.musicvae.config import get_config
    from midime_engine.musicvae.network import expected_shapes
    from tests.support.studio import a_validation

    config = get_config(name)
    rng = np.random.default_rng(0)
    # Large enough that different points sound different, small enough that nothing saturates.
    arrays = {
        variable: rng.standard_normal(shape, np.float32) * 3 / np.sqrt(shape[0])
        for variable, shape in expected_shapes(config).items()
    }
    write_checkpoint(folder / f"{name}.safetensors", config, arrays, dtype="float16")
    card = {
        "name": name,
        "summary": "untrained",
        "parts": config.parts,
        "n_steps": config.n_steps,
        "n_bars": config.n_bars,
        "z_size": config.z_size,
        "n_parameters": sum(array.size for array in arrays.values()),
        # As if it were good: a model that is not is never preselected.
        "validation": a_validation(config.parts, 1.0),
    }
    (folder / f"{name}.json").write_text(json.dumps(card), encoding="utf-8")


if __name__ == "__main__":
    from streamlit.web import cli

    from midime_engine.musicvae import cards

    cards.WEIGHTS = Path(sys.argv[1])  # type: ignore[misc]
    sys.argv = ["streamlit", "run", "streamlit_app.py", *sys.argv[2:]]
    sys.exit(cli.main())
