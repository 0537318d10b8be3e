"""A component without state leaves none in the session.

Streamlit presents the state of a component, even an empty one, as an object of a class that is
local to a function. Such an object cannot be pickled, so the check that session state is plain data
(``runner.enforceSerializableSessionState``) fails for every component. For those that keep nothing,
the empty state itself is presented.
"""

from __future__ import annotations

from typing import Any

from streamlit.components.v2.bidi_component import main

__all__ = ["present_plainly"]

_PRESENTER = "make_bidi_component_presenter"


def present_plainly(suffix: str) -> None:
    """Present the state of components whose keys end with ``suffix`` as it is."""
    original = getattr(main, _PRESENTER, None)
    if original is None:
        return  # A Streamlit that does it in another way.

    def make(aggregator_id: str, component_id: str | None = None, *more: Any) -> Any:
        if component_id is not None and component_id.endswith(suffix):
            return lambda value, _: value
        return original(aggregator_id, component_id, *more)

    setattr(main, _PRESENTER, make)
