"""How Streamlit's caches recognise what a visitor brought: by digests, not by megabytes."""

from __future__ import annotations

from typing import Any, Final

from midime_ui.personal import Personal
from midime_ui.studies import Source, Study

__all__ = ["KEYS"]

KEYS: Final[dict[str | type[Any], Any]] = {
    Study: lambda study: study.fingerprint,
    Source: lambda source: (source.name, source.sha256),
    Personal: lambda personal: personal.key,
}
"""To hand to ``hash_funcs``."""
