"""What a session has carried over."""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING

import numpy as np
import pytest

from midime_ui import duets
from tests.support.duets import DRUMS, a_passage, an_own_carrier
from tests.support.stage import perform

if TYPE_CHECKING:
    from midime_engine.errors import OptionError
    from midime_ui.studies import Study


def a_duet(study: Study, seed: int = 0) -> duets.Duet:
    """A source with an answer of one stroke."""
    tokens = np.zeros((32, 1), np.int32)
    tokens[seed] = 1
    source = a_passage(study)
    x = np.zeros(256, np.float32).tobytes()
    return duets.Duet(source, DRUMS, ("drums",), tokens.tobytes(), (32, 1), x, seed, 0.9)


def test_a_duet_is_plain_data_and_its_music_comes_back(study: Study) -> None:
    """Sessions are serialised."""
    duet = pickle.loads(pickle.dumps(a_duet(study, 3)))  # noqa: S301 - our own, just written
    assert duet == a_duet(study, 3)
    assert duet.window[3] == 1
    assert duet.vector.shape == (256,)
    assert duet.id != a_duet(study, 4).id


def test_duets_are_kept_once_and_discarded(study: Study) -> None:
    """What is not there cannot be discarded, which hurts nobody."""

    def script(some: list[duets.Duet]) -> None:
        from midime_ui import duets

        for duet in some:
            duets.add(duet)
        duets.discard("nothing")
        duets.discard(some[0].id)

    one, two = a_duet(study, 1), a_duet(study, 2)
    page = perform(script, some=[one, one, two])
    assert page.session_state["translated_duets"] == (two,)


def test_there_is_room_for_so_many(study: Study) -> None:
    """The one too many is refused with a remedy."""

    def script(some: list[duets.Duet], refused: list[OptionError]) -> None:
        from midime_engine.errors import OptionError
        from midime_ui import duets

        for duet in some:
            try:
                duets.add(duet)
            except OptionError as error:
                refused.append(error)

    refused: list[OptionError] = []
    perform(
        script,
        some=[a_duet(study, i) for i in range(duets.MAX_DUETS + 1)],
        refused=refused,
    )
    (error,) = refused
    assert "Discard one" in error.remedy


@pytest.mark.usefixtures("fakes")
def test_the_oldest_translator_goes_first() -> None:
    """The same one twice is there once, as the latest."""

    def script(some: list[duets.Lesson]) -> None:
        from midime_ui import duets

        for lesson in some:
            duets.remember(lesson)

    some = [duets.Lesson(an_own_carrier(songs=[f"{i}.mid"])) for i in range(duets.MAX_LESSONS + 1)]
    page = perform(script, some=[*some, some[1]])
    assert page.session_state["translator_lessons"] == (*some[2:], some[1])
