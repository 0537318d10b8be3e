"""What is taken home has a sensible name and the right contents."""

from __future__ import annotations

import pytest

from midime_ui import cutting, note_sequences
from midime_ui.components.downloads import file_stem, name_of
from midime_ui.studies import Source, Study
from tests.support.stage import perform


@pytest.mark.parametrize(
    ("name", "stem"),
    [("Für Elise, 7", "Für-Elise-7"), ("../../etc/passwd", "etc-passwd"), ("...", "midime")],
)
def test_a_name_becomes_a_file_name(name: str, stem: str) -> None:
    """Nothing in it leads out of a folder."""
    assert file_stem(name) == stem


def test_a_file_says_of_what_song_and_model_it_is(study: Study, trio: Study) -> None:
    """Also when the song has a long name."""
    assert file_stem(name_of(trio, "variation 7")) == "korobeiniki-trio-variation-7"
    long = Study((Source("a" * 200 + ".mid", b""),), (), study.model)
    assert file_stem(name_of(long, "variation 7")).endswith("-melody-variation-7")


def test_a_long_name_is_cut() -> None:
    """File systems end at 255 bytes, and letters may take three."""
    assert len(file_stem("a" * 500)) <= 80


def test_three_formats_are_offered(study: Study) -> None:
    """MIDI for programs, WAV and MP3 for ears."""

    def script(study: Study) -> None:
        from midime_ui import cutting
        from midime_ui.components import downloads

        chunk = cutting.material(study).chunks.items[0]
        downloads.show(chunk.sequence, name="tune", key="x")

    page = perform(script, study=study)
    assert [button.label for button in page.get("download_button")] == ["MIDI", "WAV", "MP3"]
    assert note_sequences.midi(cutting.material(study).chunks.items[0].sequence)[:4] == b"MThd"
