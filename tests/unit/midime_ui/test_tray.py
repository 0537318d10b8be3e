"""What is kept is plain data, bounded, named, and comes back when it was discarded by mistake."""

from __future__ import annotations

import pickle

import numpy as np
import pytest
import streamlit as st

from midime_engine.errors import OptionError
from midime_engine.pipelines.generate import Variations
from midime_ui import tray
from midime_ui.tray import Item


@pytest.fixture(autouse=True)
def session(monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    """A session without a browser."""
    values: dict[str, object] = {}
    monkeypatch.setattr(st, "session_state", values)
    return values


def item(number: int, name: str = "A tune") -> Item:
    """The second of two pieces of music, told from others by its number."""
    z = np.array([[0.0, 0.0], [number, 0.5]], np.float32)
    tokens = np.array([[[0], [0]], [[60], [number]]], np.int32)
    made = Variations(z, tokens, z[:, :1])
    return Item.of(made, 1, name=name, position=None, seed=number, temperature=None)


def test_an_item_holds_the_music_and_where_it_lies() -> None:
    """Tokens, both points and the seed come back as they were."""
    kept = item(7)

    assert kept.window.tolist() == [[60], [7]]
    assert kept.shape == (2, 1)
    assert kept.z == (7.0, 0.5)
    assert kept.z_small == (7.0,)
    assert kept.seed == 7


def test_an_item_survives_the_session_being_stored() -> None:
    """It is plain data."""
    assert pickle.loads(pickle.dumps(item(1))) == item(1)  # noqa: S301 - our own


def test_music_of_the_base_model_has_no_place_in_the_personal_space() -> None:
    """Then there is nothing to put the sliders on."""
    made = Variations(np.zeros((1, 2), np.float32), np.ones((1, 4, 3), np.int32))
    kept = Item.of(made, 0, name="x", position=None, seed=0, temperature=1.0)
    assert kept.z_small is None


def test_what_is_kept_twice_is_there_once() -> None:
    """The same music from the same point is one item, whatever it is called."""
    tray.add(item(1))
    tray.add(item(2))
    tray.add(item(1, "Another name"))

    assert tray.items() == (item(1), item(2))
    assert tray.is_kept(item(1).id)
    assert not tray.is_kept(item(3).id)


def test_a_full_tray_says_what_to_do() -> None:
    """And keeps what is in it."""
    for number in range(tray.MAX_ITEMS):
        assert not tray.is_full()
        tray.add(item(number))
    assert tray.is_full()

    with pytest.raises(OptionError, match="full") as refused:
        tray.add(item(tray.MAX_ITEMS))

    assert "Discard" in refused.value.remedy
    assert len(tray.items()) == tray.MAX_ITEMS


def test_a_new_name_is_tidied_and_an_empty_one_is_ignored() -> None:
    """Nothing else of the item changes."""
    tray.add(item(1))
    tray.add(item(2))

    tray.rename(item(2).id, f"  My   favourite {'x' * 100}")
    tray.rename(item(1).id, "   ")

    assert tray.items()[0] == item(1)
    assert tray.items()[1].name == f"My favourite {'x' * 100}"[: tray.MAX_NAME]
    assert tray.items()[1].z == item(2).z


def test_what_was_discarded_comes_back_with_what_was_there_before() -> None:
    """A snapshot of the tray is all that undoing needs."""
    tray.add(item(1))
    tray.add(item(2))
    before = tray.items()

    tray.discard(item(1).id)
    assert tray.items() == (item(2),)

    tray.set_items(before)
    assert tray.items() == before
