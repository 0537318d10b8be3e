from __future__ import annotations

import json

import pytest

from midime_engine import catalogue, musicvae
from midime_engine.catalogue.fetching import folder_of
from midime_engine.catalogue.origin import Origin
from midime_engine.cli.main import main
from midime_engine.cli.models import figures, rows


@pytest.fixture(autouse=True)
def _empty_cache(monkeypatch, tmp_path) -> None:
    monkeypatch.setenv("MIDIME_CACHE", str(tmp_path))


def _told(capsys, *words: str) -> dict[str, str]:
    """The line of each model by its name."""
    assert main(["models", *words]) == 0
    lines = capsys.readouterr().out.splitlines()[1:]
    return {line.split()[0]: line for line in lines if line.strip() and not line.startswith(" ")}


def test_every_model_that_can_be_used_is_listed_by_its_name(capsys) -> None:
    """The names are what ``--model`` takes."""
    told = _told(capsys)
    usable = {entry.name for entry in catalogue.entries() if entry.supported}
    assert told.keys() == {card.name for card in musicvae.available()} | usable
    assert "mel_2bar" in told


def test_a_line_tells_parts_bars_size_and_place(capsys) -> None:
    """What decides between two models stands in one line."""
    told = _told(capsys)
    assert told["magenta/trio_4bar"].split()[1:] == ["trio", "4", "256", "18", "MB", *_TO_DOWNLOAD]
    assert told["mel_2bar"].split()[1:3] == ["melody", "2"]
    assert told["mel_2bar"].endswith("embedded")


_TO_DOWNLOAD = ["to", "download"]


def test_what_has_been_downloaded_is_told_apart(capsys) -> None:
    """With its folder in the JSON."""
    folder = folder_of(catalogue.find("magenta/trio_4bar"))
    folder.mkdir(parents=True)
    (folder / "config.json").write_bytes(b"{}")
    Origin.of(folder, ["config.json"], url="https://example.org").write(folder)
    assert _told(capsys)["magenta/trio_4bar"].endswith("downloaded")
    assert {row.location for row in rows() if row.where == "downloaded"} == {str(folder)}


def test_the_figures_of_a_card_stand_below_its_line(capsys) -> None:
    """So that one sees how much of a song comes back before choosing."""
    main(["models"])
    card = next(card for card in musicvae.available() if card.name == "mel_2bar")
    accuracy = card.figures["validation"]["greedy_from_mu"]["step_accuracy"]
    assert f"steps {100 * accuracy:.1f} %" in capsys.readouterr().out


def test_what_cannot_be_used_is_told_on_request_with_the_reason(capsys) -> None:
    """Not offered otherwise."""
    assert "magenta/mel_chords" not in _told(capsys)
    assert _told(capsys, "--all")["magenta/mel_chords"].endswith("not supported")
    main(["models", "--all"])
    assert "chords beside the notes" in capsys.readouterr().out


def test_json_holds_everything(capsys) -> None:
    """For programs: all models, all figures, addresses and licences."""
    assert main(["models", "--json"]) == 0
    told = {row["name"]: row for row in json.loads(capsys.readouterr().out)}
    assert len(told) == len(musicvae.available()) + len(catalogue.entries())
    assert told["mel_2bar"]["metrics"]["step_accuracy"] > 0.9
    trio = told["magenta/trio_4bar"]
    assert trio["parts"] == ["melody", "bass", "drums"]
    assert trio["location"].startswith("https://")
    assert trio["licence"]


def _shares(steps: float, onsets: float, **others: object) -> dict[str, object]:
    return {"step_accuracy": steps, "onset_accuracy": onsets, **others}


def test_figures_of_a_trio_are_told_part_by_part() -> None:
    """In the order of its parts, drums with their single hits."""
    parts = {
        "melody": _shares(0.931, 0.9, hits=None),
        "bass": _shares(0.94, 0.91, hits=None),
        "drums": _shares(0.882, 0.8, hits={"f1": 0.9512}),
    }
    metrics = _shares(0.917, 0.87, kl_nats=120.4, parts=parts)
    assert figures(metrics) == (
        "steps 93.1/94.0/88.2 %, onsets 90.0/91.0/80.0 %, drum hits F1 95.1 % come back "
        "(KL 120 nats)"
    )


def test_figures_of_one_part_are_told_once() -> None:
    """With or without a list of parts: older cards have none."""
    metrics = _shares(0.97, 0.929, kl_nats=78.1, active_dimensions=128)
    told = "steps 97.0 %, onsets 92.9 % come back (KL 78 nats)"
    assert figures(metrics) == told
    assert figures({**metrics, "parts": {"melody": _shares(0.97, 0.929, hits=None)}}) == told


def test_no_figures_are_no_words() -> None:
    """Nothing is made up for the published models."""
    assert figures({}) == ""
