"""One worker serves everybody: joined where rows are independent, alone where they are not."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from midime_engine.errors import UnknownModelError
from midime_engine.latent.latents import Latents
from midime_ui.serving import ModelServer

PATIENCE = 10.0


class RecordingModel:
    """Doubles what it gets and remembers how it was called."""

    device = "CPU"

    def __init__(self) -> None:
        self.calls: list[tuple[str, int]] = []
        self.threads: set[int] = set()

    def encode_tokens(self, tokens):
        self._note("encode", tokens)
        mu = tokens[:, :2, 0].astype(np.float32)
        return Latents(mu=mu, sigma=np.ones_like(mu))

    def decode_tokens(self, z, *, temperature=None, seed=0):
        self._note("argmax" if temperature is None else f"sample {seed}", z)
        return np.repeat(z[:, :1, None], 4, axis=1).astype(np.int32) + seed

    def _note(self, kind: str, rows) -> None:
        self.calls.append((kind, len(rows)))
        self.threads.add(threading.get_ident())


def rows(value: float, n: int = 1) -> np.ndarray:
    """Vectors that can be told apart by their value."""
    return np.full((n, 2), value, np.float32)


def test_the_model_is_loaded_once_and_called_by_one_thread() -> None:
    """Twelve visitors at once make one load, no race, and everyone gets their own rows."""
    loads: list[RecordingModel] = []

    def load() -> RecordingModel:
        loads.append(RecordingModel())
        return loads[-1]

    server = ModelServer(load)
    with ThreadPoolExecutor(12) as visitors:
        answers = list(visitors.map(lambda i: server.decode_tokens(rows(i, 2)), range(12)))

    assert len(loads) == 1
    assert len(loads[0].threads) == 1
    for i, answer in enumerate(answers):
        assert answer.shape == (2, 4, 1)
        assert np.all(answer == i)


def test_simultaneous_argmax_requests_become_one_call() -> None:
    """What waits while the model is busy is answered together."""
    model, gate = RecordingModel(), threading.Event()

    def load() -> RecordingModel:
        assert gate.wait(PATIENCE)
        return model

    server = ModelServer(load)
    server.warm_up()
    with ThreadPoolExecutor(6) as visitors:
        futures = [visitors.submit(server.decode_tokens, rows(i)) for i in range(6)]
        deadline = time.monotonic() + PATIENCE
        while server._requests.qsize() < 6 and time.monotonic() < deadline:
            time.sleep(0.01)
        gate.set()
        answers = [future.result(PATIENCE) for future in futures]

    assert [int(answer[0, 0, 0]) for answer in answers] == list(range(6))
    assert model.calls == [("argmax", 6)]


def test_a_request_with_a_temperature_runs_alone() -> None:
    """Its random stream is its own: the same seed must give the same notes in any company."""
    model = RecordingModel()
    server = ModelServer(lambda: model)
    with ThreadPoolExecutor(4) as visitors:
        list(
            visitors.map(
                lambda seed: server.decode_tokens(rows(0), temperature=0.5, seed=seed), range(4)
            )
        )

    assert sorted(model.calls) == [(f"sample {seed}", 1) for seed in range(4)]


def test_a_long_request_is_cut_so_that_others_get_their_turn() -> None:
    """An album of 10 windows is served in calls of 4, and comes back whole and in order."""
    model = RecordingModel()
    server = ModelServer(lambda: model, max_rows=4)
    tokens = np.arange(10, dtype=np.int32)[:, None, None].repeat(3, axis=1)

    latents = server.encode_tokens(tokens)

    assert latents.mu[:, 0].tolist() == list(range(10))
    assert [n for _, n in model.calls] == [4, 4, 2]


def test_a_model_that_cannot_be_loaded_is_an_answer() -> None:
    """Everyone who asks hears why, and the worker lives on to try again."""
    attempts: list[int] = []

    def load() -> RecordingModel:
        attempts.append(1)
        if len(attempts) == 1:
            raise UnknownModelError("No such model.", remedy="Choose another.")
        return RecordingModel()

    server = ModelServer(load)
    with pytest.raises(UnknownModelError):
        server.decode_tokens(rows(1))
    assert not server.is_ready

    assert server.decode_tokens(rows(1)).shape == (1, 4, 1)
    assert server.device == "CPU"


def test_no_rows_are_no_problem() -> None:
    """A selection without chunks asks for nothing and gets nothing."""
    server = ModelServer(RecordingModel)
    assert server.decode_tokens(np.zeros((0, 2), np.float32)).shape == (0, 4, 1)


def test_a_released_model_is_loaded_again_when_it_is_needed() -> None:
    """What was asked before is still answered by the old one; nobody sees more than a wait."""
    loads: list[RecordingModel] = []

    def load() -> RecordingModel:
        loads.append(RecordingModel())
        return loads[-1]

    server = ModelServer(load)
    server.release()
    assert not loads, "what is not there need not be given back"

    server.decode_tokens(rows(1))
    server.release()
    assert not server.is_ready
    assert server.device is None

    assert server.decode_tokens(rows(2)).shape == (1, 4, 1)
    assert len(loads) == 2


def test_a_released_model_can_be_warmed_up_again() -> None:
    """As often as a page asks, it is loaded once."""
    loads: list[RecordingModel] = []

    def load() -> RecordingModel:
        loads.append(RecordingModel())
        return loads[-1]

    server = ModelServer(load)
    for n in (1, 2):
        for _ in range(3):
            server.warm_up()
        server.decode_tokens(rows(1))
        assert len(loads) == n
        server.release()
