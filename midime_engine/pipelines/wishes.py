"""Judges of music: decode ``z``, hear the notes, hold them against rules.

* :class:`MusicJudge`: rules that stay the same, for an actor that is made for them.
* :class:`ConditionalJudge`: one question with many answers (which of 24 keys, how dense), for one
  actor that a slider can ask for any of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

import numpy as np

from midime_engine.attributes.passage import passages
from midime_engine.attributes.requirement import Requirement, Requirements
from midime_engine.constraints.judge import Verdict

if TYPE_CHECKING:
    from midime_engine.attributes.rule import Rule
    from midime_engine.converters.classes import Role
    from midime_engine.protocols import DecodesTokens, FloatArray, IntArray, PersonalSpace

__all__ = ["ConditionalJudge", "Ear", "MusicJudge", "OneOf", "Question", "SoMuch"]


@dataclass(frozen=True, slots=True, eq=False)
class Ear:
    """How places of a space become music."""

    model: DecodesTokens
    parts: tuple[Role, ...]
    steps_per_bar: float = 16.0
    n_steps: int | None = None
    """The steps of a window that will be heard (``Playback.n_steps``); None for all."""

    space: PersonalSpace | None = None
    """The MidiMe whose small vectors the places are; None where they are the model's own."""

    temperature: float | None = None
    """None takes the likeliest note at every step."""

    def tokens(self, z: FloatArray, *, seed: int = 0) -> IntArray:
        """The music at ``z`` ``[n, z_size]``, ``[n, steps, parts]``."""
        if self.space is not None:
            z = self.space.decode(z)
        tokens = self.model.decode_tokens(z, temperature=self.temperature, seed=seed)
        return tokens[:, : self.n_steps]


@dataclass(frozen=True, slots=True, eq=False)
class MusicJudge:
    """Holds music against requirements that stay as they are."""

    ear: Ear
    requirements: Requirements

    @property
    def weights(self) -> FloatArray:
        """How much each requirement counts, ``[k]``."""
        return np.asarray(self.requirements.weights, np.float32)

    @property
    def condition_size(self) -> int:
        """Nothing varies."""
        return 0

    def hear(self, z: FloatArray, *, seed: int) -> FloatArray:
        """Rewards of all requirements, then whether each is kept, ``[n, 2 k]``."""
        tokens = self.ear.tokens(z, seed=seed)
        found = self.requirements.assess(
            passages(tokens, parts=self.ear.parts, steps_per_bar=self.ear.steps_per_bar)
        )
        return np.hstack([found.rewards, found.satisfied]).astype(np.float32)

    def judge(self, heard: FloatArray, conditions: FloatArray) -> Verdict:
        """Take what was heard apart."""
        del conditions
        rewards, kept = np.split(heard, 2, axis=1)
        return Verdict(rewards, kept > 0)

    def conditions(self, n: int, rng: np.random.Generator) -> FloatArray:
        """None, ``[n, 0]``."""
        del rng
        return np.zeros((n, 0), np.float32)


class Question(Protocol):
    """Something that can be asked for in many ways."""

    @property
    def size(self) -> int:
        """Numbers that say which answer is wished."""
        ...

    @property
    def requirements(self) -> Requirements:
        """What has to be measured for every answer, ``m`` of them."""
        ...

    def draw(self, n: int, rng: np.random.Generator) -> FloatArray:
        """``n`` answers that somebody may wish, ``[n, size]``."""
        ...

    def verdict(self, measures: FloatArray, wished: FloatArray) -> Verdict:
        """Hold measures ``[n, m]`` against wished answers ``[n, size]``; ``k`` is 1."""
        ...


