"""A blend lies between its parents, says so, and is a MidiMe like any other."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from midime_engine.errors import OptionError
from midime_engine.midime import persistence
from midime_engine.midime.config import MidiMeConfig
from midime_engine.midime.model import MidiMe
from midime_engine.music.playback import Playback
from midime_engine.pipelines import blend, keeping
from midime_engine.pipelines.provenance import Parent, Provenance
from tests.support.fakes import PerfectModel

MARCH = Playback(qpm=80, programs=(40,), velocities=(100,))
WALTZ = Playback(qpm=180, numerator=3, n_steps=24, programs=(73,), velocities=(70,))


def half(name: str, playback: Playback, *, seed: int, z_size: int = 32) -> blend.Half:
    """An untrained MidiMe as its file; every seed leads elsewhere."""
    provenance = Provenance("perfect", ("melody",), playback, (f"{name}.mid",), (name * 4,), 5)
    midime = MidiMe(MidiMeConfig(input_size=z_size, latent_size=2, seed=seed))
    data = persistence.to_bytes(midime, provenance.to_json())
    return blend.Half.of(data, name=name)


A, B = half("march", MARCH, seed=1), half("waltz", WALTZ, seed=2)


class Spot:
    """A space that leads to one place only."""

    def __init__(self, place: float) -> None:
        """``place`` is every number of its vectors."""
        self.place = place

    def sample(self, n: int, *, seed: int):
        """Points that all mean the same."""
        return np.random.default_rng(seed).standard_normal((n, 2)).astype(np.float32)

    def decode(self, z_small):
        """To the one place."""
        return np.full((len(z_small), 3), self.place, np.float32)


@pytest.mark.parametrize("share", [0.0, 0.25, 0.5, 1.0])
def test_the_share_is_the_centre_of_what_is_trained_on(share: float) -> None:
    """As many draws of each parent as its share says, and the rest on the way between them."""
    z = blend.points(Spot(0.0), Spot(1.0), share=share, seed=0)
    assert z.shape == (blend.N_POINTS, 3)
    assert z.dtype == np.float32
    assert z.mean() == pytest.approx(share, abs=0.02)
    between = z[(z > 0) & (z < 1)]
    np.testing.assert_allclose(between, share)
    assert (between.size > 0) == (0 < share < 1)


def test_the_same_seed_gives_the_same_points() -> None:
    """And another one others; both parents draw differently."""
    one, again, other = (
        blend.points(A.midime, B.midime, share=0.5, seed=seed) for seed in (3, 3, 4)
    )
    np.testing.assert_array_equal(one, again)
    assert not np.array_equal(one, other)
    twins = blend.points(A.midime, A.midime, share=0.5, seed=3)
    assert len(np.unique(twins.round(6), axis=0)) == blend.N_POINTS


def test_a_share_beyond_all_is_a_mistake() -> None:
    """Of the caller: a user's is checked where it comes in."""
    with pytest.raises(ValueError, match="share"):
        blend.points(A.midime, B.midime, share=1.1, seed=0)


def test_a_blend_says_whose_child_it_is() -> None:
    """Both parents with their shares, and the songs of both."""
    provenance = blend.provenance_of(A, B, share=0.25)
    assert provenance.parents == (
        Parent("march", A.sha256, 0.75),
        Parent("waltz", B.sha256, 0.25),
    )
    assert provenance.songs == ("march.mid", "waltz.mid")
    assert provenance.sha256 == ("march" * 4, "waltz" * 4)
    assert provenance.n_chunks == 10
    assert Provenance.from_json(provenance.to_json()) == provenance


def test_it_is_played_like_the_larger_parent_at_a_tempo_between() -> None:
    """Half way between 80 and 180 lies 120: both steps are as large."""
    assert blend.provenance_of(A, B, share=0.0).playback == MARCH
    assert blend.provenance_of(A, B, share=1.0).playback == WALTZ
    middle = blend.provenance_of(A, B, share=0.5).playback
    assert middle.qpm == pytest.approx(120)
    assert replace(middle, qpm=MARCH.qpm) == MARCH
    assert blend.provenance_of(A, B, share=0.51).playback.numerator == 3


def test_a_song_of_both_parents_is_named_once() -> None:
    """With its digest."""
    both = blend.provenance_of(A, replace_songs(B, A), share=0.5)
    assert both.songs == ("march.mid",)
    assert both.sha256 == ("march" * 4,)


def replace_songs(one: blend.Half, other: blend.Half) -> blend.Half:
    """``one`` as if it had learnt from the songs of ``other``."""
    provenance = replace(
        one.provenance, songs=other.provenance.songs, sha256=other.provenance.sha256
    )
    return replace(one, provenance=provenance)


def test_parents_of_different_models_are_refused() -> None:
    """Their numbers mean different things."""
    other = replace(B, provenance=replace(B.provenance, model="drums_2bar", parts=("drums",)))
    with pytest.raises(OptionError, match="different things") as caught:
        blend.start(A, other, share=0.5)
    assert "same base model" in caught.value.remedy
    with pytest.raises(OptionError, match="different length"):
        blend.require_related(A, half("long", MARCH, seed=3, z_size=64))


def test_one_midime_cannot_be_blended_with_itself() -> None:
    """It is what it is."""
    with pytest.raises(OptionError, match="the same MidiMe"):
        blend.require_related(A, replace(A, name="another name"))


def test_a_trained_blend_can_be_kept_like_any_other() -> None:
    """With four sliders of its own; the same seed trains the same blend."""
    training = blend.start(A, B, share=0.5, seed=5)
    assert len(list(training)) > 10
    assert training.history[-1].total < training.history[0].total
    provenance = blend.provenance_of(A, B, share=0.5)
    data = persistence.to_bytes(training.space, provenance.to_json())
    kept = keeping.read(data)
    keeping.require_playable(kept, parts=("melody",), n_steps=32, z_size=32)
    assert kept.config.latent_size == 4
    again = blend.start(A, B, share=0.5, seed=5)
    assert persistence.to_bytes(again.finish(), provenance.to_json()) == data


def test_likeness_tells_to_whom_a_blend_is_closer() -> None:
    """A parent is like itself, and as like the other as both are."""
    model = PerfectModel()
    provenance = blend.provenance_of(A, B, share=0.0)
    a, b = (replace(each, midime=Melodies(pitch)) for each, pitch in ((A, 60), (B, 64)))
    alike = blend.likeness(a.midime, a, b, model, provenance=provenance)
    assert alike.to_a == pytest.approx(1.0)
    assert alike.to_b == pytest.approx(alike.apart)
    assert alike.apart < 0.95


class Melodies(Spot):
    """Quarter notes above one pitch, in token space."""

    def decode(self, z_small):
        """Windows of the perfect model, each a little different."""
        z = np.zeros((len(z_small), 32), np.float32)
        steps = np.rint(np.abs(z_small[:, :1]) * 10) % 3 + np.arange(8)
        z[:, ::4] = self.place - 21 + 2 + steps
        return z
