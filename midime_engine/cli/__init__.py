"""The ``midime`` command: one module per verb, and what the verbs share.

* :mod:`~midime_engine.cli.main` reads the words and runs a verb; it alone ends the program.
* ``personalize``, ``sample``, ``reconstruct``, ``models`` and ``pretrain`` each have two
  functions: ``add_to`` says what the verb understands, ``run`` does it.
* ``arguments`` checks values, ``progress`` draws bars, ``songs`` and ``results`` read and write.

Results go to files and a short account of them to standard output; progress and errors go to
standard error. Exit codes: 0 done, 2 the input is at fault (one line says what to do), 130 stopped.
"""
