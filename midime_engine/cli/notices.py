"""Keep TensorFlow's greetings off the terminal.

Importing TensorFlow writes notices to the C++ library's standard error before it has read how
much it may say, so ``TF_CPP_MIN_LOG_LEVEL`` does not reach them. Between the bars of a command
they look like errors. Everything else that a library writes there is passed on as it comes.
"""

from __future__ import annotations

import os
import sys
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["without_notices"]

_STDERR: Final = 2

_NOTICES: Final = (
    b"All log messages before absl::InitializeLog()",
    b"oneDNN custom operations are on",
    b"oneDNN supports DT_INT32 only",
)
"""Parts of lines that tell a user nothing he could act on."""


@contextmanager
def without_notices() -> Iterator[None]:
    """Filter what libraries write to file descriptor 2; Python's own stream is not delayed.

    Does nothing where standard error has been replaced, as in a notebook or a test.
    """
    stream = sys.__stderr__
    if stream is None or stream is not sys.stderr:
        yield
        return
    stream.flush()
    terminal = os.dup(_STDERR)
    source, sink = os.pipe()
    os.dup2(sink, _STDERR)
    os.close(sink)
    reader = threading.Thread(target=_pass_on, args=(source, terminal), daemon=True)
    reader.start()
    own = os.fdopen(
        os.dup(terminal), "w", buffering=1, encoding=stream.encoding, errors="backslashreplace"
    )
    sys.stderr = own
    try:
        yield
    finally:
        sys.stderr = stream
        own.close()
        os.dup2(terminal, _STDERR)  # closes the last end of the pipe, unless a child holds it
        reader.join(timeout=1.0)
        os.close(terminal)


def _pass_on(source: int, terminal: int) -> None:
    with open(source, "rb") as lines:
        for line in lines:
            if not any(notice in line for notice in _NOTICES):
                os.write(terminal, line)
