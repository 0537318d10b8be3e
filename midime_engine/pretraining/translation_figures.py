"""How good a translator is, on pairs that it has not seen: six questions, one direction at a time.

All but the round trip and the ways are means over four manners of answering.

* *Round trip*: what is lost of the source through ``z'`` and back, against the model's own loss.
* *Carried*: rank correlation of each attribute of the source with that of its translation; shuffled
  pairs as control.
* *Near*: whether the translation lies nearer to what really sounds with the source than to what
  sounds in another song. Windows of one song resemble each other, so songs are counted: the sign
  test asks how often as many songs or more would have been nearer by chance.
* *Local*: from one source to another in quarters of the way, whether the translation never turns
  back: its distance from where it set out never falls by more than a thirty-second. Steps of two
  bars are coarse, so the same is asked of the vectors before they are decoded.
* *Different*: the share of different sources that get the most frequent translation, and of those
  that get silence.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from math import comb
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from midime_engine.metrics.distance import distance
from midime_engine.metrics.reconstruction import reconstruction
from midime_engine.pipelines import bridge
from midime_engine.pipelines.carried import measure
from midime_engine.pipelines.generate import is_audible
from midime_engine.pipelines.translate import whole
from midime_engine.pipelines.translation_report import rank_correlations
from midime_engine.translation.following import follow

if TYPE_CHECKING:
    import numpy.typing as npt

    from midime_engine.converters.classes import Role
    from midime_engine.pretraining.duets import Heard
    from midime_engine.protocols import FloatArray, IntArray, TokenModel
    from midime_engine.translation.model import Translator

__all__ = ["Figures", "figures", "sign_test"]

_STOPS: Final = 5
_SLACK: Final = 1.0 / 32.0
"""One step of two bars: a single note that flickers is no way back."""

_MANNERS: Final = 4
_PATHS: Final = 300
_PATH_STREAM: Final = 7


@dataclass(frozen=True, slots=True)
class Figures:
    """One direction; the module's docstring says what each is."""

    source: str
    target: str
    n_pairs: int
    n_songs: int
    own_accuracy: float
    """Step accuracy of the source's own model."""

    round_trip: float
    """Step accuracy through ``z'`` and back."""

    carried: dict[str, float | None]
    shuffled: dict[str, float | None]
    own_distance: float
    """Mean distance from what really sounds with the source."""

    other_distance: float
    """Mean distance from a window of another song."""

    songs_nearer: int
    sign_p: float
    parts: dict[str, dict[str, float]]
    """Of a target of several parts: distances and the sign test of each part."""

    monotone: float
    """Share of the ways that only move on, as music."""

    monotone_vectors: float
    """The same of vectors, where a fall of a thirty-second of the whole way is forgiven."""

    most_frequent: float
    n_sources: int
    """Different ones."""

    n_answers: int
    """Different ones."""

    silent: float

    @property
    def ratio(self) -> float:
        """Below 1 it is nearer to its own."""
        return self.own_distance / self.other_distance

    def to_json(self) -> dict[str, Any]:
        """Plain data, rounded."""
        plain = {**asdict(self), "ratio": self.ratio}
        return {name: _rounded(value) for name, value in plain.items()}


def figures(
    translator: Translator,
    heard: Heard,
    rows: npt.NDArray[np.int64],
    models: tuple[TokenModel, TokenModel],
    *,
    side: int,
    strictness: float,
    seed: int = 0,
) -> Figures:
    """Judge one direction, from ``side`` to the other, on ``rows`` of ``heard``."""
    domains = translator.config.domains
    here, there = domains[side], domains[1 - side]
    source, real = heard.tokens[side][rows], heard.tokens[1 - side][rows]
    songs = heard.songs[rows]
    mu = heard.mu[side][rows].astype(np.float32)
    back = translator.decode(translator.encode(mu, side).mu, side)
    accuracies = [
        reconstruction(source, bridge.decode(x, models[side], here), parts=here.parts)
        for x in (mu, back)
    ]
    rng = np.random.default_rng(seed)
    manners = range(seed * _MANNERS, (seed + 1) * _MANNERS)
    answers = whole(mu, manners, translator, models[1 - side], side=side, strictness=strictness)
    told = measure(source, parts=here.parts)
    carried = [measure(answer, parts=there.parts) for answer in answers]
    shuffled = told[rng.permutation(len(told))]
    others = _of_other_songs(songs, rng)
    own, other = (
        np.mean([distance(answer, music, parts=there.parts) for answer in answers], axis=0)
        for music in (real, real[others])
    )
    n_nearer, n_songs, p = _songs_nearer(own - other, songs)
    different = np.unique(source.reshape(len(source), -1), axis=0, return_index=True)[1]
    ways = _monotone(translator, mu, models[1 - side], side, strictness, seed)
    one_each = answers[:, different].reshape(len(answers), len(different), -1)
    counts = [np.unique(manner, axis=0, return_counts=True)[1] for manner in one_each]
    return Figures(
        source=here.model,
        target=there.model,
        n_pairs=len(rows),
        n_songs=n_songs,
        own_accuracy=accuracies[0].step_accuracy,
        round_trip=accuracies[1].step_accuracy,
        carried=_mean_correlations(told, carried),
        shuffled=_mean_correlations(shuffled, carried),
        own_distance=float(own.mean()),
        other_distance=float(other.mean()),
        songs_nearer=n_nearer,
        sign_p=p,
        parts=_by_part(answers, real, others, songs, there.parts),
        monotone=ways[0],
        monotone_vectors=ways[1],
        most_frequent=float(np.mean([found.max() for found in counts]) / len(different)),
        n_sources=len(different),
        n_answers=round(float(np.mean([len(found) for found in counts]))),
        silent=1.0 - float(np.mean([_sounds(answer, there.parts) for answer in answers])),
    )


