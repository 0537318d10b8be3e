from __future__ import annotations

import pytest

from midime_engine.pretraining.sources import SOURCES


@pytest.mark.parametrize("name", SOURCES)
def test_every_corpus_has_a_licence_and_someone_to_thank(name: str) -> None:
    """A card without them could not be published."""
    assert all(SOURCES[name])


def test_the_sources_are_the_corpora_that_there_are(shared_dir) -> None:
    """Each archive that a model is trained on is in the table."""
    archives = {path.stem for path in (shared_dir / "corpora").glob("*.zip")}
    assert archives <= SOURCES.keys()
