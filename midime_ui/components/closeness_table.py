"""How close new music is to the song, and how much of it is copied: with and without MidiMe."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Literal

import streamlit as st

from midime_ui.components import wording

if TYPE_CHECKING:
    from collections.abc import Collection

    from streamlit.elements.lib.column_types import ColumnConfig

    from midime_engine.converters.classes import Role
    from midime_engine.pipelines.compare import Comparison
    from midime_engine.pipelines.outcome import Outcome

__all__ = ["NAMES", "rows", "show"]

NAMES: Final = {
    "pitch_class": "Notes of the scale",
    "interval": "Steps and leaps",
    "duration": "Lengths of notes",
    "onset_position": "Places in the bar",
    "notes_per_bar": "Notes per bar",
    "drum_class": "Which drums",
    "hits_per_bar": "Hits per bar",
    "drum_pair": "Drums struck together",
}
"""What the features are called here; what they are stands in ``metrics.similarity``."""

_WITH: Final = "MidiMe"
_WITHOUT: Final = "Base model"


def show(outcome: Outcome, *, silent: Collection[Role] = ()) -> None:
    """Show both comparisons side by side, but for parts that are silent in the song."""
    n = len(outcome.variations.tokens)
    st.subheader(
        "How close to your song?",
        help=f"{wording.count(n, 'random variation')} of your MidiMe and as many samples of the "
        "base model (same seed), each compared with the song: overlap of their distributions, "
        "100 % when both use them equally often.",
    )

    def bar(title: str, color: Literal["primary", "gray"]) -> ColumnConfig:
        return st.column_config.ProgressColumn(
            title, width="small", min_value=0, max_value=100, format="%d %%", color=color
        )

    st.dataframe(
        rows(outcome.variations_compared, outcome.base_compared, silent=silent),
        hide_index=True,
        column_config={_WITH: bar(_WITH, "primary"), _WITHOUT: bar(_WITHOUT, "gray")},
        height="content",
        alt="Likeness of new music to the song, feature by feature, with and without MidiMe",
    )
    st.markdown(f"**Not a copy?** {_originality(outcome)}")


def rows(
    variations: Comparison, base: Comparison, *, silent: Collection[Role] = ()
) -> list[dict[str, Any]]:
    """One row per feature of each part that is not ``silent``, in percent."""
    several = len(variations.similarity) > 1
    return [
        {
            "What is alike": NAMES[feature] + (f" ({part})" if several else ""),
            _WITH: round(100 * overlap),
            _WITHOUT: round(100 * base.similarity[part][feature]),
        }
        for part, features in variations.similarity.items()
        if part not in silent
        for feature, overlap in features.items()
    ]


def _originality(outcome: Outcome) -> str:
    ours = outcome.variations_compared.originality
    copied = wording.percent(ours.copied_bars)
    run = wording.count(ours.longest_run, "note")
    return (
        f"{copied} of the bars that MidiMe plays are note for note in your song; the longest "
        f"passage taken from it has {run}. The rest is new."
        if ours.copied_bars < 1
        else "Every bar that MidiMe plays is note for note in your song. More music, fewer rounds "
        "or more smoothness make it more inventive."
    )
