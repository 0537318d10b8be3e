"""From which model to which: only pairs that make sense, and why not the others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import streamlit as st

from midime_ui import duets, model_at_work, models, pairings
from midime_ui.components import failure

if TYPE_CHECKING:
    from midime_ui.carriers import Carrier
    from midime_ui.pairings import Pairing

__all__ = ["Pair", "ask", "ask_carrier"]

_FROM: Final = "duet_from_model"
_TO: Final = "duet_to_model"
_CARRIER: Final = "duet_carrier"


class Pair(NamedTuple):
    """A source and a target."""

    source: str
    pairing: Pairing


def ask(model: str | None) -> Pair:
    """Ask for both models; ``model`` is the source where there is no choice."""
    own = [lesson.carrier for lesson in duets.lessons()]
    left, right = st.columns(2, gap="large")
    with left:
        source = _ask_source() if model is None else model
        if model is not None:
            st.text_input(
                "From", models.base_model(model).title, disabled=True, key=f"{_FROM}_fixed_{model}"
            )
    ready, refused = pairings.pairings(source, own)
    with right:
        by_name = {pairing.target: pairing for pairing in ready}
        target = st.selectbox(
            "To",
            list(by_name),
            format_func=lambda name: _title(by_name[name]),
            key=f"{_TO}_{source}",
            persist_state="session",
            help="Why not others: "
            + " ".join(f"{models.base_model(each.target).title}: {each.reason}" for each in refused)
            if refused
            else None,
        )
    return Pair(source, by_name[str(target)])


def ask_carrier(pair: Pair) -> Carrier | None:
    """Which translator is asked; None where there is none yet, and the page has said so."""
    carriers = pair.pairing.carriers
    if not carriers:
        ends = [models.base_model(name).title for name in (pair.source, pair.pairing.target)]
        st.info(
            f"No translator comes with MidiMe from {ends[0]} to {ends[1]}. One can be learnt from "
            "a song in which both sound together: below, in less than a minute.",
            icon=":material/school:",
        )
        return None
    if len(carriers) == 1:
        return carriers[0]
    by_key = {carrier.key: carrier for carrier in carriers}
    chosen = st.segmented_control(
        "Whose way to answer",
        list(by_key),
        format_func=lambda key: failure.plain(by_key[key].title),
        default=carriers[0].key,
        required=True,
        # Another set of translators is another question: the latest is the answer.
        key=f"{_CARRIER}_{carriers[0].key[:12]}_{len(carriers)}",
        persist_state="session",
        help="The general translator has learnt from many songs; one of your own starts from there "
        "and answers in the manner of your song.",
    )
    return by_key[str(chosen)]


def _ask_source() -> str:
    names = pairings.offered()
    current = model_at_work.model_name()
    return str(
        st.selectbox(
            "From",
            names,
            names.index(current),
            format_func=lambda name: models.base_model(name).title,
            key=f"{_FROM}_{current}",
            persist_state="session",
            help="The base model (MusicVAE) that hears the source.",
        )
    )


def _title(pairing: Pairing) -> str:
    title = models.base_model(pairing.target).title
    return title if pairing.carriers else f"{title} · learns from a song first"
