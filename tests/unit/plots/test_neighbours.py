"""A figure never meets half a module that another thread is importing."""

from __future__ import annotations

import subprocess
import sys

_SCRIPT = """
import sys, threading, time

class Slow:
    '''The import of pandas takes a while in its middle, as on a busy machine.'''
    def find_spec(self, name, path=None, target=None):
        if name == "pandas.core.api" and threading.current_thread().name == "warm-up":
            started.set()
            time.sleep(0.5)

started = threading.Event()
sys.meta_path.insert(0, Slow())

def draw():
    from midime_engine.plots import theme
    import plotly.graph_objects as go
    go.Figure(go.Bar(x=[1.0], y=[1.0], customdata=[("C4", 1)]))

warm_up = threading.Thread(target=lambda: __import__("pandas"), name="warm-up")
warm_up.start()
started.wait(60)
draw()
print(hasattr(sys.modules["pandas"], "Series"))
"""


def test_a_figure_waits_for_whoever_is_importing_pandas() -> None:
    """The first visitors of a server come while TensorFlow is being loaded."""
    done = subprocess.run(
        [sys.executable, "-c", _SCRIPT], capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "True"