@dataclass(frozen=True, slots=True)
class OneOf:
    """One of several requirements: which key, which contour."""

    requirements: Requirements

    @property
    def size(self) -> int:
        """One number per answer, of which one is 1."""
        return len(self.requirements)

    def condition(self, index: int) -> FloatArray:
        """What to ask for the answer ``index``, ``[size]``."""
        answer: FloatArray = np.eye(self.size, dtype=np.float32)[index]
        return answer

    def draw(self, n: int, rng: np.random.Generator) -> FloatArray:
        """Every answer equally often."""
        return np.eye(self.size, dtype=np.float32)[rng.integers(0, self.size, n)]

    def verdict(self, measures: FloatArray, wished: FloatArray) -> Verdict:
        """Whether the wished one is kept."""
        value = np.sum(measures * wished, axis=1, keepdims=True)
        enough = wished @ np.array([item.enough for item in self.requirements], np.float32)
        kept = value >= enough[:, None] - _ROUNDING
        return Verdict(np.where(kept, 1.0, value / np.maximum(enough[:, None], _ROUNDING)), kept)


@dataclass(frozen=True, slots=True)
class SoMuch:
    """A rule whose measure shall come near a number."""

    rule: Rule
    low: float
    """The least that can be asked for."""

    high: float
    """The most."""

    tolerance: float = 0.05
    """How near is near enough."""

    argument: str = ""

    @property
    def size(self) -> int:
        """One number."""
        return 1

    @property
    def requirements(self) -> Requirements:
        """The rule, whatever is asked of it."""
        return Requirements((Requirement(self.rule, self.argument, ">=", 0.0),))

    def condition(self, value: float) -> FloatArray:
        """What to ask for ``value``, ``[1]``: from -1 at ``low`` to 1 at ``high``."""
        return np.array([2.0 * (value - self.low) / (self.high - self.low) - 1.0], np.float32)

    def draw(self, n: int, rng: np.random.Generator) -> FloatArray:
        """Every number between the ends equally often."""
        return rng.uniform(-1.0, 1.0, (n, 1)).astype(np.float32)

    def verdict(self, measures: FloatArray, wished: FloatArray) -> Verdict:
        """Whether the measure is as near as the tolerance asks."""
        value = self.low + (wished + 1.0) / 2.0 * (self.high - self.low)
        away = np.abs(measures - value)
        kept = away <= self.tolerance + _ROUNDING
        return Verdict(np.where(kept, 1.0, np.clip(1.0 - away, 0.0, 1.0)), kept)


_ROUNDING: Final = 1e-6
"""Measures come in single precision."""


@dataclass(frozen=True, slots=True, eq=False)
class ConditionalJudge:
    """Holds music against questions whose wished answers vary from row to row."""

    ear: Ear
    questions: tuple[Question, ...]

    @property
    def weights(self) -> FloatArray:
        """Every question counts the same."""
        return np.full(len(self.questions), 1.0 / len(self.questions), np.float32)

    @property
    def condition_size(self) -> int:
        """Those of all questions, one after the other."""
        return sum(question.size for question in self.questions)

    def hear(self, z: FloatArray, *, seed: int) -> FloatArray:
        """Measures of all that is asked, ``[n, m]``."""
        wishes: list[Requirement] = [
            item for question in self.questions for item in question.requirements
        ]
        found = Requirements(tuple(wishes)).measures(
            passages(
                self.ear.tokens(z, seed=seed),
                parts=self.ear.parts,
                steps_per_bar=self.ear.steps_per_bar,
            )
        )
        return np.asarray(found, np.float32)

    def judge(self, heard: FloatArray, conditions: FloatArray) -> Verdict:
        """Every question on its own measures and its own part of the conditions."""
        verdicts, first, measured = [], 0, 0
        for question in self.questions:
            n_measures = len(question.requirements)
            verdicts.append(
                question.verdict(
                    heard[:, measured : measured + n_measures],
                    conditions[:, first : first + question.size],
                )
            )
            first, measured = first + question.size, measured + n_measures
        return Verdict(
            np.hstack([verdict.rewards for verdict in verdicts]).astype(np.float32),
            np.hstack([verdict.satisfied for verdict in verdicts]),
        )

    def conditions(self, n: int, rng: np.random.Generator) -> FloatArray:
        """One answer per question, drawn on its own, ``[n, c]``."""
        return np.hstack([question.draw(n, rng) for question in self.questions])
