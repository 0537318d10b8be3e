"""Be the first visitor of the server, so that nobody else has to be.

Streamlit runs nothing of an app before somebody comes, and the first one then waits for its imports
and, with the first training, for TensorFlow. So the server opens the first page itself before it
answers anybody: a session like any other, to which nobody listens. What a page prepares for the
next one (:func:`midime_ui.models.warm_up`) goes on in the background.
"""

from __future__ import annotations

import asyncio
import logging
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Final

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.runtime import get_instance

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
    from streamlit.runtime import Runtime

__all__ = ["PATIENCE", "open_first_page", "opened"]

PATIENCE: Final = 20.0
"""Seconds: a slow disk reads the app in ten, and a server that says nothing for longer is taken for
dead."""

_LOG: Final = logging.getLogger(__name__)


class _Nobody:
    """Stands where a browser would: notes the end of a run, and has no address and no cookies."""

    client_context: Final = None

    def __init__(self) -> None:
        self.is_done = asyncio.Event()

    def write_forward_msg(self, msg: ForwardMsg) -> None:
        """Take what the server sends."""
        if msg.WhichOneof("type") == "script_finished":
            self.is_done.set()


@asynccontextmanager
async def opened(app: object) -> AsyncIterator[None]:
    """Open the first page before the server answers anybody (for ``st.App(lifespan=...)``)."""
    del app  # Streamlit has one runtime in a process.
    try:
        await open_first_page(get_instance())
    except Exception:  # noqa: BLE001 - whatever it is, visitors can still come, and wait then
        _LOG.exception("The first page could not be opened ahead.")
    yield


async def open_first_page(runtime: Runtime, *, patience: float = PATIENCE) -> bool:
    """Run the first page once, in a session that ends with it.

    Returns:
        Whether it came to its end within ``patience`` seconds.
    """
    nobody, come = _Nobody(), BackMsg()
    come.rerun_script.query_string = ""
    session = runtime.connect_session(nobody, {})
    try:
        runtime.handle_backmsg(session, come)
        async with asyncio.timeout(patience):
            await nobody.is_done.wait()
    except TimeoutError:
        _LOG.warning("Opening the first page takes more than %.0f seconds.", patience)
        return False
    finally:
        runtime.close_session(session)
    return True
