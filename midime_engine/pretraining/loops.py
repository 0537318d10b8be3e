"""Running optimisation steps: one call per step on any backend, or many steps in one call on JAX.

On a GPU a step of a few milliseconds must not wait for Python. With JAX all windows lie on the
device, the steps of a call are one compiled loop, and only the numbers of the rows to read travel.
Several devices share each batch (data parallel): weights and windows are copied to all of them,
rows of the batch are divided.

Either loop draws the same rows in the same order; transpositions, dropout and noise come from the
backend's own generator, seeded by the step, so a run is resumed on the backend that began it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

import keras
import numpy as np
from keras import ops

from midime_engine.converters.classes import FIRST_ONSET, N_MELODY_CLASSES
from midime_engine.pretraining.batches import batch_at, rows_at
from midime_engine.pretraining.config import STEPS_ON_ACCELERATOR

if TYPE_CHECKING:
    from midime_engine.musicvae.config import MusicVAEConfig
    from midime_engine.pretraining.config import PretrainingConfig
    from midime_engine.pretraining.objective import PretrainingModel
    from midime_engine.protocols import FloatArray, IntArray

Tensor = Any

__all__ = ["MAX_RESIDENT_BYTES", "BatchLoop", "DeviceLoop", "Loop", "make_loop", "share_devices"]

MAX_RESIDENT_BYTES = 8 << 30
"""Windows larger than this stay where they are and send the rows of each call: a card of 24 GB must
have room for the activations of thousands of sequences."""


class Loop(Protocol):
    """A way to run steps."""

    steps_per_call: int

    def run(self, first_step: int, input_dropout: float) -> FloatArray:
        """Run the steps of one call: reconstruction and KL of each, ``[steps_per_call, 2]``."""
        ...


def share_devices() -> int:
    """Divide batches among all accelerators of this machine; returns how many there are.

    Must be called before the model is built, so that its weights are copied to all of them.
    """
    if keras.backend.backend() != "jax":
        return 1
    import jax

    n: int = jax.local_device_count()
    if n > 1:
        keras.distribution.set_distribution(keras.distribution.DataParallel())
    return n


def make_loop(model: PretrainingModel, windows: IntArray, config: PretrainingConfig) -> Loop:
    """The fastest loop that the backend has."""
    if keras.backend.backend() == "jax":
        return DeviceLoop(model, windows, config)
    return BatchLoop(model, windows, config)


class BatchLoop:
    """One ``train_on_batch`` of Keras per step."""

    def __init__(
        self, model: PretrainingModel, windows: IntArray, config: PretrainingConfig
    ) -> None:
        """``windows`` is ``[n, steps, parts]``; only the rows of a batch are read from it."""
        self.model, self.windows, self.config = model, windows, config
        self.steps_per_call = max(1, config.steps_per_call)

    def run(self, first_step: int, input_dropout: float) -> FloatArray:
        """Run the steps of one call: reconstruction and KL of each, ``[steps_per_call, 2]``."""
        architecture = self.model.network.config
        means = []
        for step in range(first_step, first_step + self.steps_per_call):
            batch = batch_at(
                self.windows,
                step,
                self.config,
                parts=architecture.parts,
                z_size=architecture.z_size,
                input_dropout=input_dropout,
            )
            logs = self.model.train_on_batch(tuple(batch), return_dict=True)
            self.model.reset_metrics()
            means.append((float(logs["reconstruction"]), float(logs["kl"])))
        return np.array(means, np.float32)


class DeviceLoop:
    """Many steps in one compiled call on JAX, with all windows on the device."""

    def __init__(
        self, model: PretrainingModel, windows: IntArray, config: PretrainingConfig
    ) -> None:
        """Move ``windows`` ``[n, steps, parts]`` to the device and compile on the first call."""
        import jax

        self.model, self.config, self.n_windows = model, config, len(windows)
        on_cpu = jax.default_backend() == "cpu"
        self.steps_per_call = config.steps_per_call or (1 if on_cpu else STEPS_ON_ACCELERATOR)
        self.host_windows = windows
        bytes_needed = windows.size * np.dtype(np.int16).itemsize
        self.windows = (
            _copied_to_all(np.asarray(windows, np.int16))
            if bytes_needed <= MAX_RESIDENT_BYTES
            else None
        )
        self.key = jax.random.key(config.seed)
        self.call = jax.jit(self._call, donate_argnums=(0, 1))

    def run(self, first_step: int, input_dropout: float) -> FloatArray:
        """Run the steps of one call: reconstruction and KL of each, ``[steps_per_call, 2]``."""
        model, optimizer = self.model, self.model.optimizer
        steps = np.arange(first_step, first_step + self.steps_per_call, dtype=np.int32)
        rows = np.stack([rows_at(int(step), self.n_windows, self.config) for step in steps])
        trained, state, means = self.call(
            [variable.value for variable in model.network.trainable_variables],
            [variable.value for variable in optimizer.variables],
            model.beta.value,
            self.windows,
            rows if self.windows is not None else self.host_windows[rows].astype(np.int16),
            steps,
            np.float32(input_dropout),
        )
        for variable, value in zip(model.network.trainable_variables, trained, strict=True):
            variable.assign(value)
        for variable, value in zip(optimizer.variables, state, strict=True):
            variable.assign(value)
        return np.asarray(means, np.float32)

    def _call(  # noqa: PLR0917 - what jax.jit is given, two of them to be overwritten
        self,
        trainable: list[Tensor],
        state: list[Tensor],
        beta: Tensor,
        windows: Tensor | None,
        rows: Tensor,
        steps: Tensor,
        input_dropout: Tensor,
    ) -> tuple[list[Tensor], list[Tensor], Tensor]:
        import jax

        network, config = self.model.network, self.config

        def loss(trainable: list[Tensor], tokens: Tensor, keep: Tensor, noise: Tensor) -> Any:
            mapping = list(zip(network.trainable_variables, trainable, strict=True))
            with keras.StatelessScope(state_mapping=mapping):
                y_pred = self.model.call((tokens, keep, noise))
                total, r, kl = self.model.terms(tokens, y_pred, beta)
            return total, (r, kl)

        def step(carry: Any, x: Any) -> Any:
            trainable, state = carry
            rows, number = x  # without windows on the device, the rows are the windows themselves
            keys = jax.random.split(jax.random.fold_in(self.key, number), 3)
            tokens = _divided(ops.cast(rows if windows is None else windows[rows], "int32"))
            tokens = _transposed(tokens, keys[0], config.max_transposition, network.config)
            keep = jax.random.uniform(keys[1], tokens.shape[:2]) >= input_dropout
            noise = jax.random.normal(keys[2], (len(rows), network.config.z_size))
            (_, means), gradients = jax.value_and_grad(loss, has_aux=True)(
                trainable, tokens, ops.cast(keep, "float32"), _divided(noise)
            )
            trainable, state = self.model.optimizer.stateless_apply(state, gradients, trainable)
            return (trainable, state), ops.stack(means)

        (trainable, state), means = jax.lax.scan(step, (trainable, state), (rows, steps))
        return trainable, state, means


def _transposed(tokens: Tensor, key: Tensor, most: int, architecture: MusicVAEConfig) -> Tensor:
    """As :func:`midime_engine.pretraining.batches.transpose_at_random`, on the device."""
    import jax

    pitched = np.array([part != "drums" for part in architecture.parts])
    if not most or not pitched.any():
        return tokens
    onset = (tokens >= FIRST_ONSET) & pitched
    shift = jax.random.randint(key, (len(tokens), 1, 1), -most, most + 1)
    highest = ops.max(ops.where(onset, tokens, FIRST_ONSET), axis=(1, 2), keepdims=True)
    lowest = ops.min(ops.where(onset, tokens, N_MELODY_CLASSES - 1), axis=(1, 2), keepdims=True)
    shift = ops.clip(shift, FIRST_ONSET - lowest, N_MELODY_CLASSES - 1 - highest)
    return ops.where(onset, tokens + shift, tokens)


def _divided(x: Tensor) -> Tensor:
    """``x`` with its first axis divided among the devices, where there are several."""
    import jax

    distribution = keras.distribution.distribution()
    if distribution is None:
        return x
    return jax.lax.with_sharding_constraint(x, _sharding(distribution.batch_dim_name))


def _copied_to_all(x: Any) -> Tensor:
    """``x`` whole on every device."""
    import jax

    return jax.device_put(x, None if keras.distribution.distribution() is None else _sharding())


def _sharding(*axes: str) -> Any:
    """How an array lies on the devices whose axes are divided along ``axes`` of their mesh."""
    import jax

    mesh = keras.distribution.distribution().device_mesh.backend_mesh
    return jax.sharding.NamedSharding(mesh, jax.sharding.PartitionSpec(*axes))
