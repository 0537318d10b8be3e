"""Windows of whole bands, for general translators."""

from __future__ import annotations

import numpy as np
import pytest

from midime_engine.errors import OptionError, TrainingError
from midime_engine.pipelines.bridge import domain_of
from midime_engine.pretraining.duets import Heard, cut, hear
from midime_engine.translation.domain import Domain, face
from tests.support.corpora import band, corpus, split
from tests.support.fakes import PerfectModel
from tests.support.translation import toy_models

OTHER = "E4 . G4 . C5 . A4 . F4 . D4 . E4 . C4 . "


@pytest.fixture
def duets(tmp_path):
    """Two bands, one of them for validation."""
    bands = corpus(tmp_path, first=band(), second=band(6, tune=OTHER))
    table = split(tmp_path, first="train", second="valid")
    return cut([bands], split=table, span=32, n_workers=0)


def test_every_window_knows_its_song_and_its_purpose(duets) -> None:
    """All three parts of the same bars."""
    assert duets.tokens.shape[1:] == (32, 3)
    assert len(duets.names) == 2
    assert duets.is_band.all()
    np.testing.assert_array_equal(duets.is_valid, duets.songs == 1)
    assert (duets.tokens[:, :, 2] > 0).any()


def test_only_windows_for_training_are_transposed(tmp_path) -> None:
    """The same seed, the same keys; validation is as it was written."""
    bands = corpus(tmp_path, first=band(), second=band(6, tune=OTHER))
    table = split(tmp_path, first="train", second="valid")
    one, other = (cut([bands], split=table, span=32, seed=s, n_workers=0) for s in (1, 4))
    np.testing.assert_array_equal(one.tokens[one.is_valid], other.tokens[other.is_valid])
    assert not np.array_equal(one.tokens[~one.is_valid], other.tokens[~other.is_valid])
    np.testing.assert_array_equal(one.tokens[:, :, 2], other.tokens[:, :, 2])


def test_corpora_without_a_band_to_judge_by_are_refused(tmp_path) -> None:
    """One sentence says what is missing."""
    bands = corpus(tmp_path, first=band())
    table = split(tmp_path, first="train")
    with pytest.raises(TrainingError, match="whole band"):
        cut([bands], split=table, span=32, n_workers=0)


def test_both_models_hear_their_side(duets) -> None:
    """Vectors and attributes, row by row; pairs are those rows that are asked for."""
    models = toy_models()
    domains = face(*(domain_of(model.config) for model in models))
    heard = hear(duets, models, domains)
    np.testing.assert_array_equal(heard.tokens[1][:, :, 0], duets.tokens[:, :, 2])
    np.testing.assert_array_equal(heard.mu[0], duets.tokens[:, :, 0])
    pairs = heard.pairs(~heard.is_valid, heard.scales(~heard.is_valid))
    assert len(pairs) == int((~heard.is_valid).sum())
    assert pairs.together.all()


def test_a_melody_and_its_trio_sound_together_whoever_drums(duets) -> None:
    """Only between melody and drums it matters that the drums are the song's own."""
    object.__setattr__(duets, "is_band", np.zeros(len(duets.songs), bool))
    melody, drums = toy_models()
    trio = PerfectModel(parts=("melody", "bass", "drums"))
    for models, expected in (((melody, drums), False), ((melody, trio), True)):
        domains = face(*(domain_of(model.config) for model in models))
        assert (hear(duets, models, domains).together == expected).all()


def test_what_was_heard_is_kept_for_the_next_run(duets, tmp_path) -> None:
    """By the same models; anything else is refused."""
    models = toy_models()
    domains = face(*(domain_of(model.config) for model in models))
    heard = hear(duets, models, domains)
    path = tmp_path / "pairs.npz"
    heard.save(path)
    again = Heard.load(path, domains)
    for name in ("tokens", "mu", "sigma", "values"):
        for ours, theirs in zip(getattr(heard, name), getattr(again, name), strict=True):
            np.testing.assert_array_equal(ours, theirs)
    np.testing.assert_array_equal(again.songs, heard.songs)
    other = Domain(model="other", parts=("drums",), n_steps=32, z_size=32)
    with pytest.raises(OptionError, match="heard by toy_melody and toy_drums"):
        Heard.load(path, (domains[0], other))
    path.write_bytes(b"PK nothing")
    with pytest.raises(OptionError, match="holds no pairs"):
        Heard.load(path, domains)
