"""A study is recognised by its content."""

from __future__ import annotations

from midime_ui.studies import Source, Study


def test_the_fingerprint_follows_the_content() -> None:
    """Other notes, another track or another model: another fingerprint."""
    song = Source("a.mid", b"a")
    study = Study((song,), (), "mel_2bar")
    others = [
        Study((Source("a.mid", b"b"),), (), "mel_2bar"),
        Study((song,), ((song.sha256, "melody", 1),), "mel_2bar"),
        Study((song,), (), "trio_4bar"),
    ]

    assert Study((Source("a.mid", b"a"),), (), "mel_2bar").fingerprint == study.fingerprint
    assert len({study.fingerprint, *(other.fingerprint for other in others)}) == 4


def test_the_title_of_a_study_is_its_first_song() -> None:
    """Without the ending of the file: it stands on downloads."""
    songs = (Source("Für Elise.v2.mid", b"a"), Source("b.mid", b"b"))
    assert Study(songs, (), "mel_2bar").title == "Für Elise.v2"
