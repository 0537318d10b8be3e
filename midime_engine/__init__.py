"""MidiMe: personalise a MusicVAE to one song in a second.

The engine knows nothing of Streamlit. TensorFlow and Keras load on first use of a model, so
importing this package is cheap. Keras takes its backend from ``KERAS_BACKEND``; unless the caller
has chosen one, TensorFlow is meant.
"""

from __future__ import annotations

import os

__version__ = "0.1.0"

os.environ.setdefault("KERAS_BACKEND", "tensorflow")
# TensorFlow prints a page of C++ notices to the terminal; warnings and errors are kept.
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
