"""MidiMe: a small VAE over the latent vectors of a MusicVAE, trained on one song in a second.

Source: Dinculescu, Engel, Roberts, "MidiMe: Personalizing a MusicVAE model with user data"
(NeurIPS 2019 workshop) and ``midi_me.ts`` of magenta-js. The package knows ``z`` and nothing of
the MusicVAE that made it.

* ``config``: hyperparameters. ``model``: the trained object, plain NumPy arrays and arithmetic.
* ``encoder``, ``decoder``, ``network``, ``losses``, ``step``: what happens inside one compiled
  update (Keras, any backend); loaded only when training starts.
* ``training``: an iterator of steps that the caller owns. ``persistence``: files.
"""
