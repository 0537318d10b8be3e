"""Music by its features, and a judge that has a listener's taste."""

from __future__ import annotations

import numpy as np
import pytest

from midime_engine.pipelines.tasting import TasteJudge, feature_names, features_of
from midime_engine.pipelines.wishes import Ear
from midime_engine.ratings.ballots import dislike, like
from midime_engine.ratings.taste import Taste

TRIO = ("melody", "bass", "drums")


def melodies(pitches) -> np.ndarray:
    """Windows of quarter notes, one row of pitches each."""
    tokens = np.zeros((len(pitches), 32, 1), np.int32)
    for row, each in zip(tokens, pitches, strict=True):
        row[::4, 0] = np.asarray(each) - 19
    return tokens


LOW, HIGH = [48 + i % 3 for i in range(8)], [84 + i % 3 for i in range(8)]


class Straight:
    """A model whose ``z`` holds the pitches themselves."""

    def decode_tokens(self, z, *, temperature=None, seed=0):
        """Eight numbers are eight quarters."""
        del temperature, seed
        return melodies(np.rint(z).astype(int))


@pytest.mark.parametrize("parts", [("melody",), ("drums",), TRIO])
def test_every_feature_has_a_name(parts) -> None:
    """As many as there are columns."""
    window = np.zeros((2, 32, len(parts)), np.int32)
    names = feature_names(parts)
    assert features_of(window, parts=parts).shape == (2, len(names))
    assert len(set(names)) == len(names)


def test_only_what_sounds_is_asked_about() -> None:
    """A melody has no kick, drums have no key."""
    assert not {"kick", "bass_follows_kick"} & set(feature_names(("melody",)))
    assert not {"mean_pitch", "key=C major", "contour=arch"} & set(feature_names(("drums",)))
    assert {"kick", "mean_pitch", "bass_follows_kick", "key=C major"} <= set(feature_names(TRIO))


def test_features_are_what_they_are_called() -> None:
    """Of a low and a high melody in C."""
    table = features_of(melodies([LOW, HIGH]), parts=("melody",))
    names = feature_names(("melody",))
    assert table[:, names.index("mean_pitch")] == pytest.approx([np.mean(LOW), np.mean(HIGH)])
    assert table[:, names.index("notes_per_bar")].tolist() == [4, 4]
    assert table[1, names.index("highest")] == 86


@pytest.fixture(scope="module")
def taste() -> Taste:
    """Somebody likes low notes."""
    rng = np.random.default_rng(0)
    rows = [rng.integers(0, 12, 8) + base for base in [48, 72] * 20]
    table = features_of(melodies(rows), parts=("melody",))
    ballots = [like(i) if i % 2 == 0 else dislike(i) for i in range(20)]
    return Taste.of(table, ballots, population=table)


def test_the_judge_hears_the_music_and_likes_what_the_listener_likes(taste: Taste) -> None:
    """Low notes are wished, high ones are worth less the less they are liked."""
    judge = TasteJudge.of_music(Ear(Straight(), ("melody",)), taste)
    heard = judge.hear(np.array([LOW, HIGH], np.float32), seed=0)
    verdict = judge.judge(heard, judge.conditions(2, np.random.default_rng(0)))
    assert heard.shape == (2, 1)
    assert heard[0, 0] >= judge.sure
    assert heard[1, 0] < 1 - judge.sure
    assert verdict.satisfied.tolist() == [[True], [False]]
    assert verdict.rewards[0, 0] == 1.0
    assert verdict.rewards[1, 0] == pytest.approx(heard[1, 0] / 0.65)


def test_it_has_one_wish_that_does_not_vary(taste: Taste) -> None:
    """Whatever the model."""
    judge = TasteJudge(lambda z, _seed: z, taste)
    assert judge.weights.tolist() == [1.0]
    assert judge.condition_size == 0
    assert judge.conditions(5, np.random.default_rng(0)).shape == (5, 0)
