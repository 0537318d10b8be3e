"""Keep Keras as it is between two runs of a page.

After every run of every page Streamlit calls ``keras.backend.clear_session()``
(``streamlit/runtime/scriptrunner/script_runner.py``), a habit from the days when each script
built its own model. It replaces Keras' global state under the hands of whatever thread is just
tracing a function (its gradients are then None, or it goes on for a minute), empties TensorFlow's
kernel cache and forces a full garbage collection. Here models are shared, live as long as the
process and are called by other threads, so nothing may be cleared.
"""

from __future__ import annotations

from streamlit.runtime.scriptrunner import script_runner

__all__ = ["keep"]


def keep() -> None:
    """Let Streamlit clear nothing after a run; to be called before Keras is loaded."""
    script_runner._clean_problem_modules = _nothing  # noqa: SLF001 - there is no option for it


def _nothing() -> None:
    """In place of clearing: there is no session of Keras to clear, and no pyplot."""
