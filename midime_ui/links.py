"""Addresses that lead into the app from outside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode, urlsplit, urlunsplit

import streamlit as st

from midime_ui import navigation

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["OWNER", "SHARE", "to_library", "to_share", "to_translator"]

SHARE: Final = "share"
OWNER: Final = "owner"


def to_share(share_id: str, position: Mapping[str, str]) -> str:
    """The address that opens a share with its sliders at ``position``."""
    return _address(navigation.EXPLORE.stem, {SHARE: share_id, **position})


def to_translator(share_id: str) -> str:
    """The address that opens a translator that is shared."""
    return _address(navigation.TRANSLATE.stem, {SHARE: share_id})


def to_library(secret: str) -> str:
    """The address that makes whoever opens it the owner of a library."""
    return _address(navigation.LIBRARY.stem, {OWNER: secret})


def _address(stem: str, query: Mapping[str, str]) -> str:
    """Beside the page that the visitor sees now, whatever host and folder it is served from."""
    here = urlsplit(st.context.url or "")
    folder, _, last = here.path.rpartition("/")
    if last and last not in {step.stem for step in navigation.STEPS}:
        folder = here.path  # The home page of an app that is served from a folder.
    return urlunsplit((here.scheme, here.netloc, f"{folder}/{stem}", urlencode(query), ""))
