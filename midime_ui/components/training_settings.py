"""How to train, for those who want to know; everybody else presses the button."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import streamlit as st

from midime_engine.midime.config import MidiMeConfig
from midime_ui.components import seed

__all__ = ["Settings", "show"]

_MAX_EPOCHS: Final = 5000
"""Half a minute on two cores: more than enough to see that nothing more happens."""

_MAX_SLIDERS: Final = 8
"""More sliders than this nobody can keep in mind."""

_DEFAULTS: Final = MidiMeConfig()
_AUGMENT: Final[dict[str, bool | None]] = {
    "When the song is short": None,
    "Always": True,
    "Never": False,
}


@dataclass(frozen=True, slots=True)
class Settings:
    """What the visitor has chosen."""

    config: MidiMeConfig
    """All but its ``input_size``, which the vectors of the song tell."""

    augment: bool | None
    """Train on transposed copies as well; None does so for short songs."""


def show() -> Settings:
    """Ask for the settings of a MidiMe; folded, with good defaults."""
    with st.expander("Settings (good as they are)", icon=":material/settings:"):
        left, right = st.columns(2, gap="large")
        with left:
            epochs = st.number_input(
                "Rounds",
                1,
                _MAX_EPOCHS,
                _DEFAULTS.epochs,
                step=50,
                key="epochs",
                persist_state="session",
                help="Epochs: how often MidiMe goes through the whole song.",
            )
            early_stop = st.toggle(
                "Stop when nothing improves any more",
                value=_DEFAULTS.early_stop,
                key="early_stop",
                persist_state="session",
                help="Early stopping: training ends before the last round once the curve is flat.",
            )
            latent_size = st.slider(
                "Number of sliders",
                1,
                _MAX_SLIDERS,
                _DEFAULTS.latent_size,
                key="latent_size",
                persist_state="session",
                help="Latent size: how many numbers describe a variation. More sliders follow "
                "the song more closely and are harder to steer.",
            )
        with right:
            beta = st.slider(
                "Smoothness",
                0.0,
                4.0,
                _DEFAULTS.beta,
                0.1,
                key="beta",
                persist_state="session",
                help="Beta, the weight of the KL term. Low: the song is copied more exactly. "
                "High: the sliders move more evenly between its parts.",
            )
            augment = st.radio(
                "Also learn from transposed copies",
                list(_AUGMENT),
                key="augment",
                persist_state="session",
                help="Augmentation: the same music a few semitones up and down. It helps when "
                "there is little to learn from.",
            )
            first = seed.show("train_seed")
    config = MidiMeConfig(
        latent_size=int(latent_size),
        beta=float(beta),
        epochs=int(epochs),
        early_stop=bool(early_stop),
        seed=first,
    )
    return Settings(config, _AUGMENT[augment])
