"""What every small network of ours trains and is served with, whoever it belongs to.

* ``adam``, ``updates``: one update, and several in one call, as pure functions of their state.
* ``compiled``, ``executables``: gradients and compilation, on whichever backend Keras runs; each
  shape of a network is compiled once for all users.
* ``steps``, ``trainable``: training as an iterator of plain steps, and what it changes.
* ``layers``: the same arithmetic in NumPy, for serving.
* ``bounds``: settings, held against what can be built and trained.
* ``tensor_files``, ``network_files``: networks as files, and one kind of them.

Networks as small as a MidiMe are trained by many people at once in one process, each in about a
second. So nothing compiled belongs to a model or keeps anything: parameters and moments come in as
arguments and go out as results.
"""
