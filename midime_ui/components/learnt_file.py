"""What was learnt, rules or a taste, that comes back from a file; it may come from anybody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import streamlit as st

from midime_engine.errors import ConstraintFileError, MidimeError
from midime_ui import models, navigation, playing, state
from midime_ui.components import failure, rule_ground, rule_words
from midime_ui.rules import Rules

if TYPE_CHECKING:
    from collections.abc import Callable

    from midime_ui.ground import Ground
    from midime_ui.navigation import Step

__all__ = ["RULES", "TASTE", "Kind", "show"]


@dataclass(frozen=True, slots=True)
class Kind:
    """What a page opens, in words, and where the other kind belongs."""

    name: str
    """Also the beginning of the keys of its widgets."""

    them: str
    """As the subject of what was learnt: "These rules were"."""

    again: str
    """What to do instead: "Train them again"."""

    has_wishes: bool
    """Rules have some; a taste has none."""

    other: str
    """What a file of the other kind is."""

    elsewhere: Step
    """The page that opens the other kind."""


RULES: Final = Kind(
    "rules",
    "These rules were",
    "Train them again",
    has_wishes=True,
    other="This was learnt from ratings: it is a taste and keeps no rule.",
    elsewhere=navigation.RATINGS,
)
TASTE: Final = Kind(
    "taste",
    "This taste was",
    "Teach it again",
    has_wishes=False,
    other="These are rules, not a taste.",
    elsewhere=navigation.CONSTRAINTS,
)


def show(kind: Kind, ground: Ground, known: Rules | None, keep: Callable[[Rules], None]) -> None:
    """Offer to open a file that was downloaded.

    Args:
        kind: What may be opened.
        ground: Where it is going to be tried.
        known: What the session has of that kind.
        keep: Is given what was opened; the page is then drawn again.
    """
    article = "a " if kind is TASTE else ""
    with st.expander(
        f"Open {article}{kind.name} from a file",
        icon=":material/upload_file:",
        key=f"{kind.name}_open",
    ):
        given = st.file_uploader(
            "A file that was downloaded here",
            type=["safetensors"],
            key=f"{kind.name}_file",
            help="Up to 5 MB. The file is checked; nothing in it is run.",
        )
        if given is None:
            return
        data, opened = given.getvalue(), f"{kind.name}_opened"
        is_known = known is not None and known.data == data
        rules = known if is_known else _read(kind, data, about=given.name)
        if rules is None or not _fits(kind, rules, ground, about=given.name):
            return
        if is_known:
            st.caption(failure.plain(f"Opened: {rule_words.line(rules.wishes)}."))
            return
        # What was learnt since must not be lost to a file that still lies here.
        was_opened = st.session_state.get(opened) == given.file_id
        if was_opened and not st.button("Open it again", key=f"{opened}_again"):
            return
        st.session_state[opened] = given.file_id
        keep(rules)
        st.rerun()


def _read(kind: Kind, data: bytes, *, about: str) -> Rules | None:
    """What the file holds; None, and why, where it is nothing for this page."""
    try:
        rules = Rules.of_file(data)
    except MidimeError as error:
        if _is_midime(data):
            _send_on(f"This is a MidiMe, not {kind.name}.", navigation.LIBRARY, about=about)
        else:
            failure.show(error, about=about)
        return None
    if bool(rules.wishes) != kind.has_wishes:
        _send_on(kind.other, kind.elsewhere, about=about)
        return None
    return rules


def _is_midime(data: bytes) -> bool:
    from midime_engine.midime import persistence

    try:
        persistence.from_bytes(data)
    except MidimeError:
        return False
    return True


def _send_on(what: str, step: Step, *, about: str) -> None:
    remedy = f"Open it on the page {step.title}."
    failure.show(ConstraintFileError(what, remedy=remedy), about=about, link=step)


def _fits(kind: Kind, rules: Rules, ground: Ground, *, about: str) -> bool:
    """Whether it can be tried on ``ground``; says why not, and what would do."""
    if rules.model != ground.model:
        _show_other_model(kind, rules.model, about=about)
        return False
    size = playing.constraint(rules).config.z_size
    if size == models.z_size(ground.model):
        return True
    failure.show(
        ConstraintFileError(
            f"{kind.them} learnt for {size} numbers, not for those of this model.",
            remedy=f"{kind.again} here, or without --sliders-only on the command line."
            if kind is RULES
            else f"{kind.again} here.",
        ),
        about=about,
    )
    return False


def _show_other_model(kind: Kind, model: str, *, about: str) -> None:
    is_offered = models.is_offered(model)
    title = models.base_model(model).title if is_offered else "a model that is not offered here"
    is_free = state.visit() is None
    can_switch = is_free and model in rule_ground.models_to_choose_from()
    if can_switch:
        remedy = "Switch to that model, which opens it."
    elif not is_offered:
        remedy = "Open it on the server where that model is."
    elif is_free:
        remedy = "Choose that model on the first page, which downloads it; then come back."
    else:
        remedy = "Open it without the link, where any model can be chosen."
    error = ConstraintFileError(f"{kind.them} learnt for {title}.", remedy=remedy)
    failure.show(error, about=about)
    if can_switch:
        st.button(
            f"Switch to {title}",
            icon=":material/swap_horiz:",
            key=f"{kind.name}_switch",
            on_click=rule_ground.start_from,
            args=(model,),
        )
