"""Named numbers of a passage."""

from __future__ import annotations

import numpy as np
import pytest

from midime_engine.attributes.features import FEATURES
from midime_engine.attributes.passage import Passages
from tests.support.passages import TRIO, drummed, random_passages, sung


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("density", 4 / 32),
        ("notes_per_bar", 2.0),
        ("rests", 24 / 32),
        ("note_length", 2.0),
        ("legato", 0.75),
        ("lowest", 57),
        ("highest", 67),
        ("range", 10),
        ("mean_pitch", 62),
        ("largest_leap", 10),
        ("mean_leap", 7),
        ("stepwise", 0.0),
        ("in_key", 1.0),
        ("pitch_classes", 4),
        ("offbeats", 0.5),
        ("off_sixteenths", 0.0),
        ("syncopation", 0.25),
        ("repetition", 0.0),
        ("similarity", 0.0),
    ],
)
def test_a_feature_is_what_its_name_says(name, value) -> None:
    """C4, E4, A3 and G4 as eighths, then rest, which is an accent passed over."""
    tune = sung("C4 . E4 . A3 . G4 . off")
    assert FEATURES[name].compute(Passages.of([tune]))[0] == pytest.approx(value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("kick", 1.0),
        ("snare", 0.5),
        ("hihat", 0.5),
        ("backbeat", 0.25),
        ("four_on_the_floor", 0.25),
    ],
)
def test_drums_have_features_of_their_own(name, value) -> None:
    """A bar with kick, snare and open hat, and one of kick."""
    beat = drummed("k . o . s" + " ." * 11 + " k")
    assert FEATURES[name].compute(Passages.of([beat]))[0] == pytest.approx(value)


@pytest.mark.parametrize("feature", FEATURES.values(), ids=lambda feature: feature.name)
def test_every_feature_is_finite_for_every_passage_and_tells_some_apart(feature, rng) -> None:
    """Silence included; not further apart than its span says, where it is a share."""
    found = feature.compute(random_passages(rng, TRIO))
    assert np.isfinite(found).all()
    assert len(np.unique(found)) > 1
    if feature.span == 1.0:
        assert found.min() >= 0
        assert found.max() <= 1


def test_passages_do_not_mix() -> None:
    """The silent one between has no lowest note of its own or of others."""
    batch = Passages.of([sung("C4 G4"), sung(""), sung("C5")])
    assert FEATURES["lowest"].compute(batch).tolist() == [60, 0, 72]
    assert FEATURES["highest"].compute(batch).tolist() == [67, 0, 72]
    assert FEATURES["largest_leap"].compute(batch).tolist() == [7, 0, 0]
