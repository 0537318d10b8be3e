"""A source and one answer, heard together and apart, and what to do with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import streamlit as st

from midime_engine.pipelines.generate import Variations, is_audible
from midime_ui import carrying, duets, models, navigation, passages, personal_space, state, tray
from midime_ui.components import downloads, failure, player, sliders
from midime_ui.duets import Duet
from midime_ui.position import Position, on_sliders

if TYPE_CHECKING:
    from midime_engine.pipelines.translate import Answers
    from midime_ui.carriers import Carrier
    from midime_ui.passages import Passage
    from midime_ui.personal import Personal

__all__ = ["show"]

_PAIR: Final = "duet"
_LONGEST: Final = 60
"""Letters of the source in the name of a file."""


def show(
    passage: Passage, carrier: Carrier, found: Answers, chosen: int, strictness: float
) -> None:
    """Draw the players of ``found[chosen]`` with its source, and offer to keep and export them."""
    target = carrying.target_domain(passage, carrier)
    answer = carrying.target_music(passage, carrier, found.tokens[chosen])
    both = carrying.both(passage, answer)
    st.subheader("Both together")
    player.show(both, key="duet_both", title="Source and answer together", pair=_PAIR)
    if not is_audible(found.tokens[chosen], parts=target.parts):
        st.caption("This answer is silent: choose another one, or let it follow less strictly.")
    duet = Duet(
        passage,
        target.model,
        target.parts,
        np.ascontiguousarray(found.tokens[chosen], np.int32).tobytes(),
        (found.tokens.shape[1], found.tokens.shape[2]),
        np.ascontiguousarray(found.x[chosen], np.float32).tobytes(),
        found.seeds[chosen],
        strictness,
    )
    with st.container(horizontal=True, vertical_alignment="center", key="duet_uses"):
        is_kept = duets.is_kept(duet)
        is_full = len(duets.kept()) >= duets.MAX_DUETS
        if st.button(
            "Kept" if is_kept else "Keep this duet",
            icon=":material/bookmark_added:" if is_kept else ":material/bookmark_add:",
            type="primary",
            key="duet_keep",
            disabled=is_kept or is_full,
            help=duets.FULL if is_full and not is_kept else None,
        ):
            duets.add(duet)
            st.rerun()
        _show_send(duet, n_windows=target.n_windows)
    kind = models.base_model(target.model).kind.lower()
    downloads.show(both, name=f"{passage.title[:_LONGEST]} with {kind} {duet.seed}", key="duet")
    left, right = st.columns(2, gap="large")
    with left:
        st.subheader("The source")
        st.caption(failure.plain(passage.title))
        player.show(
            passages.music(passage),
            key="duet_source",
            title="The source",
            first_bar=passage.first_bar,
            pair=_PAIR,
        )
    with right:
        st.subheader(f"Answer {chosen + 1}")
        st.caption(failure.plain(f"{models.base_model(target.model).title}, {carrier.title}"))
        player.show(answer, key="duet_target", title=f"Answer {chosen + 1}", pair=_PAIR)


def _show_send(duet: Duet, *, n_windows: int) -> None:
    study, personal = state.explorable(), state.personal()
    reason = ""
    if study is None or personal is None:
        reason = "That needs a MidiMe: choose a song and train one on the model of the answer."
    elif study.model != duet.model:
        own, other = (models.base_model(name).title for name in (study.model, duet.model))
        reason = f"Your MidiMe plays {own}, and this answer is {other}."
    elif n_windows > 1:
        reason = "This answer is longer than what the sliders play."
    if st.button(
        "Send to Explore",
        icon=":material/tune:",
        key="duet_send",
        disabled=bool(reason),
        help=reason
        or "Puts the sliders on the nearest place that your MidiMe can play, and the answer itself "
        "among what you have kept there.",
    ):
        assert personal is not None
        _send(duet, personal)
        st.switch_page(navigation.EXPLORE.path)


def _send(duet: Duet, personal: Personal) -> None:
    z = np.array(duet.vector)[None]
    point = on_sliders(personal_space.space(personal).encode(z).mu[0])
    sliders.restore(Position(point, None, duet.seed))
    if not tray.is_full():
        made = Variations(z, duet.window[None])
        name = f"Goes with {duet.source.title}"
        tray.add(tray.Item.of(made, 0, name=name, position=None, seed=duet.seed, temperature=None))
