from __future__ import annotations

from midime_engine import musicvae
from midime_engine.cli.main import main


def test_every_embedded_model_is_listed_by_its_name(capsys) -> None:
    """The names are what ``--model`` takes."""
    assert main(["models"]) == 0
    out = capsys.readouterr().out
    first_words = [line.split()[0] for line in out.splitlines()[1:] if line.strip()]
    assert {card.name for card in musicvae.available()} <= set(first_words)
    assert "mel_2bar" in first_words
