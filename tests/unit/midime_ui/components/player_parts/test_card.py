"""A card tells the browser plain text, and no more than it needs."""

from __future__ import annotations

import json

from midime_ui.components.player_parts.card import Action, Card


def test_what_the_browser_is_told_is_plain_data() -> None:
    """What a button calls stays on the server."""
    action = Action("keep", "Keep", ":material/bookmark_add:", print, (object(),), is_off=True)
    told = Card("Seed 3", "No bar is copied.", (action,)).to_json()
    assert json.loads(json.dumps(told)) == {
        "heading": "Seed 3",
        "words": "No bar is copied.",
        "actions": [
            {"name": "keep", "label": "Keep", "icon": "bookmark_add", "help": "", "is_off": True}
        ],
    }
