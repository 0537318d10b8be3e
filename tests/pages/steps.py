"""What a visitor brings and does, as functions."""

from __future__ import annotations

import io
import time
from typing import TYPE_CHECKING

import mido

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

PATIENCE = 20.0


def upload(app: AppTest, *files: tuple[str, bytes]) -> None:
    """Drop files on the first page."""
    if not app.title:
        app.run()
    app.switch_page("pages/upload.py").run()
    app.file_uploader(key="files").set_value([(*file, "audio/midi") for file in files]).run()
    assert not app.exception


def train(app: AppTest) -> None:
    """Press the button and wait until the curve has been shown."""
    app.switch_page("pages/train.py").run()
    app.button(key="start").click().run()
    deadline = time.monotonic() + PATIENCE
    while not app.metric and time.monotonic() < deadline:
        time.sleep(0.1)
        app.run()
    assert not app.exception


def words(app: AppTest) -> str:
    """Everything that stands on the page, in one string."""
    kinds = (app.title, app.subheader, app.markdown, app.caption, app.error, app.warning, app.info)
    return "\n".join(element.value for elements in kinds for element in elements)


def links(app: AppTest) -> list[str]:
    """Where links of the main page lead."""
    return [link.proto.page for link in app.main.get("page_link")]


def a_tune(*, n_bars: int, qpm: float, pitch: int = 60) -> bytes:
    """Quarter notes in 4/4, a different figure in each pair of bars."""
    file = mido.MidiFile(ticks_per_beat=480)
    track = file.add_track("Lead")
    track.append(mido.MetaMessage("set_tempo", tempo=mido.bpm2tempo(qpm)))
    track.append(mido.MetaMessage("time_signature", numerator=4, denominator=4))
    for i in range(4 * n_bars):
        note = pitch + (i * (1 + i // 16)) % 12
        track.append(mido.Message("note_on", note=note, velocity=90, time=0))
        track.append(mido.Message("note_off", note=note, velocity=0, time=480))
    buffer = io.BytesIO()
    file.save(file=buffer)
    return buffer.getvalue()
