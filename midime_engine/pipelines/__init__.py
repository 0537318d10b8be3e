"""From a song to its variations: each step of the way as one function.

The app, the command line and scripts all walk the same way::

    songs    --prepare-->  material    which tracks, cut into chunks, and what was lost
    material --embed-->    embedding   each chunk as a vector ``z``
    z        --start-->    training    a MidiMe, and its loss epoch by epoch
    MidiMe   --sample-->   variations  new music, or the music of four sliders
    any z    --rebuild-->  rebuilt     how much of the song survives the way there and back

Models come in as :mod:`midime_engine.protocols`; arrays, plain data and music go out. Importing
any of these modules loads neither TensorFlow nor note-seq.
"""
