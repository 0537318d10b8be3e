"""Numbers for "how close to the song" and "how original", from tokens alone. NumPy only.

Conventions of every module: *tokens* are int32 ``[n, steps, parts]``, ``n`` windows of music in
the classes of :mod:`midime_engine.converters.classes`; ``parts`` names the parts; every window
begins on a bar line and a bar has ``steps_per_bar`` steps, not necessarily a whole number. Cut
windows that are longer than what is heard (a waltz in a window of two bars of 4/4) before.
"""
