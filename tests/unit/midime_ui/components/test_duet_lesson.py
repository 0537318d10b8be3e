"""A translator of one's own, offered and watched."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from midime_engine.errors import TrainingError
from midime_engine.translation.training import TranslationStep
from midime_ui import duets, navigation, pools
from midime_ui.components import duet_lesson
from midime_ui.duets import Lesson
from midime_ui.jobs import JobState
from tests.support.duets import DRUMS, MELODY, an_own_carrier
from tests.support.stage import perform, words

if TYPE_CHECKING:
    from midime_ui.carriers import Carrier
    from midime_ui.studies import Study

STEPS = tuple(TranslationStep(i, 1.0 / i, 0.5, (("carrying", 1.0),)) for i in (1, 2, 3))


@pytest.fixture(autouse=True)
def _no_links(monkeypatch: pytest.MonkeyPatch) -> None:
    """There are no pages on this stage."""
    monkeypatch.setattr(navigation, "show_link", lambda _step, **_: None)


def script(
    study: Study | None, carrier: Carrier | None = None, lesson: Lesson | None = None
) -> None:
    """The component alone."""
    from midime_ui import duets
    from midime_ui.components import duet_lesson
    from midime_ui.components.duet_pair import Pair
    from midime_ui.pairings import Pairing

    if lesson is not None:
        duets.remember(lesson)
    duet_lesson.show(Pair("mel_2bar", Pairing("drums_2bar", ())), study, carrier)


def a_job(state: JobState = JobState.RUNNING, **parts: Any) -> SimpleNamespace:
    """What the page sees of a training."""
    settings = {"result": None, "error": None, "events": lambda: STEPS, **parts}
    beats: list[int] = []
    return SimpleNamespace(
        state=state,
        heartbeat=lambda: beats.append(1),
        beats=beats,
        cancel=lambda: None,
        **settings,
    )


@pytest.fixture
def session(monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    """A session that watches a training."""
    held: dict[str, object] = {}
    monkeypatch.setattr(duets.st, "session_state", held)
    duets.set_watched(duets.Watched("x", (MELODY, DRUMS), 200))
    return held


def have(monkeypatch: pytest.MonkeyPatch, job: object) -> None:
    """``job`` is what the pool knows under any id."""
    monkeypatch.setattr(pools, "job_manager", lambda: SimpleNamespace(get=lambda _: job))


def test_a_song_with_both_parts_can_teach(trio: Study) -> None:
    """In so many passages."""
    page = perform(script, study=trio)
    assert "12 passages" in words(page)
    assert page.button(key="duet_learn").label == "Learn from korobeiniki"


def test_a_song_without_a_part_says_which(study: Study) -> None:
    """And what is possible."""
    page = perform(script, study=study)
    assert "has no drums" in words(page)
    assert not page.button


def test_without_a_song_there_is_nothing_to_learn_from(study: Study) -> None:  # noqa: ARG001 - for the fakes
    """The page says so."""
    assert "needs a song" in words(perform(script, study=None))


def test_how_it_was_learnt_is_shown_with_it(trio: Study) -> None:
    """A training that was cut says so."""
    lesson = Lesson(an_own_carrier(), STEPS, n_pairs=12, seconds=61.0, stopped_early=True)
    page = perform(script, study=trio, carrier=lesson.carrier, lesson=lesson)
    assert page.expander[0].label == "How it was learnt (61 s, a minute was over)"
    assert len(page.get("plotly_chart")) == 1


def test_a_training_is_kept_on_whatever_page(
    monkeypatch: pytest.MonkeyPatch, session: dict[str, object]
) -> None:
    """And watched as long as it runs."""
    running = a_job()
    have(monkeypatch, running)
    duet_lesson.collect()
    assert running.beats
    assert duets.watched() is not None
    lesson = Lesson(an_own_carrier(), STEPS)
    have(monkeypatch, a_job(JobState.DONE, result=lesson))
    duet_lesson.collect()
    assert duets.lessons() == (lesson,)
    assert duets.watched() is None
    assert session


def test_a_failure_is_kept_as_well(
    monkeypatch: pytest.MonkeyPatch, session: dict[str, object]
) -> None:
    """Until the next try."""
    error = TrainingError("Broken.", remedy="Try again.")
    have(monkeypatch, a_job(JobState.FAILED, error=error))
    duet_lesson.collect()
    assert duets.failure() is error
    assert duets.lessons() == ()
    assert session


def test_a_training_that_the_server_has_forgotten_is_not_watched(
    monkeypatch: pytest.MonkeyPatch, session: dict[str, object]
) -> None:
    """It may have been restarted."""
    have(monkeypatch, None)
    duet_lesson.collect()
    assert duets.watched() is None
    assert session
