"""A translator of one's own: trained on a song, on top of a general one where there is one.

Whoever calls owns the loop, as with :mod:`midime_engine.pipelines.personalise`::

    training = teach.start(pairs, general=translator)
    for step in training:
        print(step.step, step.total)
    training.translator
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from midime_engine.errors import MidiMeFileError
from midime_engine.pipelines.carried import NAMES, Scale, measure
from midime_engine.pipelines.timed_steps import TimedSteps

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from midime_engine.pipelines.partners import Partners
    from midime_engine.translation.config import TranslatorConfig
    from midime_engine.translation.domain import Domain
    from midime_engine.translation.model import Translator
    from midime_engine.translation.pairs import Pairs
    from midime_engine.translation.training import TranslationStep

__all__ = [
    "GENERAL_STEPS",
    "PERSONAL_STEPS",
    "TranslatorTraining",
    "general_config",
    "metadata_of",
    "own_scales",
    "personal_config",
    "scales_of",
    "start",
]

PERSONAL_STEPS: Final = 200
"""Updates on one song: its loss is flat by then, and it takes seconds."""

GENERAL_STEPS: Final = 1500
"""Updates on the corpora: minutes on two cores."""

_BATCH: Final = 64
_SMALL_RATE: Final = 3e-4
"""Step size on top of a general translator: what it knows of music is to stay."""

_WEIGHTS: Final[dict[str, Any]] = {
    "beta": 1e-4,
    "alignment": 1.0,
    "spread": 1.0,
    "labels": 0.5,
    "agreement": 0.05,
    "carrying": 3.0,
    "returning": 0.5,
    "likeness": 1.0,
}
"""Of the terms; docs/decisions/0027 tells what was measured."""

_EMPHASIS: Final = (1.0, 3.0, 1.0, 1.0, 1.0, 1.0)
"""Of the attributes: syncopation is the hardest to hear in a vector."""

_GENERAL_BATCH: Final = 128

SHARED_SIZE: Final = 16
DETAILS: Final = 64
"""Numbers that hold two bars of one part: with as many principal components of its vectors a
melody comes back to a thousandth of its steps, drums to fifteen thousandths."""

MOST_DETAILS: Final = 256
"""As many as one window has numbers in the models that come with MidiMe; for very long windows the
network would become larger than what it joins."""

LAYERS: Final = (256, 256)
COMPROMISE: Final = 0.2

_TWO_BARS: Final = 32


class TranslatorTraining(TimedSteps["TranslationStep"]):
    """A translator in training."""

    def __init__(
        self, translator: Translator, steps: Iterator[TranslationStep], pairs: Pairs
    ) -> None:
        """``steps`` takes one training step on ``pairs`` each time it is asked."""
        super().__init__(steps)
        self.translator = translator
        """What is being trained. Usable after every step; best after :meth:`settle`."""
        self._pairs = pairs

    def __iter__(self) -> Iterator[TranslationStep]:
        """Train, one step for each turn of the loop; at the end, settle."""
        yield from super().__iter__()
        self.settle()

    def settle(self) -> Translator:
        """Learn how the music of the pairs usually goes together; for who leaves the loop early."""
        from midime_engine.translation.manners import settle

        settle(self.translator, self._pairs)
        return self.translator

    def finish(self) -> Translator:
        """Train to the end and return the translator."""
        for _ in self:
            pass
        return self.translator


def general_config(domains: tuple[Domain, Domain], *, seed: int = 0) -> TranslatorConfig:
    """The settings of the translators that come with MidiMe."""
    from midime_engine.translation.config import TranslatorConfig

    return TranslatorConfig(
        domains=domains,
        latent_size=SHARED_SIZE + max(_details(domain) for domain in domains),
        shared_size=SHARED_SIZE,
        layers=LAYERS,
        n_labels=len(NAMES),
        emphasis=_EMPHASIS,
        compromise=COMPROMISE,
        steps=GENERAL_STEPS,
        batch_size=_GENERAL_BATCH,
        seed=seed,
        **_WEIGHTS,
    )


def _details(domain: Domain) -> int:
    """What one side needs beside what is shared, so that its music comes back."""
    lines = -(-domain.span // _TWO_BARS) * len(domain.parts)
    return min(DETAILS * lines, domain.size, MOST_DETAILS)


def personal_config(
    domains: tuple[Domain, Domain],
    *,
    general: Translator | None = None,
    seed: int = 0,
    **changes: Any,
) -> TranslatorConfig:
    """The settings for one song; shapes are those of the general translator where there is one.

    ``changes`` are any other fields of :class:`TranslatorConfig`.

    Raises:
        OptionError: A change is out of its range.
    """
    if general is None:
        base = general_config(domains)
    else:
        base = replace(general.config, learning_rate=_SMALL_RATE)
    settings: dict[str, Any] = {
        "steps": PERSONAL_STEPS,
        "batch_size": _BATCH,
        "seed": seed,
        **changes,
    }
    return replace(base, **settings)


def start(
    pairs: Pairs, config: TranslatorConfig, *, general: Translator | None = None
) -> TranslatorTraining:
    """Make a translator for ``pairs`` and get ready to train it.

    Loads Keras and its backend: seconds, the first time in a process.

    Args:
        pairs: What sounds together in a song.
        config: The settings, best from :func:`personal_config`.
        general: Where to start from; it is not changed.

    Raises:
        TrainingError: There is too little to train on.
        CheckpointMismatchError: The general translator has other shapes than ``config``.
    """
    from midime_engine.translation.model import Translator
    from midime_engine.translation.training import training_steps

    if general is None:
        translator = Translator.starting(config, pairs)
    else:
        translator = Translator.from_weights(config, general.weights)
    return TranslatorTraining(translator, training_steps(translator, pairs), pairs)


def own_scales(partners: Partners, domains: tuple[Domain, Domain]) -> tuple[Scale, Scale]:
    """What is much and what is little in these songs themselves."""
    first, second = (
        Scale.of(measure(tokens, parts=domain.parts))
        for tokens, domain in zip(partners.tokens, domains, strict=True)
    )
    return first, second


def metadata_of(scales: tuple[Scale, Scale], **more: Any) -> dict[str, Any]:
    """What a translator's file says beside its config."""
    return {"attributes": list(NAMES), "scales": [scale.to_json() for scale in scales], **more}


def scales_of(metadata: Mapping[str, Any]) -> tuple[Scale, Scale]:
    """The scales that a translator was trained with.

    Raises:
        MidiMeFileError: The metadata hold none, or damaged ones.
    """
    try:
        first, second = (Scale.from_json(stored) for stored in metadata["scales"])
    except (KeyError, TypeError, ValueError) as error:
        raise MidiMeFileError(
            f"This translator does not say how it measures music: {error}.",
            remedy="Choose a file that `midime translate` or the app has saved.",
        ) from error
    return first, second
