"""What the embedded models are held against: our own targets and the paper's figures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from midime_engine.converters.classes import Role

__all__ = ["PUBLISHED", "TARGETS", "Published", "Target", "measured"]


class Target(NamedTuple):
    """A figure that a model should reach."""

    what: str
    path: tuple[str, ...]
    """Where the figure stands in what :func:`midime_engine.pretraining.judgement.judge` returns."""

    least: float


class Published(NamedTuple):
    """What the paper reports of a model of the same kind."""

    what: str
    step_accuracy: Mapping[Role, float]


def measured(figures: Mapping[str, Any], path: tuple[str, ...]) -> float | None:
    """The figure at ``path``, or None where it has not been measured."""
    found: Any = figures
    for key in path:
        if not isinstance(found, dict) or key not in found:
            return None
        found = found[key]
    return None if found is None else float(found)


_GREEDY: Final = "greedy_from_mu"


def _of_part(role: str, least: float) -> Target:
    return Target(f"steps right, {role}", (_GREEDY, "parts", role, "step_accuracy"), least)


_PRIOR: Final = Target(
    "lowest overlap of samples with real music, drawn from the prior",
    ("prior", "lowest_overlap", "prior"),
    0.85,
)
_MIXTURE: Final = Target(
    "lowest overlap of samples with real music, drawn from the mixture",
    ("prior", "lowest_overlap", "mixture"),
    0.85,
)

TARGETS: Final[dict[str, tuple[Target, ...]]] = {
    "mel_2bar": (
        Target("steps right", (_GREEDY, "step_accuracy"), 0.985),
        Target("onsets right", (_GREEDY, "onset_accuracy"), 0.97),
        Target(
            "steps right, folk melodies from another source",
            ("other_windows", "folk", _GREEDY, "step_accuracy"),
            0.998,
        ),
        Target(
            "onsets right, folk melodies from another source",
            ("other_windows", "folk", _GREEDY, "onset_accuracy"),
            0.995,
        ),
        _PRIOR,
        _MIXTURE,
    ),
    "drums_2bar": (
        Target("steps with exactly the same drums", (_GREEDY, "step_accuracy"), 0.93),
        Target("F1 of single hits", (_GREEDY, "parts", "drums", "hits", "f1"), 0.96),
        _PRIOR,
        _MIXTURE,
    ),
    "trio_4bar": (_of_part("melody", 0.93), _of_part("bass", 0.93), _of_part("drums", 0.88)),
    "mel_16bar": (_of_part("melody", 0.85),),
}
"""By the name of the model; all of the validation windows, greedy from ``mu`` where not sampled."""

PUBLISHED: Final[dict[str, Published]] = {
    "mel_2bar": Published("2-bar melody", {"melody": 0.951}),
    "drums_2bar": Published("2-bar drums", {"drums": 0.917}),
    "trio_4bar": Published(
        "trio of 16 bars, hierarchical", {"melody": 0.753, "bass": 0.773, "drums": 0.863}
    ),
    "mel_16bar": Published("16-bar melody, hierarchical", {"melody": 0.812}),
}
"""Held-out accuracy with full sampling at temperature 1: Table 1 of arXiv 1803.05428."""
