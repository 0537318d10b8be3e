"""The training of a translator in its worker."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING

from midime_engine.pipelines import teach
from midime_engine.translation.training import TranslationStep
from midime_ui import pairings, passages, teaching
from midime_ui.jobs import Job
from tests.support.duets import DRUMS, MELODY, an_own_carrier, the_general
from tests.support.studio import FakeMusicVAE

if TYPE_CHECKING:
    import pytest

    from midime_ui.studies import Study

STEPS = tuple(TranslationStep(i, 1.0 / i, 0.1, (("carrying", 0.5 / i),)) for i in range(1, 6))


class Training:
    """As many steps as are wanted, and then it has settled."""

    def __init__(self, steps=STEPS, seconds: float = 1.0) -> None:
        self.translator = an_own_carrier().load().translator
        self.seconds = seconds
        self.history: tuple[TranslationStep, ...] = ()
        self.has_settled = False
        self._steps = steps

    def __iter__(self):
        """One step after the other."""
        for step in self._steps:
            self.history += (step,)
            yield step

    def settle(self) -> None:
        """Remember it."""
        self.has_settled = True


def work_with(monkeypatch: pytest.MonkeyPatch, trio: Study, training: Training, *, general=True):
    """The work of a training, and what it was started with."""
    asked = []

    def start(pairs, config, *, general):
        asked.append(SimpleNamespace(pairs=pairs, config=config, general=general))
        return training

    monkeypatch.setattr(teach, "start", start)
    domains = pairings.sides(MELODY, DRUMS)
    found = passages.together_in(trio, domains)
    servers = FakeMusicVAE(MELODY), FakeMusicVAE(DRUMS)
    start_from = the_general() if general else None
    return teaching.teach_on(found, servers, domains, start_from), asked


def test_every_step_is_published_and_the_translator_is_kept(
    monkeypatch: pytest.MonkeyPatch, trio: Study
) -> None:
    """On top of the general one, with the name of the song."""
    work, asked = work_with(monkeypatch, trio, Training())
    job: Job = Job()
    lesson = work(job)
    assert job.events() == STEPS
    assert lesson is not None
    assert lesson.steps == STEPS
    assert lesson.n_pairs == len(asked[0].pairs) == 12
    assert lesson.carrier.songs == ("korobeiniki",)
    assert lesson.carrier.models == (MELODY, DRUMS)
    assert asked[0].general is the_general().load().translator


def test_without_a_general_one_the_song_is_its_own_measure(
    monkeypatch: pytest.MonkeyPatch, trio: Study
) -> None:
    """A pair for which there is none can be learnt all the same."""
    work, asked = work_with(monkeypatch, trio, Training(), general=False)
    lesson = work(Job())
    assert lesson is not None
    assert asked[0].general is None
    assert asked[0].config.steps == teach.PERSONAL_STEPS
    assert 0.3 < asked[0].pairs.sides[0].labels.mean() < 0.7


def test_who_stops_keeps_what_was_learnt_and_it_settles(
    monkeypatch: pytest.MonkeyPatch, trio: Study
) -> None:
    """Details are fitted at the end in any case."""
    training = Training()
    work, _ = work_with(monkeypatch, trio, training)
    job: Job = Job()
    job.cancel()
    lesson = work(job)
    assert lesson is not None
    assert len(lesson.steps) == 1
    assert lesson.stopped_early
    assert training.has_settled


def test_no_training_takes_longer_than_a_minute(
    monkeypatch: pytest.MonkeyPatch, trio: Study
) -> None:
    """A slow server keeps what it has by then."""
    work, _ = work_with(monkeypatch, trio, Training(seconds=teaching.MAX_SECONDS + 1))
    lesson = work(Job())
    assert lesson is not None
    assert len(lesson.steps) == 1


def test_a_training_without_a_step_has_nothing_to_show(
    monkeypatch: pytest.MonkeyPatch, trio: Study
) -> None:
    """It says nothing rather than something wrong."""
    work, _ = work_with(monkeypatch, trio, Training(steps=()))
    assert work(Job()) is None
