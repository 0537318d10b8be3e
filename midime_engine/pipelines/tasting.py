"""Music by its features for a taste to judge, and a judge that has that taste."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

import numpy as np

from midime_engine.attributes.features import FEATURES
from midime_engine.attributes.parsing import parse
from midime_engine.attributes.passage import passages
from midime_engine.attributes.requirement import Requirements
from midime_engine.attributes.rule import groups_heard
from midime_engine.attributes.scales import KEYS
from midime_engine.constraints.judge import Verdict

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt

    from midime_engine.converters.classes import Role
    from midime_engine.pipelines.wishes import Ear
    from midime_engine.protocols import FloatArray, IntArray
    from midime_engine.ratings.taste import Taste

__all__ = ["TasteJudge", "feature_names", "features_of"]

_CONTOURS: Final = ("rising", "falling", "arch", "valley")


def feature_names(parts: tuple[Role, ...]) -> tuple[str, ...]:
    """Names of what music of ``parts`` is known by, in the order of :func:`features_of`."""
    return (*_names(parts), *(item.label for item in _tonal(parts)))


def features_of(
    tokens: IntArray, *, parts: tuple[Role, ...], steps_per_bar: float = 16.0
) -> npt.NDArray[np.float64]:
    """Features of windows ``[n, steps, parts]``: numbers of rhythm, motion, contour and key."""
    heard = passages(tokens, parts=parts, steps_per_bar=steps_per_bar)
    named = [FEATURES[name].compute(heard) for name in _names(parts)]
    tonal = _tonal(parts)
    columns = [*named, *(tonal.measures(heard).T if len(tonal) else ())]
    return np.stack(columns, axis=1)


def _names(parts: tuple[Role, ...]) -> tuple[str, ...]:
    """The features of which everything sounds that they need."""
    return tuple(
        name
        for name, feature in FEATURES.items()
        if all(set(group) & set(parts) for group in groups_heard(feature.hears, parts))
    )


@cache
def _tonal(parts: tuple[Role, ...]) -> Requirements:
    """Contours and keys, of music that has pitches."""
    pitched = any(role != "drums" for role in parts)
    rules = [f"contour={shape}" for shape in _CONTOURS] + [f"key={key}" for key in KEYS]
    return Requirements(tuple(map(parse, rules)) if pitched else ())


@dataclass(frozen=True, slots=True, eq=False)
class TasteJudge:
    """One wish: that it is to the listener's taste."""

    features: Callable[[FloatArray, int], npt.NDArray[np.float64]]
    """Decode places ``[n, z_size]`` with a seed and take their features, ``[n, f]``."""

    taste: Taste
    sure: float = 0.65
    """How likely it must be liked. Higher asks for more of the same."""

    @classmethod
    def of_music(cls, ear: Ear, taste: Taste) -> TasteJudge:
        """For what ``ear`` hears."""

        def features(z: FloatArray, seed: int) -> npt.NDArray[np.float64]:
            tokens = ear.tokens(z, seed=seed)
            return features_of(tokens, parts=ear.parts, steps_per_bar=ear.steps_per_bar)

        return cls(features, taste)

    @property
    def weights(self) -> FloatArray:
        """There is one wish."""
        return np.ones(1, np.float32)

    @property
    def condition_size(self) -> int:
        """A taste does not vary."""
        return 0

    def hear(self, z: FloatArray, *, seed: int) -> FloatArray:
        """How likely what is there is liked, ``[n, 1]``."""
        liked = self.taste.opinion(self.features(z, seed)).liked
        return np.asarray(liked[:, None], np.float32)

    def judge(self, heard: FloatArray, conditions: FloatArray) -> Verdict:
        """Liked, or as good as."""
        del conditions
        return Verdict(np.minimum(heard / np.float32(self.sure), 1.0), heard >= self.sure)

    def conditions(self, n: int, rng: np.random.Generator) -> FloatArray:
        """None, ``[n, 0]``."""
        del rng
        return np.zeros((n, 0), np.float32)
