"""Two versions side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from midime_ui import ground as grounds
from midime_ui.components import before_after, player
from midime_ui.components.before_after import Version
from midime_ui.ground import Ground
from tests.support.ruling import a_melody
from tests.support.stage import perform, words

if TYPE_CHECKING:
    from midime_ui.studies import Study


@pytest.fixture
def pair(study: Study) -> tuple[Version, Version]:
    """A scale that becomes another."""
    before, after = (
        grounds.music(Ground(study.model), a_melody(pitches))[0]
        for pitches in ((60, 61, 62), (72, 74, 76))
    )
    return (
        Version("Without", before, (False, True, False), "It does not keep the rules."),
        Version("With", after, None, "It keeps the rules."),
    )


def script(pair: tuple[Version, Version]) -> None:
    """The component alone."""
    from midime_ui.components import before_after

    before_after.show(*pair, key="pair", overlay="as it was")


def test_both_are_shown_with_what_is_said_of_them(pair: tuple[Version, Version]) -> None:
    """Each with a roll and a player."""
    page = perform(script, pair=pair)
    assert [each.value for each in page.subheader] == ["Without", "With"]
    assert "It does not keep the rules." in words(page)
    assert len(page.get("plotly_chart")) == 2


def test_players_are_a_pair_and_rolls_share_their_pitches(
    pair: tuple[Version, Version], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Red notes stand in the first, the line of the first in the second."""
    shown: list[dict[str, Any]] = []
    monkeypatch.setattr(player, "show", lambda _sequence, **more: shown.append(more))
    perform(script, pair=pair)
    assert {each["pair"] for each in shown} == {"pair"}
    assert [each["span"] for each in shown] == [(60, 76)] * 2
    assert shown[0]["marked"] == (False, True, False)
    assert shown[0]["contour"] is None
    assert shown[1]["contour"] == ("as it was", pair[0].sequence)


def test_drums_have_no_pitches_to_share(drums: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    """Their rows are those that are struck."""
    import numpy as np

    shown: list[dict[str, Any]] = []
    monkeypatch.setattr(player, "show", lambda _sequence, **more: shown.append(more))
    tokens = np.zeros((1, 32, 1), np.int32)
    tokens[0, ::4] = 1
    (groove,) = grounds.music(Ground(drums.model), tokens)

    def drummed() -> None:
        version = Version("x", groove)
        before_after.show(version, version, key="pair")

    perform(drummed)
    assert [each["span"] for each in shown] == [None, None]
