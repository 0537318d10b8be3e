from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from midime_engine.cli.arguments import TrackChoice
from midime_engine.cli.songs import choose_tracks, read_songs
from midime_engine.errors import MidiReadError, OptionError
from midime_engine.music.limits import MAX_FILES

if TYPE_CHECKING:
    from pathlib import Path

TRIO = ("melody", "bass", "drums")


def test_songs_are_read_in_their_order_by_their_names(song_path: Path, band_path: Path) -> None:
    """What is said about a song is said of its file."""
    assert [song.name for song in read_songs([band_path, song_path])] == ["band.mid", "scale.mid"]


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    """The first thing that goes wrong on a command line."""
    with pytest.raises(MidiReadError, match=r"nowhere\.mid"):
        read_songs([tmp_path / "nowhere.mid"])


def test_a_folder_is_no_song(tmp_path: Path) -> None:
    """Nor is a directory opened as one."""
    with pytest.raises(MidiReadError):
        read_songs([tmp_path])


def test_no_more_of_a_large_file_is_read_than_is_needed_to_refuse_it(tmp_path: Path) -> None:
    """Eight gigabytes of nothing cost five megabytes."""
    huge = tmp_path / "huge.mid"
    with huge.open("wb") as file:
        file.truncate(1 << 33)
    with pytest.raises(MidiReadError):
        read_songs([huge])


def test_too_many_files_are_refused_before_any_is_opened(tmp_path: Path) -> None:
    """A whole collection is not one song."""
    with pytest.raises(OptionError, match=str(MAX_FILES)):
        read_songs([tmp_path / "nowhere.mid"] * (MAX_FILES + 1))


def test_without_a_choice_the_guess_is_left_to_the_pipeline(band_path: Path) -> None:
    """No ``--track``, no selection."""
    songs = read_songs([band_path])
    assert choose_tracks(songs, [], parts=("melody",), n_steps=32) == {}


def test_a_bare_number_is_meant_for_the_only_part(band_path: Path) -> None:
    """``--track 1`` makes the bass the melody, if that is what the user wants."""
    songs = read_songs([band_path])
    chosen = choose_tracks(songs, [TrackChoice(None, 1)], parts=("melody",), n_steps=32)
    assert dict(chosen[songs[0].sha256].tracks) == {"melody": 1}
    assert "track 1" in chosen[songs[0].sha256].explanation


def test_parts_that_nobody_chose_keep_their_guess(band_path: Path) -> None:
    """Naming the melody of a trio leaves bass and drums as they were."""
    songs = read_songs([band_path])
    chosen = choose_tracks(songs, [TrackChoice("melody", 0)], parts=TRIO, n_steps=64)
    assert dict(chosen[songs[0].sha256].tracks) == {"melody": 0, "bass": 1, "drums": 2}


def test_a_track_that_is_taken_is_not_guessed_for_another_part(band_path: Path) -> None:
    """The same track never plays twice unless somebody says so."""
    songs = read_songs([band_path])
    chosen = choose_tracks(songs, [TrackChoice("melody", 1)], parts=TRIO, n_steps=64)
    tracks = chosen[songs[0].sha256].tracks
    assert tracks["melody"] == 1
    assert tracks.get("bass") != 1


@pytest.mark.parametrize(
    ("choices", "match"),
    [
        ([TrackChoice(None, 9)], "no track 9"),
        ([TrackChoice(None, 2)], "cannot be the melody"),
        ([TrackChoice("bass", 1)], "no bass"),
        ([TrackChoice("melody", 0), TrackChoice(None, 1)], "two tracks"),
    ],
)
def test_a_choice_that_cannot_be_is_explained(band_path: Path, choices, match: str) -> None:
    """No such track, a drum kit for a melody, a part that the model has not, a part twice."""
    with pytest.raises(OptionError, match=match) as caught:
        choose_tracks(read_songs([band_path]), choices, parts=("melody",), n_steps=32)
    assert caught.value.remedy
