"""The whole way with every embedded model: song, what it heard, training, variations."""

from __future__ import annotations

import io
import json
import re
from typing import TYPE_CHECKING

import mido
import pytest

from midime_engine import examples
from midime_ui import note_sequences
from tests.pages.steps import train, upload, words
from tests.support.studio import EMBEDDED, a_tune

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

SONGS = {
    "mel_2bar": a_tune(n_bars=32, qpm=90),
    "mel_16bar": a_tune(n_bars=64, qpm=90),
    "trio_4bar": examples.read("back_porch_blues"),
    "drums_2bar": examples.read("corner_shop_groove"),
}


@pytest.fixture(params=EMBEDDED)
def model(request: pytest.FixtureRequest) -> str:
    """Each of them."""
    return str(request.param)


@pytest.fixture
def explorer(app: AppTest, model: str) -> AppTest:
    """A visitor with a song for that model."""
    app.query_params["model"] = model
    app.run()
    upload(app, ("song.mid", SONGS[model]))
    return app


def rolls(app: AppTest) -> list[dict]:
    """The piano rolls of the page, as they are sent to the browser."""
    figures = [json.loads(chart.proto.spec) for chart in app.get("plotly_chart")]
    return [figure for figure in figures if any("base" in trace for trace in figure["data"])]


def parts_of(roll: dict) -> list[str]:
    """The parts that are drawn; what explains a shade in the legend has no notes."""
    return [trace["name"] for trace in roll["data"] if "base" in trace]


def test_what_it_heard_is_shown_and_played(explorer: AppTest, model: str) -> None:
    """The parts of the model, all of them right on a model that forgets nothing."""
    explorer.switch_page("pages/embedding.py").run()
    assert not explorer.exception
    parts, n_steps = EMBEDDED[model]
    assert explorer.metric[0].value == "100 %"
    assert f"All {n_steps} steps are the same." in words(explorer)
    assert [parts_of(roll) for roll in rolls(explorer)] == [list(parts)] * 2
    assert len(explorer.get("bidi_component")) == 2


def test_a_midime_can_be_trained_and_explored(explorer: AppTest, model: str) -> None:
    """With figures for each part, music that plays, and sliders that move it."""
    train(explorer)
    parts, _ = EMBEDDED[model]
    table = explorer.dataframe[0].value
    several = [f"({part})" for part in parts] if len(parts) > 1 else []
    assert all(table["What is alike"].str.contains(part, regex=False).any() for part in several)

    explorer.switch_page("pages/explore.py").run()
    assert not explorer.exception
    assert len(explorer.get("bidi_component")) >= 1
    assert re.search(r"bars \d+ to \d+", words(explorer))
    explorer.slider(key="z0").set_value(2.0).run()
    assert not explorer.exception
    explorer.slider(key="daring").set_value(0.5).run()
    explorer.button(key="surprise").click().run()
    assert not explorer.exception
    assert set(parts_of(rolls(explorer)[0])) <= set(parts)


def test_variations_are_taken_home_with_their_tracks(
    explorer: AppTest, model: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One for each part that plays, on its channel, at the tempo of the song."""
    written: list[bytes] = []
    write = note_sequences.midi

    def midi(sequence):
        written.append(write(sequence))
        return written[-1]

    monkeypatch.setattr(note_sequences, "midi", midi)
    train(explorer)
    explorer.switch_page("pages/explore.py").run()
    chunk = explorer.selectbox(key="start_from")
    chunk.set_value(1).run()
    file = mido.MidiFile(file=io.BytesIO(written[-1]))
    names = [track.name for track in file.tracks[1:]]
    assert set(names) <= set(EMBEDDED[model][0])
    assert names
    labels = [button.label for button in explorer.get("download_button")]
    assert labels[:3] == ["MIDI", "WAV", "MP3"]
