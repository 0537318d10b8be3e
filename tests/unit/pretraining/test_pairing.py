from __future__ import annotations

from typing import TYPE_CHECKING

from midime_engine.pretraining.corpora import CorpusFile, list_files
from midime_engine.pretraining.pairing import Survey, pair, survey
from tests.support.corpora import band, beat, corpus, pianist

if TYPE_CHECKING:
    from pathlib import Path


def song(name: str, qpm: float = 120.0, n_bars: int = 40) -> Survey:
    """A song that wants drums."""
    return Survey(CorpusFile("songs", "songs.zip", name), qpm, n_bars, 0, wants_drums=True)


def drummer(name: str, qpm: float, n_bars: int = 40) -> Survey:
    """Drums alone."""
    return Survey(CorpusFile("drums", "drums.zip", name), qpm, n_bars, n_bars, wants_drums=False)


def paired(*surveys: Survey, valid: tuple[str, ...] = ()) -> dict[str, list[str]]:
    """Names of the drum parts under each song."""
    sides = {one.file: "valid" if one.file.name in valid else "train" for one in surveys}
    return {
        file.name: [part.name for part in parts] for file, parts in pair(surveys, sides).items()
    }


def test_a_survey_tells_songs_from_drummers(tmp_path: Path) -> None:
    """And both from bands, which need nobody."""
    files = list_files(
        corpus(tmp_path, band=band(4), drummer=beat(12, qpm=96.0), song=pianist(9, qpm=72.0))
    )
    own_band, drums, tune = [survey(file) for file in files]
    assert (own_band.wants_drums, own_band.n_drum_bars) == (False, 0)
    assert (drums.wants_drums, drums.n_drum_bars, round(drums.qpm)) == (False, 12, 96)
    assert (tune.wants_drums, tune.n_drum_bars, tune.n_bars, round(tune.qpm)) == (True, 0, 9, 72)


def test_tempos_are_alike() -> None:
    """Twelve of a hundred drummers are near enough to be drawn from."""
    drummers = [drummer(f"{qpm:03d}", float(qpm)) for qpm in range(50, 150)]
    for qpm in (50.0, 93.5, 149.0):
        (name,) = paired(song("a", qpm), *drummers)["a"]
        assert abs(float(name) - qpm) <= 12


def test_the_choice_depends_on_names_and_on_nothing_else() -> None:
    """Neither on the order of the files nor on the other songs; songs choose differently."""
    drummers = [drummer(f"d{index}", 120.0) for index in range(12)]
    songs = [song(f"s{index}") for index in range(12)]
    first = paired(*songs, *drummers)
    assert paired(*reversed(drummers), *reversed(songs)) == first
    assert paired(songs[3], *drummers)["s3"] == first["s3"]
    assert len({tuple(parts) for parts in first.values()}) > 1


def test_a_song_gets_as_many_parts_as_fill_it() -> None:
    """And no more; where there are too few they are played again."""
    drummers = [drummer(f"d{index}", 120.0, n_bars=10) for index in range(6)]
    assert len(paired(song("a", n_bars=35), *drummers)["a"]) == 4
    assert len(paired(song("a", n_bars=500), *drummers)["a"]) == 6


def test_sides_are_never_mixed() -> None:
    """A song held out is paired with drums held out, or with none."""
    drums = (drummer("d0", 120.0), drummer("d1", 120.0))
    found = paired(song("a"), song("b"), *drums, valid=("b", "d1"))
    assert found == {"a": ["d0"], "b": ["d1"]}
    assert paired(song("a"), song("b"), *drums, valid=("b",))["b"] == []


def test_fills_are_no_beat() -> None:
    """Under eight bars there is nothing to play on."""
    assert paired(song("a"), drummer("fill", 120.0, n_bars=7)) == {"a": []}
