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


def test_a_pair_is_owed_to_both() -> None:
    """Their licences and their names."""
    pair = SOURCES["pop909+groove"]
    assert pair.licence == "MIT; CC BY 4.0"
    assert "Wang" in pair.attribution
    assert "Gillick" in pair.attribution
    assert SOURCES["helland+groove"].licence == "CC BY 4.0"
