"""Records say what they hold."""

from __future__ import annotations

from midime_engine.library import Content, SongFile


def test_songs_count_towards_the_size() -> None:
    """An allowance is of bytes, whatever they are."""
    songs = (SongFile("a.mid", b"12345"), SongFile("b.mid", b"678"))
    assert Content(model=b"12", base_model="mel_2bar").n_bytes == 2
    assert Content(model=b"12", base_model="mel_2bar", songs=songs).n_bytes == 10
