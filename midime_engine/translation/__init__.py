"""Latent translation: one small VAE over the latents of two models, to carry music across.

Source: Tian and Engel, "Latent Translation: Crossing Modalities by Bridging Generative Models"
(arXiv 1902.08261) and the authors' code, alantian/latent_transfer. The package knows vectors and
names; what plays them is composed in ``pipelines``.

* ``domain``: the two sides. ``config``: hyperparameters. ``pairs``: what is trained on.
* ``model``: the trained object, plain NumPy arrays and arithmetic. ``following``: how strictly a
  target follows its source, as places in ``z'``.
* ``network``, ``losses``, ``objective``, ``step``: what happens inside one compiled update
  (Keras, any backend); loaded only when training starts. ``initial``, ``batches``, ``precision``:
  what NumPy gives to it.
* ``training``: an iterator of steps that the caller owns. ``persistence``: files. ``embedded``: the
  general translators that come with MidiMe.
"""
