"""Each form puts the right place into each slot."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from midime_engine.errors import OptionError
from midime_engine.music.playback import Playback
from midime_engine.pipelines import forms
from midime_engine.pipelines.embed import embed
from midime_engine.pipelines.travel import Place
from tests.support.fakes import PlaneSpace

COMMON = {"playback": Playback(), "n_steps": 32}


@pytest.fixture
def latents(material, model):
    """Where the chunks of the song lie."""
    return embed(material.chunks, model).latents.mu


@pytest.fixture
def space(latents) -> PlaneSpace:
    """The plane through the chunks of the song."""
    return PlaneSpace(latents)


def place(space: PlaneSpace, *point: float, tokens=None) -> Place:
    """A point of the personal space."""
    z_small = np.array(point, np.float32)
    return Place(space.decode(z_small[None])[0], z_small, tokens)


@pytest.fixture
def a(space) -> Place:
    """Somewhere."""
    return place(space, 0.5, -0.5)


@pytest.fixture
def b(space) -> Place:
    """Somewhere else."""
    return place(space, -1.0, 1.0)


def test_the_song_is_followed_and_begins_again(material, latents, space) -> None:
    """Unmoved, each slot is a chunk; after the four chunks of the song the first comes again."""
    points = space.encode(latents).mu
    plan = forms.along_song(
        12, material.chunks, points, space, toward=np.ones(2, np.float32), amount=0.0, seed=7
    )
    np.testing.assert_allclose(plan.z_small, points[[0, 1, 2, 3, 0, 1]])
    assert [slot.label for slot in plan.slots][:2] == ["scale.mid, bar 1", "scale.mid, bar 3"]
    assert [slot.song_bar for slot in plan.slots] == [0, 2, 4, 6, 0, 2]
    assert plan.seeds == tuple(range(7, 13))


def test_the_song_moves_toward_the_variation(material, latents, space) -> None:
    """Half-way at one half, all of it at one."""
    points, toward = space.encode(latents).mu, np.array([1.0, -1.0], np.float32)
    half, whole = (
        forms.along_song(8, material.chunks, points, space, toward=toward, amount=amount)
        for amount in (0.5, 1.0)
    )
    np.testing.assert_allclose(half.z_small, (points + toward) / 2, atol=1e-6)
    np.testing.assert_allclose(whole.z_small, np.tile(toward, (4, 1)), atol=1e-6)


def test_aaba_states_and_answers(a, b, space) -> None:
    """Each section begins with its own place; its answers are near, and differ."""
    plan = forms.aaba(32, a, b, space, **COMMON, seed=3)
    assert [slot.label for slot in plan.slots] == [
        letter for letter in ("A", "A2", "B", "A3") for _ in range(4)
    ]
    small = plan.z_small.reshape(4, 4, 2)
    for section, start in zip(small, [a, a, b, a], strict=True):
        np.testing.assert_array_equal(section[0], start.z_small)
        away = np.linalg.norm(section[1:] - section[0], axis=1)
        assert np.all((away > 0) & (away < 2.0))
    between = np.linalg.norm(small[1] - small[0], axis=1)[1:]
    assert np.all((between > 0) & (between < 1.0)), "A comes again, slightly varied"
    assert [slot.song_bar for slot in plan.slots[:8]] == [0, 2, 4, 6] * 2
    assert [slot.song_bar for slot in plan.slots[8:12]] == [8, 10, 12, 14]


def test_a_section_of_one_window_is_itself_varied_when_it_comes_again(a, b, space) -> None:
    """Otherwise the same two bars would be heard three times."""
    plan = forms.aaba(8, a, b, space, **COMMON)
    first, again, other, last = plan.z_small
    np.testing.assert_array_equal(first, a.z_small)
    np.testing.assert_array_equal(other, b.z_small)
    assert 0 < np.linalg.norm(again - first) < 1
    assert 0 < np.linalg.norm(last - first) < 1
    assert not np.array_equal(again, last)


def test_known_music_is_stated_as_it_is(b, space) -> None:
    """What was kept is not decoded again where it is not varied."""
    tokens = np.full((32, 1), 40, np.int32)
    plan = forms.aaba(16, place(space, 0.5, -0.5, tokens=tokens), b, space, **COMMON)
    assert sorted(plan.known) == [0, 2, 6]
    np.testing.assert_array_equal(plan.known[2], tokens)


def test_music_of_the_base_model_can_be_a_section(a, space) -> None:
    """It is varied by the moves of the personal space, from where it is."""
    far = Place(np.full(32, 5.0, np.float32))
    plan = forms.aaba(16, a, far, space, **COMMON)
    np.testing.assert_array_equal(plan.z[4], far.z)
    assert not np.array_equal(plan.z[5], far.z)
    assert plan.z_small is None


def test_sections_are_of_equal_length(a, b, space) -> None:
    """Ten bars have no quarter of whole bars."""
    with pytest.raises(OptionError, match="four equal sections"):
        forms.aaba(10, a, b, space, **COMMON)


def test_long_windows_are_cut_to_their_sections(a, b, space) -> None:
    """Of sixteen bars only eight are heard in each section of thirty-two."""
    plan = forms.aaba(32, a, b, space, playback=Playback(), n_steps=256)
    assert [slot.n_steps for slot in plan.slots] == [128] * 4


def test_a_path_reaches_each_of_its_places(a, b, space) -> None:
    """In order, with equal steps between."""
    c = place(space, 2.0, 2.0)
    plan = forms.path(20, [a, b, c], space, **COMMON)
    assert len(plan.slots) == 10
    np.testing.assert_allclose(plan.z_small[[0, -1]], [a.z_small, c.z_small], atol=1e-6)
    (middle,) = np.flatnonzero(np.all(np.isclose(plan.z_small, b.z_small, atol=1e-6), axis=1))
    for leg in (plan.z_small[: middle + 1], plan.z_small[middle:]):
        lengths = [np.linalg.norm(end - start) for start, end in pairwise(leg)]
        np.testing.assert_allclose(lengths, lengths[0], atol=0.02)
    np.testing.assert_allclose(plan.z, space.decode(plan.z_small), atol=1e-4)


def test_a_short_piece_leaves_places_of_a_long_path_out(space) -> None:
    """But never its ends."""
    places = [place(space, float(i) / 10, 0.0) for i in range(30)]
    plan = forms.path(8, places, space, **COMMON)
    np.testing.assert_allclose(plan.z_small[:, 0], [0.0, 1.0, 1.9, 2.9], atol=1e-6)


def test_a_path_of_one_slot_is_its_beginning(a, b, space) -> None:
    """Eight bars of a model with windows of sixteen."""
    plan = forms.path(8, [a, b], space, playback=Playback(), n_steps=256)
    np.testing.assert_allclose(plan.z_small, [a.z_small])
    assert [slot.n_steps for slot in plan.slots] == [128]


def test_a_path_has_two_places(a, space) -> None:
    """One leads nowhere."""
    with pytest.raises(OptionError, match="two places"):
        forms.path(8, [a], space, **COMMON)


def test_free_draws_differ(space, model) -> None:
    """Each slot has a seed of its own, and its music is known already."""
    plan = forms.free(16, space, model, parts=("melody",), **COMMON, seed=4)
    assert plan.seeds == tuple(range(4, 12))
    assert sorted(plan.known) == list(range(8))
    assert len({tokens.tobytes() for tokens in plan.known.values()}) == 8


def test_the_same_seed_gives_the_same_plan(a, b, space, model) -> None:
    """In every form with chance in it; another seed gives another."""

    def plans(seed: int) -> list[np.ndarray]:
        return [
            forms.aaba(16, a, b, space, **COMMON, seed=seed).z,
            forms.free(16, space, model, parts=("melody",), **COMMON, seed=seed).z,
        ]

    for first, again, other in zip(plans(1), plans(1), plans(2), strict=True):
        np.testing.assert_array_equal(first, again)
        assert not np.array_equal(first, other)
