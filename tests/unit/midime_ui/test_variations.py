"""A board is eight seeds, each of which repeats its music; there is a way back."""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING

import numpy as np
import pytest
import streamlit as st

from midime_engine.pipelines.draws import Around
from midime_ui import models, variations
from midime_ui.variations import N_CARDS, Board

if TYPE_CHECKING:
    from midime_ui.personal import Personal
    from midime_ui.studies import Study


@pytest.fixture(autouse=True)
def session(monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    """A session without a browser."""
    values: dict[str, object] = {}
    monkeypatch.setattr(st, "session_state", values)
    return values


def test_a_first_board_is_there_at_once(study: Study, personal: Personal) -> None:
    """Eight different seeds, and it stays until something else is put."""
    board = variations.board(study, personal, None)
    assert len(set(board.seeds)) == N_CARDS
    assert variations.n_different(study, personal, None, board) == N_CARDS
    assert variations.board(study, personal, None) is board
    assert pickle.loads(pickle.dumps(board)) == board  # noqa: S301 - our own


def test_the_board_of_another_midime_is_not_shown(study: Study, personal: Personal) -> None:
    """Its seeds mean other music."""
    variations.put(Board("another", tuple(range(8)), 8))
    assert variations.board(study, personal, None).owner == personal.sha256
    assert not variations.has_past()


def test_the_same_seed_is_the_same_board(study: Study, personal: Personal) -> None:
    """The next seeds are others."""
    first = variations.with_seeds(study, personal, None, first_seed=1)
    assert variations.with_seeds(study, personal, None, first_seed=1) == first
    following = variations.with_seeds(study, personal, None, first_seed=first.next_seed)
    assert not set(following.seeds) & set(first.seeds)


@pytest.mark.parametrize("temperature", [None, 0.5])
def test_all_cards_are_one_call_and_each_repeats_alone(
    study: Study, personal: Personal, temperature: float | None, monkeypatch
) -> None:
    """With its own seed, whatever stands beside it."""
    server, calls = models.server(study.model), []
    decode = server.decode_tokens

    def counted(z, **options):
        calls.append(len(z))
        return decode(z, **options)

    monkeypatch.setattr(server, "decode_tokens", counted)
    seeds = tuple(range(20, 28))
    made = variations.music(study, personal, seeds, temperature=temperature)
    assert calls == [N_CARDS]
    alone = variations.music(study, personal, (23,), temperature=temperature)
    np.testing.assert_array_equal(alone.tokens[0], made.tokens[3])


def test_one_card_is_replaced_and_the_others_stay(study: Study, personal: Personal) -> None:
    """By the next seed that is unlike all of them."""
    board = variations.board(study, personal, None)
    after = variations.replace_card(study, personal, None, board, 3)
    assert after.seeds[:3] == board.seeds[:3]
    assert after.seeds[4:] == board.seeds[4:]
    assert after.seeds[3] >= board.next_seed
    assert after.next_seed == after.seeds[3] + 1
    assert variations.n_different(study, personal, None, after) == N_CARDS


def test_more_like_this_lies_around_it(study: Study, personal: Personal) -> None:
    """Nearer than draws from the whole space, and what was liked does not come again."""
    around = Around((1.0, -1.0, 0.5), 0.2)
    board = variations.with_seeds(study, personal, None, first_seed=1, around=around, origin="x")
    made = variations.music(study, personal, board.seeds, around=around)
    assert made.z_small is not None
    assert np.abs(made.z_small - np.array(around.centre)).max() < 1.0
    assert board.origin == "x"


def test_there_is_a_way_back(study: Study, personal: Personal) -> None:
    """Board by board, to the first."""
    boards = [variations.board(study, personal, None)]
    for _ in range(2):
        boards.append(variations.with_seeds(study, personal, None, first_seed=boards[-1].next_seed))
        variations.put(boards[-1])
    assert variations.has_past()
    for board in (boards[1], boards[0]):
        variations.go_back()
        assert variations.board(study, personal, None) == board
    assert not variations.has_past()
    variations.go_back()
    assert variations.board(study, personal, None) == boards[0]


def test_seeds_end_where_they_can_be_typed(study: Study, personal: Personal) -> None:
    """Then they begin again at 0."""
    board = variations.with_seeds(study, personal, None, first_seed=9990)
    assert board.seeds[0] == 0


def test_the_base_model_plays_the_same_seeds(study: Study) -> None:
    """Each seed leads to its own music, as it does alone; there is no small point."""
    seeds = tuple(range(8))
    made = variations.base_music(study.model, 256, seeds)
    alone = variations.base_music(study.model, 256, (5,))
    np.testing.assert_array_equal(alone.tokens[0], made.tokens[5])
    assert made.z_small is None


def test_fine_controls_are_heard_on_every_card(study: Study, personal: Personal) -> None:
    """They are added to each point, as under the sliders."""
    seeds, nudges = tuple(range(1, 5)), ((0, 3.0), (2, -1.0))
    plain = variations.music(study, personal, seeds)
    nudged = variations.music(study, personal, seeds, nudges=nudges)
    assert plain.z_small is not None
    assert nudged.z_small is not None
    np.testing.assert_array_equal(nudged.z_small, plain.z_small)
    added = np.zeros(plain.z.shape[1], np.float32)
    added[[0, 2]] = 3.0, -1.0
    np.testing.assert_allclose(nudged.z - plain.z, np.tile(added, (4, 1)), atol=1e-5)


def test_a_board_of_the_history_is_shown_again(study: Study, personal: Personal) -> None:
    """As long as it belongs to the MidiMe at work."""
    assert variations.current(personal) is None
    board = variations.board(study, personal, None)
    after = variations.replace_card(study, personal, None, board, 3)
    variations.put(after)
    assert variations.current(personal) == after
    variations.restore(board)
    assert variations.current(personal) == board
    variations.restore(Board("another", tuple(range(8)), 8))
    assert variations.current(personal) is None
