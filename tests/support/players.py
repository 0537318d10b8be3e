"""What players of a page are told, read as a browser reads it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

__all__ = ["told", "unpacked"]


def unpacked(packed: bytes) -> tuple[dict[str, Any], bytes]:
    """The facts, and the sound behind them."""
    size = int.from_bytes(packed[:4], "little")
    return json.loads(packed[4 : 4 + size]), packed[4 + size :]


def told(page: AppTest) -> list[dict[str, Any]]:
    """What each player is told beside its sound, in the order in which they are sent."""
    sent = [each.proto for each in page.get("bidi_component")]
    return [unpacked(each.bytes)[0] for each in sent if each.component_name == "midime_player"]
