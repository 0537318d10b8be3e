"""The training of a MidiMe as a job: what runs in the worker thread. No Streamlit in here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from midime_engine.pipelines import embed, personalise
from midime_ui.personal import Personal

if TYPE_CHECKING:
    from collections.abc import Callable

    from midime_engine.converters.classes import Role
    from midime_engine.midime.config import MidiMeConfig
    from midime_engine.midime.training import TrainingStep
    from midime_engine.pipelines.embed import Embedding
    from midime_engine.pipelines.provenance import Provenance
    from midime_engine.protocols import EncodesTokens
    from midime_ui.jobs import Job

__all__ = ["TrainingJob", "train_on"]

if TYPE_CHECKING:
    TrainingJob = Job[TrainingStep, Personal]


def train_on(
    embedding: Embedding,
    model: EncodesTokens,
    config: MidiMeConfig,
    *,
    parts: tuple[Role, ...],
    augment: bool | None,
    fingerprint: str,
    provenance: Provenance,
) -> Callable[[TrainingJob], Personal | None]:
    """Return the work of one training: publishes every step, keeps what there is when stopped.

    Args:
        embedding: The chunks of the song and their vectors.
        model: The base model that made them; needed again for transposed copies.
        config: Settings of the MidiMe.
        parts: The parts of the base model.
        augment: Add transposed copies; None does so for short songs only.
        fingerprint: Of the notes that the embedding belongs to.
        provenance: What the saved MidiMe says of its origin.
    """

    def work(job: TrainingJob) -> Personal | None:
        from midime_engine.midime import persistence

        z = embed.training_latents(embedding, model, parts=parts, augment=augment)
        training = personalise.start(z, config)
        job.publish_all(training)
        if not training.history:
            return None
        return Personal(
            data=persistence.to_bytes(training.space, provenance.to_json()),
            fingerprint=fingerprint,
            steps=training.history,
            n_vectors=len(z),
            seconds=training.seconds,
            stopped_early=job.should_stop(),
        )

    return work
