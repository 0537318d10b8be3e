"""Players in every form, on a page of their own: `streamlit run tests/support/player_stage.py`."""

from __future__ import annotations

import streamlit as st
from note_seq import NoteSequence

from midime_ui.components import player


def tune(*, n_bars: int, lowest: int, qpm: float = 120.0) -> NoteSequence:
    """Quarter notes up a whole-tone scale, the same in every second bar."""
    beat = 60.0 / qpm
    sequence = NoteSequence(total_time=4 * n_bars * beat)
    sequence.tempos.add(qpm=qpm)
    for i in range(4 * n_bars):
        sequence.notes.add(
            pitch=lowest + 2 * (i % 8),
            velocity=90,
            start_time=i * beat,
            end_time=(i + 1) * beat,
        )
    return sequence


st.button("Run again")
others = st.columns(2)
lowest = 60 if others[0].toggle("Higher") else 48
qpm = 60.0 if others[1].toggle("Slower") else 120.0
if st.toggle("Something above"):
    st.caption("Something above.")
main = tune(n_bars=4, lowest=lowest, qpm=qpm)
if not st.toggle("Take it away"):
    player.show(main, key="main one", title="Main <b>tune</b>", autoplay=True)
for column, name in zip(st.columns(2), ("left", "right"), strict=True):
    with column:
        piece = tune(n_bars=2, lowest=48 if name == "left" else 72)
        player.show(piece, key=name, title=name, pair="sides", height=240)
for column, i in zip(st.columns(4), range(4), strict=True):
    with column:
        piece = tune(n_bars=2, lowest=48 + i)
        kept = [j % 2 == 0 for j in range(8)]
        player.show(piece, key=f"tile{i}", title=f"Number {i}", compact=True, kept=kept)
player.show(NoteSequence(), key="silent", title="Silence")
# Sent ahead of its controls, which may come late.
early = player.make(tune(n_bars=1, lowest=60), key="early", title="Early")
player.send_ahead(early)
if not st.toggle("Controls come later"):
    player.show_stand(early)
