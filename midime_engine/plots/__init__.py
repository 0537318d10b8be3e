"""Figures: data in, a Plotly ``Figure`` out, in a light and a dark theme.

* :mod:`~midime_engine.plots.piano_roll`: notes over bars and beats.
* :mod:`~midime_engine.plots.loss_curve`: how a training goes.
* :mod:`~midime_engine.plots.latent_map`: chunks and samples as points of a plane.
* :mod:`~midime_engine.plots.page`: any of them as a file for a browser.

Plotly is imported by this package only.
"""
