"""Cards of music on a page: what they say, and pressing their buttons as a browser does."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from streamlit.components.v2.bidi_component.main import _make_trigger_id

from tests.support.players import unpacked

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

__all__ = ["cards", "press_card", "said_by_cards"]


def cards(page: AppTest) -> dict[str, dict[str, Any]]:
    """By key, what each card of the page shows: heading, words, and actions by name."""
    found = {}
    for element in page.get("bidi_component"):
        if element.proto.component_name != "midime_player":
            continue
        facts, _ = unpacked(element.proto.bytes)
        if "card" in facts:
            actions = {action["name"]: action for action in facts["card"]["actions"]}
            found[facts["key"]] = {**facts["card"], "actions": actions, "id": element.proto.id}
    return found


def said_by_cards(page: AppTest) -> str:
    """Headings and words of all of them, in one string."""
    return "\n".join(f"{card['heading']}\n{card['words']}" for card in cards(page).values())


def press_card(page: AppTest, key: str, action: str) -> None:
    """Press a button of the card called ``key``, and run the page."""
    card = cards(page)[key]
    assert not card["actions"][action]["is_off"], f"{action} cannot be pressed"
    states = page._tree.get_widget_states()
    word = json.dumps([{"event": action, "value": True}])
    states.widgets.add(id=_make_trigger_id(card["id"], "events"), json_trigger_value=word)
    page._run(states)
