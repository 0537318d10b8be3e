"""What every small network of ours trains with: one update by Adam, compiled once for all users.

* ``adam``: the update as a pure function of its state.
* ``compiled``: gradients and compilation, on whichever backend Keras runs.
* ``bounds``: settings, held against what can be built and trained.
* ``tensor_files``: networks as files.

Networks as small as a MidiMe are trained by many people at once in one process, each in about a
second. So nothing here belongs to a model or keeps anything: parameters and moments come in as
arguments and go out as results.
"""
