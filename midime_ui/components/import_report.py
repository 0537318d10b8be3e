"""What happened to the music on its way in: nothing is moved, cut or dropped silently."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from midime_ui.components import failure

if TYPE_CHECKING:
    from midime_engine.converters.report import ImportReport

__all__ = ["show"]


def show(report: ImportReport) -> None:
    """List the sentences of ``report``."""
    sentences = report.sentences()
    if not sentences:
        st.caption(":material/check: Every note of the chosen tracks was taken as it is.")
        return
    with st.expander(
        f"What was changed on the way in ({len(sentences)})", icon=":material/fact_check:"
    ):
        st.markdown("\n".join(f"- {failure.plain(sentence)}" for sentence in sentences))
