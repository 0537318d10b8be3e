"""Where music is carried over from: a piece of a song, what was kept, the sliders, an example."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
import streamlit as st

from midime_engine import examples
from midime_engine.errors import NoUsableTrackError
from midime_ui import (
    cutting,
    duets,
    model_at_work,
    models,
    navigation,
    passages,
    personal_space,
    state,
    tray,
)
from midime_ui.components import chunk_map, failure, sliders
from midime_ui.studies import Source, Study

if TYPE_CHECKING:
    from collections.abc import Sequence

    from midime_engine.translation.domain import Domain
    from midime_ui.passages import Passage
    from midime_ui.personal import Personal

__all__ = ["Start", "ask", "passage_of"]

SONG: Final = "A piece of my song"
SLIDERS: Final = "Where my sliders stand"
KEPT: Final = "Something I kept"
EXAMPLE: Final = "An example"

_START: Final = "duet_start"
_WANTED: Final = "duet_wanted_start"
_CHOSEN: Final = "duet_chosen_start"
_BEST: Final = "duet_best_start"
_EXAMPLE: Final = "duet_example"
_PIECE: Final = "duet_piece"
_ITEM: Final = "duet_item"


class Start(NamedTuple):
    """What the visitor wants to begin with; the very bars are chosen when both sides are known."""

    kind: str
    study: Study | None
    """Songs: those of the session, or an example; None where a MidiMe came without any."""

    model: str | None
    """The only base model that it can be of; None for a song, which any may hear."""


def ask() -> Start:
    """Ask what to begin with."""
    own = _own()
    kinds = [
        *([SONG] if state.sources() else []),
        *([SLIDERS] if own is not None else []),
        EXAMPLE,
        *([KEPT] if tray.items() or duets.kept() else []),
    ]
    kind = _choose_kind(kinds)
    if kind == SLIDERS and own is not None:
        return Start(kind, own[0] if own[0].songless is None else None, own[0].model)
    if kind == KEPT:
        return Start(kind, state.study(), _choose_item_model())
    if kind == SONG:
        return Start(kind, state.study(), None)
    return Start(EXAMPLE, None, None)


def passage_of(start: Start, domain: Domain) -> tuple[Passage | None, Study | None]:
    """The bars to be carried over, as ``domain`` hears them, and the songs they belong to.

    No passage where the song lacks a part; the page then has said so.
    """
    if start.kind == SLIDERS:
        return _of_sliders(domain), start.study
    if start.kind == KEPT:
        return _of_item(domain), start.study
    study, place = start.study, st.container()
    if start.kind == EXAMPLE or study is None:
        left, place = st.columns(2, gap="large")
        with left:
            study = _ask_example(domain)
    heard = Study(study.sources, study.tracks, domain.model)
    try:
        items = passages.chunks(heard, domain).items
    except NoUsableTrackError as error:
        failure.show(error)
        with st.container(horizontal=True):
            st.button(
                "Take an example instead",
                icon=":material/library_music:",
                key="duet_example_instead",
                on_click=_want,
                args=(EXAMPLE,),
            )
            navigation.show_link(navigation.UPLOAD, label="Choose another song")
        return None, study
    with place:
        index = chunk_map.choose(items, key=f"{_PIECE}_{start.kind}")
    return passages.of_chunk(heard, domain, index), study


def _choose_kind(kinds: list[str]) -> str:
    """The one that was chosen before, unless something better has come meanwhile."""
    chosen = st.session_state.get(_START, st.session_state.get(_CHOSEN))
    if chosen not in kinds or st.session_state.get(_BEST) != kinds[0]:
        chosen = kinds[0]
    wanted = st.session_state.pop(_WANTED, None)
    if wanted in kinds:
        chosen = wanted
    st.session_state[_BEST] = kinds[0]
    if len(kinds) > 1:
        st.session_state[_START] = chosen
        chosen = st.segmented_control("Start from", kinds, required=True, key=_START)
    st.session_state[_CHOSEN] = chosen
    return str(chosen)


def _want(kind: str) -> None:
    st.session_state[_WANTED] = kind


def _own() -> tuple[Study, Personal] | None:
    study, personal = state.explorable(), state.personal()
    return None if study is None or personal is None else (study, personal)


def _ask_example(domain: Domain) -> Study:
    fitting = [each for each in examples.EXAMPLES if set(domain.parts) <= set(each.roles)]
    # Whole bands first: from them one can learn as well.
    fitting.sort(key=lambda each: -len(each.roles))
    titles = {each.slug: f"{each.title} · {each.style}" for each in fitting}
    slug = st.selectbox(
        "Example",
        list(titles),
        format_func=lambda slug: titles[slug],
        key=f"{_EXAMPLE}_{'_'.join(domain.parts)}",
        persist_state="session",
    )
    return _example_study(str(slug), domain.model)


@st.cache_resource(show_spinner=False, max_entries=64)
def _example_study(slug: str, model: str) -> Study:
    found = next(each for each in examples.EXAMPLES if each.slug == slug)
    return Study((Source(found.title, examples.read(slug), found.credit),), (), model)


def _of_sliders(domain: Domain) -> Passage:
    own = _own()
    assert own is not None
    study, personal = own
    position = sliders.current(personal_space.space(personal).config.latent_size)
    made = personal_space.variation(
        study,
        personal,
        position.point,
        temperature=position.temperature,
        seed=position.seed,
        nudges=position.nudges,
    )
    return passages.of_window(
        f"{study.title}, where the sliders stand",
        made.z[0],
        made.tokens[0],
        cutting.playback(study),
        domain,
    )


def _kept_names() -> dict[str, str]:
    """By id: what was kept in Explore, then what was kept here."""
    names = {item.id: item.name for item in tray.items()}
    for number, duet in enumerate(duets.kept(), start=1):
        what = models.base_model(duet.model).kind.lower()
        names[duet.id] = f"Duet {number}: the {what}"
    return names


def _choose_item_model() -> str:
    names = _kept_names()
    ids: Sequence[str] = list(names)
    if st.session_state.get(_ITEM) not in ids:
        st.session_state[_ITEM] = ids[0]
    id_ = st.selectbox(
        "Kept", ids, format_func=lambda each: names[each], key=_ITEM, persist_state="session"
    )
    for duet in duets.kept():
        if duet.id == id_:
            return duet.model
    return model_at_work.model_name()


def _of_item(domain: Domain) -> Passage:
    id_ = st.session_state[_ITEM]
    name = _kept_names()[id_]
    for duet in duets.kept():
        if duet.id == id_:
            size = domain.z_size
            return passages.of_window(
                name,
                np.array(duet.vector[:size]),
                duet.window[: domain.n_steps],
                duet.source.usual,
                domain,
            )
    item = next(each for each in tray.items() if each.id == id_)
    study = state.explorable()
    assert study is not None
    return passages.of_window(
        name, np.array(item.z, np.float32), item.window, cutting.playback(study), domain
    )
