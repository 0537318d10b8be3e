"""Latent vectors as plain arrays: posteriors, interpolation, projection. NumPy only."""
