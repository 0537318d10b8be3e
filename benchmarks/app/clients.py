"""Visitors without a browser: they speak to the server as Streamlit's front end does.

What a browser costs is spared, and nothing of what the server does: these visitors choose an
example, train on it, watch the curve by polling, open the page for exploring, move sliders, keep
what has been sent once (as digests, like a browser), and say when their hand rests.
"""

from __future__ import annotations

import asyncio
import json
import random
import time
from typing import TYPE_CHECKING, Any, Self

from streamlit.components.v2.bidi_component.main import _make_trigger_id
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import connect

if TYPE_CHECKING:
    from collections.abc import Callable

    from streamlit.proto.WidgetStates_pb2 import WidgetState
    from websockets.asyncio.client import ClientConnection

__all__ = ["Client", "visit"]

PATIENCE = 120.0
"""Seconds for anything."""

NO_CHANGE = 4.0
"""Seconds: a slider that moves within the same notes makes no new sound."""

REST = 0.7
"""Seconds until a browser says that the hand rests (midime_ui/components/rest.js)."""

MOST = 3.0
"""Where a slider ends."""


class Client:
    """One visitor: what has come from the server, and what is sent to it."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket
        self._cached: dict[str, ForwardMsg] = {}
        self._states: dict[str, WidgetState] = {}
        self._widgets: dict[tuple[str, str], tuple[Any, str]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._polls: set[asyncio.Task[None]] = set()
        self._rest: asyncio.Task[None] | None = None
        self._listening: asyncio.Task[None] | None = None
        self._page, self._query = "", ""
        self._news = asyncio.Event()
        self.faults: list[str] = []
        self.sound = ""
        """Digest of what the variation sounds like."""

        self.sound_at = 0.0
        self.n_bytes = 0
        self.n_messages = 0

    @classmethod
    async def enter(cls, address: str) -> Self:
        """Open the first page."""
        url = address.replace("http", "ws", 1) + "/_stcore/stream"
        # As browsers do: no limit, no compression, no questions whether the server is still there.
        socket = await connect(
            url, subprotocols=["streamlit"], max_size=None, compression=None, ping_interval=None
        )
        self = cls(socket)
        self._listening = self._start(self._listen())
        self._listening.add_done_callback(lambda _: self._news.set())
        await self._send()
        return self

    async def leave(self) -> None:
        """Close the page."""
        for task in (*self._tasks, *self._polls):
            task.cancel()
        await self._socket.close()

    async def wait(self, is_there: Callable[[], Any], *, seconds: float = PATIENCE) -> Any:
        """Whatever ``is_there`` returns, as soon as it is something.

        Raises:
            TimeoutError: It never was.
            RuntimeError: The page shows an exception instead.
        """
        async with asyncio.timeout(seconds):
            while True:
                if self._listening is not None and self._listening.done():
                    self._listening.result()  # Raises what has ended it.
                if self.faults:
                    raise RuntimeError(f"A visitor sees: {self.faults[0]}")
                if found := is_there():
                    return found
                self._news.clear()
                await self._news.wait()

    async def press(self, label: str) -> None:
        """Press a button as soon as it is there."""
        button, fragment = await self.wait(lambda: self._widgets.pop(("button", label), None))
        await self._send(fragment, button.id, trigger_value=True)

    async def choose(self, option: str) -> None:
        """Choose the example that is called so."""

        def found() -> tuple[Any, str, str] | None:
            for (kind, _), (group, fragment) in self._widgets.items():
                if kind == "button_group":
                    for i, each in enumerate(group.options):
                        if option in each.content:
                            raw = group.raw_values[i] if group.raw_values else each.content
                            return group, fragment, raw
            return None

        group, fragment, raw = await self.wait(found)
        await self._set(fragment, group.id, "string_array_value", [raw])

    async def move(self, label: str, value: float) -> float | None:
        """Seconds from moving a slider until its sound is here; None if it sounds the same."""
        slider, fragment = await self.wait(lambda: self._widgets.get(("slider", label)))
        before, began = self.sound, time.perf_counter()
        await self._set(fragment, slider.id, "double_array_value", [value])
        try:
            await self.wait(lambda: self.sound != before, seconds=NO_CHANGE)
        except TimeoutError:
            return None
        return self.sound_at - began

    # What goes out.

    async def _set(self, fragment: str, widget: str, kind: str, values: list[Any]) -> None:
        self._keep(widget, kind, values)
        await self._send(fragment)

    def _keep(self, widget: str, kind: str, values: list[Any]) -> None:
        state = BackMsg().rerun_script.widget_states.widgets.add(id=widget)
        getattr(state, kind).data.extend(values)
        self._states[widget] = state

    async def _send(self, fragment: str = "", widget: str = "", **trigger: Any) -> None:
        message = BackMsg()
        ask = message.rerun_script
        ask.page_script_hash, ask.query_string, ask.fragment_id = self._page, self._query, fragment
        ask.is_auto_rerun = trigger.pop("poll", False)
        ask.cached_message_hashes.extend(self._cached)
        ask.widget_states.widgets.extend(self._states.values())
        if widget:
            ask.widget_states.widgets.add(id=widget, **trigger)
        await self._socket.send(message.SerializeToString())

    async def _poll(self, fragment: str, seconds: float) -> None:
        while True:
            await asyncio.sleep(seconds)
            await self._send(fragment, poll=True)

    async def _say_at_rest(self, component: Any, fragment: str) -> None:
        await asyncio.sleep(REST)
        word = json.dumps([{"event": "rested", "value": True}])
        widget = _make_trigger_id(component.id, "events")
        await self._send(fragment, widget, json_trigger_value=word)

    def _start(self, work: Any) -> asyncio.Task[None]:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    # What comes in.

    async def _listen(self) -> None:
        async for data in self._socket:
            message = ForwardMsg.FromString(data)
            self.n_bytes += len(data)
            self.n_messages += 1
            if message.WhichOneof("type") == "ref_hash":
                path = list(message.metadata.delta_path)
                message = self._cached[message.ref_hash]
                del message.metadata.delta_path[:]
                message.metadata.delta_path.extend(path)
            elif message.metadata.cacheable and message.hash:
                self._cached[message.hash] = message
            self._read(message)
            self._news.set()

    def _read(self, message: ForwardMsg) -> None:
        match message.WhichOneof("type"):
            case "new_session":
                self._page = message.new_session.page_script_hash
                if not message.metadata.run.fragment_ids:
                    self._widgets.clear()
                    for task in self._polls:
                        task.cancel()
                    self._polls.clear()
            case "page_info_changed":
                self._query = message.page_info_changed.query_string
            case "auto_rerun":
                auto = message.auto_rerun
                self._polls.add(asyncio.create_task(self._poll(auto.fragment_id, auto.interval)))
            case "delta" if message.delta.WhichOneof("type") == "new_element":
                self._read_element(message.delta.new_element, message.delta.fragment_id)

    def _read_element(self, element: Any, fragment: str) -> None:
        kind = element.WhichOneof("type")
        shown = getattr(element, kind)
        if kind in {"button", "slider", "button_group"}:
            self._widgets[kind, shown.label] = (shown, fragment)
        if kind == "slider" and (shown.set_value or shown.id not in self._states):
            value = shown.value if shown.set_value else shown.default
            self._keep(shown.id, "double_array_value", list(value))
        elif kind == "exception":
            self.faults.append(shown.message or shown.type)
        elif kind == "bidi_component" and shown.component_name == "midime_player":
            self._read_player(shown.bytes)
        elif kind == "bidi_component" and shown.component_name == "midime_rest":
            if self._rest is not None:
                self._rest.cancel()
            if json.loads(shown.json or shown.mixed.json)["behind"]:
                self._rest = self._start(self._say_at_rest(shown, fragment))

    def _read_player(self, packed: bytes) -> None:
        size = int.from_bytes(packed[:4], "little")
        facts = json.loads(packed[4 : 4 + size])
        if facts["key"] == "variation" and len(packed) > 4 + size and facts["hash"] != self.sound:
            self.sound, self.sound_at = facts["hash"], time.perf_counter()


async def visit(
    address: str, example: str, *, n_moves: int, thinking: float, number: int
) -> tuple[float, list[float]]:
    """One who trains and explores.

    Returns:
        Seconds until the first sound of their own, and seconds of each move until its sound.

    Raises:
        RuntimeError: A page shows an exception.
    """
    await asyncio.sleep(number * 0.5)
    chance = random.Random(number)  # noqa: S311 - the same moves again
    client = await Client.enter(address)
    began = time.perf_counter()
    await client.choose(example)
    await client.press("Train a MidiMe")
    await client.press("Explore variations")
    await client.wait(lambda: client.sound)
    first = time.perf_counter() - began
    waits = []
    for move in range(n_moves):
        await asyncio.sleep(thinking)
        wait = await client.move(f"Slider {1 + move % 4}", round(chance.uniform(-MOST, MOST), 2))
        if wait is not None:
            waits.append(wait)
    await client.wait(lambda: True)  # Raises what the last move may have brought.
    await client.leave()
    return first, waits
