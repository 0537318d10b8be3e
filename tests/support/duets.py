"""Translators of the session's own, and passages; the general translator is the real one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from midime_engine import musicvae
from midime_engine.pipelines import bridge, teach
from midime_engine.pipelines.carried import NAMES, Scale
from midime_engine.translation import persistence
from midime_engine.translation.domain import face
from midime_engine.translation.model import Translator
from midime_ui import pairings, passages
from midime_ui.carriers import Carrier
from tests.support.translation import toy_config

if TYPE_CHECKING:
    from midime_ui.passages import Passage
    from midime_ui.studies import Study

__all__ = ["DRUMS", "MELODY", "TRIO", "a_passage", "an_own_carrier", "the_general"]

MELODY, DRUMS, TRIO = "mel_2bar", "drums_2bar", "trio_4bar"


def an_own_carrier(
    source: str = MELODY, target: str = DRUMS, *, songs=("tune.mid",), **metadata
) -> Carrier:
    """A small translator that has learnt nothing, between two of the embedded models."""
    cards = {card.name: card for card in musicvae.available()}
    domains = face(bridge.domain_of(cards[source]), bridge.domain_of(cards[target]))
    config = toy_config(domains=domains, n_labels=len(NAMES))
    rng = np.random.default_rng(0)
    scales = [Scale.of(rng.random((50, len(NAMES)))) for _ in domains]
    told = {**teach.metadata_of((scales[0], scales[1]), songs=songs), **metadata}
    return Carrier.of_file(persistence.to_bytes(Translator(config), told))


def the_general() -> Carrier:
    """From melodies to drums, as it comes with MidiMe."""
    found = Carrier.general(MELODY, DRUMS)
    assert found is not None
    return found


def a_passage(study: Study, *, target: str = DRUMS, index: int = 0) -> Passage:
    """A piece of a song, on its way to another model."""
    return passages.of_chunk(study, pairings.sides(study.model, target)[0], index)
