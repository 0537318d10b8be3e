from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from importlib.util import find_spec
from typing import TYPE_CHECKING

import numpy as np
import pytest

from midime_engine.musicvae import get_config
from midime_engine.pretraining.loops import BatchLoop, make_loop, share_devices
from midime_engine.pretraining.training import new_model
from tests.support.pretraining import RUN, arpeggios

if TYPE_CHECKING:
    from midime_engine.pretraining.objective import PretrainingModel

# Trains a toy for as many steps as asked, on JAX, and prints the mean losses of the last call and
# what a second run gave that was interrupted in the middle.
ON_JAX = """
import sys
sys.modules["tensorflow"] = None  # As where there is none: Keras imports it whenever it can.
import jax, numpy as np
from dataclasses import replace
from midime_engine.musicvae import get_config
from midime_engine.pretraining import loops
from midime_engine.pretraining.training import new_model
from tests.support.pretraining import RUN, arpeggios
config = replace(RUN, steps_per_call=20)
devices = loops.share_devices()
if sys.argv[1] == "streamed":
    loops.MAX_RESIDENT_BYTES = 0
model = new_model(get_config("testing"), config)
loop = loops.make_loop(model, arpeggios().train, config)
assert isinstance(loop, loops.DeviceLoop) and (loop.windows is None) is (sys.argv[1] == "streamed")
model.optimizer.learning_rate = 0.02
for first in (0, 20, 40):
    means = loop.run(first, 0.2)
assert sys.modules["tensorflow"] is None and "note_seq" not in sys.modules
print(devices, *means[-1])
"""


@pytest.fixture
def model() -> PretrainingModel:
    """A toy network with its optimiser, the same at every start."""
    return new_model(get_config("testing"), RUN)


def test_a_loop_learns(model) -> None:
    """Reconstruction falls within fifty steps, and there is one row of means per step."""
    loop = make_loop(model, arpeggios().train, replace(RUN, steps_per_call=25))
    model.optimizer.learning_rate = 0.02
    first, second = loop.run(0, 0.2), loop.run(25, 0.2)
    assert first.shape == (25, 2)
    assert second[-1, 0] < 0.5 * first[0, 0]


def test_calls_can_be_cut_anywhere(model) -> None:
    """Twice two steps are four steps, so that a resumed run may look at the clock when it likes."""
    whole = BatchLoop(model, arpeggios().train, replace(RUN, steps_per_call=4)).run(0, 0.5)
    again = new_model(get_config("testing"), RUN)
    halves = BatchLoop(again, arpeggios().train, replace(RUN, steps_per_call=2))
    np.testing.assert_array_equal(whole, np.concatenate([halves.run(0, 0.5), halves.run(2, 0.5)]))


def test_one_device_has_nobody_to_share_with() -> None:
    """TensorFlow trains on one; only JAX divides a batch."""
    assert share_devices() == 1


def on_jax(how: str, devices: int) -> list[float]:
    """Number of devices, reconstruction and KL after sixty steps."""
    if find_spec("jax") is None:
        pytest.skip("NOT CHECKED on JAX: it is not installed")
    flags = f"--xla_force_host_platform_device_count={devices}"
    environment = {**os.environ, "KERAS_BACKEND": "jax", "XLA_FLAGS": flags}
    done = subprocess.run(
        [sys.executable, "-c", ON_JAX, how],
        capture_output=True,
        check=False,  # its complaint is more telling than its exit code
        text=True,
        env=environment,
    )
    assert done.returncode == 0, done.stderr
    return [float(number) for number in done.stdout.split()]


def test_jax_runs_many_steps_in_one_call() -> None:
    """With all windows on the device, and without TensorFlow."""
    devices, reconstruction, _ = on_jax("resident", 1)
    assert devices == 1
    assert reconstruction < 60.0  # it starts at 142


def test_windows_too_large_for_a_device_are_sent_as_they_are_read() -> None:
    """The numbers are those of windows that lie there."""
    assert on_jax("streamed", 1) == pytest.approx(on_jax("resident", 1), rel=1e-3)


def test_several_devices_share_each_batch() -> None:
    """Four devices with a quarter of the rows each learn what one learns."""
    shared, alone = on_jax("resident", 4), on_jax("resident", 1)
    assert shared[0] == 4
    assert shared[1:] == pytest.approx(alone[1:], rel=0.02)
