"""A request gives a piece, the same one each time, and it is plain data."""

from __future__ import annotations

import pickle
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
import streamlit as st

from midime_engine.errors import OptionError
from midime_engine.music.playback import Playback
from midime_ui import personal_space, pieces, variations
from midime_ui.pieces import Request
from midime_ui.position import Position
from midime_ui.studies import Songless
from midime_ui.tray import Item

if TYPE_CHECKING:
    from midime_ui.personal import Personal
    from midime_ui.studies import Study

HERE = Position((0.5, -0.5, 1.0), None, 4)


@pytest.fixture(autouse=True)
def session(monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    """A session without a browser."""
    values: dict[str, object] = {}
    monkeypatch.setattr(st, "session_state", values)
    return values


@pytest.fixture
def items(study: Study, personal: Personal) -> list[Item]:
    """Three kept variations."""
    made = variations.music(study, personal, (3, 7, 9))
    return [
        Item.of(made, i, name=str(i), position=None, seed=i, temperature=None) for i in range(3)
    ]


@pytest.mark.parametrize("form", ["song", "aaba", "path", "free"])
def test_the_same_request_gives_the_same_piece(
    study: Study, personal: Personal, items: list[Item], form: pieces.Form
) -> None:
    """Sixteen bars of it, which survive the session being stored."""
    places = {"aaba": (None, items[0]), "path": tuple(items)}.get(form, ())
    request = Request(form, 16, HERE, seed=5, places=places)
    made = pieces.make(study, personal, request)
    assert pieces.make(study, personal, request) == made
    assert pickle.loads(pickle.dumps(made)) == made  # noqa: S301 - our own
    assert sum(slot.n_steps for slot in made.slots) == 16 * 16
    assert len(pieces.kept_marks(study, made)) == len(pieces.sequence(study, made).notes) > 0


def test_the_piece_stays_until_another_midime_is_at_work(study: Study, personal: Personal) -> None:
    """What one has made is not shown with the sliders of another."""
    made = pieces.make(study, personal, Request("free", 8, HERE, seed=1))
    assert pieces.piece(personal) is None
    pieces.set_piece(made)
    assert pieces.piece(personal) == made
    assert pieces.piece(replace(personal, data=personal.data + b" ")) is None


def test_aaba_begins_with_what_is_heard_on_the_sliders(
    study: Study, personal: Personal, items: list[Item]
) -> None:
    """Unless something else is A; B is what was chosen."""
    request = Request("aaba", 16, HERE, seed=5, places=(None, items[1]))
    made = pieces.make(study, personal, request).composition.tokens
    heard = personal_space.variation(study, personal, HERE.point, temperature=None, seed=4)
    assert made[0].tolist() == heard.tokens[0].tolist()
    assert made[4].tolist() == items[1].window.tolist()


def test_a_drawn_path_is_followed(study: Study, personal: Personal) -> None:
    """From its first point to its last."""
    through = ((0.0, 0.0, 0.0), (1.0, 1.0, 1.0))
    made = pieces.make(study, personal, Request("path", 8, HERE, seed=0, through=through))
    for at, point in ((0, through[0]), (-1, through[1])):
        alone = personal_space.variation(study, personal, point, temperature=None, seed=0)
        assert made.composition.tokens[at].tolist() == alone.tokens[0].tolist()


def test_the_harmony_is_kept_if_asked(study: Study, personal: Personal) -> None:
    """Notes that are moved are counted."""
    request = Request("free", 16, HERE, seed=1)
    plain = pieces.make(study, personal, request)
    kept = pieces.make(study, personal, replace(request, keep_harmony=True))
    assert (plain.chords, plain.n_moved) == ((), 0)
    assert len(kept.chords) == 16
    assert 0 < kept.n_moved <= kept.n_notes
    assert kept.tokens != plain.tokens


def test_drums_have_no_harmony(study: Study, drums: Study) -> None:
    """Nor has a song that is not here."""
    assert pieces.has_harmony(study)
    assert not pieces.has_harmony(drums)
    assert not pieces.has_harmony(replace(study, sources=(), songless=Songless("x", Playback())))


def test_without_the_song_its_order_is_unknown(study: Study, personal: Personal) -> None:
    """The other forms need only the MidiMe."""
    songless = replace(study, sources=(), songless=Songless("x", Playback()))
    with pytest.raises(OptionError, match="song is not here"):
        pieces.make(songless, personal, Request("song", 8, HERE, seed=0))
    made = pieces.make(songless, personal, Request("free", 8, HERE, seed=0, keep_harmony=True))
    assert made.chords == ()


def test_progress_is_told(study: Study, personal: Personal) -> None:
    """Thirty-two slots in four batches."""
    told: list[tuple[int, int]] = []
    request = Request("song", 64, HERE, seed=0, amount=0.5)
    pieces.make(study, personal, request, advance=lambda done, of: told.append((done, of)))
    assert told == [(8, 32), (16, 32), (24, 32), (32, 32)]