def sign_test(successes: int, n: int) -> float:
    """How likely it is to have so many heads or more of ``n`` fair coins."""
    return float(sum(comb(n, k) for k in range(successes, n + 1)) / 2**n)


def _mean_correlations(told: FloatArray, carried: list[FloatArray]) -> dict[str, float | None]:
    """Over all manners; None where one of them has none."""
    found = [rank_correlations(told, values) for values in carried]
    means: dict[str, float | None] = {}
    for name in found[0]:
        values = [value for each in found if (value := each[name]) is not None]
        means[name] = float(np.mean(values)) if len(values) == len(found) else None
    return means


def _sounds(answer: IntArray, parts: tuple[Role, ...]) -> float:
    return float(np.mean([is_audible(window, parts=parts) for window in answer]))


def _of_other_songs(songs: IntArray, rng: np.random.Generator) -> npt.NDArray[np.int64]:
    """For each row a row of another song."""
    chosen = [rng.choice(np.flatnonzero(songs != song)) for song in songs.tolist()]
    return np.array(chosen, np.int64)


def _songs_nearer(gaps: npt.NDArray[np.float64], songs: IntArray) -> tuple[int, int, float]:
    means = [float(gaps[songs == song].mean()) for song in np.unique(songs)]
    nearer = sum(mean < 0 for mean in means)
    return nearer, len(means), sign_test(nearer, len(means))


def _by_part(
    answers: IntArray,  # [manners, n, span, parts]
    real: IntArray,
    others: npt.NDArray[np.int64],
    songs: IntArray,
    parts: tuple[Role, ...],
) -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = {}
    if len(parts) == 1:
        return found
    for column, role in enumerate(parts):
        line = slice(column, column + 1)
        own, other = (
            np.mean(
                [
                    distance(answer[:, :, line], music[:, :, line], parts=(role,))
                    for answer in answers
                ],
                axis=0,
            )
            for music in (real, real[others])
        )
        nearer, n_songs, p = _songs_nearer(own - other, songs)
        found[role] = {
            "own_distance": float(own.mean()),
            "other_distance": float(other.mean()),
            "ratio": float(own.mean() / other.mean()),
            "songs_nearer": nearer,
            "n_songs": n_songs,
            "sign_p": p,
        }
    return found


def _monotone(  # noqa: PLR0917 - one caller
    translator: Translator,
    mu: npt.NDArray[np.float32],
    model: TokenModel,
    side: int,
    strictness: float,
    seed: int,
) -> tuple[float, float]:
    """Share of ways between two sources along which the target only moves on: music, vectors."""
    rng = np.random.default_rng([seed, _PATH_STREAM])
    ends = rng.permutation(len(mu))[: 2 * _PATHS]
    ends = ends[: len(ends) // 2 * 2].reshape(-1, 2)
    steps = np.linspace(0.0, 1.0, _STOPS, dtype=np.float32)[:, None, None]
    places = (1 - steps) * mu[ends[:, 0]] + steps * mu[ends[:, 1]]  # [stops, paths, size]
    flat = places.reshape(-1, mu.shape[1])
    domain = translator.config.domains[1 - side]
    z = follow(
        translator, translator.encode(flat, side).mu, side, strictness=strictness, seeds=[seed]
    )[:, 0]
    x = translator.decode(z, 1 - side)
    music = bridge.decode(x, model, domain).reshape(_STOPS, len(ends), domain.span, -1)
    far = np.stack([distance(music[0], stop, parts=domain.parts) for stop in music])
    vectors = x.reshape(_STOPS, len(ends), -1)
    gone = np.linalg.norm(vectors - vectors[0], axis=2)  # [stops, paths]
    moves_on = np.diff(far, axis=0).min(axis=0) >= -_SLACK
    glides_on = np.diff(gone, axis=0).min(axis=0) >= -_SLACK * gone.max(axis=0)
    return float(np.mean(moves_on)), float(np.mean(glides_on))


def _rounded(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _rounded(one) for name, one in value.items()}
    return round(value, 4) if isinstance(value, float) and abs(value) > _SMALL else value


_SMALL: Final = 1e-3
