from __future__ import annotations

import numpy as np
import pytest

from midime_engine import protocols
from midime_engine.midime.config import MidiMeConfig
from midime_engine.midime.model import MidiMe
from tests.support.fakes import PerfectModel, PlaneSpace


@pytest.mark.parametrize(
    "kind", [protocols.EncodesTokens, protocols.DecodesTokens, protocols.TokenModel]
)
def test_a_model_is_what_it_can_do(kind) -> None:
    """A fake needs no base class to be taken for a model, and a number is none."""
    assert isinstance(PerfectModel(), kind)
    assert not isinstance(1, kind)


def test_a_midime_is_a_personal_space_like_its_fake() -> None:
    """The pipelines cannot tell them apart."""
    real = MidiMe(MidiMeConfig(input_size=8, encoder_layers=(4,), decoder_layers=(4,)))
    for space in (real, PlaneSpace(np.eye(8))):
        assert isinstance(space, protocols.PersonalSpace)
        assert space.decode(space.sample(3, seed=0)).shape == (3, 8)
        assert space.encode(np.eye(8, dtype=np.float32)).mu.shape[0] == 8
