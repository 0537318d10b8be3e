"""Train a general translator, listening to it now and then, and write it with its card."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from midime_engine.pipelines import teach
from midime_engine.pipelines.listening import listen
from midime_engine.pretraining.translation_figures import Figures, figures
from midime_engine.translation import persistence
from midime_engine.translation.manners import settle
from midime_engine.translation.model import Translator
from midime_engine.translation.training import training_steps

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    import numpy.typing as npt

    from midime_engine.pipelines.carried import Scale
    from midime_engine.pretraining.duets import Heard
    from midime_engine.protocols import TokenModel
    from midime_engine.translation.config import TranslatorConfig
    from midime_engine.translation.pairs import Pairs, Played
    from midime_engine.translation.training import TranslationStep

__all__ = ["PLAYED", "ROUNDS", "General", "held_out", "judge", "write"]

ROUNDS: Final = 20
"""Times that training goes on after listening."""

PLAYED: Final = 1024
"""Windows of each side that are played each time: seconds, for a trio half a minute."""

_REMEMBERED: Final = 6
"""Times whose music the judges still learn from."""

_MOST_JUDGED: Final = 600


class General:
    """A general translator in training: iterate, then take :attr:`translator`."""

    def __init__(
        self,
        pairs: Pairs,
        scales: tuple[Scale, Scale],
        models: tuple[TokenModel, TokenModel],
        config: TranslatorConfig,
        *,
        n_played: int = PLAYED,
    ) -> None:
        """Make an untrained one; ``n_played`` windows of each side are heard after each round."""
        self.translator = Translator.starting(config, pairs)
        self._pairs = pairs
        self._scales = scales
        self._models = models
        self._n_played = n_played

    def __iter__(self) -> Iterator[TranslationStep]:
        """Train to the end, and settle."""
        config = self.translator.config
        played: Played | None = None
        ends = np.linspace(0, config.steps, ROUNDS + 1).astype(int)[1:].tolist()
        for number, end in enumerate(ends):
            if number:
                new = listen(
                    self.translator,
                    self._pairs,
                    self._models,
                    self._scales,
                    n=self._n_played,
                    seed=config.seed * ROUNDS + number,
                )
                most = _REMEMBERED * self._n_played
                played = new if played is None else played.with_more(new, most)
            todo = end - self.translator.state.steps
            yield from training_steps(self.translator, self._pairs, steps=todo, played=played)
        settle(self.translator, self._pairs)


def held_out(heard: Heard, rows: npt.NDArray[np.bool_], *, seed: int = 0) -> npt.NDArray[np.int64]:
    """Different pairs among ``rows`` that really sound together, up to 600 of them."""
    chosen = np.flatnonzero(rows & heard.together)
    both = np.concatenate([tokens[chosen].reshape(len(chosen), -1) for tokens in heard.tokens], 1)
    first = np.unique(both, axis=0, return_index=True)[1]
    return np.sort(np.random.default_rng(seed).permutation(chosen[first])[:_MOST_JUDGED])


def judge(
    translator: Translator,
    heard: Heard,
    rows: npt.NDArray[np.int64],
    models: tuple[TokenModel, TokenModel],
    *,
    strictness: float,
    seed: int = 0,
) -> tuple[Figures, Figures]:
    """Both directions."""
    forth, back = (
        figures(translator, heard, rows, models, side=side, strictness=strictness, seed=seed)
        for side in (0, 1)
    )
    return forth, back


def write(
    folder: Path,
    translator: Translator,
    scales: tuple[Scale, Scale],
    judged: tuple[Figures, Figures],
    *,
    data: dict[str, Any],
    course: list[dict[str, float]],
    command: str,
) -> Path:
    """Write ``<name>.safetensors`` in half precision, ``<name>.json`` and ``<name>.md``."""
    domains = translator.config.domains
    name = "-".join(domain.model for domain in domains)
    path = folder / f"{name}.safetensors"
    persistence.save(translator, path, teach.metadata_of(scales), half=True)
    card = {
        "name": name,
        "summary": f"{_music(domains[0].parts)} and {_music(domains[1].parts)}, both ways",
        "models": [domain.model for domain in domains],
        "n_parameters": translator.config.n_parameters,
        "config": translator.config.to_json(),
        "data": data,
        "validation": [each.to_json() for each in judged],
        "training": course,
        "command": command,
    }
    path.with_suffix(".json").write_text(
        json.dumps(card, indent=1, ensure_ascii=False) + "\n", "utf-8"
    )
    path.with_suffix(".md").write_text(_prose(card), "utf-8")
    return path


def _music(parts: tuple[str, ...]) -> str:
    return " and ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else parts[0]


def _prose(card: dict[str, Any]) -> str:
    config, data = card["config"], card["data"]
    about = (
        f"A translator between {' and '.join(card['models'])}: {card['summary']}. "
        f"{card['n_parameters']:,} parameters, z' of {config['latent_size']} numbers of which "
        f"{config['shared_size']} are shared. Licence of the weights: that of this repository."
    )
    windows = (
        f"{data['train']:,} windows to train on, {data['together']:,} of them of songs whose parts "
        f"really sound together; {data['valid']:,} pairs of other songs to judge it."
    )
    meanings = (
        "What each means is said in `midime_engine/pretraining/translation_figures.py`; other "
        "seeds and what falls short in `benchmarks/translation`."
    )
    corpora = [f"| {c['title']} | {c['licence']} | {c['attribution']} |" for c in data["corpora"]]
    columns = " | ".join(f"{one['source']} to {one['target']}" for one in card["validation"])
    lines = [f"# {card['name']}", "", about, "", "## Data", "", windows, ""]
    lines += ["| corpus | licence | attribution |", "|---|---|---|", *corpora, ""]
    lines += ["## Figures", "", meanings, "", f"| | {columns} |", "|---|---|---|"]
    lines += [
        f"| {name} | {' | '.join(value(one) for one in card['validation'])} |"
        for name, value in _ROWS.items()
    ]
    lines += ["", "## Made with", "", "```", card["command"], "```", ""]
    return "\n".join(lines)


_ROWS: Final[dict[str, Callable[[dict[str, Any]], str]]] = {
    "steps right through z' and back": lambda one: f"{one['round_trip']:.3f}",
    "steps right without translator": lambda one: f"{one['own_accuracy']:.3f}",
    "density carried": lambda one: f"{one['carried']['density']}",
    "syncopation carried": lambda one: f"{one['carried']['syncopation']}",
    "distance from its own song over another's": lambda one: f"{one['ratio']:.3f}",
    "songs nearer to their own": lambda one: f"{one['songs_nearer']} of {one['n_songs']}",
    "ways that only move on": lambda one: f"{one['monotone']:.2f}",
    "sources with the most frequent answer": lambda one: f"{one['most_frequent']:.3f}",
    "silent answers": lambda one: f"{one['silent']:.3f}",
}
"""What the card shows of the figures of each direction."""
