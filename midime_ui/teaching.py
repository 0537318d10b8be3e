"""The training of a translator as a job: what runs in the worker thread. No Streamlit in here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from midime_engine.pipelines import partners, teach
from midime_engine.translation import persistence
from midime_ui.carriers import Carrier
from midime_ui.duets import Lesson

if TYPE_CHECKING:
    from collections.abc import Callable

    from midime_engine.pipelines.partners import Partners
    from midime_engine.protocols import EncodesTokens
    from midime_engine.translation.domain import Domain
    from midime_engine.translation.training import TranslationStep
    from midime_ui.jobs import Job

    LessonJob = Job[TranslationStep, Lesson]

__all__ = ["MAX_SECONDS", "teach_on"]

MAX_SECONDS: Final = 60.0
"""Of training steps: nobody waits longer, and two hundred steps take a few seconds."""


def teach_on(
    found: Partners,
    servers: tuple[EncodesTokens, EncodesTokens],
    domains: tuple[Domain, Domain],
    general: Carrier | None,
) -> Callable[[LessonJob], Lesson | None]:
    """Return the work of one training: publishes every step, keeps what there is when stopped.

    Args:
        found: What sounds together in the songs.
        servers: The base models of both sides.
        domains: Both sides.
        general: What to start from; None begins with nothing.
    """

    def work(job: LessonJob) -> Lesson | None:
        start = None if general is None else general.load()
        scales = (
            teach.own_scales(found, domains) if start is None else teach.scales_of(start.metadata)
        )
        pairs = partners.to_pairs(found, servers, domains, scales)
        translator = None if start is None else start.translator
        config = teach.personal_config(domains, general=translator)
        training = teach.start(pairs, config, general=translator)
        for step in training:
            job.publish(step)
            if job.should_stop() or training.seconds > MAX_SECONDS:
                break
        if not training.history:
            return None
        if len(training.history) < config.steps:
            training.settle()
        songs = tuple(song.name for song in found.material.songs)
        metadata = teach.metadata_of(
            scales,
            songs=list(songs),
            pairs=len(found),
            general=None if general is None else general.name,
        )
        return Lesson(
            Carrier.of_file(persistence.to_bytes(training.translator, metadata)),
            steps=training.history,
            n_pairs=len(found),
            seconds=training.seconds,
            stopped_early=len(training.history) < config.steps,
        )

    return work
