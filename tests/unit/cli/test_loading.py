from __future__ import annotations

import pytest

from midime_engine.cli.loading import load_midime, load_model, read_file
from midime_engine.cli.stages import Stages
from midime_engine.errors import MidiMeFileError, OptionError, UnknownModelError
from midime_engine.midime import persistence
from midime_engine.midime.config import MidiMeConfig
from midime_engine.midime.model import MidiMe
from midime_engine.music.playback import Playback
from midime_engine.pipelines.provenance import Provenance

PROVENANCE = Provenance(model="perfect", parts=("melody",), playback=Playback(qpm=96.0))


def _midime(input_size: int) -> MidiMe:
    return MidiMe(MidiMeConfig(input_size=input_size, encoder_layers=(4,), decoder_layers=(4,)))


def test_a_saved_midime_comes_back_with_its_origin(tmp_path) -> None:
    """What ``midime personalize`` has written, ``midime sample`` can use."""
    path = tmp_path / "midime.safetensors"
    path.write_bytes(persistence.to_bytes(_midime(32), PROVENANCE.to_json()))
    midime, provenance = load_midime(path)
    assert midime.config.input_size == 32
    assert provenance == PROVENANCE


def test_a_midime_that_says_nothing_of_its_origin_is_refused(tmp_path) -> None:
    """Without the name of its model nothing can be decoded."""
    path = tmp_path / "midime.safetensors"
    path.write_bytes(persistence.to_bytes(_midime(32), {}))
    with pytest.raises(MidiMeFileError):
        load_midime(path)


def test_a_missing_file_is_named(tmp_path) -> None:
    """As with songs."""
    with pytest.raises(MidiMeFileError, match="gone"):
        load_midime(tmp_path / "gone.safetensors")


def test_a_midime_brings_its_model(monkeypatch, perfect) -> None:
    """Without ``--model`` the model is the one it was trained above."""
    asked: list[str] = []
    monkeypatch.setattr("midime_engine.musicvae.load", lambda name: asked.append(name) or perfect)
    load_model(None, Stages(), midime=_midime(32), provenance=PROVENANCE)
    load_model(None, Stages())
    load_model("other", Stages())
    assert asked == ["perfect", "mel_2bar", "other"]


def test_a_midime_of_another_model_is_refused(perfect) -> None:
    """The vectors of one model mean nothing to another."""
    assert perfect.config.z_size == 32
    with pytest.raises(OptionError, match="belongs to perfect"):
        load_model("perfect", Stages(), midime=_midime(64), provenance=PROVENANCE)


@pytest.fixture
def published(monkeypatch, tmp_path) -> list[str]:
    """A cache that is empty, a download that succeeds, and what has been downloaded."""
    fetched: list[str] = []

    def fetch(entry, *, progress) -> None:
        progress(0, None)
        progress(10, 10)
        fetched.append(entry.name)

    monkeypatch.setenv("MIDIME_CACHE", str(tmp_path))
    monkeypatch.setattr("midime_engine.catalogue.fetch", fetch)
    return fetched


def test_a_published_model_is_downloaded_before_it_is_loaded(published, perfect, capsys) -> None:
    """In a stage of its own, after one line that says what, how much and where to."""
    stages = Stages()
    assert load_model("magenta/trio_4bar", stages) is perfect
    assert published == ["magenta/trio_4bar"]
    assert list(stages.seconds) == ["download", "load"]
    line = capsys.readouterr().err
    assert "magenta/trio_4bar (18 MB)" in line


def test_a_published_model_that_is_there_is_not_downloaded(
    published, perfect, monkeypatch, capsys
) -> None:
    """Nor is anything said."""
    monkeypatch.setattr("midime_engine.catalogue.is_cached", lambda _entry: True)
    assert load_model("magenta/trio_4bar", Stages()) is perfect
    assert published == []
    assert capsys.readouterr().err == ""


def test_a_published_model_that_cannot_be_used_is_refused(published, capsys) -> None:
    """Before anybody is told that it is being downloaded."""
    with pytest.raises(UnknownModelError, match="chords"):
        load_model("magenta/mel_chords", Stages())
    assert published == []
    assert capsys.readouterr().err == ""


def test_a_file_is_read_no_further_than_its_reader_accepts(tmp_path) -> None:
    """One byte too many is enough to be refused."""
    path = tmp_path / "file"
    path.write_bytes(bytes(10))
    assert len(read_file(path, most=10)) == 10
    assert len(read_file(path, most=4)) == 5
    with pytest.raises(MidiMeFileError, match="cannot be read"):
        read_file(tmp_path, most=4)
