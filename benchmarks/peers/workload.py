"""The music and the vectors that all programs are given, from one seed."""

from __future__ import annotations

import numpy as np

__all__ = ["TEMPERATURE", "workload"]

TEMPERATURE = 0.5
"""What Magenta's demos sample with."""

_N_STEPS = 32
_Z_SIZE = 256
_FIRST_ONSET = 2  # Token of pitch 21; 1 is a note off, 0 holds.
_LOWEST, _HIGHEST = 60 - 21, 83 - 21
_REST_SHARE = 0.15
_SPREAD = 0.44  # Standard deviation of the mu of real chunks.


def workload(seed: int, *, n: int, n_chunks: int) -> dict[str, object]:
    """``n`` melodies ``tokens`` and latent vectors ``z``, and ``n_chunks`` vectors of a song.

    Melodies have pitches from C4 to B5, notes of one to four steps and 15 % rests.
    """
    rng = np.random.default_rng(seed)
    tokens = np.zeros((n, _N_STEPS), np.int32)
    for row in tokens:
        at = 0
        while at < _N_STEPS:
            rest = rng.random() < _REST_SHARE
            row[at] = 1 if rest else _FIRST_ONSET + rng.integers(_LOWEST, _HIGHEST, endpoint=True)
            at += rng.integers(1, 4, endpoint=True)
    z = rng.standard_normal((n, _Z_SIZE), np.float32)
    songs = np.float32(_SPREAD) * rng.standard_normal((n_chunks, _Z_SIZE), np.float32)
    return {
        "tokens": tokens.tolist(),
        "z": z.tolist(),
        "songs": songs.tolist(),
        "temperature": TEMPERATURE,
    }
