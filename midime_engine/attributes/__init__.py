"""Rules that music can be asked to keep, and how well a passage keeps them."""
