"""The machine that a run is on, in words for its log and card."""

from __future__ import annotations

import os

import keras

from midime_engine.musicvae.serving import device_name

__all__ = ["machine"]


def machine() -> dict[str, str]:
    """``backend`` and ``device``: of a GPU its name, of a CPU how many cores this process may use.

    >>> sorted(machine())
    ['backend', 'device']
    """
    device = device_name()
    if device == "CPU":
        # A container may own fewer cores than the machine has.
        shared = getattr(os, "sched_getaffinity", None)
        cores = len(shared(0)) if shared else os.cpu_count() or 1
        device = f"CPU, {cores} cores"
    return {"backend": keras.backend.backend(), "device": device}
