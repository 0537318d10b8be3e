"""Training of the embedded base models from corpora of MIDI files.

Two steps that can run on two machines: :mod:`midime_engine.pretraining.windows` turns corpora into
one small file of training windows, :mod:`midime_engine.pretraining.training` turns that file into
weights. The second needs Keras, a backend, NumPy and safetensors, nothing else.
"""
