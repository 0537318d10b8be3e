from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from midime_engine.errors import OptionError, TrainingError
from midime_engine.pretraining import preparation, ray_crew
from midime_engine.pretraining.preparation import Preparation, prepare
from midime_engine.pretraining.recipe import TRIO, Recipe
from midime_engine.pretraining.windows import load_windows
from tests.support.corpora import BEAT, band, beat, corpus, pianist, split
from tests.support.midi_files import midi_bytes
from tests.support.songs import track

if TYPE_CHECKING:
    from pathlib import Path

    from midime_engine.pretraining.windows import Windows

UP = "C4 . D4 . E4 . F4 . G4 . A4 . B4 . C5 . "
UP_IN_D = "D4 . E4 . F#4 . G4 . A4 . B4 . C#5 . D5 . "
DOWN = "C5 . B4 . A4 . G4 . F4 . E4 . D4 . C4 . "
WALTZ = "C4 . . . E4 . . . G4 . . . " * 4
LEAP = "C4 . G4 . C5 . G4 . E4 . C4 . G3 . C3 . "
MELODY = Recipe(("melody",), 32)


def melodies(folder: Path, *, sides: dict[str, str], **songs: bytes) -> Windows:
    """Melody windows of two bars."""
    archive, table = corpus(folder, **songs), split(folder, **sides)
    return prepare([archive], split=table, parts=("melody",), n_steps=32, n_workers=0)


def test_songs_stay_on_their_side(tmp_path: Path) -> None:
    """As the table says; a song that is not in it is trained on."""
    windows = melodies(
        tmp_path,
        sides={"down": "valid", "up": "train"},
        up=midi_bytes(track(UP * 2)),
        down=midi_bytes(track(DOWN * 2)),
        leap=midi_bytes(track(LEAP * 2)),
    )
    assert windows.train.shape == (2, 32, 1)
    assert windows.valid.shape == (1, 32, 1)
    assert windows.valid[0, 0, 0] == 53
    assert windows.counts == {"tunes": 3}
    assert windows.valid_figures is None


def test_windows_that_differ_by_a_transposition_are_one(tmp_path: Path) -> None:
    """Training transposes at random anyway; on the other side the window is new again."""
    windows = melodies(
        tmp_path,
        sides={"c": "valid"},
        a=midi_bytes(track(UP * 3)),  # the second window is the first again
        b=midi_bytes(track(UP_IN_D * 2)),
        c=midi_bytes(track(UP_IN_D * 2)),
    )
    assert (len(windows.train), len(windows.valid)) == (1, 1)


def test_windows_advance_by_a_bar(tmp_path: Path) -> None:
    """Four different bars make three windows of two."""
    windows = melodies(
        tmp_path,
        sides={"b": "valid"},
        a=midi_bytes(track(UP + DOWN + LEAP + DOWN)),
        b=midi_bytes(track(UP * 2)),
    )
    assert len(windows.train) == 3
    np.testing.assert_array_equal(windows.train[0, 16:], windows.train[1, :16])


def test_a_waltz_is_cut_at_its_own_bars(tmp_path: Path) -> None:
    """Two bars of 3/4, then silence to the end of the window."""
    windows = melodies(
        tmp_path,
        sides={"b": "valid"},
        a=midi_bytes(track(WALTZ), metres=((0, 3, 4),)),
        b=midi_bytes(track(UP * 2)),
    )
    assert len(windows.train) == 1
    assert windows.train[0, :24:4, 0].tolist() == [41, 45, 48] * 2
    assert not windows.train[0, 25:].any()


def test_unreadable_files_are_counted_and_named(tmp_path: Path) -> None:
    """A corpus of thousands always has some."""
    good = {"a": midi_bytes(track(UP * 2)), "b": midi_bytes(track(DOWN * 2))}
    archive = corpus(tmp_path, **good, bad=b"MThd no more", worse=b"", drums=beat())
    table = split(tmp_path, b="valid")
    made = Preparation([archive], split=table, recipe=MELODY, n_workers=0)
    assert made.in_memory().counts == {"tunes": 2, "unreadable": 2}
    assert [file.name for file, _ in made.report.failures] == ["bad.mid", "worse.mid"]
    assert all("cannot be read" in why for _, why in made.report.failures)
    assert (made.report.n_files, made.report.n_empty) == (5, 1)


