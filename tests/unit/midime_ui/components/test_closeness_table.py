"""Likeness and originality, with and without MidiMe."""

from __future__ import annotations

from typing import TYPE_CHECKING

from midime_engine.metrics.similarity import DRUM_FEATURES, PITCHED_FEATURES
from midime_ui import comparing, cutting
from midime_ui.components.closeness_table import NAMES, rows
from tests.support.stage import perform, words

if TYPE_CHECKING:
    from midime_ui.personal import Personal
    from midime_ui.studies import Study


def test_every_feature_has_a_name() -> None:
    """A new one in the engine must be called something here."""
    assert set(NAMES) == {*PITCHED_FEATURES, *DRUM_FEATURES}


def test_the_song_itself_is_wholly_like_the_song(study: Study) -> None:
    """A hundred percent in each row."""
    same = comparing.compared(study, cutting.material(study).chunks.tokens)
    table = rows(same, same)
    assert len(table) == len(PITCHED_FEATURES)
    assert all(row["MidiMe"] == row["Base model"] == 100 for row in table)


def test_a_part_that_is_silent_in_the_song_has_no_rows(trio: Study) -> None:
    """There is nothing to be like; the others are told apart."""
    same = comparing.compared(trio, cutting.material(trio).chunks.tokens)
    names = [row["What is alike"] for row in rows(same, same, silent=("bass",))]
    assert len(names) == len(PITCHED_FEATURES) + len(DRUM_FEATURES)
    assert names[0] == "Notes of the scale (melody)"
    assert not any("(bass)" in name for name in names)


def test_copies_are_confessed(study: Study, personal: Personal) -> None:
    """In a sentence under the table."""

    def script(study: Study, personal: Personal) -> None:
        from midime_ui import comparing
        from midime_ui.components import closeness_table

        closeness_table.show(comparing.outcome(study, personal))

    page = perform(script, study=study, personal=personal)
    assert len(page.dataframe) == 1
    assert "Not a copy?" in words(page)
