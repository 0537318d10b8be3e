"""Travel from one kept piece of music to another, and keep what lies between."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from midime_engine.pipelines.travel import MAX_STEPS, MIN_STEPS
from midime_ui import journeys, kept, note_sequences, tray
from midime_ui.components import downloads, failure, player, variation_card, wording
from midime_ui.position import Position, on_sliders
from midime_ui.tray import Item

if TYPE_CHECKING:
    from midime_engine.pipelines.generate import Variations
    from midime_ui.personal import Personal
    from midime_ui.studies import Study

__all__ = ["show"]

_USUAL_STEPS: Final = 5
_STOP_WIDTH: Final = 150
"""Pixels: a stop has a roll and one button."""


def show(study: Study, personal: Personal) -> None:
    """Choose two kept items; hear and see the way between them."""
    items = tray.items()
    st.subheader("Travel from A to B")
    if len(items) < 2:  # noqa: PLR2004 - both ends
        st.caption("Keep a second variation, and you can travel from one to the other.")
        return
    by_id = {item.id: item for item in items}
    from_, to, stops = st.columns([2, 2, 3], gap="medium")
    with from_:
        a = _choose("From", "travel_from", by_id)
    with to:
        b = _choose("To", "travel_to", by_id)
    with stops:
        n = st.slider(
            "Stops, both ends included",
            MIN_STEPS,
            MAX_STEPS,
            _USUAL_STEPS,
            key="travel_steps",
            persist_state="session",
            help="Points of the straight line in the space of your MidiMe (linear interpolation). "
            "If one end is music of the base model, of the great circle in the space of the base "
            "model (spherical interpolation).",
        )
    if a is None or b is None:
        st.caption("Choose where the journey begins and where it ends.")
        return
    if a.id == b.id:
        st.caption("Begin and end at different places.")
        return
    n = min(max(int(n), MIN_STEPS), MAX_STEPS)
    made = journeys.journey(study, personal, a, b, n)
    stops_made = tuple(_stop(made, i, a, b) for i in range(n))
    _show_whole(study, stops_made, a, b)
    grid = st.grid(8, min_column_width=_STOP_WIDTH, gap="xsmall", key="travel_stops")
    for number, stop in enumerate(stops_made):
        with grid.cell():
            key = f"stop_{number}"
            variation_card.show_roll(study, stop, key=key, title=f"Stop {number + 1}")
            variation_card.show_keep(stop, key=key)


def _choose(label: str, key: str, by_id: dict[str, Item]) -> Item | None:
    if st.session_state.get(key) not in by_id:
        st.session_state[key] = None  # It was discarded.
    chosen = st.selectbox(
        label,
        list(by_id),
        index=None,
        format_func=lambda id: by_id[id].name,  # noqa: A006 - the field's own name
        placeholder="Choose",
        key=key,
        persist_state="session",
    )
    return by_id.get(str(chosen))


def _stop(made: Variations, index: int, a: Item, b: Item) -> Item:
    n = len(made.tokens)
    if index in {0, n - 1}:
        return a if index == 0 else b
    seed = journeys.stop_seeds(a, n)[index]
    stand = None
    if made.z_small is not None and not _is_nudged(a, b):
        stand = Position(on_sliders(made.z_small[index].tolist()), a.temperature, seed)
    return Item.of(
        made,
        index,
        name=f"{index / (n - 1):.0%} from {a.name} to {b.name}",
        position=stand,
        seed=seed,
        temperature=a.temperature,
    )


def _is_nudged(*items: Item) -> bool:
    """Then what lies between is moved in the large space, too, where no slider leads."""
    return any(item.position is None or item.position.nudges for item in items)


def _show_whole(study: Study, stops: tuple[Item, ...], a: Item, b: Item) -> None:
    sequences = [note_sequences.music(study, stop.window[None])[0] for stop in stops]
    whole = note_sequences.joined(study, sequences)
    found = [kept.kept_notes(study, stop.window) for stop in stops]
    marks = [mark for each in found if each is not None for mark in each.notes]
    title = f"From {a.name} to {b.name}"
    st.caption(failure.plain(f"{title}, {wording.count(len(stops), 'stop')}, one after the other."))
    player.show(
        whole,
        key="travel_player",
        title=title,
        kept=marks if study.songless is None else None,
    )
    name = downloads.name_of(study, f"{title} {len(stops)} stops")
    downloads.show(whole, name=name, key="travel_downloads")
