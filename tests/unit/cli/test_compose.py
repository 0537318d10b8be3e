from __future__ import annotations

import json

import mido
import pytest

from midime_engine import examples
from midime_engine.cli.main import main
from tests.support.fakes import PerfectModel

pytestmark = pytest.mark.usefixtures("perfect")

BAR_SECONDS = 4 * 60 / 96


@pytest.fixture
def midime_path(song_path, tmp_path):
    """A MidiMe of the little song."""
    out = tmp_path / "trained"
    assert main(["personalize", str(song_path), "--out", str(out), "--epochs", "40"]) == 0
    return out / "midime.safetensors"


def report_of(folder) -> dict:
    """What the command reported."""
    return json.loads((folder / "report.json").read_text())


def steps(folder) -> int:
    """Length of the piece, in sixteenths."""
    return sum(slot["steps"] for slot in report_of(folder)["piece"]["slots"])


@pytest.mark.parametrize("form", ["song", "aaba", "path", "free"])
def test_each_form_gives_a_piece_of_the_length_that_was_asked_for(
    midime_path, song_path, tmp_path, form
) -> None:
    """Twelve bars at the tempo of the song; the same seed gives the same bytes."""
    words = ["compose", str(midime_path), "--song", str(song_path), "--bars", "12", "--seed", "3"]
    for name in ("one", "two"):
        assert main([*words, "--form", form, "--out", str(tmp_path / name)]) == 0
    one, two = (tmp_path / name for name in ("one", "two"))
    assert (one / "piece.mid").read_bytes() == (two / "piece.mid").read_bytes()
    assert steps(one) == 12 * 16
    assert 10 * BAR_SECONDS < mido.MidiFile(one / "piece.mid").length <= 12 * BAR_SECONDS + 0.1
    assert report_of(one)["settings"]["form"] == form
    assert 0 <= report_of(one)["piece"]["kept_share"] <= 1


def test_without_the_song_there_are_free_draws(midime_path, tmp_path, capsys) -> None:
    """Thirty-two bars, and nothing is said of a song."""
    assert main(["compose", str(midime_path), "--out", str(tmp_path / "out")]) == 0
    assert steps(tmp_path / "out") == 32 * 16
    assert report_of(tmp_path / "out")["piece"]["kept_share"] is None
    assert capsys.readouterr().out.startswith("32 bars")


@pytest.mark.parametrize("words", [["--form", "song"], ["--keep-harmony"]])
def test_what_needs_the_song_says_so(midime_path, tmp_path, capsys, words) -> None:
    """Before anything is loaded."""
    assert main(["compose", str(midime_path), *words, "--out", str(tmp_path / "out")]) == 2
    assert "needs the song" in capsys.readouterr().err


def test_the_harmony_of_the_song_is_kept_if_asked(midime_path, song_path, tmp_path, capsys) -> None:
    """And it is said how many notes were moved."""
    words = ["compose", str(midime_path), "--song", str(song_path), "--keep-harmony"]
    assert main([*words, "--out", str(tmp_path / "out")]) == 0
    harmony = report_of(tmp_path / "out")["piece"]["harmony"]
    assert len(harmony["chords"]) == 32
    said = f"{harmony['moved']} of {harmony['notes']} notes were moved"
    assert said in capsys.readouterr().out


def test_a_groove_has_no_harmony(tmp_path, perfect, capsys) -> None:
    """Drums have no pitches, and the option says so."""
    groove = tmp_path / "groove.mid"
    groove.write_bytes(examples.read("corner_shop_groove"))
    perfect.config = PerfectModel(parts=("drums",)).config
    trained = tmp_path / "drums"
    assert main(["personalize", str(groove), "--out", str(trained), "--epochs", "5"]) == 0
    words = ["compose", str(trained / "midime.safetensors"), "--song", str(groove)]
    assert main([*words, "--keep-harmony", "--out", str(tmp_path / "out")]) == 2
    assert "no harmony" in capsys.readouterr().err


def test_named_places_are_where_the_piece_goes(midime_path, tmp_path) -> None:
    """A and B of the form, and the stops of a path."""
    a, b = [-0.5, 0.0, 1.0, 0.0], [0.5, 1.0, 0.0, 0.0]
    named = [f"--through={','.join(map(str, place))}" for place in (a, b)]
    for form, at in (("aaba", (0, 2)), ("path", (0, 3))):
        out = tmp_path / form
        words = ["compose", str(midime_path), "--bars", "8", "--form", form, *named]
        assert main([*words, "--out", str(out)]) == 0
        slots = report_of(out)["piece"]["slots"]
        assert [slots[i]["z_small"] for i in at] == [pytest.approx(a), pytest.approx(b)]


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (["--form", "free", "--through=0,0,0,0"], "has no place"),
        (["--form", "aaba", *["--through=0,0,0,0"] * 3], "has 2 places"),
        (["--form", "path", "--through=0,1", "--through=0,0"], "has 4 numbers"),
        (["--form", "aaba", "--bars", "10"], "four equal sections"),
    ],
)
def test_places_and_lengths_that_do_not_fit_are_refused(
    midime_path, tmp_path, capsys, words, complaint
) -> None:
    """With what to do instead."""
    assert main(["compose", str(midime_path), *words, "--out", str(tmp_path / "out")]) == 2
    assert complaint in capsys.readouterr().err