def test_without_a_table_every_twentieth_file_validates(tmp_path: Path) -> None:
    """Twenty songs of their own, one of them kept aside."""
    songs = {}
    for index in range(20):
        words = ["C4", "D4", "E4", "G4", "A4"]
        text = " . ".join(words[(index // 5**k) % 5] for k in range(3)) + " . "
        songs[f"song{index:02d}"] = midi_bytes(track(text * 6))
    archive = corpus(tmp_path, **songs)
    windows = prepare([archive], split=None, parts=("melody",), n_steps=32, n_workers=0)
    assert len(windows.valid) > 0
    assert len(windows.train) > len(windows.valid)


def test_accompaniment_is_trained_on_and_judged_apart(tmp_path: Path) -> None:
    """The validation windows stay those of the melodies, so that figures can be compared."""
    windows = melodies(
        tmp_path, sides={"b": "valid"}, a=pianist(4), b=pianist(4, tune=LEAP), c=pianist(4)
    )
    assert len(windows.train) == 2  # a melody and chords: each bar is the same, in both hands
    assert len(windows.valid) == 1
    assert windows.valid_figures is not None
    assert len(windows.valid_figures) == 1


def test_drums_are_compared_as_they_are(tmp_path: Path) -> None:
    """A groove on another drum is another groove."""
    archive = corpus(
        tmp_path,
        a=midi_bytes(track("C2 . . . " * 8, channel=9)),
        b=midi_bytes(track("D2 . . . " * 8, channel=9)),
        c=midi_bytes(track("D2 . C2 . " * 8, channel=9)),
    )
    table = split(tmp_path, c="valid")
    windows = prepare([archive], split=table, parts=("drums",), n_steps=32, n_workers=0)
    assert (len(windows.train), len(windows.valid)) == (2, 1)
    assert windows.train[:, 0, 0].tolist() == [1, 2]


def trio_corpora(folder: Path) -> tuple[list[Path], Path]:
    """Two bands, two songs without drums and two drummers, one of each held out."""
    other = "D2 . . . C2 . . . " * 2
    songs = corpus(
        folder, band=band(4), held_band=band(4, tune=DOWN), solo=pianist(4), held_solo=pianist(5)
    )
    drums = corpus(folder, "drummers", held=beat(8, text=other), open=beat(8))
    table = folder / "split.csv"
    table.write_text(
        "corpus,file,split\ntunes,held_band.mid,valid\ntunes,held_solo.mid,valid\n"
        "drummers,held.mid,valid\n"
    )
    return [songs, drums], table


def test_trios_come_from_bands_and_from_pairs(tmp_path: Path) -> None:
    """Held out on both sides: a song is validated with drums that were never trained on."""
    containers, table = trio_corpora(tmp_path)
    windows = prepare(containers, split=table, parts=TRIO, n_steps=64, n_workers=0)
    assert windows.counts == {"tunes": 2, "tunes+drummers": 2}
    assert windows.train.shape == windows.valid.shape == (2, 64, 3)
    assert windows.train[:, 0, 2].tolist() == [1, 1]
    assert windows.valid[:, 0, 2].tolist() == [1, 2]


def test_a_song_for_which_there_are_no_drums_is_counted(tmp_path: Path) -> None:
    """Nothing is left out silently."""
    archive = corpus(tmp_path, a=band(4), b=band(4, tune=DOWN), c=pianist(4))
    table = split(tmp_path, b="valid")
    made = Preparation([archive], split=table, recipe=Recipe(TRIO, 64), n_workers=0)
    made.in_memory()
    assert (made.report.n_unpaired, made.report.n_empty) == (1, 1)


def test_a_file_that_fails_fails_once(tmp_path: Path) -> None:
    """Though trios look at every file before they cut it."""
    archive = corpus(tmp_path, a=band(4), b=band(4, tune=DOWN), bad=b"no music")
    table = split(tmp_path, b="valid")
    made = Preparation([archive], split=table, recipe=Recipe(TRIO, 64), n_workers=0)
    assert made.in_memory().counts == {"tunes": 2, "unreadable": 1}
    assert [file.name for file, _ in made.report.failures] == ["bad.mid"]


def test_whoever_waits_is_told_of_each_visit(tmp_path: Path) -> None:
    """Trios need two to each file, melodies one."""
    containers, table = trio_corpora(tmp_path)
    for recipe, expected in ((Recipe(TRIO, 64), 12), (Recipe(("melody",), 16), 6)):
        made = Preparation(containers, split=table, recipe=recipe, n_workers=0)
        visits: list[int] = []
        made.on_file = lambda visits=visits: visits.append(1)  # type: ignore[misc]
        made.in_memory()
        assert len(visits) == made.n_visits == expected


def test_processes_give_what_one_process_gives(tmp_path: Path) -> None:
    """Window for window, drums and pairs included."""
    containers, table = trio_corpora(tmp_path)
    here, there = (
        prepare(containers, split=table, parts=TRIO, n_steps=64, n_workers=n) for n in (0, 2)
    )
    np.testing.assert_array_equal(here.train, there.train)
    np.testing.assert_array_equal(here.valid, there.valid)
    assert here.counts == there.counts


def test_a_folder_holds_the_same_windows_as_an_archive(tmp_path: Path) -> None:
    """And shards the same as memory."""
    songs = {"a": midi_bytes(track(UP + DOWN + LEAP)), "b": pianist(4), "bad": b"no music"}
    archive, table = corpus(tmp_path, **songs), split(tmp_path, b="valid")
    root = tmp_path / "songs" / "tunes"
    root.mkdir(parents=True)
    for name, data in songs.items():
        (root / f"{name}.mid").write_bytes(data)
    packed = Preparation([archive], split=table, recipe=MELODY, n_workers=0).in_memory()
    Preparation([root], split=table, recipe=MELODY, n_workers=0).into_folder(tmp_path / "out")
    found = load_windows(tmp_path / "out")
    np.testing.assert_array_equal(np.asarray(found.train), packed.train)
    np.testing.assert_array_equal(np.asarray(found.valid), packed.valid)
    np.testing.assert_array_equal(np.asarray(found.valid_figures), packed.valid_figures)
    assert found.counts == packed.counts


def test_the_shared_bands_give_trios(shared_dir: Path) -> None:
    """Real files: every part plays or pauses, few pause, melodies lie above basses."""
    corpora = shared_dir / "corpora"
    made = Preparation(
        [corpora / "helland.zip", corpora / "freedoom_archive.zip"],
        split=corpora / "split.csv",
        recipe=Recipe(TRIO, 64),
    )
    windows = made.in_memory()
    assert made.report.failures == []
    assert len(windows.train) > 5000
    assert len(windows.valid) > 100
    melody, bass, drums = np.moveaxis(windows.train, 2, 0)
    onsets = [(melody > 1).sum(axis=1), (bass > 1).sum(axis=1), (drums > 0).sum(axis=1)]
    assert onsets[0].min() >= 4
    assert not any((part == 1).any() for part in onsets)
    assert np.mean((onsets[1] == 0) | (onsets[2] == 0)) <= 0.1
    assert np.median(melody[melody > 1]) - np.median(bass[bass > 1]) >= 12
    assert windows.train[:, :, :2].max() < 90
    assert drums.max() < 512


def test_too_little_music_is_an_error(tmp_path: Path) -> None:
    """Nothing to train on, or nothing to judge by; no folder with half of it stays."""
    archive = corpus(tmp_path, a=midi_bytes(track(UP * 2)))
    for sides in ({"a": "train"}, {"a": "valid"}):
        made = Preparation([archive], split=split(tmp_path, **sides), recipe=MELODY, n_workers=0)
        with pytest.raises(TrainingError, match="too little"):
            made.into_folder(tmp_path / "out")
        assert list((tmp_path / "out").iterdir()) == []


@pytest.mark.parametrize("text", ["name,side\na,train\n", "corpus,file,split\na,b,test\n", "\xff"])
def test_a_table_of_something_else_is_refused(text: str, tmp_path: Path) -> None:
    """Other columns, other sides, no text."""
    table = tmp_path / "split.csv"
    table.write_bytes(text.encode("latin-1"))
    archive = corpus(tmp_path, a=midi_bytes(track(UP * 2)))
    with pytest.raises(OptionError, match=r"table|sides"):
        Preparation([archive], split=table, recipe=MELODY)


def test_ray_is_for_large_corpora(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And only where it is installed; who asks for it and has it not is told how to get it."""
    archive = corpus(tmp_path, a=midi_bytes(track(BEAT)), b=midi_bytes(track(UP)))

    def crew(**options: object) -> str:
        made = Preparation([archive], split=None, recipe=MELODY, **options)  # type: ignore[arg-type]
        return made.report.crew

    monkeypatch.setattr(ray_crew, "is_installed", lambda: True)
    assert crew(n_workers=3) == "3 processes"
    assert crew(crew="ray") == "Ray"
    monkeypatch.setattr(preparation, "_WORTH_A_CLUSTER", 2)
    assert crew(n_workers=3) == "Ray"
    assert crew(n_workers=3, crew="processes") == "3 processes"
    monkeypatch.setattr(ray_crew, "is_installed", lambda: False)
    assert crew(n_workers=3) == "3 processes"
    with pytest.raises(OptionError, match="not installed"):
        crew(crew="ray")
