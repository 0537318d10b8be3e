"""What to do with rules that were learnt: take them to the sliders, keep them as a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from midime_ui import navigation, rulebook
from midime_ui.components import downloads, failure, learnt_file, rule_ground, rule_words
from midime_ui.rulebook import Learnt
from midime_ui.rules import Applied

if TYPE_CHECKING:
    from midime_engine.attributes.requirement import Requirements
    from midime_ui.ground import Ground
    from midime_ui.rules import Rules

__all__ = ["in_use", "show", "show_open"]


def in_use(rules: Rules, requirements: Requirements) -> Rules:
    """``rules`` as they are asked for now; says so where that needs another training."""
    wishes = tuple(map(str, requirements))
    if rules.answers(wishes):
        return rules.asked_for(wishes)
    known = rule_words.line(rules.wishes)
    st.caption(
        failure.plain(f"Learnt for {known}. Train again for the rules that are chosen above.")
    )
    return rules


def show(ground: Ground, rules: Rules, strength: float) -> None:
    """Offer to apply the rules to the sliders of a MidiMe, and to download them."""
    with st.container(horizontal=True, vertical_alignment="center", key="rules_uses"):
        own = rule_ground.own_midime()
        fits = own is not None and own[0].model == rules.model
        if st.button(
            "Apply to Explore",
            type="primary",
            icon=":material/tune:",
            key="rules_apply",
            disabled=not fits,
            help="Every position of the sliders is then moved to where the rules are kept. It can "
            "be switched off there, and is saved and shared with the MidiMe."
            if fits
            else "That needs a MidiMe of a song on the same model: choose a song and train.",
        ):
            assert own is not None
            rulebook.apply(own[1], Applied(rules, strength))
            st.switch_page(navigation.EXPLORE.path)
        st.download_button(
            "Download the rules",
            rules.data,
            f"{downloads.file_stem(rule_words.line(rules.wishes))}-rules.safetensors",
            "application/octet-stream",
            icon=":material/download:",
            key="rules_download",
            on_click="ignore",
            help="The constraint as one file (safetensors): its networks, the rules, the model.",
        )
    if not fits and ground.personal is None:
        navigation.show_link(
            navigation.UPLOAD if own is None else navigation.TRAIN,
            label="Choose a song to use the rules with its sliders"
            if own is None
            else "Train a MidiMe on this model to use the rules with its sliders",
        )


def show_open(ground: Ground) -> None:
    """Offer to open rules that were downloaded."""
    learnt = rulebook.learnt()
    learnt_file.show(
        learnt_file.RULES,
        ground,
        None if learnt is None else learnt.rules,
        lambda rules: rulebook.set_learnt(Learnt(rules, ground.key)),
    )
