from __future__ import annotations

import numpy as np

from midime_engine.musicvae.starting import standard_normal
from midime_engine.pipelines.embed import embed
from midime_engine.pipelines.outcome import evaluate
from tests.support.fakes import PlaneSpace


def test_the_base_model_and_the_midime_are_judged_alike(material, model) -> None:
    """As many samples of both, rebuilt and compared with the same song."""
    embedding = embed(material.chunks, model)
    space = PlaneSpace(embedding.latents.mu)
    outcome = evaluate(
        embedding, space, model, parts=("melody",), starts=standard_normal(5, 32), seed=2
    )
    assert outcome.variations.tokens.shape == outcome.base.tokens.shape == (5, 32, 1)
    assert outcome.by_model.mean_accuracy == 1
    assert outcome.by_midime.mean_accuracy < 1
    assert len(outcome.variations_compared.originality.nearest) == 5
    assert len(outcome.base_compared.originality.nearest) == 5


def test_a_personal_space_is_nearer_the_song_than_the_prior(material, model) -> None:
    """The point of it all, on a model that is easy to see through."""
    embedding = embed(material.chunks, model)
    space = PlaneSpace(embedding.latents.mu)
    outcome = evaluate(
        embedding, space, model, parts=("melody",), starts=standard_normal(8, 32), seed=1
    )
    own = outcome.variations_compared.similarity["melody"]
    base = outcome.base_compared.similarity["melody"]
    assert np.mean(list(own.values())) > np.mean(list(base.values()))


def test_the_same_seed_gives_the_same_outcome(material, model) -> None:
    """A report can be made again."""
    embedding = embed(material.chunks, model)
    space = PlaneSpace(embedding.latents.mu)
    first, again = (
        evaluate(
            embedding,
            space,
            model,
            parts=("melody",),
            starts=standard_normal(8, 32),
            temperature=0.7,
            seed=4,
        )
        for _ in range(2)
    )
    np.testing.assert_array_equal(first.variations.tokens, again.variations.tokens)
    assert first.base_compared == again.base_compared
