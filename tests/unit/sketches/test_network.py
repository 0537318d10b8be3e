"""Networks read drawings and not their padding."""

from __future__ import annotations

import keras
import numpy as np
import pytest

from midime_engine.errors import CheckpointMismatchError
from midime_engine.sketches.network import Network, expected_shapes, network_of
from midime_engine.sketches.strokes import END, UP, rows_from_drawings


@pytest.fixture(scope="module")
def network(tiny, tiny_arrays) -> Network:
    """The small one."""
    return network_of(tiny, tiny_arrays)


def test_shapes_are_known_without_a_network(tiny, tiny_arrays) -> None:
    """And are those of the weights."""
    assert expected_shapes(tiny) == {name: array.shape for name, array in tiny_arrays.items()}


def test_ended_rows_change_nothing(network, tiny, few) -> None:
    """A drawing has one posterior, however much room is left after it."""
    short = [drawing for drawing in few if drawing.n_points <= tiny.n_points - 2]
    rows = rows_from_drawings(short, steps=tiny.n_steps, scale=tiny.scale)
    longer = rows_from_drawings(short, steps=tiny.n_steps + 9, scale=tiny.scale)
    for here, there in zip(network.encoder(rows), network.encoder(longer), strict=True):
        assert np.allclose(here, there, atol=1e-5)
    # Nor does what an ended row says besides.
    rows[:, -1, :2] = 7.0
    assert np.allclose(network.encoder(rows)[0], network.encoder(longer)[0], atol=1e-5)


def test_every_row_and_its_order_is_read(network, tiny, few) -> None:
    """A moved point or an exchanged stroke gives another posterior."""
    rows = rows_from_drawings(few[:1], steps=tiny.n_steps, scale=tiny.scale)
    mu = np.asarray(network.encoder(rows)[0])
    for at in range(few[0].n_points):
        changed = rows.copy()
        changed[0, at, 0] += 0.5
        assert not np.allclose(np.asarray(network.encoder(changed)[0]), mu, atol=1e-6)
    assert float(np.min(network.encoder(rows)[1])) > 0.0


def test_generated_rows_are_what_the_densities_say(network, tiny) -> None:
    """Written without noise, each row is the likeliest given those before it."""
    z = np.random.default_rng(0).standard_normal((3, tiny.z_size), np.float32)
    noise = [np.zeros((tiny.n_steps, 3, k), np.float32) for k in (tiny.n_mixtures, 2, 3)]
    rows = np.asarray(network.decoder.generate(z, *noise))
    forced = np.asarray(network.decoder.forced(z, rows))
    m = tiny.n_mixtures
    best = forced[:, :, :m].argmax(axis=2)[:, :, None]
    for axis in (0, 1):
        means = forced[:, :, (1 + axis) * m : (2 + axis) * m]
        wanted = np.take_along_axis(means, best, axis=2)[:, :, 0]
        assert np.allclose(rows[:, :, axis], wanted, atol=1e-4)
    assert (rows[:, :, UP - 1 :].argmax(axis=2) == forced[:, :, -3:].argmax(axis=2)).all()


def test_hidden_rows_are_not_read(network, tiny, few) -> None:
    """What follows a hidden row does not depend on what it was."""
    rows = rows_from_drawings(few[:1], steps=tiny.n_steps, scale=tiny.scale)
    z = np.zeros((1, tiny.z_size), np.float32)
    keep = np.ones(rows.shape[:2], np.float32)
    keep[0, 2] = 0.0
    other = rows.copy()
    other[0, 2, UP - 1 :] = [0.0, 1.0, 0.0]
    other[0, 2, UP - 1 : END] = other[0, 2, UP - 1 : END][::-1]
    forced = [np.asarray(network.decoder.forced(z, r, keep)) for r in (rows, other)]
    assert np.allclose(*forced)


@pytest.mark.parametrize("damage", ["missing", "shape", "finite"])
def test_weights_that_do_not_fit_are_refused(tiny, tiny_arrays, damage) -> None:
    """Missing, of another shape, or no numbers."""
    arrays = dict(tiny_arrays)
    name = next(iter(arrays))
    match damage:
        case "missing":
            del arrays[name]
        case "shape":
            arrays[name] = arrays[name][:-1]
        case _:
            arrays[name] = np.full_like(arrays[name], np.nan)
    with pytest.raises(CheckpointMismatchError):
        network_of(tiny, arrays)


def test_products_of_sixteen_bits_are_for_training_only(tiny, few) -> None:
    """They give nearly the same."""
    keras.utils.set_random_seed(0)
    rows = rows_from_drawings(few, steps=tiny.n_steps, scale=tiny.scale)
    full, half = Network(tiny), Network(tiny, "bfloat16")
    for name, variable in half.named_variables().items():
        variable.assign(full.named_variables()[name])
    assert np.allclose(full.encoder(rows)[0], half.encoder(rows)[0], atol=0.01)
