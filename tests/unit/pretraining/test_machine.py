"""What a card says of the hardware."""

from __future__ import annotations

from midime_engine.pretraining import machine as module
from midime_engine.pretraining.machine import machine


def test_a_gpu_has_a_name(monkeypatch) -> None:
    """As the driver calls it."""
    monkeypatch.setattr(module, "device_name", lambda: "NVIDIA H200")
    assert machine()["device"] == "NVIDIA H200"


def test_of_a_cpu_the_cores_are_counted() -> None:
    """Those that this process may use, on the backend that Keras runs on."""
    found = machine()
    assert found["backend"] in {"tensorflow", "jax", "torch"}
    assert found["device"].startswith("CPU, ")
    assert int(found["device"].split()[1]) >= 1
