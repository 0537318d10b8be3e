"""Where rules are tried: a model, or a MidiMe on top of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from midime_engine.music.playback import Playback
from midime_ui import ground as grounds
from midime_ui import models, rebuilding
from midime_ui.ground import N_PIECES, Dreamer, Ground, LazySpace

if TYPE_CHECKING:
    from midime_ui.personal import Personal
    from midime_ui.studies import Study


def test_a_model_plays_from_all_of_its_space(study: Study) -> None:
    """At the usual tempo, and every time the same pieces."""
    ground = Ground(study.model)
    found = grounds.pieces(ground)
    assert found.z.shape == (N_PIECES, 256)
    assert found.tokens.shape == (N_PIECES, 32, 1)
    assert len(found.passages) == N_PIECES
    assert ground.playback == Playback()
    assert grounds.pieces(ground) is found


def test_a_midime_plays_what_sounds_like_its_song(study: Study, personal: Personal) -> None:
    """Nearer to its middle than what the model plays, and at the tempo of the song."""
    ground = Ground(study.model, study, personal)
    assert ground.playback.qpm == pytest.approx(90)
    mine, all_of_it = grounds.pieces(ground).z, grounds.pieces(Ground(study.model)).z
    assert mine.std() < all_of_it.std()
    assert ground.key != Ground(study.model).key


def test_its_space_knows_the_song(study: Study, personal: Personal) -> None:
    """Its chunks are among what is real there."""
    space = grounds.space(Ground(study.model, study, personal))()
    chunks = rebuilding.embedding(study).latents.mu
    known = {row.tobytes() for row in space.posterior.mu}
    assert known.issuperset(row.tobytes() for row in chunks)
    assert space.draw(3, 5).shape == (3, 256)


def test_a_space_is_made_once_by_whoever_asks_first() -> None:
    """It takes seconds."""
    made: list[int] = []
    lazy = LazySpace(lambda: made.append(1))  # type: ignore[arg-type, func-returns-value]
    lazy()
    assert made == [1]


def test_notes_can_be_made_of_what_is_played(study: Study) -> None:
    """One sequence for each piece."""
    ground = Ground(study.model)
    assert len(grounds.music(ground, grounds.pieces(ground).tokens[:2])) == 2
    assert grounds.ear(ground).parts == ("melody",)


def test_a_served_model_dreams_where_its_music_lies(study: Study) -> None:
    """It encodes and decodes as the model does."""
    server = models.server(study.model)
    dreamer = Dreamer(study.model, server, z_size=256)
    starts = dreamer.starts(4, seed=1)
    assert starts.shape == (4, 256)
    tokens = dreamer.decode_tokens(starts)
    assert (tokens == server.decode_tokens(starts)).all()
    assert np.allclose(dreamer.encode_tokens(tokens).mu, server.encode_tokens(tokens).mu)
