"""What the player is in a browser, and what it is told."""
