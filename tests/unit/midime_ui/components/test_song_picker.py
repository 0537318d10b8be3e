"""Songs arrive, are read, and what cannot be read is named."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from midime_engine.examples import EXAMPLES
from midime_ui import state
from midime_ui.components import song_picker
from midime_ui.state import Source

if TYPE_CHECKING:
    from collections.abc import Iterator


pytestmark = pytest.mark.usefixtures("fakes")


@pytest.fixture(autouse=True)
def session(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, object]]:
    """A session without a browser."""
    values: dict[str, object] = {}
    monkeypatch.setattr("streamlit.session_state", values)
    return values


def test_what_can_be_read_is_kept_and_the_rest_is_named(source: Source) -> None:
    """One bad file does not spoil the others."""
    state.set_arrivals((Source("bad.mid", b"no music"), source))
    song_picker.collect()
    assert state.sources() == (source,)
    assert [name for name, _ in state.refusals()] == ["bad.mid"]
    assert state.arrivals() == ()


def test_a_bad_file_alone_does_not_replace_the_song(source: Source) -> None:
    """Nothing is lost by accident."""
    state.set_sources((source,))
    state.set_arrivals((Source("bad.mid", b""),))
    song_picker.collect()
    assert state.sources() == (source,)
    assert len(state.refusals()) == 1


def test_the_same_file_twice_is_used_once(source: Source) -> None:
    """And the visitor hears of it."""
    state.set_arrivals((source, Source("copy.mid", source.data)))
    song_picker.collect()
    assert state.sources() == (source,)
    ((name, error),) = state.refusals()
    assert name == "copy.mid"
    assert source.name in str(error)


def test_an_example_arrives_with_its_title_and_credit(session: dict[str, object]) -> None:
    """And replaces what was there."""
    session["example"] = "greensleeves"
    song_picker._take_example()
    (song,) = state.arrivals()
    assert song.name == "Greensleeves"
    assert "Traditional" in song.credit


def test_taking_files_gives_up_the_example(session: dict[str, object]) -> None:
    """Only one of them is at work; an empty box changes nothing."""
    session.update(example="greensleeves", files=[])
    song_picker._take_files()
    assert session["example"] == "greensleeves"
    assert state.arrivals() == ()


@pytest.mark.parametrize(
    ("slug", "model"),
    [
        ("ode_to_joy", "mel_2bar"),
        ("korobeiniki", "trio_4bar"),
        ("corner_shop_groove", "drums_2bar"),
    ],
)
def test_what_arrives_suggests_a_model(slug: str, model: str, session: dict[str, object]) -> None:
    """Before the page is drawn."""
    session["example"] = slug
    song_picker._take_example()
    song_picker.collect()
    assert state.model_name() == model


def test_examples_say_what_they_are_for() -> None:
    """A tune needs no word."""
    titles = [song_picker._title(example) for example in EXAMPLES]
    assert "Korobeiniki (trio)" in titles
    assert "Corner Shop Groove (drums)" in titles
    assert "Ode to Joy" in titles
