"""Between which base models music is carried over, and why not between others."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from midime_engine import musicvae
from midime_engine.errors import MidiMeFileError, OptionError
from midime_engine.pipelines import bridge
from midime_engine.translation.domain import Domain, face
from midime_ui import model_at_work, models
from midime_ui.carriers import Carrier
from midime_ui.components import wording

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Pairing", "Refusal", "domain", "offered", "pairings", "require_usable", "sides"]


class Pairing(NamedTuple):
    """A target for a source."""

    target: str
    """Name of the base model."""

    carriers: tuple[Carrier, ...]
    """What can carry music there: the session's own first, then the general one."""


class Refusal(NamedTuple):
    """A model that makes no sense as a target."""

    target: str
    reason: str
    """A sentence."""


def offered() -> list[str]:
    """Names of the base models between which to choose."""
    names = list(models.on_this_machine())
    current = model_at_work.model_name()
    return names if current in names else [current, *names]


def domain(name: str) -> Domain:
    """One window of a base model as a side; a published one is loaded for that."""
    for card in musicvae.available():
        if card.name == name:
            return bridge.domain_of(card)
    base = models.base_model(name)
    return Domain(model=name, parts=base.parts, n_steps=base.n_steps, z_size=models.z_size(name))


def sides(source: str, target: str) -> tuple[Domain, Domain]:
    """Both sides, equally long.

    Raises:
        OptionError: The pair makes no sense.
    """
    one, other = domain(source), domain(target)
    if source != target and set(one.parts) == set(other.parts):
        parts = wording.either(one.parts).replace(" or ", " and ")
        raise OptionError(
            f"Both play {parts}: there is nothing to add to each other.",
            remedy="Choose a model with other parts.",
        )
    return face(one, other)


def pairings(source: str, own: Sequence[Carrier]) -> tuple[list[Pairing], list[Refusal]]:
    """Where music of ``source`` can go, what can already be heard first; and where it cannot.

    Args:
        source: Name of a base model.
        own: Translators of the session, the latest last.
    """
    ready: list[Pairing] = []
    refused: list[Refusal] = []
    for target in offered():
        if target == source:
            continue
        try:
            sides(source, target)
        except OptionError as error:
            refused.append(Refusal(target, str(error)))
            continue
        known = [carrier for carrier in reversed(own) if carrier.joins(source, target)]
        general = Carrier.general(source, target)
        ready.append(Pairing(target, (*known, *([general] if general else []))))
    n_steps = models.base_model(source).n_steps
    ready.sort(key=lambda p: (not p.carriers, models.base_model(p.target).n_steps != n_steps))
    return ready, refused


def require_usable(carrier: Carrier) -> None:
    """Refuse a translator between models that are not those of this server.

    Raises:
        MidimeError: Its models are not offered here, or are others of the same name.
    """
    for model in carrier.models:
        if not models.is_offered(model):
            raise MidiMeFileError(
                f"This translator is for the model {model!r:.60}, which is not offered here.",
                remedy="Open it on the server where it was made.",
            )
    config = carrier.load().translator.config
    if sides(*carrier.models) != config.domains:
        raise MidiMeFileError(
            "This translator was made for other versions of its models.",
            remedy="Train it again here.",
        )
