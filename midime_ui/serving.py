"""One model for every session: loaded once, called by one thread, small requests joined.

A network that is called by twelve threads at a time is four times slower than one call with a
batch of twelve, so all calls go through one worker. Requests that give the same rows whatever
stands beside them (encoding, and decoding by argmax) are joined into one call; sampling with a
temperature draws from a random stream that belongs to the whole batch, so such a request runs
alone and the same seed gives the same notes.

No Streamlit in here. The model is loaded by the worker as well, so that a page can ask for it
ahead of time (:meth:`ModelServer.warm_up`) and only waits if it needs it earlier.
"""

from __future__ import annotations

import queue
import threading
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal, Protocol

import numpy as np

from midime_engine.latent.latents import Latents

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from midime_engine.protocols import FloatArray, IntArray

__all__ = ["MAX_ROWS", "ModelServer", "ServedModel"]

MAX_ROWS: Final = 64
"""Rows per call: throughput hardly grows beyond, and nobody should wait for a stranger's album."""


class ServedModel(Protocol):
    """What is served: a token model that knows where it runs."""

    @property
    def device(self) -> str:
        """``"CPU"``, or the name of the GPU."""
        ...

    def encode_tokens(self, tokens: IntArray) -> Latents:
        """``[n, steps, parts]`` to a posterior over ``[n, z_size]``."""
        ...

    def decode_tokens(
        self, z: FloatArray, *, temperature: float | None = None, seed: int | Sequence[int] = 0
    ) -> IntArray:
        """``[n, z_size]`` to ``[n, steps, parts]``."""
        ...


@dataclass(slots=True)
class _Request:
    kind: Literal["load", "release", "encode", "decode", "sample"]
    rows: np.ndarray
    temperature: float | None = None
    seed: int | Sequence[int] = 0
    answer: Future[object] = field(default_factory=Future)

    def joins(self, other: _Request) -> bool:
        """May both be answered by one call?"""
        return self.kind == other.kind and self.kind in {"encode", "decode"}


class ModelServer:
    """A :class:`~midime_engine.protocols.TokenModel` that any thread may call."""

    def __init__(
        self,
        load: Callable[[], ServedModel],
        *,
        max_rows: int = MAX_ROWS,
    ) -> None:
        """``load`` is called once, in the worker thread, when the model is first needed."""
        self._load = load
        self._max_rows = max_rows
        self._requests: queue.SimpleQueue[_Request] = queue.SimpleQueue()
        self._model: ServedModel | None = None
        self._is_warmed_up = False
        self._lock = threading.Lock()
        self._worker: threading.Thread | None = None

    @property
    def is_ready(self) -> bool:
        """The model is in memory: a call takes milliseconds, not seconds."""
        return self._model is not None

    @property
    def device(self) -> str | None:
        """Where the model runs; None as long as it is not loaded."""
        return None if self._model is None else self._model.device

    def warm_up(self) -> None:
        """Start loading, and do not wait for it. A failure shows at the first real call."""
        if not self._is_warmed_up:
            self._is_warmed_up = True
            self._submit(_Request("load", np.zeros((0, 0), np.float32)))

    def release(self) -> None:
        """Give the memory of the model back, after what was asked before; the next call loads.

        Not to be called from the worker: it waits for it.
        """
        if self.is_ready:
            self._is_warmed_up = False
            self._submit(_Request("release", np.zeros((0, 0), np.float32))).result()

    def encode_tokens(self, tokens: IntArray) -> Latents:
        """``[n, steps, parts]`` to a posterior over ``[n, z_size]``."""
        answers = self._ask("encode", tokens)
        latents = [answer for answer in answers if isinstance(answer, Latents)]
        if len(latents) == 1:
            return latents[0]
        return Latents(
            mu=np.concatenate([each.mu for each in latents]),
            sigma=np.concatenate([each.sigma for each in latents]),
        )

    def decode_tokens(
        self, z: FloatArray, *, temperature: float | None = None, seed: int | Sequence[int] = 0
    ) -> IntArray:
        """``[n, z_size]`` to ``[n, steps, parts]``; the same seed gives the same tokens."""
        if temperature is None:
            answers = self._ask("decode", z)
            return np.concatenate([np.asarray(answer, np.int32) for answer in answers])
        request = _Request("sample", z, temperature=temperature, seed=seed)
        return np.asarray(self._submit(request).result(), np.int32)

    def _ask(self, kind: Literal["encode", "decode"], rows: np.ndarray) -> list[object]:
        """Send ``rows`` in pieces of at most ``max_rows``, so that others get their turn."""
        pieces = [rows[i : i + self._max_rows] for i in range(0, len(rows), self._max_rows)]
        futures = [self._submit(_Request(kind, piece)) for piece in pieces or [rows]]
        return [future.result() for future in futures]

    def _submit(self, request: _Request) -> Future[object]:
        with self._lock:
            if self._worker is None:
                # A daemon, so that Ctrl-C ends the app even while a model is loading.
                self._worker = threading.Thread(
                    target=self._serve, name="midime-model", daemon=True
                )
                self._worker.start()
        self._requests.put(request)
        return request.answer

    def _serve(self) -> None:
        leftover: _Request | None = None
        while True:
            first = self._requests.get() if leftover is None else leftover
            batch, leftover = self._gather(first)
            try:
                self._answer(batch)
            except Exception as error:  # noqa: BLE001 - it belongs to those who asked
                for request in batch:
                    if not request.answer.done():
                        request.answer.set_exception(error)

    def _gather(self, first: _Request) -> tuple[list[_Request], _Request | None]:
        """``first`` and whatever may join it; also the request that ended the gathering.

        What came while the model was busy is there by now. Nobody waits for more: whoever is alone
        would wait for nothing, and a crowd keeps the model busy long enough to gather.
        """
        batch, n_rows = [first], len(first.rows)
        while first.joins(first) and n_rows < self._max_rows:
            try:
                following = self._requests.get_nowait()
            except queue.Empty:
                break
            if not following.joins(first) or n_rows + len(following.rows) > self._max_rows:
                return batch, following
            batch.append(following)
            n_rows += len(following.rows)
        return batch, None

    def _answer(self, batch: Sequence[_Request]) -> None:
        first = batch[0]
        if first.kind == "release":
            self._model = None
            first.answer.set_result(None)
            return
        if self._model is None:
            self._model = self._load()
        if first.kind == "load":
            first.answer.set_result(None)
        elif first.kind == "sample":
            tokens = self._model.decode_tokens(
                first.rows, temperature=first.temperature, seed=first.seed
            )
            first.answer.set_result(tokens)
        elif first.kind == "encode":
            latents = self._model.encode_tokens(np.concatenate([each.rows for each in batch]))
            for request, rows in _slices(batch):
                request.answer.set_result(Latents(mu=latents.mu[rows], sigma=latents.sigma[rows]))
        else:
            tokens = self._model.decode_tokens(np.concatenate([each.rows for each in batch]))
            for request, rows in _slices(batch):
                request.answer.set_result(tokens[rows])


def _slices(batch: Sequence[_Request]) -> list[tuple[_Request, slice]]:
    """Which rows of the joined call belong to whom."""
    ends = np.cumsum([len(request.rows) for request in batch])
    return [
        (request, slice(int(end) - len(request.rows), int(end)))
        for request, end in zip(batch, ends, strict=True)
    ]
