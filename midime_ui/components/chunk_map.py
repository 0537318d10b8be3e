"""The pieces of a song on a map, and which of them is looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from midime_engine.latent.projection import Pca
from midime_engine.plots import latent_map
from midime_ui.components import chart

if TYPE_CHECKING:
    from collections.abc import Sequence

    from midime_engine.converters.chunks import Chunk
    from midime_engine.pipelines.embed import Embedding

__all__ = ["bars_of", "choose", "labels_of", "show"]

_CHOSEN: Final = "chunk"
_CLICKS: Final = "chunk_clicks"


def show(embedding: Embedding) -> int:
    """Draw the map; return the index of the chunk that was chosen, by click or by name."""
    chunks = embedding.chunks.items
    chosen = choose(chunks, key=_CHOSEN)
    points = Pca.fit(embedding.latents.mu, n_components=2).transform(embedding.latents.mu)
    clicks = int(st.session_state.get(_CLICKS, 0))
    figure = latent_map.figure(
        points,
        songs=[chunk.song for chunk in chunks],
        labels=labels_of(chunks),
        selected=("chunk", chosen),
        click_count=clicks,
        theme=chart.theme(),
    )
    chart.clickable(
        figure,
        key="chunk_map",
        alt=f"Map of {len(chunks)} pieces; pieces that sound alike lie close together.",
        on_click=_choose,
    )
    st.caption(
        "Click a point to choose it. The thin line follows the song.",
        help="The vectors have hundreds of dimensions; the map shows the two in which the pieces "
        "differ most (principal components).",
    )
    return chosen


def choose(chunks: Sequence[Chunk], *, key: str) -> int:
    """Ask for a piece by its place in the song; return its index."""
    labels = labels_of(chunks)
    if st.session_state.get(key, 0) not in range(len(chunks)):
        st.session_state[key] = 0  # Left over from a longer song.
    return int(
        st.selectbox(
            "Piece of the song",
            range(len(chunks)),
            format_func=lambda index: f"{index + 1}. {labels[index]}",
            key=key,
            persist_state="session",
        )
    )


def labels_of(chunks: Sequence[Chunk]) -> list[str]:
    """Where each chunk stands; with the name of its song where there are several."""
    several = len({chunk.song for chunk in chunks}) > 1
    return [bars_of(chunk, with_song=several) for chunk in chunks]


def bars_of(chunk: Chunk, *, with_song: bool = False) -> str:
    """Where in its song a chunk stands, for example ``bars 3 to 4``."""
    last = chunk.first_bar + chunk.n_bars - 1
    bars = f"bar {last}" if chunk.n_bars == 1 else f"bars {chunk.first_bar} to {last}"
    return f"{chunk.song}, {bars}" if with_song else bars


def _choose(kind: str, index: int) -> None:
    if kind == "chunk":
        st.session_state[_CHOSEN] = index
        st.session_state[_CLICKS] = int(st.session_state.get(_CLICKS, 0)) + 1
