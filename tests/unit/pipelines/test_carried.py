"""Attributes that melodies and drums both have."""

from __future__ import annotations

import numpy as np
import pytest

from midime_engine.pipelines.carried import NAMES, Scale, measure

KICK, HAT = 1, 4


def _melody(*steps: int, pitch: int = 41) -> np.ndarray:
    tokens = np.zeros((32, 1), np.int32)
    tokens[list(steps)] = pitch
    return tokens


def _drums(kick: tuple[int, ...] = (), hat: tuple[int, ...] = ()) -> np.ndarray:
    tokens = np.zeros((32, 1), np.int32)
    tokens[list(kick)] |= KICK
    tokens[list(hat)] |= HAT
    return tokens


def _of(window: np.ndarray, part: str) -> dict[str, float]:
    return dict(zip(NAMES, measure(window[None], parts=(part,))[0].tolist(), strict=True))


def test_density_is_the_share_of_sixteenths_on_which_something_begins() -> None:
    """In a melody and in drums alike."""
    assert _of(_melody(0, 8, 16, 24), "melody")["density"] == pytest.approx(4 / 32)
    assert _of(_drums((0, 16), (0, 4, 8)), "drums")["density"] == pytest.approx(4 / 32)


def test_a_hi_hat_keeps_time_and_makes_no_rhythm() -> None:
    """A bass drum before the beat is syncopated however the hi-hat goes on."""
    straight = _of(_drums((0, 8, 16, 24), tuple(range(0, 32, 2))), "drums")
    pushed = _of(_drums((0, 7, 16, 23), tuple(range(0, 32, 2))), "drums")
    assert straight["syncopation"] == 0.0
    assert pushed["syncopation"] == 0.5
    assert pushed["between"] == 0.5
    assert straight["on the beat"] == 1.0


def test_the_same_bar_twice_is_all_repetition() -> None:
    """And another bar is none."""
    assert _of(_melody(0, 6, 16, 22), "melody")["repetition"] == 1.0
    assert _of(_melody(0, 6, 19, 27), "melody")["repetition"] == 0.0


def test_brightness_rises_with_the_register() -> None:
    """Higher notes, or hi-hats rather than bass drums."""
    low, high = (_of(_melody(0, 8, pitch=p), "melody")["brightness"] for p in (30, 60))
    assert high - low == pytest.approx(30)
    kicks, hats = _of(_drums((0, 8)), "drums"), _of(_drums((), (0, 8)), "drums")
    assert (kicks["brightness"], hats["brightness"]) == (0.0, pytest.approx(0.9))


def test_of_a_trio_the_melody_counts() -> None:
    """What leads says how dense it is."""
    trio = np.concatenate([_melody(0, 8), _melody(*range(32)), _drums((0,))], axis=1)
    alone = measure(_melody(0, 8)[None], parts=("melody",))
    np.testing.assert_allclose(measure(trio[None], parts=("melody", "bass", "drums")), alone)


def test_a_scale_says_how_much_of_all_music_has_less() -> None:
    """The middle is a half, the ends are 0 and 1, and equals count half."""
    values = np.tile(np.linspace(0, 1, 101, dtype=np.float32)[:, None], (1, len(NAMES)))
    scale = Scale.of(values)
    asked = np.tile(np.array([[-1.0], [0.0], [0.25], [0.333], [1.0], [9.0]]), (1, len(NAMES)))
    shares = scale.share(asked.astype(np.float32))[:, 0]
    np.testing.assert_allclose(shares, [0, 0, 0.25, 0.333, 1, 1], atol=0.02)
    constant = Scale.of(np.full((5, len(NAMES)), 2.0, np.float32))
    np.testing.assert_allclose(constant.share(np.full((1, len(NAMES)), 2.0)), 0.5)


def test_a_scale_comes_back_from_plain_numbers() -> None:
    """And damaged ones are refused."""
    scale = Scale.of(np.random.default_rng(0).random((50, len(NAMES))).astype(np.float32))
    again = Scale.from_json(scale.to_json())
    np.testing.assert_allclose(again.quantiles, scale.quantiles, atol=1e-4)
    with pytest.raises(ValueError, match="finite numbers"):
        Scale.from_json([[1.0, 2.0]])
