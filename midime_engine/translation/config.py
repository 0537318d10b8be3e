"""Hyperparameters of a translator, in the words of the authors where they have one."""

from __future__ import annotations

import math
from dataclasses import dataclass, fields
from typing import Any, Final

from midime_engine.errors import OptionError
from midime_engine.learning.bounds import MAX_SEED, Bounds
from midime_engine.translation.domain import Domain

__all__ = ["MAX_PARAMETERS", "MAX_STEPS", "SIDES", "TranslatorConfig"]

SIDES: Final = ("a", "b")
"""What the two domains are called in the names of variables."""

MAX_STEPS: Final = 200_000
"""Four times the authors' longest training."""

MAX_PARAMETERS: Final = 8_000_000
"""As many as a MidiMe may have: 32 MB, and three times that in training."""

_MAX_LAYERS: Final = 8
_MAX_WIDTH: Final = 4096
_MAX_LABELS: Final = 64
_MAX_BATCH: Final = 4096
_BOUNDS: Final = Bounds("A translator")


@dataclass(frozen=True, slots=True, kw_only=True)
class TranslatorConfig:
    """Hyperparameters; the defaults of the network and its first four weights are the authors'.

    Source: alantian/latent_transfer, ``common_joint2_mnist_family.py`` and ``grid_*_print.py``. The
    authors' own terms come first; those from ``agreement`` on are ours, need music rather than
    pictures, and are off at 0.
    """

    domains: tuple[Domain, Domain]
    """The two sides, by number: 0 and 1."""

    latent_size: int = 8
    """Numbers of ``z'``, the space between."""

    shared_size: int = 8
    """How many of them, from the first on, say what both sides have in common; the others hold
    what only one side knows, so that nothing is lost on the way back."""

    layers: tuple[int, ...] = (512, 512, 512, 512)
    """Widths of the ReLU layers of the encoder, and in this order of the decoder."""

    n_labels: int = 0
    """Attributes that are told with the music and predicted linearly from what is shared."""

    emphasis: tuple[float, ...] = ()
    """How much each attribute counts, relative to the others; all alike if empty."""

    compromise: float = 0.0
    """What is wanted of the attributes of a translation: 0 those of its source, 1 those that its
    partner really has, between them a mean. Both are heard in the source, the second as far as
    they can be guessed from it."""

    fixed_labels: bool = False
    """Leave the linear map to the labels as it was drawn, as the authors' code does."""

    beta: float = 0.005
    """Weight of the KL term."""

    alignment: float = 1.0
    """Weight of the sliced Wasserstein distance between the two sides in ``z'``."""

    labels: float = 0.05
    """Weight of the linear prediction of the attributes from ``z'``."""

    spread: float = 0.0
    """Weight of the sliced Wasserstein distance between ``z'`` and the prior: draws land where
    music is also where the KL term is small."""

    agreement: float = 0.0
    """Weight of the squared distance, in what is shared, between two that sound together."""

    contrast: float = 0.0
    """Weight of telling the partner from the others of the batch."""

    crossing: float = 0.0
    """Weight of finding the partner with what is shared taken from the other side."""

    carrying: float = 0.0
    """Weight of the attributes of the translated music being those of its source."""

    returning: float = 0.0
    """Weight of ``z'`` being the same when the translated music is heard again."""

    likeness: float = 0.0
    """Weight of the sliced Wasserstein distance between translated and real vectors."""

    steps: int = 20_000
    batch_size: int = 512
    """Rows of each side in one update."""

    learning_rate: float = 1e-3
    """Step size of Adam; falls to a tenth along half a cosine."""

    sigma_floor: float = 1e-6
    """Added to sigma: softplus underflows to 0, and ln 0 would end the training."""

    seed: int = 0
    """Determines the first weights, the batches and all noise."""

    def __post_init__(self) -> None:
        """Refuse what cannot be built or trained.

        Raises:
            OptionError: If a value has the wrong type or is out of its range.
        """
        domains = tuple(self.domains)
        if len(domains) != len(SIDES) or not all(isinstance(one, Domain) for one in domains):
            raise _BOUNDS.refusal("domains", self.domains, "two domains")
        object.__setattr__(self, "domains", domains)
        if not isinstance(self.layers, (tuple, list)) or not 1 <= len(self.layers) <= _MAX_LAYERS:
            raise _BOUNDS.refusal("layers", self.layers, f"1 to {_MAX_LAYERS} layer widths")
        object.__setattr__(self, "layers", tuple(self.layers))
        for width in self.layers:
            _BOUNDS.require_int("layers", width, 1, _MAX_WIDTH)
        _BOUNDS.require_int("latent_size", self.latent_size, 1, _MAX_WIDTH)
        _BOUNDS.require_int("shared_size", self.shared_size, 1, self.latent_size)
        _BOUNDS.require_int("n_labels", self.n_labels, 0, _MAX_LABELS)
        _BOUNDS.require_int("steps", self.steps, 0, MAX_STEPS)
        _BOUNDS.require_int("batch_size", self.batch_size, 2, _MAX_BATCH)
        _BOUNDS.require_int("seed", self.seed, 0, MAX_SEED)
        if not isinstance(self.emphasis, (tuple, list)) or (
            len(self.emphasis) not in {0, self.n_labels}
        ):
            raise _BOUNDS.refusal("emphasis", self.emphasis, "one number for each attribute")
        object.__setattr__(self, "emphasis", tuple(self.emphasis))
        for value in self.emphasis:
            _BOUNDS.require_float("emphasis", value, 0.01, 100.0)
        _BOUNDS.require_float("compromise", self.compromise, 0.0, 1.0)
        for name in WEIGHTS:
            _BOUNDS.require_float(name, getattr(self, name), 0.0, 1e3)
        _BOUNDS.require_float("learning_rate", self.learning_rate, 1e-8, 1.0)
        _BOUNDS.require_float("sigma_floor", self.sigma_floor, 1e-12, 1.0)
        if not isinstance(self.fixed_labels, bool):
            raise _BOUNDS.refusal("fixed_labels", self.fixed_labels, "true or false")
        if self.n_parameters > MAX_PARAMETERS:
            raise _BOUNDS.refusal(
                "size of the network", self.n_parameters, f"at most {MAX_PARAMETERS:,} parameters"
            )

    @property
    def variable_shapes(self) -> dict[str, tuple[int, ...]]:
        """Every variable in a fixed order: name to shape; kernels are ``[inputs, units]``.

        Those under ``manner`` are not trained but fitted, see ``manners``.
        """
        size, first, last = self.latent_size, self.layers[0], self.layers[-1]
        dense: list[tuple[str, int, int]] = []
        for side, domain in zip(SIDES, self.domains, strict=True):
            dense += [
                (f"encoder/{side}/first", domain.size, first),
                (f"encoder/{side}/mu_skip", domain.size, size),
                (f"encoder/{side}/sigma_skip", domain.size, size),
                (f"decoder/{side}/first", size, first),
                (f"decoder/{side}/head", last, 2 * domain.size),
                (f"decoder/{side}/skip", size, domain.size),
            ]
            if self.n_labels:
                dense += [
                    (f"judge/{side}/hidden", domain.size, JUDGE_WIDTH),
                    (f"judge/{side}/output", JUDGE_WIDTH, self.n_labels),
                ]
        for half in ("encoder", "decoder"):
            dense += [
                (f"{half}/hidden_{i}", self.layers[i], self.layers[i + 1])
                for i in range(len(self.layers) - 1)
            ]
        dense += [("encoder/mu", last, 2 * size), ("encoder/sigma", last, 2 * size)]
        if self.n_labels:
            dense.append(("labels", self.shared_size, self.n_labels))
        n_details = size - self.shared_size
        if n_details:
            dense += [(f"manner/{side}", size, n_details) for side in SIDES]
        shapes: dict[str, tuple[int, ...]] = {}
        for name, inputs, units in dense:
            shapes[f"{name}/kernel"] = (inputs, units)
            shapes[f"{name}/bias"] = (units,)
        if n_details:
            shapes |= {f"manner/{side}/factor": (n_details, n_details) for side in SIDES}
        return shapes

    @property
    def n_parameters(self) -> int:
        """Number of values in all variables."""
        return sum(math.prod(shape) for shape in self.variable_shapes.values())

    def to_json(self) -> dict[str, Any]:
        """Plain data that :meth:`from_json` reads."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return {
            **values,
            "domains": [domain.to_json() for domain in self.domains],
            "layers": list(self.layers),
            "emphasis": list(self.emphasis),
        }

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> TranslatorConfig:
        """What :meth:`to_json` wrote.

        Raises:
            OptionError: It has not exactly the fields of a config, or a value is out of range.
        """
        names = {field.name for field in fields(cls)}
        if stored.keys() != names or not isinstance(stored["domains"], list):
            raise OptionError(
                "This is no config of a translator.",
                remedy=f"It has exactly the fields {', '.join(sorted(names))}.",
            )
        known = {field.name for field in fields(Domain)}
        if any(not isinstance(one, dict) or one.keys() != known for one in stored["domains"]):
            raise OptionError(
                "This is no config of a translator: a domain is damaged.",
                remedy=f"A domain has exactly the fields {', '.join(sorted(known))}.",
            )
        return cls(**{**stored, "domains": tuple(Domain(**one) for one in stored["domains"])})


JUDGE_WIDTH: Final = 128
"""Units between a vector and its attributes: a linear map hears density, but no syncopation."""

WEIGHTS: Final = (
    "beta",
    "alignment",
    "labels",
    "spread",
    "agreement",
    "contrast",
    "crossing",
    "carrying",
    "returning",
    "likeness",
)
"""The weights of the terms, in the order in which the compiled update takes them."""
