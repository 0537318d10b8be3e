"""Pieces of pages: each module is one verb, ``show``, and returns what the visitor decided."""
