"""Songs arrive, are read, and what cannot be read is named."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from midime_engine.examples import EXAMPLES
from midime_ui import dropped_files, model_at_work, state
from midime_ui.components import song_picker
from midime_ui.studies import Source
from tests.support.studio import a_tune

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
    dropped_files.set_arrivals((Source("bad.mid", b"no music"), source))
    song_picker.collect()
    assert state.sources() == (source,)
    assert [name for name, _ in dropped_files.refusals()] == ["bad.mid"]
    assert dropped_files.arrivals() == ()


def test_a_bad_file_alone_does_not_replace_the_song(source: Source) -> None:
    """Nothing is lost by accident."""
    state.set_sources((source,))
    dropped_files.set_arrivals((Source("bad.mid", b""),))
    song_picker.collect()
    assert state.sources() == (source,)
    assert len(dropped_files.refusals()) == 1


def test_the_same_file_twice_is_used_once(source: Source) -> None:
    """And the visitor hears of it."""
    dropped_files.set_arrivals((source, Source("copy.mid", source.data)))
    song_picker.collect()
    assert state.sources() == (source,)
    ((name, error),) = dropped_files.refusals()
    assert name == "copy.mid"
    assert source.name in str(error)


def test_an_example_arrives_with_its_title_and_credit(session: dict[str, object]) -> None:
    """And replaces what was there."""
    session["example"] = "greensleeves"
    song_picker._take_example()
    (song,) = dropped_files.arrivals()
    assert song.name == "Greensleeves"
    assert "Traditional" in song.credit


def test_taking_files_gives_up_the_example(session: dict[str, object]) -> None:
    """Only one of them is at work; an empty box changes nothing."""
    session.update(example="greensleeves", files=[])
    song_picker._take_files()
    assert session["example"] == "greensleeves"
    assert dropped_files.arrivals() == ()


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
    assert model_at_work.model_name() == model


def test_examples_say_what_they_are_for() -> None:
    """Each has its style beside its name."""
    titles = [song_picker._title(example) for example in EXAMPLES]
    assert "Korobeiniki · trio with drums" in titles
    assert "Corner Shop Groove · drum groove" in titles
    assert "Drowsy Maggie · Irish reel" in titles


def test_what_comes_next_may_be_learnt_together_with_what_is_here(
    source: Source, session: dict[str, object]
) -> None:
    """If the visitor asks for it; the same song twice is one."""
    state.set_sources((source,))
    session.update(example="drowsy_maggie", songs_together=True)
    song_picker._take_example()
    song_picker._take_example()
    assert [song.name for song in dropped_files.arrivals()] == [source.name, "Drowsy Maggie"]
    session["songs_together"] = False
    song_picker._take_example()
    assert [song.name for song in dropped_files.arrivals()] == ["Drowsy Maggie"]


class File:
    """What the browser hands over."""

    def __init__(self, name: str, data: bytes) -> None:
        self.name, self.data, self.file_id = name, data, f"id of {name}"

    def getvalue(self) -> bytes:
        """Its bytes."""
        return self.data


def test_a_song_that_was_removed_does_not_come_back_with_the_next(
    source: Source, session: dict[str, object]
) -> None:
    """The box of the browser goes on listing it."""
    files = [File("a.mid", source.data), File("b.mid", a_tune(n_bars=8, qpm=80))]
    session["files"] = files
    song_picker._take_files()
    song_picker.collect()
    first, second = state.sources()

    song_picker.remove(first)
    assert state.sources() == (second,)
    song_picker.remove(second)
    assert state.sources() == (second,), "the last song stays"

    session["files"] = [*files, File("c.mid", a_tune(n_bars=4, qpm=70))]
    song_picker._take_files()
    assert [song.name for song in dropped_files.arrivals()] == ["b.mid", "c.mid"]
