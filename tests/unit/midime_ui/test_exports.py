"""What is taken home is what was heard, and can be made again."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from midime_engine.midime import persistence
from midime_engine.music.playback import Playback
from midime_engine.notation.staves import key_of
from midime_engine.pipelines import bundle
from midime_engine.pipelines.provenance import Provenance
from midime_engine.pipelines.reproduce import reproduce
from midime_engine.pipelines.take import Take
from midime_engine.plots.theme import palette
from midime_ui import cutting, exports, models, note_sequences, personal_space
from midime_ui.position import Position
from midime_ui.rules import Applied
from midime_ui.studies import Songless
from tests.support.ruling import some_rules

if TYPE_CHECKING:
    from midime_ui.personal import Personal
    from midime_ui.studies import Study

POSITION = Position((1.0, 0.5, -2.0), 0.7, 12, ((3, 0.5), (7, -1.0), (9999, 1.0)))


@pytest.fixture
def personal(study: Study, personal: Personal, monkeypatch: pytest.MonkeyPatch) -> Personal:
    """With its provenance, as the app makes it, above a model whose weights are known."""
    monkeypatch.setattr(exports, "digest_of", lambda name: f"digest of {name}")
    provenance = Provenance.of(cutting.material(study), model=study.model, parts=("melody",))
    return replace(
        personal, data=persistence.to_bytes(personal_space.space(personal), provenance.to_json())
    )


def heard(study: Study, personal: Personal) -> bytes:
    """The MIDI file that the page offers."""
    variation = personal_space.variation(
        study,
        personal,
        POSITION.point,
        temperature=POSITION.temperature,
        seed=POSITION.seed,
        nudges=POSITION.nudges,
    )
    return note_sequences.midi(note_sequences.music(study, variation.tokens)[0])


def test_a_take_is_the_position() -> None:
    """All of it, but nudges of dimensions that the model has not."""
    take = exports.take_of(POSITION, z_size=256)
    assert take == Take((1.0, 0.5, -2.0), ((3, 0.5), (7, -1.0)), 0.7, 12)


def test_everything_is_made_again_byte_for_byte(study: Study, personal: Personal) -> None:
    """The music in the zip is what was heard, and its settings lead to it."""
    data = exports.everything(study, personal, POSITION, with_songs=False)
    read = bundle.unpack(data)
    assert read.midi == heard(study, personal)
    midime, metadata = persistence.from_bytes(read.midime)
    again = reproduce(
        read,
        midime,
        Provenance.from_json(metadata),
        models.server(study.model),
        n_steps=32,
        z_size=256,
    )
    assert again.is_identical
    assert read.params.model_sha256 == "digest of mel_2bar"


def test_a_take_by_rules_is_made_again_by_them(study: Study, personal: Personal) -> None:
    """They lie in the zip, unless they are switched off."""
    applied = Applied(some_rules(what="key").asked_for(("key=A minor",)), 0.75)
    ruled = replace(personal, rules=applied)
    read = bundle.unpack(exports.everything(study, ruled, POSITION, with_songs=False))
    assert read.midi == heard(study, ruled) != heard(study, personal)
    assert read.rules == bundle.RulesTaken(applied.rules.data, ("key=A minor",), 0.75)
    midime, metadata = persistence.from_bytes(read.midime)
    provenance = Provenance.from_json(metadata)
    model = models.server(study.model)
    again = reproduce(read, midime, provenance, model, n_steps=32, z_size=256)
    assert again.is_identical
    off = replace(personal, rules=replace(applied, is_on=False))
    assert bundle.unpack(exports.everything(study, off, POSITION, with_songs=False)).rules is None


def test_everything_has_all_forms_of_the_music(study: Study, personal: Personal) -> None:
    """For ears and for eyes."""
    data = exports.everything(study, personal, POSITION, with_songs=False)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.read("variation.wav")[:4] == b"RIFF"
        assert b"<work-title>Variation 12<" in archive.read("variation.musicxml")
        assert b"tune" not in b"".join(archive.read(name) for name in archive.namelist())


def test_the_song_is_named_if_the_visitor_wants(study: Study, personal: Personal) -> None:
    """With its digest."""
    data = exports.everything(study, personal, POSITION, with_songs=True)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        songs = json.loads(archive.read(bundle.PARAMS))["songs"]
    assert songs == [{"name": "tune.mid", "sha256": study.sources[0].sha256}]


def test_the_figures_are_pages(study: Study, personal: Personal) -> None:
    """In the theme that the visitor sees."""
    assert "20 rounds" in exports.loss_page(study, personal, theme="light")
    drawn = exports.map_page(study, personal, POSITION.point, theme="dark")
    assert "you are here" in drawn
    assert "bars 3 to 4" in drawn


def test_a_score_is_written_in_the_key_of_its_song(study: Study) -> None:
    """Two bars say little of it; without the song they have to do."""
    sequence = cutting.material(study).chunks.items[0].sequence
    written = exports.score(study, sequence, title="A <tune>")
    assert b"A &lt;tune&gt;" in written
    song = key_of([chunk.sequence for chunk in cutting.material(study).chunks.items])
    assert f"<fifths>{song.fifths}<".encode() in written
    songless = replace(study, sources=(), songless=Songless("x", cutting.playback(study)))
    alone = key_of([sequence])
    assert f"<fifths>{alone.fifths}<".encode() in exports.score(songless, sequence, title="")


def test_a_score_is_drawn_in_the_colours_of_the_page(study: Study) -> None:
    """Light on dark in the dark."""
    sequence = cutting.material(study).chunks.items[0].sequence
    (dark,) = exports.score_pages(study, sequence, width=600, theme="dark")
    (light,) = exports.score_pages(study, sequence, width=600, theme="light")
    assert palette("dark").text in dark[:200]
    assert palette("light").text in light[:200]


def test_a_metre_that_cannot_be_written_costs_the_score_alone(
    study: Study, personal: Personal
) -> None:
    """The rest of the zip is there."""
    playback = Playback(numerator=3, denominator=32)
    strange = replace(study, sources=(), songless=Songless("x", playback))
    data = exports.everything(strange, personal, POSITION, with_songs=False)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert "variation.wav" in archive.namelist()
        assert "variation.musicxml" not in archive.namelist()
