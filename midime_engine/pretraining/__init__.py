"""Training of the embedded base models from corpora of MIDI files.

Two steps that can run on two machines: :mod:`midime_engine.pretraining.preparation` turns corpora
into one small file of training windows, or a folder of them;
:mod:`midime_engine.pretraining.training` turns these into weights. The first needs NumPy and
symusic, the second Keras, a backend, NumPy and safetensors, and nothing else.
"""
